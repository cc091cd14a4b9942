import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealPresses } from '../../services/testing/seal-presses.ts';
import { System, type Customer } from '../../services/testing/start-system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const right = '482913';
const wrong = '903817';

/** A customer in front of the pad, whose password Hecto knows. */
async function known(): Promise<Customer> {
  const customer = await system.customer();
  await system.control('/passwords', { customerId: customer.id, password: right });
  return customer.reaches('password');
}

/** A customer who set a password of ours, in a new session. */
async function returning(): Promise<Customer> {
  const first = await system.customer({ flow: 'own' });
  await first.reaches('password');
  await first.enterPassword(right);
  await first.enterPassword(right);
  system.pass(60);
  const second = await system.customer({ id: first.id, phone: first.phone, flow: 'own' });
  return second.reaches('password');
}

async function lock(customer: Customer): Promise<void> {
  for (const triesLeft of [4, 3, 2, 1]) {
    expect(await customer.enterPassword(wrong)).toMatchObject({
      step: 'password',
      phase: 'enter',
      triesLeft,
      refusal: { code: 'password-wrong', retryable: true, triesLeft },
    });
  }
  expect(await customer.enterPassword(wrong)).toMatchObject({
    step: 'password',
    triesLeft: 0,
    refusal: { code: 'password-locked', retryable: false },
  });
}

describe('a password that exists', () => {
  test('S66 five wrong ones in a row lock it; Hecto is not asked any more', async () => {
    const customer = await known();
    await lock(customer);
    const asked = system.calls('paymentPasswordConfirm');
    for (const path of ['/session/keypads', '/session/password']) {
      const body = path.endsWith('keypads')
        ? { purpose: 'enter' }
        : {
            keypadId: 'kp_0000000000',
            ephemeralKey: 'A'.repeat(87),
            iv: 'A'.repeat(16),
            sealed: 'A'.repeat(30),
          };
      expect((await customer.post(path, body)).status).toBe(409);
    }
    expect(system.calls('paymentPasswordConfirm')).toBe(asked);
  });

  test('S66 only the phone that was proven unlocks it, and the account is not registered again', async () => {
    const customer = await known();
    await lock(customer);
    const registrations = system.calls('accountRegistration');
    expect(await customer.does('/session/back', { to: 'identity' })).toMatchObject({
      step: 'identity',
      known: { account: { maskedNumber: '****9876' } },
    });
    const sent = system.calls('mobileVerificationRequest');
    const refused = { step: 'identity', refusal: { code: 'phone-not-verified' } };
    expect(await customer.identify({ phone: '01099998888' })).toMatchObject(refused);
    expect(await customer.identify({ name: '박서준' })).toMatchObject(refused);
    expect(system.calls('mobileVerificationRequest')).toBe(sent);
    expect(await customer.identify()).toMatchObject({ step: 'code' });
    expect(await customer.enterCode()).toMatchObject({ step: 'password', phase: 'enter', triesLeft: 5 });
    expect(await customer.enterPassword(right)).toMatchObject({ step: 'done' });
    expect(system.calls('accountRegistration')).toBe(registrations);
  });

  test('S66 who locked a password of ours proves the phone and chooses a new one', async () => {
    const customer = await returning();
    await lock(customer);
    await customer.does('/session/back', { to: 'identity' });
    await customer.identify();
    expect(await customer.enterCode()).toMatchObject({ step: 'password', phase: 'set' });
    await customer.enterPassword('719305');
    expect(await customer.enterPassword('719305')).toMatchObject({ step: 'done' });
  });

  test('A08 who has forgotten a password of ours proves the phone and chooses a new one', async () => {
    const customer = await returning();
    expect(customer.state).toMatchObject({ replaceable: true });
    const registrations = system.calls('accountRegistration');
    expect(await customer.does('/session/back', { to: 'identity' })).toMatchObject({ step: 'identity' });
    await customer.identify();
    expect(await customer.enterCode()).toMatchObject({ step: 'password', phase: 'set' });
    await customer.enterPassword('719305');
    expect(await customer.enterPassword('719305')).toMatchObject({ step: 'done' });
    expect(system.calls('accountRegistration')).toBe(registrations);

    system.pass(60);
    const next = await system.customer({ id: customer.id, phone: customer.phone, flow: 'own' });
    await next.reaches('password');
    expect(await next.enterPassword(right)).toMatchObject({ refusal: { code: 'password-wrong' } });
    expect(await next.enterPassword('719305')).toMatchObject({ step: 'done' });
  });

  test('A08 one of Hecto cannot be replaced here, so that nobody is sent round in a circle', async () => {
    const customer = await known();
    expect(customer.state).not.toHaveProperty('replaceable');
    expect((await customer.post('/session/back', { to: 'identity' })).status).toBe(409);
    expect(await customer.enterPassword(right)).toMatchObject({ step: 'done' });
  });

  test('S66 where only Hecto counts, a password of ours changes nothing', async () => {
    const first = await returning();
    system.pass(60);
    const customer = await system.customer({ id: first.id, phone: first.phone, flow: 'hecto' });
    await system.control('/passwords', { customerId: customer.id, password: right });
    await customer.reaches('password');
    await lock(customer);
    await customer.does('/session/back', { to: 'identity' });
    await customer.identify();
    expect(await customer.enterCode()).toMatchObject({ step: 'password', phase: 'enter' });
    expect(await customer.enterPassword(right)).toMatchObject({ step: 'done' });
  });

  test('S66 a refusal that nobody knows is a wrong try', async () => {
    const customer = await known();
    await system.fault('paymentPasswordConfirm', 'refuse:ZZ99', { times: 5 });
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(await customer.enterPassword(right)).toMatchObject({
        triesLeft,
        refusal: { code: 'service-unavailable' },
      });
    }
    expect(await customer.enterPassword(right)).toMatchObject({ refusal: { code: 'password-locked' } });
  });

  test.each(['reset-before-headers', 'refuse:ST41'])(
    'S66 of tries that bring no verdict (%s) Hecto hears twenty',
    async (kind) => {
      const customer = await known();
      await system.fault('paymentPasswordConfirm', kind, { times: 20 });
      const asked = system.calls('paymentPasswordConfirm');
      for (let count = 0; count < 20; count += 1) {
        expect(await customer.enterPassword(wrong)).toMatchObject({ step: 'password', triesLeft: 5 });
      }
      expect(await customer.enterPassword(wrong)).toMatchObject({ refusal: { code: 'password-locked' } });
      expect(system.calls('paymentPasswordConfirm')).toBe(asked + 20);
    },
  );

  test('S66 only the right one resets the count', async () => {
    const customer = await known();
    await customer.enterPassword(wrong);
    await customer.enterPassword(wrong);
    await customer.enterPassword(right);
    system.pass(60);
    const again = await system.customer({ id: customer.id, phone: customer.phone });
    await again.reaches('password');
    expect(again.state).toMatchObject({ triesLeft: 5 });
  });

  test('ours is known in the next session, and Hecto is not asked', async () => {
    const customer = await returning();
    const asked = system.calls('paymentPasswordConfirm');
    expect(customer.state).toMatchObject({ phase: 'enter', triesLeft: 5 });
    expect(await customer.enterPassword(wrong)).toMatchObject({
      refusal: { code: 'password-wrong', triesLeft: 4 },
    });
    expect(await customer.enterPassword(right)).toMatchObject({ step: 'done', alreadyRegistered: true });
    expect(system.calls('paymentPasswordConfirm')).toBe(asked);
  });

  test.each(['reset-before-headers', 'lost-answer', 'html'])(
    'a lost answer (%s) is no wrong try',
    async (kind) => {
      const customer = await known();
      await system.fault('paymentPasswordConfirm', kind);
      const asked = system.calls('paymentPasswordConfirm');
      expect(await customer.enterPassword(right)).toMatchObject({
        step: 'password',
        triesLeft: 5,
        refusal: { code: 'no-answer', retryable: true },
      });
      expect(system.calls('paymentPasswordConfirm')).toBe(asked + 1);
      expect(await customer.enterPassword(right)).toMatchObject({ step: 'done' });
    },
  );

  test('where only Hecto counts and Hecto has none, the journey ends and says why', async () => {
    const customer = await system.customer({ flow: 'hecto' });
    await customer.reaches('password');
    expect(await customer.enterPassword(right)).toMatchObject({
      step: 'failed',
      refusal: { code: 'password-not-set' },
      known: { account: { maskedNumber: '****9876' } },
    });
  });
});

describe('a new password', () => {
  async function setting(): Promise<Customer> {
    const customer = await system.customer({ flow: 'own' });
    return customer.reaches('password');
  }

  test.each([
    ['a run', '123456'],
    ['the birth date', '920315'],
    ['the birth date the other way round', '150392'],
    ['a part of the account', '432109'],
  ])('S67 %s is refused on the server', async (_, digits) => {
    const customer = await setting();
    expect(customer.state).toMatchObject({ phase: 'set' });
    expect(await customer.enterPassword(digits)).toMatchObject({
      phase: 'set',
      refusal: { code: 'password-too-simple', retryable: true },
    });
  });

  test('S67 a part of the phone number is refused', async () => {
    const customer = await setting();
    expect(await customer.enterPassword(customer.phone.slice(-6))).toMatchObject({
      refusal: { code: 'password-too-simple' },
    });
  });

  test('S67 one that Hecto does not know is judged like a new one', async () => {
    const customer = await system.customer();
    await customer.reaches('password');
    expect(await customer.enterPassword('123456')).toMatchObject({
      phase: 'set',
      refusal: { code: 'password-too-simple' },
    });
  });

  test('repeated differently it is chosen anew', async () => {
    const customer = await setting();
    expect(await customer.enterPassword(right)).toMatchObject({ phase: 'repeat' });
    expect(await customer.enterPassword(wrong)).toMatchObject({
      phase: 'set',
      refusal: { code: 'password-differs', retryable: true },
    });
    expect(await customer.enterPassword(right)).toMatchObject({ phase: 'repeat' });
    expect(await customer.enterPassword(right)).toMatchObject({ step: 'done' });
  });
});

describe('the keypad', () => {
  test('S68 works once: replayed it is 409 and tries nothing', async () => {
    const customer = await known();
    const body = await customer.press(await customer.keypad('enter'), wrong);
    await customer.does('/session/password', body);
    const { status, body: problem } = await customer.post('/session/password', body);
    expect([status, problem['code']]).toEqual([409, 'keypad-invalid']);
    expect(await customer.look()).toMatchObject({ triesLeft: 4, refusal: { code: 'password-wrong' } });
  });

  test('S68 two taps are one try', async () => {
    const customer = await known();
    const body = await customer.press(await customer.keypad('enter'), wrong);
    await system.fault('paymentPasswordConfirm', 'delay', { delayMs: 300 });
    const answers = await Promise.all([1, 2].map(() => customer.post('/session/password', body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await customer.look()).toMatchObject({ triesLeft: 4 });
  });

  test('S68 is too old after two minutes', async () => {
    const customer = await known();
    const body = await customer.press(await customer.keypad('enter'), right);
    system.pass(121);
    expect(await customer.post('/session/password', body)).toMatchObject({ status: 409 });
  });

  test('S68 of another session opens nothing here', async () => {
    const [customer, other] = [await known(), await known()];
    const stolen = await other.press(await other.keypad('enter'), right);
    expect(await customer.post('/session/password', stolen)).toMatchObject({ status: 409 });
  });

  test('S68 is drawn for what the screen asks', async () => {
    const customer = await known();
    expect((await customer.post('/session/keypads', { purpose: 'repeat' })).status).toBe(409);
    const pads = [await customer.keypad('enter'), await customer.keypad('enter')];
    expect(pads[0]!.keypadId).not.toBe(pads[1]!.keypadId);
  });

  test('a request that a reloaded page left on its way does not take the new page its pad', async () => {
    const customer = await known();
    const body = await customer.press(await customer.keypad('enter'), right);
    await customer.keypad('enter');
    expect(await customer.does('/session/password', body)).toMatchObject({ step: 'done' });
  });

  test.each<[string, (keys: readonly string[]) => number[]]>([
    ['five keys', () => [0, 1, 2, 3, 4]],
    ['seven keys', () => [0, 1, 2, 3, 4, 5, 6]],
    ['a blank key', (keys) => Array.from({ length: 6 }, () => keys.indexOf(''))],
    ['a key that is not there', () => [99, 1, 2, 3, 4, 5]],
  ])('S69 %s count as a wrong try, with the same answer', async (_, positions) => {
    const customer = await known();
    const pad = await customer.keypad('enter');
    const pressed = await sealPresses({ ...pad, sessionId: customer.sessionId }, positions(pad.keys));
    expect(await customer.does('/session/password', { keypadId: pad.keypadId, ...pressed })).toMatchObject({
      triesLeft: 4,
      refusal: { code: 'password-wrong', retryable: true, triesLeft: 4 },
    });
  });

  test('S68 what travels and what is logged never holds the digits', async () => {
    const customer = await known();
    const body = await customer.press(await customer.keypad('enter'), right);
    expect(JSON.stringify(body)).not.toContain(right);
    await customer.does('/session/password', body);
    expect(system.log.join('')).not.toMatch(new RegExp(`${right}|pktHash|argon2`));
  });
});

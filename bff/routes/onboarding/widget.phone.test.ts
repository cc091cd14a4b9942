import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secondsUntil, System } from '../../services/testing/start-system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const refusalOf = (state: { refusal?: object }) => state.refusal;

describe('the message', () => {
  test.each([
    ['01055558686', 'phone-not-verified', true],
    ['01055558687', 'pass-not-available', true],
    ['01055558699', 'service-maintenance', true],
    ['01055558668', 'service-paused', false],
    ['01055558609', 'request-not-accepted', false],
  ])('Hecto refuses %s as %s', async (phone, code, retryable) => {
    const customer = await system.customer({ phone });
    await customer.reaches('identity');
    const state = await customer.identify({ method: 'pass' });
    expect(state).toMatchObject({ step: 'identity', refusal: { code, retryable } });
  });

  test('S60 the second one is possible after 30 s, the third after 60 s', async () => {
    const customer = await system.customer();
    const first = await customer.reaches('code').then(() => customer.state);
    if (first.step !== 'code') throw new Error();
    expect(secondsUntil(first.resendAt, first.now)).toBe(30);
    const sent = system.calls('mobileVerificationRequest');
    expect(await customer.does('/session/resend')).toMatchObject({
      step: 'code',
      refusal: { code: 'too-soon', retryable: true, opensAt: first.resendAt },
    });
    expect(system.calls('mobileVerificationRequest')).toBe(sent);
    system.pass(30);
    const second = await customer.does('/session/resend');
    if (second.step !== 'code') throw new Error();
    expect(refusalOf(second)).toBeUndefined();
    expect(second.sendsLeft).toBe(3);
    expect(secondsUntil(second.resendAt, second.now)).toBe(60);
  });

  test('S60 going back does not shorten the pause', async () => {
    const customer = await system.customer();
    await customer.reaches('code');
    await customer.does('/session/back', { to: 'identity' });
    expect(await customer.identify()).toMatchObject({ step: 'identity', refusal: { code: 'too-soon' } });
  });

  test('S60 another message makes the earlier number worthless', async () => {
    const customer = await system.customer();
    await customer.reaches('code');
    const earlier = await customer.lastCode();
    system.pass(30);
    await customer.does('/session/resend');
    if (earlier !== (await customer.lastCode())) {
      expect(await customer.enterCode(earlier)).toMatchObject({
        step: 'code',
        refusal: { code: 'code-wrong' },
      });
    }
    expect(await customer.enterCode()).toMatchObject({ step: 'account' });
  });

  test('S60 a phone gets five a day, whatever the session', async () => {
    const first = await system.customer();
    await first.reaches('code');
    for (let more = 0; more < 3; more += 1) {
      system.pass(60);
      await first.does('/session/resend');
    }
    const second = await system.customer({ phone: first.phone });
    await second.reaches('code');
    expect(second.state).toMatchObject({ step: 'code', sendsLeft: 0 });
    system.pass(60);
    const sent = system.calls('mobileVerificationRequest');
    const refused = await second.does('/session/resend');
    // Korean midnight.
    const opensAt = '2026-11-23T15:00:00.000Z';
    expect(refused).toMatchObject({ refusal: { code: 'code-sends-exhausted', retryable: false, opensAt } });
    expect(system.calls('mobileVerificationRequest')).toBe(sent);
  });

  test('S60 an address gets so many an hour, and a refused phone loses nothing by it', async () => {
    const strict = await System.start({ smsPerAddressPerHour: 2 });
    try {
      const [one, two, three] = [await strict.customer(), await strict.customer(), await strict.customer()];
      await one.reaches('code');
      await two.reaches('code');
      await three.reaches('identity');
      expect(await three.identify()).toMatchObject({
        step: 'identity',
        refusal: { code: 'code-sends-exhausted' },
      });
      strict.pass(3600);
      const later = await strict.customer({ phone: three.phone });
      await later.reaches('code');
      expect(later.state).toMatchObject({ sendsLeft: 4 });
    } finally {
      await strict.stop();
    }
  });

  test('R22 is never sent twice when its answer is lost; the customer may ask again after the pause', async () => {
    const customer = await system.customer();
    await customer.reaches('identity');
    const sent = system.calls('mobileVerificationRequest');
    await system.fault('mobileVerificationRequest', 'reset-mid-body');
    expect(await customer.identify()).toMatchObject({
      step: 'identity',
      refusal: { code: 'no-answer', retryable: true },
    });
    expect(system.calls('mobileVerificationRequest')).toBe(sent + 1);
    expect(await customer.identify()).toMatchObject({ refusal: { code: 'too-soon' } });
    system.pass(30);
    expect(await customer.identify()).toMatchObject({ step: 'code' });
  });

  test('two taps send one message', async () => {
    const customer = await system.customer();
    await customer.reaches('identity');
    const sent = system.calls('mobileVerificationRequest');
    await system.fault('mobileVerificationRequest', 'delay', { delayMs: 300 });
    const answers = await Promise.all(
      [1, 2].map(() => customer.post('/session/identity', customer.identity())),
    );
    expect(answers.map(({ status, body }) => [status, (body['state'] as { step: string }).step])).toEqual([
      [200, 'code'],
      [200, 'code'],
    ]);
    expect(system.calls('mobileVerificationRequest')).toBe(sent + 1);
  });
});

describe('the code', () => {
  test('S60 five tries, counted down, then only another message helps', async () => {
    const customer = await system.customer();
    await customer.reaches('code');
    const wrong = await customer.wrongCode();
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(await customer.enterCode(wrong)).toMatchObject({
        triesLeft,
        refusal: { code: 'code-wrong', retryable: true, triesLeft },
      });
    }
    const exhausted = {
      triesLeft: 0,
      refusal: { code: 'code-tries-exhausted', retryable: false, triesLeft: 0 },
    };
    expect(await customer.enterCode(wrong)).toMatchObject(exhausted);
    const checks = system.calls('mobileVerificationCheck');
    expect(await customer.enterCode()).toMatchObject(exhausted);
    expect(system.calls('mobileVerificationCheck')).toBe(checks);
    system.pass(30);
    expect(await customer.does('/session/resend')).toMatchObject({ step: 'code', triesLeft: 5 });
    expect(await customer.enterCode()).toMatchObject({ step: 'account' });
  });

  test('S60 S61 of fifty guesses at once Hecto hears five', async () => {
    const customer = await system.customer();
    await customer.reaches('code');
    const right = Number(await customer.lastCode());
    const guesses = Array.from({ length: 50 }, (_, index) =>
      String((right + 1 + index) % 1_000_000).padStart(6, '0'),
    );
    const checks = system.calls('mobileVerificationCheck');
    await Promise.all(guesses.map((code) => customer.post('/session/code', { code })));
    expect(system.calls('mobileVerificationCheck')).toBe(checks + 5);
    expect(await customer.look()).toMatchObject({ step: 'code', triesLeft: 0 });
  });

  test('S60 is too old after three minutes', async () => {
    const customer = await system.customer();
    await customer.reaches('code');
    const checks = system.calls('mobileVerificationCheck');
    system.pass(180);
    expect(await customer.enterCode()).toMatchObject({
      step: 'code',
      triesLeft: 5,
      refusal: { code: 'code-expired' },
    });
    expect(system.calls('mobileVerificationCheck')).toBe(checks);
  });

  test('a lost answer is no wrong try', async () => {
    const customer = await system.customer();
    await customer.reaches('code');
    await system.fault('mobileVerificationCheck', 'reset-before-headers');
    expect(await customer.enterCode()).toMatchObject({
      step: 'code',
      triesLeft: 5,
      refusal: { code: 'no-answer', retryable: true },
    });
    expect(await customer.enterCode()).toMatchObject({ step: 'account' });
  });

  test('S60 a refusal that nobody knows is a try', async () => {
    const customer = await system.customer();
    await customer.reaches('code');
    await system.fault('mobileVerificationCheck', 'refuse:ZZ99', { times: 5 });
    const code = await customer.lastCode();
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(await customer.enterCode(code)).toMatchObject({
        triesLeft,
        refusal: { code: 'service-unavailable' },
      });
    }
    const exhausted = { triesLeft: 0, refusal: { code: 'code-tries-exhausted' } };
    expect(await customer.enterCode(code)).toMatchObject(exhausted);
    expect(await customer.enterCode(code)).toMatchObject(exhausted);
  });

  test.each(['reset-before-headers', 'refuse:ST99'])(
    'S60 of tries that bring no verdict (%s) Hecto hears fifteen',
    async (kind) => {
      const customer = await system.customer();
      await customer.reaches('code');
      await system.fault('mobileVerificationCheck', kind, { times: 15 });
      const checks = system.calls('mobileVerificationCheck');
      const code = await customer.lastCode();
      for (let asked = 0; asked < 15; asked += 1) {
        expect(await customer.enterCode(code)).toMatchObject({ step: 'code', triesLeft: 5 });
      }
      expect(await customer.enterCode(code)).toMatchObject({
        refusal: { code: 'code-tries-exhausted', retryable: false },
      });
      expect(system.calls('mobileVerificationCheck')).toBe(checks + 15);
    },
  );

  test('S60 counts once: after success it is worth nothing', async () => {
    const customer = await system.customer();
    await customer.reaches('code');
    const code = await customer.lastCode();
    await customer.enterCode(code);
    expect((await customer.post('/session/code', { code })).status).toBe(409);
  });
});

describe('PASS', () => {
  test('a declined request leads back to the identity', async () => {
    const customer = await system.customer();
    await customer.reaches('pass');
    await customer.approvePass(false);
    expect(await customer.does('/session/pass')).toMatchObject({
      step: 'identity',
      refusal: { code: 'phone-not-verified', retryable: true },
    });
  });

  test('a text message is possible instead', async () => {
    const customer = await system.customer();
    await customer.reaches('pass');
    await customer.does('/session/back', { to: 'identity' });
    system.pass(30);
    expect(await customer.identify({ method: 'sms' })).toMatchObject({ step: 'code' });
  });

  test('a request that is too old can be made again', async () => {
    const customer = await system.customer();
    await customer.reaches('pass');
    system.pass(300);
    expect(await customer.does('/session/pass')).toMatchObject({
      step: 'pass',
      refusal: { code: 'pass-expired' },
    });
    expect(await customer.does('/session/resend')).toMatchObject({ step: 'pass' });
    await customer.approvePass();
    expect(await customer.does('/session/pass')).toMatchObject({ step: 'account' });
  });
});

test('S16 the newest session of a customer wins', async () => {
  const older = await system.customer();
  await older.reaches('account');
  await system.customer({ id: older.id });
  const { status, body } = await older.post('/session/account', {
    bankCode: '088',
    accountNumber: '110432109876',
  });
  expect([status, body['code']]).toEqual([401, 'session-taken-over']);
});

test('R39 a request that cannot be sent says so and uses nothing up', async () => {
  const lonely = await System.start();
  try {
    const customer = await lonely.customer();
    await customer.reaches('identity');
    await lonely.testbed.close();
    expect(await customer.identify()).toMatchObject({
      step: 'identity',
      refusal: { code: 'service-unavailable', retryable: true },
    });
    expect(await customer.identify()).toMatchObject({ refusal: { code: 'service-unavailable' } });
  } finally {
    await lonely.stop().catch(() => undefined);
  }
});

describe('S62 nobody locks out somebody else', () => {
  test('S62 who knows a phone number only cannot use up the messages of its owner, who at most waits a little', async () => {
    const victim = await system.customer();
    await victim.reaches('identity');
    const attackers = await Promise.all(
      Array.from({ length: 12 }, () => system.customer({ phone: victim.phone })),
    );
    // Hecto knows that it is not theirs.
    await system.fault('mobileVerificationRequest', 'refuse:ST86', { times: 5 });
    for (const attacker of attackers) {
      await attacker.reaches('identity');
      await attacker.identify({ name: '박서준' });
    }
    // Hecto was asked five times whose phone it is, and not oftener.
    const last = attackers.at(-1)!;
    expect(last.state).toMatchObject({ refusal: { code: 'too-soon', retryable: true } });
    expect(await victim.identify()).toMatchObject({ step: 'identity', refusal: { code: 'too-soon' } });
    system.pass(600);
    const later = await system.customer({ id: victim.id, phone: victim.phone });
    await later.reaches('code');
    expect(later.state).toMatchObject({ step: 'code', sendsLeft: 4 });
  });

  test('S62 one customer asks for ten messages a day, to whatever phones', async () => {
    const customer = await system.customer();
    await customer.reaches('identity');
    for (let asked = 0; asked < 10; asked += 1) {
      const phone = `0104444${String(asked).padStart(4, '0')}`;
      expect(await customer.identify({ phone })).toMatchObject({ step: 'code' });
      system.pass(60);
      await customer.does('/session/back', { to: 'identity' });
    }
    expect(await customer.identify({ phone: '01044440010' })).toMatchObject({
      refusal: { code: 'code-sends-exhausted', retryable: false },
    });
  });
});

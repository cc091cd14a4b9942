import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawCallDigits } from '../../services/onboarding/request-call.ts';
import { secondsUntil, System, type Customer } from '../../services/testing/start-system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

/** A customer who was called and did `happens`. */
async function called(
  happens: (customer: Customer) => Promise<unknown>,
  accountNumber?: string,
): Promise<Customer> {
  const customer = await system.customer({ flow: 'skip' });
  await customer.reaches('account');
  await customer.chooseAccount(accountNumber);
  await customer.requestCall();
  await happens(customer);
  return customer;
}
const answered = (accountNumber?: string) => called((customer) => customer.answerCall(), accountNumber);
const passes = (seconds: number) => {
  system.pass(seconds);
  return Promise.resolve();
};
const isReady = ({ ars }: { ars: { phase: string } }) => ars.phase === 'ready';
const isConfirming = ({ ars }: { ars: { phase: string } }) => ars.phase === 'confirming';
const keyOf = (customer: Customer) => system.testbed.state.registrations.of(customer.id)[0]?.key;
const told = async (customer: Customer) =>
  (await system.merchant('GET', `/v1/onboarding-sessions/${customer.sessionId}`)).body['account'];

describe('the call', () => {
  test.each<[string, (customer: Customer) => Promise<unknown>, string]>([
    [
      'wrong digits',
      async (customer) => customer.answerCall(customer.shownDigits() === '11' ? '22' : '11'),
      'call-wrong-digits',
    ],
    ['a declined call', (customer) => customer.declineCall(), 'call-declined'],
    ['a call that nobody takes', () => passes(31), 'call-not-answered'],
  ])('R30 %s can be repeated', async (_, happens, code) => {
    const customer = await called(happens);
    const state = await customer.waits('ars', isReady);
    expect(state).toMatchObject({ callsLeft: 2, refusal: { code, retryable: true } });
  });

  test.each(['refuse:ST10', 'refuse:ST38', 'refuse:ST99', 'unknown-code'])(
    'R30 %s while the phone rings does not end the call',
    async (kind) => {
      const checks = system.calls('arsCheck');
      await system.fault('arsCheck', kind, { times: 2 });
      const customer = await called((customer) => customer.answerCall());
      await customer.waits('done');
      expect(system.calls('arsCheck')).toBeGreaterThan(checks + 2);
    },
  );

  test('R30 a call is looked up by its number; an order number is for one request only', async () => {
    const customer = await answered();
    await customer.waits('done');
    expect(system.lastCall('arsCheck')).not.toHaveProperty('mchtTrdNo');
    expect(system.lastCall('arsCheck')).toHaveProperty('trdNo');
  });

  test('R30 after three minutes without a result it is over', async () => {
    await system.fault('arsCheck', 'http-503', { times: 100 });
    const customer = await called(() => passes(180));
    expect(await customer.waits('ars', isReady)).toMatchObject({
      refusal: { code: 'call-not-finished', retryable: true },
    });
    await system.control('/faults/clear', {});
  });

  test('S64 three calls for one proof of the phone, a minute apart', async () => {
    const customer = await called((customer) => customer.declineCall());
    for (const callsLeft of [1, 0]) {
      const state = await customer.waits('ars', isReady);
      const calls = system.calls('arsRequest');
      expect(await customer.requestCall()).toMatchObject({
        refusal: { code: 'too-soon', opensAt: state.nextCallAt },
      });
      expect(system.calls('arsRequest')).toBe(calls);
      system.pass(secondsUntil(state.nextCallAt, state.now) + 1);
      expect(await customer.requestCall()).toMatchObject({ ars: { phase: 'calling' }, callsLeft });
      await customer.declineCall();
    }
    await customer.waits('ars', isReady);
    system.pass(60);
    expect(await customer.requestCall()).toMatchObject({
      refusal: { code: 'calls-exhausted', retryable: false },
    });
  });

  test('S64 five calls a phone and day', async () => {
    const first = await called((customer) => customer.declineCall());
    for (let more = 0; more < 2; more += 1) {
      await first.waits('ars', isReady);
      system.pass(60);
      await first.requestCall();
      await first.declineCall();
    }
    const second = await system.customer({ phone: first.phone });
    await second.reaches('ars');
    for (let more = 0; more < 2; more += 1) {
      expect(await second.requestCall()).toMatchObject({ ars: { phase: 'calling' } });
      await second.declineCall();
      await second.waits('ars', isReady);
      system.pass(60);
    }
    expect(await second.requestCall()).toMatchObject({
      refusal: { code: 'calls-exhausted', opensAt: '2026-11-23T15:00:00.000Z' },
    });
  });

  test('R31 a newer call makes the earlier one worthless', async () => {
    const customer = await called(() => Promise.resolve());
    const earlier = await customer.ringing();
    const digits = customer.shownDigits();
    const registrations = system.calls('accountRegistration');
    system.pass(20);
    const ringing = await customer.requestCall();
    expect(ringing).toMatchObject({ refusal: { code: 'too-soon' }, ars: { phase: 'calling', digits } });
    // Moved on in small steps, so that the first call is still alive when it is answered.
    await system.control(`/calls/${earlier.id}/answer`, {});
    await customer.waits('ars', ({ ars }) => ars.phase === 'calling');
    system.pass(41);
    const second = await customer.requestCall();
    await system.control(`/calls/${earlier.id}/answer`, { digits }).catch(() => undefined);
    expect(second).toMatchObject({ ars: { phase: 'calling' }, callsLeft: 1 });
    expect(system.calls('accountRegistration')).toBe(registrations);
    await customer.answerCall();
    await customer.waits('done');
  });

  test('S12 an approval that comes after the end of the session registers nothing', async () => {
    const customer = await called(() => Promise.resolve());
    const registrations = system.calls('accountRegistration');
    const { id } = await customer.ringing();
    await system.control(`/calls/${id}/answer`, { digits: customer.shownDigits() });
    system.pass(601);
    expect(await customer.waits('expired')).not.toHaveProperty('refusal');
    await expect.poll(() => told(customer)).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(system.calls('accountRegistration')).toBe(registrations);
  });

  test('two taps make one call', async () => {
    const customer = await system.customer();
    await customer.reaches('ars');
    const calls = system.calls('arsRequest');
    await system.fault('arsRequest', 'delay', { delayMs: 300 });
    const answers = await Promise.all([1, 2].map(() => customer.post('/session/ars-calls')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(system.calls('arsRequest')).toBe(calls + 1);
  });

  test('R22 is not placed again when the answer is lost', async () => {
    const customer = await system.customer();
    await customer.reaches('ars');
    const calls = system.calls('arsRequest');
    await system.fault('arsRequest', 'reset-mid-body');
    expect(await customer.requestCall()).toMatchObject({
      ars: { phase: 'ready' },
      callsLeft: 2,
      refusal: { code: 'no-answer', retryable: true },
    });
    expect(system.calls('arsRequest')).toBe(calls + 1);
  });

  test('S65 the number is random, without repeats or parts of birth date and phone', () => {
    const person = { birth: '920315', phone: '01012345678' as never };
    const drawn = Array.from({ length: 5_000 }, () => drawCallDigits(2, person));
    for (const digits of drawn) {
      expect(digits).toMatch(/^\d\d$/);
      expect(digits[0]).not.toBe(digits[1]);
      expect('920315 01012345678').not.toContain(digits);
    }
    // 100 less 10 repeats, 5 of the birth date and 9 of the phone that are none of those.
    expect(new Set(drawn).size).toBe(76);
    expect(drawCallDigits(6, person)).toMatch(/^\d{6}$/);
  });
});

describe('the registration', () => {
  test('R12 an answer that got lost is looked up and never sent again', async () => {
    await system.fault('accountRegistration', 'lost-answer');
    const registrations = system.calls('accountRegistration');
    const customer = await answered();
    const confirming = await customer.waits('ars', isConfirming);
    expect(confirming).not.toHaveProperty('refusal');
    for (const path of ['/session/ars-calls', '/session/cancel'])
      expect((await customer.post(path)).status).toBe(409);
    const inquiries = system.calls('accountList');
    system.pass(36);
    expect(await customer.waits('done')).toMatchObject({ alreadyRegistered: false });
    expect(system.calls('accountRegistration')).toBe(registrations + 1);
    expect(system.calls('accountList')).toBe(inquiries + 1);
    expect(await told(customer)).toMatchObject({ accountKey: keyOf(customer) });
  });

  test('R12 a request that was lost on its way leads to a new call, after three answers without the account', async () => {
    await system.fault('accountRegistration', 'reset-before-headers');
    const customer = await answered();
    await customer.waits('ars', isConfirming);
    const inquiries = system.calls('accountList');
    for (const seconds of [36, 6, 11, 21]) {
      system.pass(seconds);
      await expect.poll(() => system.calls('accountList'), { timeout: 5_000 }).toBeGreaterThan(inquiries);
      await new Promise((resolve) => setTimeout(resolve, 900));
    }
    expect(await customer.waits('ars', isReady)).toMatchObject({
      refusal: { code: 'registration-not-made', retryable: true },
    });
    expect(keyOf(customer)).toBeUndefined();
    const before = system.lastCall('accountRegistration');
    await customer.requestCall();
    await customer.answerCall();
    await customer.waits('done');
    expect(system.lastCall('accountRegistration')['mchtTrdNo']).not.toBe(before['mchtTrdNo']);
    expect(system.lastCall('accountRegistration')['trdNo']).not.toBe(before['trdNo']);
  });

  test('R12 after a day without an answer the session ends, and nobody says that it failed', async () => {
    const lonely = await System.start();
    try {
      await lonely.fault('accountRegistration', 'lost-answer');
      await lonely.fault('accountList', 'http-503', { times: 1_000 });
      const customer = await lonely.customer({ flow: 'skip' });
      await customer.reaches('ars');
      await customer.requestCall();
      await customer.answerCall();
      await customer.waits('ars', isConfirming);
      lonely.pass(23 * 3600);
      await expect.poll(() => lonely.calls('accountList'), { timeout: 5_000 }).toBeGreaterThan(0);
      await customer.waits('ars', isConfirming);
      lonely.pass(3700);
      expect(await customer.waits('failed')).toMatchObject({
        refusal: { code: 'result-unknown', retryable: false },
      });
    } finally {
      await lonely.stop();
    }
  });

  test.each(['08', '43'])('R12 ST%s is an account that was registered before', async (code) => {
    const customer = await answered(`1104321091${code}`);
    expect(await customer.waits('done')).toMatchObject({
      alreadyRegistered: true,
      account: { maskedNumber: `****91${code}` },
    });
    expect(await told(customer)).toMatchObject({ accountKey: keyOf(customer), alreadyRegistered: true });
  });

  test.each(['10', '04', '36', '29'])('R12 ST%s is no failure: the list tells', async (code) => {
    const customer = await answered(`1104321091${code}`);
    await customer.waits('ars', isConfirming);
    system.pass(36);
    await customer.waits('done');
    expect(await told(customer)).toMatchObject({ accountKey: keyOf(customer) });
  });

  test('R12 an answer about another account is no success: the list tells', async () => {
    await system.fault('accountRegistration', 'wrong-echo');
    const customer = await answered();
    await customer.waits('ars', isConfirming);
    system.pass(36);
    await customer.waits('done');
    expect(await told(customer)).toMatchObject({ accountKey: keyOf(customer) });
  });

  test.each([
    ['13', 'call-not-finished'],
    ['14', 'call-account-differs'],
    ['27', 'call-check-failed'],
    ['28', 'call-not-receivable'],
  ])('R12 after ST%s only a new call helps', async (code, refusal) => {
    const customer = await answered(`1104321091${code}`);
    expect(await customer.waits('ars', isReady)).toMatchObject({
      refusal: { code: refusal, retryable: true },
    });
  });

  test.each([
    ['18', 'account-not-usable'],
    ['22', 'account-not-accepted'],
    ['44', 'bank-not-supported'],
    ['17', 'account-holder-mismatch-birth'],
  ])('after ST%s another account can be tried', async (code, refusal) => {
    const customer = await answered(`1104321091${code}`);
    expect(await customer.waits('account')).toMatchObject({ refusal: { code: refusal } });
    system.pass(60);
    await customer.chooseAccount();
    await customer.requestCall();
    await customer.answerCall();
    await customer.waits('done');
  });

  test('two instances register once, and either one answers the customer', async () => {
    const pair = await System.start({}, 2);
    try {
      const customer = await pair.customer({ flow: 'skip' });
      await customer.agree();
      await customer.does('/session/identity', customer.identity(), 1);
      await customer.does('/session/code', { code: await customer.lastCode() }, 0);
      await customer.does('/session/account', { bankCode: '088', accountNumber: '110432109876' }, 1);
      await Promise.all([0, 1].map((instance) => customer.post('/session/ars-calls', {}, instance)));
      expect(pair.calls('arsRequest')).toBe(1);
      await customer.look();
      await customer.answerCall();
      await customer.waits('done');
      expect(pair.calls('accountRegistration')).toBe(1);
    } finally {
      await pair.stop();
    }
  });

  test('R14 what a stopped instance left behind is finished by the next', async () => {
    const pair = await System.start();
    try {
      await pair.fault('accountRegistration', 'lost-answer');
      const customer = await pair.customer({ flow: 'skip' });
      await customer.reaches('ars');
      await customer.requestCall();
      await customer.answerCall();
      await customer.waits('ars', isConfirming);
      await pair.restart();
      pair.pass(36);
      await customer.waits('done');
      expect(pair.calls('accountRegistration')).toBe(1);
    } finally {
      await pair.stop();
    }
  });
});

test('the long poll waits for a change, and not for ever', async () => {
  const customer = await system.customer();
  const { version } = customer.state;
  const begun = performance.now();
  await customer.request('GET', `/session?since=${version}&wait=1`);
  expect(performance.now() - begun).toBeGreaterThan(900);
  const waiting = customer.request('GET', `/session?since=${version}&wait=20`);
  const { body } = await customer.post('/session/cancel');
  expect((await waiting).body['state']).toMatchObject({
    step: 'cancelled',
    version: (body['state'] as { version: number }).version,
  });
  expect((await customer.request('GET', '/session?since=1&wait=26')).status).toBe(422);
});

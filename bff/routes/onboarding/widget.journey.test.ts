import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secondsUntil, System } from '../../services/testing/start-system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

describe('a customer onboards', () => {
  test('by text message, and sets a payment password of six digits by repeating it', async () => {
    const customer = await system.customer();
    expect(customer.state).toMatchObject({ step: 'terms', locale: 'ko', known: {} });
    expect(await customer.agree()).toMatchObject({ step: 'identity' });
    const code = await customer.identify();
    expect(code).toMatchObject({
      step: 'code',
      triesLeft: 5,
      sendsLeft: 4,
      known: { name: '김*서', phone: `010-****-${customer.phone.slice(-4)}`, carrier: 'skt', method: 'sms' },
    });
    expect(await customer.enterCode()).toMatchObject({ step: 'account' });
    expect(await customer.chooseAccount()).toMatchObject({
      step: 'ars',
      ars: { phase: 'ready' },
      callsLeft: 3,
      known: { account: { bankCode: '088', bankName: { ko: '신한은행' }, maskedNumber: '****9876' } },
    });
    const calling = await customer.requestCall();
    expect(calling).toMatchObject({ ars: { phase: 'calling' }, callsLeft: 2 });
    await customer.answerCall();
    expect(await customer.waits('password')).toMatchObject({ phase: 'enter', triesLeft: 5 });
    // Hecto has no password of this customer, so the one that was typed is the first half of a new one.
    expect(await customer.enterPassword('482913')).toMatchObject({ step: 'password', phase: 'repeat' });
    const done = await customer.enterPassword('482913');
    expect(done).toMatchObject({
      step: 'done',
      alreadyRegistered: false,
      account: { bankCode: '088', maskedNumber: '****9876' },
    });

    const read = await system.merchant('GET', `/v1/onboarding-sessions/${customer.sessionId}`);
    const { records } = { records: system.testbed.state.registrations.of(customer.id) };
    expect(read.body).toMatchObject({ status: 'completed', account: { accountKey: records[0]!.key } });
  });

  test('with PASS and the payment password Hecto knows', async () => {
    const customer = await system.customer();
    await system.control('/passwords', { customerId: customer.id, password: '903817' });
    await customer.agree();
    expect(await customer.identify({ method: 'pass' })).toMatchObject({
      step: 'pass',
      known: { method: 'pass' },
    });
    expect(await customer.does('/session/pass')).toMatchObject({
      step: 'pass',
      refusal: { code: 'pass-not-finished', retryable: true },
    });
    await customer.approvePass();
    expect(await customer.does('/session/pass')).toMatchObject({ step: 'account' });
    await customer.chooseAccount('3333011234567', '090');
    await customer.requestCall();
    await customer.answerCall();
    await customer.waits('password');
    expect(await customer.enterPassword('903817')).toMatchObject({ step: 'done' });
  });

  test('without a payment password where the merchant skips it', async () => {
    const customer = await system.customer({ flow: 'skip' });
    await customer.reaches('ars');
    await customer.requestCall();
    await customer.answerCall();
    expect(await customer.waits('done')).toMatchObject({ alreadyRegistered: false });
  });

  test('in English, with documents and banks in English', async () => {
    const customer = await system.customer({ locale: 'en' });
    const documents = await customer.terms();
    expect(documents.map(({ title }) => title)).toContain('Consent to withdrawals');
    expect(documents.map(({ required }) => required)).toEqual([true, true, true, true, true, false]);
    await customer.agree();
    const banks = await customer.banks();
    expect(banks.find(({ code }) => code === '088')).toMatchObject({
      name: { en: 'Shinhan Bank' },
      kind: 'bank',
      usable: true,
    });
    expect(banks.map(({ code }) => code)).not.toContain('099');
  });

  test('S43 Hecto hears what was verified, in every later call', async () => {
    const customer = await system.customer({ flow: 'skip' });
    await customer.reaches('ars');
    await customer.requestCall();
    await customer.answerCall();
    await customer.waits('done');
    const who = { mchtCustId: customer.id, mchtCustNm: '김민서' };
    const account = { bankCd: '088', custAcntNo: '110432109876' };
    expect(system.lastCall('mobileVerificationRequest')).toMatchObject({
      ...who,
      uii: '9203152',
      telecomCd: '1',
    });
    expect(system.lastCall('accountHolderNameInquiry')).toMatchObject({ ...who, ...account });
    expect(system.lastCall('arsRequest')).toMatchObject({ ...who, ...account, cphoneNo: customer.phone });
    expect(system.lastCall('accountRegistration')).toMatchObject({ ...who, ...account, uii: '920315' });
  });
});

describe('what reaches the browser', () => {
  test('S93 no key, no transaction number, nothing of Hecto, at any step', async () => {
    const customer = await system.customer();
    const seen: string[] = [];
    const note = async () => seen.push(JSON.stringify(await customer.look()));
    await note();
    await customer.agree();
    await note();
    await customer.identify();
    await note();
    await customer.enterCode();
    await note();
    await customer.chooseAccount();
    await note();
    await customer.requestCall();
    await note();
    await customer.answerCall();
    await customer.waits('password');
    await note();
    await customer.enterPassword('482913');
    await note();
    await customer.enterPassword('482913');
    await note();
    const { trdNo, tid } = system.lastCall('mobileVerificationCheck');
    const { key } = system.testbed.state.registrations.of(customer.id)[0]!;
    for (const answer of seen) {
      expect(answer).not.toMatch(
        /custAcntKey|accountKey|trdNo|"tid"|pktHash|outRslt|ST\d\d|argon2|claim|920315|110432109876/,
      );
      for (const secret of [trdNo, tid, key]) expect(answer).not.toContain(secret);
      // The full phone number comes back only into the field where it can be corrected.
      expect(answer).not.toContain(customer.phone);
    }
  });

  test('S84 nothing of a whole journey is in the log', () => {
    const log = system.log.join('');
    expect(log).toContain('journey.moved');
    expect(log).not.toMatch(/김민서|920315|01055550|110432109876|482913/);
  });

  test('S83 thirteen digits of a resident number are refused and never repeated', async () => {
    const customer = await system.customer();
    await customer.reaches('identity');
    const { status, body } = await customer.post(
      '/session/identity',
      customer.identity({ birth: '9203152345678' }),
    );
    expect(status).toBe(422);
    expect(JSON.stringify(body)).not.toContain('9203152345678');
    expect(system.log.join('')).not.toContain('9203152345678');
  });

  test.each([
    [{ birth: '920231' }, 'birth'],
    [{ birth: '991231', genderDigit: '4' }, 'birth'],
    [{ genderDigit: '9' }, 'genderDigit'],
    [{ name: 'a&b' }, 'name'],
    [{ name: ['김민서'] }, 'name'],
    [{ phone: '0212345678' }, 'phone'],
    [{ carrier: 'verizon' }, 'carrier'],
    [{ extra: true }, 'extra'],
  ])('S40 S41 %o is refused naming the field', async (change, field) => {
    const customer = await system.customer();
    await customer.reaches('identity');
    const { status, body } = await customer.post('/session/identity', customer.identity(change));
    expect(status).toBe(422);
    expect(body['errors']).toMatchObject([{ field }]);
  });
});

describe('consents', () => {
  const answers = async (customer: Awaited<ReturnType<System['customer']>>) =>
    (await customer.terms()).map(({ documentId, version, sha256 }) => ({
      documentId,
      version,
      sha256,
      agreed: true,
      opened: true,
    }));

  test.each<[string, (items: Awaited<ReturnType<typeof answers>>) => unknown[]]>([
    ['a required one is declined', ([first, ...rest]) => [{ ...first, agreed: false }, ...rest]],
    ['one is left out', ([, ...rest]) => rest],
    ['one comes twice', (items) => [...items, items[0]]],
    ['its text was another one', ([first, ...rest]) => [{ ...first, sha256: '0'.repeat(64) }, ...rest]],
    ['its version was another one', ([first, ...rest]) => [{ ...first, version: '1999-01' }, ...rest]],
    ['it does not exist', ([first, ...rest]) => [{ ...first, documentId: 'invented' }, ...rest]],
  ])('are refused when %s', async (_, change) => {
    const customer = await system.customer();
    const { status, body } = await customer.post('/session/consents', {
      items: change(await answers(customer)),
    });
    expect([status, body['code']]).toEqual([422, 'invalid-request']);
    expect(await customer.look()).toMatchObject({ step: 'terms' });
  });
});

describe('going back and giving up', () => {
  test('A07 a mistyped number is corrected without typing everything again', async () => {
    const customer = await system.customer();
    await customer.reaches('code');
    expect(await customer.does('/session/back', { to: 'identity' })).toMatchObject({
      step: 'identity',
      prefill: { name: '김민서', phone: customer.phone },
    });
  });

  test('what was proven is proven anew after going back', async () => {
    const customer = await system.customer();
    await customer.reaches('ars');
    expect(await customer.does('/session/back', { to: 'account' })).toMatchObject({ step: 'account' });
    const identity = await customer.does('/session/back', { to: 'identity' });
    expect(identity).toMatchObject({ step: 'identity', known: {} });
    expect(identity).not.toHaveProperty('prefill');
  });

  test('R31 the late approval of a call that was left does not count', async () => {
    const customer = await system.customer();
    await customer.reaches('ars');
    await customer.requestCall();
    const registrations = system.calls('accountRegistration');
    const digits = customer.shownDigits();
    await customer.does('/session/back', { to: 'account' });
    await customer.answerCall(digits);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await customer.look()).toMatchObject({ step: 'account' });
    expect(system.calls('accountRegistration')).toBe(registrations);
  });

  test('a customer gives up and nothing goes on', async () => {
    const customer = await system.customer();
    await customer.reaches('account');
    expect(await customer.does('/session/cancel')).toMatchObject({ step: 'cancelled' });
    expect((await customer.post('/session/cancel')).status).toBe(409);
  });

  test('S12 an idle session expires, and says so', async () => {
    const idle = await System.start();
    try {
      const customer = await idle.customer();
      await customer.reaches('account');
      expect(secondsUntil(customer.state.sessionEndsAt, customer.state.now)).toBe(600);
      idle.pass(599);
      expect(await customer.look()).toMatchObject({ step: 'account' });
      idle.pass(601);
      expect(await customer.look()).toMatchObject({ step: 'expired' });
      const { status, body } = await customer.post('/session/account', {
        bankCode: '088',
        accountNumber: '110432109876',
      });
      expect([status, body['code']]).toEqual([409, 'wrong-step']);
    } finally {
      await idle.stop();
    }
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  callRequest,
  deposited,
  newAccount,
  newCustomer,
  newPhone,
  ownershipRequest,
  phoneRequest,
  phoneStarted,
  registered,
  remitted,
  ringing,
  raw,
  newOrder,
  withPassword,
  withRecurring,
} from '../../services/testing/merchant-world.ts';
import { System } from '../../services/testing/start-system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());
beforeEach(() => system.control('/faults/clear', {}));

const get = (path: string) => system.merchant('GET', path);
const post = (path: string, body: object = {}, key?: string) => system.merchant('POST', path, body, key);
const remove = (path: string) => system.merchant('DELETE', path);
const moment = expect.stringMatching(/^2026-11-2\dT\d\d:\d\d:\d\d\+09:00$/) as string;

describe('accounts', () => {
  test('are listed with names of ours, the number masked', async () => {
    const { customerId, accountKey, accountNumber } = await registered(system);
    const { status, body } = await get(`/v1/customers/${customerId}/accounts`);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        data: [
          {
            accountKey,
            bankCode: '088',
            bankName: { ko: '신한은행', en: 'Shinhan Bank' },
            maskedAccountNumber: `110******${accountNumber.slice(-3)}`,
            status: 'active',
            registeredAt: moment,
          },
        ],
      },
    });
    expect((await get(`/v1/customers/${customerId}/accounts?bankCode=004`)).body).toEqual({ data: [] });
  });

  test('one is cancelled, and a second time changes nothing', async () => {
    const { customerId, accountKey } = await registered(system);
    const path = `/v1/customers/${customerId}/accounts/${accountKey}`;
    const before = system.calls('accountCancellation');
    const first = await remove(path);
    expect(first).toMatchObject({
      status: 200,
      body: { accountKey, status: 'cancelled', cancelledAt: moment },
    });
    expect(await remove(`${path}?bankCode=088`)).toEqual(first);
    expect(system.calls('accountCancellation')).toBe(before + 1);
    expect(await remove(`${path}?bankCode=004`)).toMatchObject({ status: 404 });
    expect(await remove(`/v1/customers/${newCustomer()}/accounts/${accountKey}`)).toMatchObject({
      status: 404,
    });
  });

  test.each([
    ['is found in the list when Hecto did its work', true, 200],
    ['is not known when the list does not show it', false, 502],
  ])('a lost answer %s', async (_, works, status) => {
    const { customerId, accountKey } = await registered(system);
    const before = system.calls('accountCancellation');
    await system.fault('accountCancellation', 'reset-before-headers', { works });
    const answer = await remove(`/v1/customers/${customerId}/accounts/${accountKey}`);
    expect(answer).toMatchObject({
      status,
      body: works ? { status: 'cancelled' } : { code: 'hecto_unknown' },
    });
    expect(system.calls('accountCancellation')).toBe(before + 1);
  });
});

describe('S66 the payment password', () => {
  const verify = (customerId: string, password: string) =>
    post(`/v1/customers/${customerId}/payment-password/verifications`, { password });

  test("Hecto's is compared; five wrong ones lock it until the phone is proven", async () => {
    const customerId = await withPassword(system);
    expect(await verify(customerId, '482913')).toEqual({ status: 200, body: { verified: true } });
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(await verify(customerId, '000000')).toMatchObject({
        status: 402,
        body: { code: 'hecto-refused', refusal: 'password-wrong', triesLeft },
      });
    }
    const locked = { status: 402, body: { refusal: 'password-locked', triesLeft: 0, retryable: false } };
    expect(await verify(customerId, '000000')).toMatchObject(locked);
    const before = system.calls('paymentPasswordConfirm');
    expect(await verify(customerId, '482913')).toMatchObject(locked);
    expect(system.calls('paymentPasswordConfirm')).toBe(before);

    const phone = await phoneStarted(system, { ...phoneRequest(), customerId });
    await post(`/v1/phone-verifications/${phone.id}/confirm`, { code: phone.code });
    expect(await verify(customerId, '482913')).toMatchObject({ status: 200 });
    expect(system.log.join('')).not.toContain('482913');
  });

  test('one that was set here is compared here, and Hecto is not asked', async () => {
    const customer = await system.customer({ flow: 'own', id: newCustomer() });
    await customer.reaches('password');
    await customer.enterPassword('482913');
    await customer.enterPassword('482913');
    await customer.waits('done');
    const before = system.calls('paymentPasswordConfirm');
    expect(await verify(customer.id, '000000')).toMatchObject({
      status: 402,
      body: { code: 'refused', refusal: 'password-wrong', triesLeft: 4 },
    });
    expect(await verify(customer.id, '482913')).toMatchObject({ status: 200 });
    for (let wrong = 0; wrong < 5; wrong += 1) await verify(customer.id, '000000');
    expect(await verify(customer.id, '482913')).toMatchObject({ body: { refusal: 'password-locked' } });
    expect(system.calls('paymentPasswordConfirm')).toBe(before);
  });

  test('tries in the onboarding count here too', async () => {
    const customer = await system.customer();
    await system.control('/passwords', { customerId: customer.id, password: '482913' });
    await customer.reaches('password');
    expect(await customer.enterPassword('903817')).toMatchObject({ triesLeft: 4 });
    expect((await verify(customer.id, '000000')).body).toMatchObject({ triesLeft: 3 });
  });

  test('a customer without one is told so, and that is no try', async () => {
    const customerId = newCustomer();
    for (let time = 0; time < 6; time += 1) {
      const { body } = await verify(customerId, '482913');
      expect(body).toMatchObject({ code: 'hecto-refused', refusal: 'password-not-set', retryable: false });
    }
  });

  test('R02 the same key counts one try', async () => {
    const path = `/v1/customers/${await withPassword(system)}/payment-password/verifications`;
    const first = await post(path, { password: '000000' }, 'one-try');
    expect(await post(path, { password: '000000' }, 'one-try')).toEqual(first);
    expect(await post(path, { password: '000001' }, 'one-try')).toMatchObject({ status: 422 });
    expect((await post(path, { password: '000000' })).body).toMatchObject({ triesLeft: 3 });
  });
});

describe('account holder checks', () => {
  const check = (change: object) =>
    post('/v1/account-holder-checks', { customerId: newCustomer(), ...newAccount(), ...change });

  test.each([
    ['a name', { holderName: '홍길동' }, 'accountHolderNameInquiry', { matches: true }],
    ['nothing', {}, 'accountHolderNameInquiry', {}],
    ['a birth date', { birthDate: '1992-03-15' }, 'accountHolderNameConfirm', { matches: true }],
    ['a business', { businessNumber: '1234567891' }, 'accountHolderNameConfirm', { matches: true }],
    ['an amount', { amount: 15_000 }, 'accountHolderNameInquiryWithAmount', {}],
  ] as const)('with %s', async (_, change, endpoint, told) => {
    const before = system.calls(endpoint);
    const answer = await check(change);
    expect(answer).toEqual({ status: 200, body: { holderName: '홍길동', ...told } });
    expect(system.calls(endpoint)).toBe(before + 1);
  });

  test('what contradicts itself is refused, and an account that can never be registered if asked', async () => {
    expect(await check({ birthDate: '1992-03-15', amount: 1 })).toMatchObject({ status: 422 });
    const accountNumber = '110432101001';
    expect(await check({ accountNumber })).toMatchObject({ status: 200 });
    expect(await check({ accountNumber, checkRegistrable: true })).toMatchObject({
      status: 402,
      body: { refusal: 'account-not-usable', hecto: { outRsltCd: '1001' } },
    });
  });

  test('H7 where nothing was compared and no name came, nothing is said', async () => {
    await system.fault('accountHolderNameInquiry', 'bad-ciphertext', { times: 2 });
    expect(await check({})).toMatchObject({ status: 502, body: { code: 'hecto_unknown' } });
  });
});

describe('phone verifications', () => {
  const confirm = (id: string, body: object = {}) => post(`/v1/phone-verifications/${id}/confirm`, body);

  test('a texted code proves the phone', async () => {
    const { id, code, customerId } = await phoneStarted(system);
    expect(await confirm(id, { code })).toEqual({
      status: 200,
      body: { id, customerId, method: 'sms', status: 'verified', createdAt: moment, expiresAt: moment },
    });
  });

  test('S60 five wrong codes end it, and so do three minutes', async () => {
    const { id, code } = await phoneStarted(system);
    const wrong = code === '000000' ? '111111' : '000000';
    for (const triesLeft of [4, 3, 2, 1]) {
      expect((await confirm(id, { code: wrong })).body).toMatchObject({ refusal: 'code-wrong', triesLeft });
    }
    const exhausted = { status: 402, body: { refusal: 'code-tries-exhausted', triesLeft: 0 } };
    expect(await confirm(id, { code: wrong })).toMatchObject(exhausted);
    expect(await confirm(id, { code })).toMatchObject(exhausted);
    const late = await phoneStarted(system);
    system.pass(181);
    expect((await confirm(late.id, { code: late.code })).body).toMatchObject({ refusal: 'code-expired' });
    system.pass(3600);
    expect(await confirm(late.id, { code: late.code })).toMatchObject({ status: 404 });
  });

  test('PASS is asked without a code', async () => {
    const request = phoneRequest('pass');
    const { body } = await post('/v1/phone-verifications', request);
    const id = String(body['id']);
    expect(await confirm(id)).toMatchObject({ status: 402, body: { refusal: 'pass-not-finished' } });
    expect(await confirm(id, { code: '123456' })).toMatchObject({ status: 422 });
    await system.control(`/phones/${request.phoneNumber}/pass`, { approve: true });
    expect(await confirm(id)).toMatchObject({ status: 200, body: { status: 'verified', method: 'pass' } });
  });

  test('S62 a phone is sent five messages a day, then none until midnight', async () => {
    const phoneNumber = newPhone();
    for (let sent = 0; sent < 5; sent += 1) await phoneStarted(system, phoneRequest('sms', phoneNumber));
    expect(await post('/v1/phone-verifications', phoneRequest('sms', phoneNumber))).toMatchObject({
      status: 402,
      body: { code: 'refused', refusal: 'code-sends-exhausted', opensAt: '2026-11-24T00:00:00+09:00' },
    });
  });

  test.each([
    ['gender and century', { genderDigit: '3' }],
    ['a day to come', { birthDate: '2027-01-01', genderDigit: '4' }],
    ['a day that never was', { birthDate: '1992-02-30' }],
  ])('refuses %s', async (_, change) => {
    expect(await post('/v1/phone-verifications', { ...phoneRequest(), ...change })).toMatchObject({
      status: 422,
    });
  });
});

describe('ownership checks', () => {
  test('the code on the statement confirms it, and the check can be read', async () => {
    const { id, code, customerId } = await deposited(system, {
      codeType: 'digits-3',
      senderText: 'HF',
      senderTextPosition: 'before',
      validSeconds: 300,
      repeatLockSeconds: 60,
    });
    expect(system.lastCall('ownershipVerificationRequest')).toMatchObject({
      ...{ authType: '1', remitterNm: 'HF', textPos: 'F', authVldTm: '300', apintTm: '60' },
    });
    const path = `/v1/ownership-checks/${id}`;
    const shown = { id, customerId, kind: 'code', bankCode: '088', createdAt: moment, expiresAt: moment };
    expect((await get(path)).body).toMatchObject({ ...shown, status: 'pending' });
    expect(await post(`${path}/confirm`, { code: 'none' })).toMatchObject({
      status: 402,
      body: { refusal: 'code-wrong' },
    });
    expect((await get(path)).body).toMatchObject({ status: 'pending', failure: { code: 'code-wrong' } });
    const read = code.replace('HF', '');
    expect(await post(`${path}/confirm`, { code: read })).toMatchObject({
      status: 200,
      body: { ...shown, status: 'confirmed', checkedAt: moment },
    });
    const { body } = await get(path);
    expect(body).toMatchObject({ ...shown, status: 'confirmed' });
    expect(JSON.stringify(body)).not.toContain(read);
  });

  test('a day later it is asked about with its own day, and a code that is too late has failed', async () => {
    const { id, code } = await deposited(system);
    system.pass(86_400);
    expect(await post(`/v1/ownership-checks/${id}/confirm`, { code })).toMatchObject({
      status: 402,
      body: { refusal: 'code-expired' },
    });
    expect((await get(`/v1/ownership-checks/${id}`)).body).toMatchObject({
      status: 'failed',
      failure: { code: 'code-expired' },
    });
  });

  test('with a text of the merchant there is nothing to confirm', async () => {
    const answer = await post('/v1/ownership-checks', { ...ownershipRequest(), passbookText: '인증4821' });
    expect(answer).toMatchObject({ status: 201, body: { kind: 'passbook-text', status: 'deposited' } });
    const path = `/v1/ownership-checks/${String(answer.body['id'])}`;
    expect(await get(path)).toEqual({ status: 200, body: answer.body });
    expect(await post(`${path}/confirm`, { code: '4821' })).toMatchObject({
      status: 409,
      body: { code: 'conflict', retryable: false },
    });
  });

  test.each([
    ['both texts', { passbookText: '인증4821', codeType: 'word' }],
    ['four letters beside four digits', { senderText: 'HFIN' }],
    ['letters beside a word', { codeType: 'word', senderText: 'H' }],
    ['small letters', { senderText: 'hf' }],
    ['a passbook text that is too long', { passbookText: '헥토인증번호4' }],
  ])('refuses %s', async (_, change) => {
    expect(await post('/v1/ownership-checks', { ...ownershipRequest(), ...change })).toMatchObject({
      status: 422,
    });
  });

  test('a closed bank says when it opens', async () => {
    await system.control('/maintenance', { bankCode: '020', on: true });
    const answer = await post('/v1/ownership-checks', { ...ownershipRequest(), bankCode: '020' });
    await system.control('/maintenance', { bankCode: '020', on: false });
    expect(answer).toMatchObject({ status: 402, body: { refusal: 'bank-maintenance', opensAt: moment } });
  });
});

describe('ARS calls', () => {
  test('the digits are ours unless given, and keying them in approves', async () => {
    const { id, digits, act } = await ringing(system);
    expect(digits).toMatch(/^\d{2}$/);
    expect((await get(`/v1/ars-calls/${id}`)).body).toMatchObject({
      id,
      status: 'pending',
      callEndsAt: moment,
    });
    await act({ digits });
    expect(await get(`/v1/ars-calls/${id}`)).toMatchObject({ status: 200, body: { id, status: 'approved' } });
    const before = system.calls('arsRecordRequest');
    const own = await ringing(system, { digits: '4829', recordFile: true });
    expect(own.digits).toBe('4829');
    expect(system.calls('arsRecordRequest')).toBe(before + 1);
  });

  test.each([
    ['call-declined', { hangUp: true }],
    ['call-wrong-digits', { digits: '000000' }],
  ])('%s', async (code, action) => {
    const { id, act } = await ringing(system, { digits: '482913' });
    await act(action);
    expect((await get(`/v1/ars-calls/${id}`)).body).toMatchObject({
      status: 'refused',
      failure: { code, retryable: true, hecto: { endpoint: 'arsCheck' } },
    });
  });

  test('R30 a call that never ends is missed after three minutes', async () => {
    const { id } = await ringing(system);
    system.pass(181);
    await system.fault('arsCheck', 'refuse:ST38');
    expect((await get(`/v1/ars-calls/${id}`)).body).toMatchObject({
      status: 'refused',
      failure: { code: 'call-not-finished' },
    });
  });

  test('S64 a phone is called five times a day', async () => {
    const phoneNumber = newPhone();
    for (let placed = 0; placed < 5; placed += 1) await ringing(system, { phoneNumber });
    expect(await post('/v1/ars-calls', callRequest(phoneNumber))).toMatchObject({
      status: 402,
      body: { code: 'refused', refusal: 'calls-exhausted' },
    });
  });
});

describe('recurring payments', () => {
  const pathOf = ({ recurringPaymentKey }: { recurringPaymentKey: string }) =>
    `/v1/recurring-payments/${recurringPaymentKey}`;

  test('one is read, listed page by page, and ended once', async () => {
    const made = await withRecurring(system);
    const { customerId, recurringPaymentKey: key } = made;
    for (let times = 0; times < 2; times += 1) {
      const instalment = { mchtCustId: customerId, rglChrgKey: key, trdAmt: '500', mchtTrdNo: newOrder() };
      await raw(system, 'recurringPaymentApproval', instalment);
    }
    const path = `${pathOf(made)}?customerId=${customerId}`;
    const active = { key, customerId, firstAmount: 1000, paidAmount: 2000, paidCount: 3 };
    expect(await get(path)).toMatchObject({ status: 200, body: { ...active, status: 'active' } });
    expect(await get(`${pathOf(made)}?customerId=${newCustomer()}`)).toMatchObject({ status: 404 });

    const list = `${pathOf(made)}/transactions?customerId=${customerId}&from=2026-01-01&to=2026-12-31`;
    const first = await get(`${list}&limit=2`);
    expect(first.body['data']).toMatchObject([
      { orderNumber: made.orderNumber, status: 'succeeded', amount: 1000, instalment: 1, at: moment },
      { status: 'succeeded', amount: 500, instalment: 2 },
    ]);
    const second = await get(`${list}&limit=2&cursor=${String(first.body['nextCursor'])}`);
    expect(second.body).toMatchObject({ data: [{ amount: 500, instalment: 3 }] });
    expect(second.body).not.toHaveProperty('nextCursor');
    for (const wrong of ['&cursor=bm90IG91cnM', '&cursor=-', '&limit=0', '&limit=101', '&limit=x']) {
      expect(await get(list + wrong)).toMatchObject({ status: 422 });
    }
    expect(await get(list.replace('2026-01-01', '2025-12-30'))).toMatchObject({ status: 422 });
    expect(await get(list.replace('2026-01-01', '2027-01-01'))).toMatchObject({ status: 422 });

    const before = system.calls('recurringPaymentCancel');
    const ended = {
      status: 200,
      body: { ...active, status: 'ended', endReason: 'cancelled', endedAt: moment },
    };
    expect(await remove(path)).toMatchObject(ended);
    expect(await remove(path)).toMatchObject(ended);
    expect(system.calls('recurringPaymentCancel')).toBe(before + 1);
  });

  test('a lost end is looked up', async () => {
    const made = await withRecurring(system);
    await system.fault('recurringPaymentCancel', 'lost-answer');
    expect(await remove(`${pathOf(made)}?customerId=${made.customerId}`)).toMatchObject({
      status: 200,
      body: { status: 'ended' },
    });
  });
});

describe('what Hecto has on record', () => {
  const find = (type: string, orderNumber: string, date: string) =>
    get(`/v1/transactions?type=${type}&orderNumber=${orderNumber}&date=${date}`);

  test('payments, refunds and remittances are found by order number and day', async () => {
    const date = dayOf(system.now());
    const { customerId, orderNumber, trdNo } = await withRecurring(system);
    const refund = newOrder();
    await raw(system, 'paymentCancel', { mchtTrdNo: refund, mchtCustId: customerId, trdNo, trdAmt: '400' });
    expect((await find('payment', orderNumber, date)).body).toMatchObject({
      data: [{ type: 'payment', orderNumber, date, status: 'succeeded', amount: 1000, bankCode: '088' }],
    });
    const refunds = { data: [{ type: 'refund', orderNumber: refund, status: 'succeeded', amount: 400 }] };
    expect((await find('refund', refund, date)).body).toMatchObject(refunds);
    expect((await find('refund', orderNumber, date)).body).toMatchObject(refunds);
    const sent = await remitted(system);
    expect((await find('remittance', sent, date)).body).toMatchObject({
      data: [{ type: 'remittance', orderNumber: sent, date, status: 'succeeded' }],
    });
    for (const type of ['payment', 'refund', 'remittance']) {
      expect(await find(type, sent, '2020-01-01')).toEqual({ status: 200, body: { data: [] } });
    }
  });

  test('a payment that the bank refused has failed, with the reason', async () => {
    const customerId = newCustomer();
    const account = { bankCd: '088', custAcntNo: '110432109212' };
    const common = { mchtCustId: customerId, bankCd: account.bankCd };
    await raw(system, 'merchantAccountRegistration', {
      ...{ ...common, ...account, mchtTrdNo: newOrder(), payerNo: 'TESTMCHT00000001' },
      ...{ mchtCustNm: '홍길동', uii: '920315' },
    });
    const orderNumber = newOrder();
    await post('/v1/hecto/payment', { ...common, mchtTrdNo: orderNumber, trdAmt: '1000' });
    expect((await find('payment', orderNumber, dayOf(system.now()))).body).toMatchObject({
      data: [{ status: 'failed', failure: { code: 'balance-too-low', hecto: { outRsltCd: 'ST12' } } }],
    });
  });

  test('the balance for remittances is whole won', async () => {
    await system.control('/remittance-balance', { balance: 1_234_567 });
    expect(await get('/v1/remittance-balance')).toEqual({ status: 200, body: { balance: 1_234_567 } });
  });
});

describe('banks', () => {
  test('are listed in order, closed ones with the time they open', async () => {
    const { body } = await get('/v1/banks');
    const banks = body['data'] as { code: string; usable: boolean; name: object; kind: string }[];
    expect(banks[0]).toMatchObject({ code: '004', usable: true, kind: 'bank', name: { en: 'Kookmin Bank' } });
    expect(banks.find(({ code }) => code === '027')).toMatchObject({ usable: false });
  });

  test('say of a task whether they do it now', async () => {
    const ask = (task: string, bank = '020') => get(`/v1/banks/${bank}/maintenance?task=${task}`);
    const tasks = ['account-registration', 'account-cancellation', 'payment', 'refund', 'remittance'];
    for (const task of [...tasks, 'account-holder-check', 'ownership-check']) {
      expect(await ask(task)).toEqual({ status: 200, body: { bankCode: '020', task, available: true } });
    }
    await system.control('/maintenance', { bankCode: '020', on: true });
    expect((await ask('payment')).body).toEqual({ bankCode: '020', task: 'payment', available: false });
    expect((await ask('ownership-check')).body).toMatchObject({
      available: false,
      maintenance: { from: moment, opensAt: moment },
    });
    await system.control('/maintenance', { bankCode: '020', on: false });
    expect(await ask('RE')).toMatchObject({ status: 422 });
  });

  test('tell of the accounts that they cancelled on a day', async () => {
    const { customerId, accountKey } = await registered(system);
    await system.control('/institution-cancellations', { accountKey, institution: '4', reason: 'N' });
    const date = dayOf(system.now());
    const { body } = await get(`/v1/cancelled-accounts?date=${date}`);
    expect(body['data']).toContainEqual(
      expect.objectContaining({
        customerId,
        accountKey,
        bankName: { ko: '신한은행', en: 'Shinhan Bank' },
        cancelledAt: moment,
        cancelledBy: 'integrated-account-management',
        reason: 'no-consent',
      }),
    );
    expect((await get('/v1/cancelled-accounts?date=2026-01-01')).body).toEqual({ data: [] });
  });

  test('Hecto says that it is there', async () => {
    expect(await post('/v1/test-calls')).toEqual({ status: 200, body: { ok: true, at: moment } });
  });
});

const dayOf = (now: Date) => new Date(now.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);

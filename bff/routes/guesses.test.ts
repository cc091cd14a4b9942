import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MerchantServer } from '../services/testing/merchant-server.ts';
import { phoneStarted, withPassword } from '../services/testing/merchant-world.ts';
import { System } from '../services/testing/start-system.ts';

/** Two instances on one database; counters are theirs together, and outlive each of them. */
let system: System;
let merchant: MerchantServer;
beforeAll(async () => {
  system = await System.start({}, 2);
  merchant = new MerchantServer(system);
});
afterAll(() => system.stop());

const fifty = Array.from({ length: 50 }, (_, index) => index);
const notThis = (right: string) =>
  fifty.map((index) => String((Number(right) + 1 + index) % 1_000_000).padStart(6, '0'));

describe('S61 fifty guesses at once, at two instances', () => {
  test('S60 at a texted code in the widget: Hecto hears five, and a restart gives no more', async () => {
    const customer = await (await system.customer()).reaches('code');
    const guesses = notThis(await customer.lastCode());
    const before = system.calls('mobileVerificationCheck');
    await Promise.all(guesses.map((code, index) => customer.post('/session/code', { code }, index % 2)));
    expect(system.calls('mobileVerificationCheck')).toBe(before + 5);
    await system.restart();
    await customer.post('/session/code', { code: await customer.lastCode() }, 1);
    expect(system.calls('mobileVerificationCheck')).toBe(before + 5);
    expect(await customer.look()).toMatchObject({ step: 'code', triesLeft: 0 });
  });

  test("S60 at a texted code of the merchant's: Hecto hears five", async () => {
    const { id, code } = await phoneStarted(system);
    const before = system.calls('mobileVerificationCheck');
    const answers = await Promise.all(
      notThis(code).map((guess, index) =>
        merchant.request('POST', `/v1/phone-verifications/${id}/confirm`, {
          body: { code: guess },
          instance: index % 2,
        }),
      ),
    );
    expect(system.calls('mobileVerificationCheck')).toBe(before + 5);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([402]));
  });

  describe('S66 at a payment password', () => {
    let customerId: string;
    let path: string;
    beforeEach(async () => {
      customerId = await withPassword(system, '482913');
      path = `/v1/customers/${customerId}/payment-password/verifications`;
    });
    const verify = (password: string, instance = 0) =>
      merchant.request('POST', path, { body: { password }, instance });
    const locked = { status: 402, body: { refusal: 'password-locked', triesLeft: 0 } };

    test('Hecto hears five, and then the right one is refused too, also after a restart', async () => {
      const before = system.calls('paymentPasswordConfirm');
      await Promise.all(notThis('482913').map((guess, index) => verify(guess, index % 2)));
      expect(system.calls('paymentPasswordConfirm')).toBe(before + 5);
      expect(await verify('482913', 1)).toMatchObject(locked);
      await system.restart();
      expect(await verify('482913')).toMatchObject(locked);
      expect(await verify('482913', 1)).toMatchObject(locked);
      expect(system.calls('paymentPasswordConfirm')).toBe(before + 5);
    });

    test('a restart between the tries forgets none of them', async () => {
      for (const triesLeft of [4, 3]) expect((await verify('000000')).body).toMatchObject({ triesLeft });
      await system.restart();
      for (const triesLeft of [2, 1]) expect((await verify('000000', 1)).body).toMatchObject({ triesLeft });
      expect(await verify('000000')).toMatchObject(locked);
    });

    test('one of ours: five are compared, whichever instance is asked', async () => {
      const customer = await (await system.customer()).reaches('password');
      await customer.enterPassword('482913');
      await customer.enterPassword('482913');
      path = `/v1/customers/${customer.id}/payment-password/verifications`;
      const answers = await Promise.all(notThis('482913').map((guess, index) => verify(guess, index % 2)));
      const compared = answers.filter(({ body }) => body['refusal'] === 'password-wrong');
      expect(compared.map(({ body }) => body['triesLeft']).sort()).toEqual([1, 2, 3, 4]);
      expect(answers.filter(({ body }) => body['refusal'] === 'password-locked')).toHaveLength(46);
      expect(await verify('482913')).toMatchObject(locked);
    });
  });
});

test('S64 of ten calls at once that two instances are to place, a phone rings five times', async () => {
  const phoneNumber = '01087654321';
  const before = system.calls('arsRequest');
  const answers = await Promise.all(
    fifty
      .slice(0, 10)
      .map((index) =>
        merchant.request('POST', '/v1/ars-calls', {
          body: {
            customerId: `rung-${index}`,
            bankCode: '088',
            accountNumber: '110432109876',
            holderName: '홍길동',
            phoneNumber,
          },
          instance: index % 2,
        }),
      ),
  );
  expect(system.calls('arsRequest')).toBe(before + 5);
  expect(answers.filter(({ body }) => body['refusal'] === 'calls-exhausted')).toHaveLength(5);
});

test('S63 of twenty accounts of one customer Hecto hears three, at whatever instance and after a restart', async () => {
  const windows = await Promise.all(
    fifty.slice(0, 5).map(async (index) => {
      const customer = await system.customer();
      await customer.reaches('account');
      return { customer, accountNumber: `11043210987${index}` };
    }),
  );
  // Five customers do not share a limit: each is asked about.
  const before = system.calls('accountHolderNameInquiry');
  await Promise.all(windows.map(({ customer, accountNumber }) => customer.chooseAccount(accountNumber)));
  expect(system.calls('accountHolderNameInquiry')).toBe(before + 5);
  // One customer does; Hecto would call this abuse long after we have stopped asking.
  const [{ customer }] = windows as [(typeof windows)[number]];
  for (let round = 0; round < 20; round += 1) {
    await customer.post('/session/back', { to: 'account' }, round % 2);
    await customer.post(
      '/session/account',
      { bankCode: '088', accountNumber: `1104321055${10 + round}` },
      round % 2,
    );
  }
  await system.restart();
  await customer.post('/session/back', { to: 'account' });
  await customer.post('/session/account', { bankCode: '088', accountNumber: '110432107777' });
  expect(system.calls('accountHolderNameInquiry')).toBe(before + 5 + 2);
});

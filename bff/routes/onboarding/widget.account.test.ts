import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { System } from '../../services/testing/start-system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const midnight = '2026-11-23T15:00:00.000Z';

describe('the account holder check', () => {
  test('S71 an account that is not there, not valid or not yours gets one and the same answer', async () => {
    const refusals: string[] = [];
    for (const ending of ['9001', '9002', '9021', '9024']) {
      const customer = await system.customer();
      await customer.reaches('account');
      refusals.push(JSON.stringify((await customer.chooseAccount(`11043210${ending}`)).refusal));
    }
    expect(new Set(refusals).size).toBe(1);
    expect(refusals[0]).toContain('{"code":"account-not-confirmed","retryable":true,"triesLeft":4,');
  });

  test('S71 and not by its time either, over 200 tries in turn', async () => {
    const endings = ['9001', '9002', '9021', '9024'] as const;
    const times = new Map<string, number[]>(endings.map((ending) => [ending, []]));
    const turns = 50;
    const triesOfOne = 3; // accounts a customer may try in a day
    let customer = await system.customer();
    let tries = 0;
    for (let turn = 0; turn < turns; turn += 1) {
      // Each of the four comes first, second, third and last as often as the others.
      const order = endings.map((_, index) => endings[(index + turn) % endings.length]!);
      for (const ending of order) {
        if (tries % triesOfOne === 0) {
          customer = await system.customer();
          await customer.reaches('account');
        }
        const account = `110${String(tries).padStart(5, '0')}${ending}`;
        const checks = system.calls('accountHolderNameInquiry');
        const begun = performance.now();
        const { refusal } = await customer.chooseAccount(account);
        times.get(ending)!.push(performance.now() - begun);
        expect(refusal).toMatchObject({ code: 'account-not-confirmed' });
        expect(system.calls('accountHolderNameInquiry')).toBe(checks + 1);
        tries += 1;
      }
    }
    const medians = [...times.values()].map(median);
    expect(Math.max(...medians) - Math.min(...medians)).toBeLessThan(Math.max(5, 0.3 * median(medians)));
  }, 120_000);

  test.each([
    ['9018', 'account-not-usable'],
    ['9022', 'account-not-accepted'],
    ['9035', 'account-not-accepted'],
    ['9016', 'account-restricted'],
    ['1001', 'account-not-usable'],
    ['9011', 'bank-maintenance'],
    ['9032', 'holder-check-failed'],
    ['9099', 'service-maintenance'],
  ])('an account ending %s is %s, and another one can be tried', async (ending, code) => {
    const customer = await system.customer();
    await customer.reaches('account');
    expect(await customer.chooseAccount(`11043210${ending}`)).toMatchObject({
      step: 'account',
      refusal: { code },
    });
    expect(await customer.chooseAccount()).toMatchObject({ step: 'ars' });
  });

  test("somebody else's account is not confirmed, by the name that was verified", async () => {
    const customer = await system.customer();
    await system.control('/accounts', { bankCode: '004', accountNumber: '123456780003', holder: '박서준' });
    await customer.reaches('account');
    expect(await customer.chooseAccount('123456780003', '004')).toMatchObject({
      refusal: { code: 'account-not-confirmed' },
    });
    expect(system.lastCall('accountHolderNameInquiry')).toMatchObject({ mchtCustNm: '김민서' });
  });

  test('S63 a customer tries three accounts a day, in whatever session', async () => {
    const customer = await system.customer();
    await customer.reaches('account');
    for (const account of ['11043210901', '11043210902', '11043210903']) {
      await customer.chooseAccount(account);
      await customer.does('/session/back', { to: 'account' });
    }
    const checks = system.calls('accountHolderNameInquiry');
    const exhausted = { code: 'account-checks-exhausted', retryable: false, opensAt: midnight };
    expect(await customer.chooseAccount('11043210904')).toMatchObject({
      step: 'account',
      refusal: exhausted,
    });

    const again = await system.customer({ id: customer.id });
    system.pass(30);
    await again.reaches('account');
    expect(await again.chooseAccount('11043210905')).toMatchObject({ refusal: exhausted });
    expect(system.calls('accountHolderNameInquiry')).toBe(checks);
    // One of the three is still theirs to choose.
    expect(await again.chooseAccount('11043210901')).toMatchObject({ step: 'ars' });
  });

  test('S63 a customer fails five times a day', async () => {
    const customer = await system.customer();
    await customer.reaches('account');
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(await customer.chooseAccount('110432109001')).toMatchObject({
        refusal: { code: 'account-not-confirmed', triesLeft },
      });
    }
    const checks = system.calls('accountHolderNameInquiry');
    expect(await customer.chooseAccount()).toMatchObject({ refusal: { code: 'account-checks-exhausted' } });
    expect(system.calls('accountHolderNameInquiry')).toBe(checks);
  });

  test.each(['75', '76'])(
    'S63 after ST%s Hecto hears nothing more of this customer until midnight',
    async (code) => {
      const customer = await system.customer();
      await customer.reaches('account');
      const exhausted = {
        code: 'account-checks-exhausted',
        retryable: false,
        triesLeft: 0,
        opensAt: midnight,
      };
      expect((await customer.chooseAccount(`1104321090${code}`)).refusal).toMatchObject(exhausted);
      const checks = system.calls('accountHolderNameInquiry');
      system.pass(30);
      const again = await system.customer({ id: customer.id });
      await again.reaches('account');
      expect((await again.chooseAccount()).refusal).toMatchObject(exhausted);
      expect(system.calls('accountHolderNameInquiry')).toBe(checks);
    },
  );

  test('R22 a lost answer is asked for once more, and counts as no failure', async () => {
    const customer = await system.customer();
    await customer.reaches('account');
    await system.fault('accountHolderNameInquiry', 'reset-before-headers', { times: 2 });
    const checks = system.calls('accountHolderNameInquiry');
    expect(await customer.chooseAccount()).toMatchObject({ refusal: { code: 'no-answer', retryable: true } });
    expect(system.calls('accountHolderNameInquiry')).toBe(checks + 2);
    await system.fault('accountHolderNameInquiry', 'reset-before-headers', { times: 1 });
    expect(await customer.chooseAccount()).toMatchObject({ step: 'ars' });
  });

  test('two taps ask once', async () => {
    const customer = await system.customer();
    await customer.reaches('account');
    const checks = system.calls('accountHolderNameInquiry');
    await system.fault('accountHolderNameInquiry', 'delay', { delayMs: 300 });
    const body = { bankCode: '088', accountNumber: '110432109876' };
    const answers = await Promise.all([1, 2].map(() => customer.post('/session/account', body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(system.calls('accountHolderNameInquiry')).toBe(checks + 1);
  });
});

describe('banks', () => {
  test('a bank that Hecto closes is refused before the account is looked at', async () => {
    const customer = await system.customer();
    await customer.reaches('account');
    await system.control('/maintenance', { bankCode: '020', on: true });
    const checks = system.calls('accountHolderNameInquiry');
    expect(await customer.chooseAccount('1002123456789', '020')).toMatchObject({
      refusal: { code: 'bank-maintenance', retryable: true },
    });
    expect(system.calls('accountHolderNameInquiry')).toBe(checks);
    await system.control('/maintenance', { bankCode: '020', on: false });
    expect(await customer.chooseAccount('1002123456789', '020')).toMatchObject({ step: 'ars' });
  });

  test('R28 by day a bank counts as open when Hecto does not say', async () => {
    const customer = await system.customer();
    await customer.reaches('account');
    await system.fault('bankMaintenance', 'http-503', { times: 2 });
    expect(await customer.chooseAccount()).toMatchObject({ step: 'ars' });
  });

  test('a bank that nobody offers is refused', async () => {
    const customer = await system.customer();
    await customer.reaches('account');
    expect(await customer.chooseAccount('110432109876', '999')).toMatchObject({
      refusal: { code: 'bank-not-supported' },
    });
  });

  test('R28 at midnight the list says when a bank opens again, and choosing it says the same, also when Hecto says nothing', async () => {
    const night = await System.start();
    try {
      night.pass(13 * 3600 + 58 * 60); // 23:58 in Korea
      const customer = await night.customer();
      await customer.reaches('account');
      const closed = (await customer.banks()).find(({ maintenance }) => maintenance);
      expect(closed?.maintenance?.from).toMatch(/^\d\d:\d\d$/);
      const refused = {
        step: 'account',
        refusal: { code: 'bank-maintenance', opensAt: closed!.maintenance!.opensAt },
      };
      expect(await customer.chooseAccount('110432109876', closed!.code)).toMatchObject(refused);
      expect(night.calls('bankMaintenance')).toBe(1);
      await night.fault('bankMaintenance', 'http-503', { times: 2 });
      expect(await customer.chooseAccount('110432109876', closed!.code)).toMatchObject(refused);
      expect(night.calls('accountHolderNameInquiry')).toBe(0);
    } finally {
      await night.stop();
    }
  });

  test('the list is asked for once in ten minutes, also by many at once, and outlives a failure', async () => {
    const fresh = await System.start();
    try {
      const customer = await fresh.customer();
      await Promise.all(Array.from({ length: 10 }, () => customer.banks()));
      expect(fresh.calls('bankList')).toBe(1);
      const before = await customer.banks();
      expect(before.length).toBeGreaterThan(20);
      fresh.pass(9 * 60);
      await customer.look();
      fresh.pass(61);
      await fresh.fault('bankList', 'http-503', { times: 2 });
      expect(await customer.banks()).toEqual(before);
      expect(await customer.banks()).toEqual(before);
      expect(fresh.calls('bankList')).toBe(4);
    } finally {
      await fresh.stop();
    }
  });
});

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;

import { expect, test } from 'vitest';
import { account, useTestbed } from './testing/use-testbed.ts';

const hecto = useTestbed();
const set = (limits: object) => hecto.control('/limits', limits);
const codes = async (key: string, ...amounts: number[]) => {
  const answered = [];
  for (const amount of amounts) answered.push((await hecto.pay(key, String(amount)))['outRsltCd']);
  return answered;
};

test.each([
  ['perPayment', 'ST61'],
  ['bankPerPayment', 'ST33'],
  ['withoutSecondApproval', 'ST72'],
])('%s: exactly the limit passes, one won more is %s', async (limit, code) => {
  const key = await hecto.registered();
  await set({ [limit]: 5000 });
  expect(await codes(key, 5000, 5001, 5000)).toEqual(['0000', code, '0000']);
  await set({ [limit]: null });
  expect(await codes(key, 5001)).toEqual(['0000']);
});

test.each([
  ['perDay', 'ST62'],
  ['bankPerDay', 'ST34'],
])('%s counts what was paid on a Korean day: %s until midnight', async (limit, code) => {
  const key = await hecto.registered();
  await set({ [limit]: 5000 });
  expect(await codes(key, 3000, 2001, 2000, 1)).toEqual(['0000', code, '0000', code]);
  hecto.time = new Date('2026-11-24T10:00:00+09:00');
  expect(await codes(key, 5000)).toEqual(['0000']);
});

test('perMonth counts a Korean month: ST63', async () => {
  const key = await hecto.registered();
  await set({ perMonth: 5000 });
  expect(await codes(key, 3000)).toEqual(['0000']);
  hecto.time = new Date('2026-11-30T22:00:00+09:00');
  expect(await codes(key, 2001)).toEqual(['ST63']);
  hecto.time = new Date('2026-12-01T10:00:00+09:00');
  expect(await codes(key, 5000)).toEqual(['0000']);
});

test('counts by day are ST64, by month ST65; refused payments do not count, refunds give nothing back', async () => {
  const key = await hecto.registered();
  await set({ paymentsPerDay: 2, paymentsPerMonth: 3 });
  const { trdNo } = await hecto.pay(key, '100');
  await hecto.refund(trdNo, '100');
  expect(await codes(key, 2_000_000, 100, 100)).toEqual(['ST12', '0000', 'ST64']);
  hecto.time = new Date('2026-11-24T10:00:00+09:00');
  expect(await codes(key, 100, 100)).toEqual(['0000', 'ST65']);
});

test('instalments count like payments', async () => {
  const recurring = await hecto.recurring(await hecto.registered());
  await set({ paymentsPerDay: 1 });
  expect(await hecto.charge(recurring, '100')).toMatchObject({ outRsltCd: 'ST64', rglPmtProcStatCd: 'R' });
});

test('each account of each customer has its own allowance, and an account may have limits of its own', async () => {
  const first = await hecto.registered();
  const second = await hecto.registered('110432109877');
  await set({ perDay: 5000 });
  await set({ bankCode: account.bankCd, accountNumber: '110432109877', perDay: 100 });
  expect(await codes(first, 5000, 1)).toEqual(['0000', 'ST62']);
  expect(await codes(second, 100, 1)).toEqual(['0000', 'ST62']);
  const key = (await hecto.register({ mchtCustId: 'cust-2', mchtCustNm: '홍길동' }))['custAcntKey']!;
  expect(await hecto.pay(key, '5000', { mchtCustId: 'cust-2' })).toMatchObject({ outStatCd: '0021' });
});

test('two payments that are processing are judged when they become final: the second breaks the limit', async () => {
  const key = await hecto.registered();
  await set({ perDay: 5000 });
  await hecto.control('/processing', { seconds: 10, times: 2 });
  const [first, second] = [hecto.order(), hecto.order()];
  await hecto.pay(key, '3000', first);
  await hecto.pay(key, '3000', second);
  hecto.pass(10);
  expect(await hecto.result(first.mchtTrdNo)).toMatchObject({ outStatCd: '0021' });
  expect(await hecto.result(second.mchtTrdNo)).toMatchObject({ outRsltCd: 'ST62' });
});

test('a limit that does not exist and half an account are refused; a reset brings the defaults back', async () => {
  await expect(set({ perWeek: 1 })).rejects.toThrow('Unrecognized key');
  await expect(set({ bankCode: '088', perDay: 1 })).rejects.toThrow('go together');
  await set({ perDay: 1 });
  await hecto.control('/reset', {});
  expect(await hecto.control('/limits')).toMatchObject({ perDay: 10_000_000_000, bankPerDay: null });
});

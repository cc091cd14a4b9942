import { expect, test } from 'vitest';
import { account, useTestbed } from './testing/use-testbed.ts';

const hecto = useTestbed();
const takeTime = (seconds: number, more: object = {}) => hecto.control('/processing', { seconds, ...more });

test('a payment that takes its time moves nothing until then, and then once', async () => {
  const key = await hecto.registered();
  const { mchtTrdNo } = hecto.order();
  await takeTime(40);
  expect(await hecto.pay(key, '15000', { mchtTrdNo })).toMatchObject({
    outStatCd: '0031',
    outRsltCd: 'ST38',
    mchtTrdNo,
  });
  hecto.pass(39);
  for (let asked = 0; asked < 5; asked++) {
    expect(await hecto.result(mchtTrdNo)).toMatchObject({ outStatCd: '0031', outRsltCd: 'ST38' });
  }
  expect((await hecto.history('RP', mchtTrdNo)).records).toMatchObject([
    { recordOutStatCd: '0031', recordOutRsltCd: 'ST38', recordTrdAmt: '15000' },
  ]);
  expect(await hecto.balance()).toBe(1_000_000);
  expect(await hecto.ordersOf(mchtTrdNo)).toMatchObject([{ state: 'processing', moves: 0, code: 'ST38' }]);

  hecto.pass(1);
  for (let asked = 0; asked < 3; asked++) {
    expect(await hecto.result(mchtTrdNo)).toMatchObject({ outStatCd: '0021' });
  }
  expect((await hecto.history('RP', mchtTrdNo)).records).toMatchObject([{ recordOutRsltCd: 'ST00' }]);
  expect(await hecto.balance()).toBe(985_000);
  expect(await hecto.ordersOf(mchtTrdNo)).toMatchObject([
    { state: 'final', moves: 1, code: '0000', finalAt: '2026-11-23T01:00:40.000Z' },
  ]);
});

test('a late failure says why, and nothing ever moves', async () => {
  const key = await hecto.registered();
  const { mchtTrdNo } = hecto.order();
  await takeTime(40, { outcome: 'ST12' });
  expect(await hecto.pay(key, '15000', { mchtTrdNo })).toMatchObject({ outRsltCd: 'ST38' });
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outRsltCd: 'ST38' });
  hecto.pass(40);
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outStatCd: '0031', outRsltCd: 'ST12' });
  expect(await hecto.balance()).toBe(1_000_000);
  expect(await hecto.ordersOf(mchtTrdNo)).toMatchObject([{ state: 'final', moves: 0, code: 'ST12' }]);
});

test('the balance is seen by whoever looks first: nobody has to ask for the order', async () => {
  const key = await hecto.registered();
  await takeTime(10, { times: 3 });
  for (let paid = 0; paid < 3; paid++) await hecto.pay(key, '1000');
  expect(await hecto.balance()).toBe(1_000_000);
  hecto.pass(10);
  expect(await hecto.balance()).toBe(997_000);
});

test('orders become final in the order of their time; the bank looks at the balance only then', async () => {
  const key = await hecto.registered();
  const [slow, quick] = [hecto.order(), hecto.order()];
  await takeTime(60);
  await takeTime(20);
  await hecto.pay(key, '600000', slow);
  await hecto.pay(key, '600000', quick);
  hecto.pass(3600);
  expect(await hecto.result(slow.mchtTrdNo)).toMatchObject({ outRsltCd: 'ST12' });
  expect(await hecto.result(quick.mchtTrdNo)).toMatchObject({ outStatCd: '0021' });
  expect(await hecto.balance()).toBe(400_000);
});

test.each(['ST38', 'ST40', 'ST07', 'VTIM'])('the pending answer may be %s', async (answer) => {
  const key = await hecto.registered();
  await takeTime(10, { answer });
  expect(await hecto.pay(key, '100')).toMatchObject({ outStatCd: '0031', outRsltCd: answer });
});

test('the pending answer may be the status 0000, or none at all', async () => {
  const key = await hecto.registered();
  await takeTime(10, { answer: '0000' });
  expect(await hecto.pay(key, '100')).toMatchObject({ outStatCd: '0000' });
  await takeTime(10, { answer: 'lost' });
  const order = hecto.order();
  await expect(hecto.pay(key, '100', order)).rejects.toThrow();
  expect(await hecto.result(order.mchtTrdNo)).toMatchObject({ outRsltCd: 'ST38' });
  hecto.pass(10);
  expect(await hecto.result(order.mchtTrdNo)).toMatchObject({ outStatCd: '0021' });
  expect(await hecto.balance()).toBe(999_800);
});

test('the same order number again is ST50 before and after, and changes nothing', async () => {
  const key = await hecto.registered();
  const order = hecto.order();
  await takeTime(10);
  await hecto.pay(key, '100', order);
  expect(await hecto.pay(key, '100', order)).toMatchObject({ outRsltCd: 'ST50' });
  hecto.pass(10);
  expect(await hecto.pay(key, '100', order)).toMatchObject({ outRsltCd: 'ST50' });
  expect(await hecto.balance()).toBe(999_900);
});

test('a refund that takes its time: ST30, on the list as pending, another is ST39, then the money is back', async () => {
  const key = await hecto.registered();
  const { trdNo } = await hecto.pay(key, '15000');
  const order = hecto.order();
  await takeTime(30, { endpoint: 'paymentCancel' });
  expect(await hecto.refund(trdNo, '5000', order)).toMatchObject({ outRsltCd: 'ST30' });
  expect(await hecto.refund(trdNo, '5000', order)).toMatchObject({ outRsltCd: 'ST50' });
  const another = hecto.order();
  expect(await hecto.refund(trdNo, '5000', another)).toMatchObject({ outRsltCd: 'ST39' });
  expect((await hecto.history('RT', order.mchtTrdNo)).records).toMatchObject([
    { recordOutStatCd: '0031', recordOutRsltCd: 'ST30' },
  ]);
  expect(await hecto.history('RT', another.mchtTrdNo)).toMatchObject({ outRsltCd: 'ST06' });
  hecto.pass(30);
  expect((await hecto.history('RT', order.mchtTrdNo)).records).toMatchObject([{ recordOutRsltCd: 'ST00' }]);
  expect(await hecto.balance()).toBe(990_000);
  expect(await hecto.refund(trdNo, '10000')).toMatchObject({ outStatCd: '0021' });
});

test('a payment that is processing cannot be refunded yet: ST40', async () => {
  const key = await hecto.registered();
  const { mchtTrdNo } = hecto.order();
  await takeTime(30);
  await hecto.pay(key, '15000', { mchtTrdNo });
  const { trdNo } = await hecto.result(mchtTrdNo);
  expect(await hecto.refund(trdNo, '15000')).toMatchObject({ outRsltCd: 'ST40' });
  hecto.pass(30);
  expect(await hecto.refund(trdNo, '15000')).toMatchObject({ outStatCd: '0021' });
});

test('a remittance that takes its time leaves the balance later', async () => {
  const { mchtTrdNo } = hecto.order();
  await takeTime(30, { endpoint: 'remittance' });
  expect(await hecto.remit('7000', { mchtTrdNo })).toMatchObject({ outRsltCd: 'ST38' });
  expect(await hecto.result(mchtTrdNo, { pktDivCd: 'AR' })).toMatchObject({ outRsltCd: 'ST38' });
  expect((await hecto.ledger()).remittanceBalance).toBe(10_000_000_000);
  hecto.pass(30);
  expect((await hecto.ledger()).remittanceBalance).toBe(9_999_993_000);
  expect(await hecto.result(mchtTrdNo, { pktDivCd: 'AR' })).toMatchObject({ outStatCd: '0021' });
});

test('an instalment that takes its time gives no advice before it failed', async () => {
  const recurring = await hecto.recurring(await hecto.registered());
  const { mchtTrdNo } = hecto.order();
  await takeTime(30, { endpoint: 'recurringPaymentApproval', outcome: 'ST16' });
  const answer = await hecto.charge(recurring, '5000', { mchtTrdNo });
  expect(answer).toMatchObject({ outRsltCd: 'ST38' });
  expect(answer).not.toHaveProperty('rglPmtProcStatCd');
  hecto.pass(30);
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outRsltCd: 'ST16' });
});

test('a first recurring payment that succeeds late begins the recurring payment then', async () => {
  const key = await hecto.registered();
  await takeTime(30);
  await hecto.pay(key, '100', { rglPmtYn: 'Y' });
  const [order] = hecto.testbed.state.ledger.all();
  expect(await hecto.charge(order!.recurringKey!, '100')).toMatchObject({ outRsltCd: 'ST06' });
  hecto.pass(30);
  expect(await hecto.charge(order!.recurringKey!, '100')).toMatchObject({ outStatCd: '0021' });
});

test('a plan is for so many orders of its call and is gone after a reset', async () => {
  const key = await hecto.registered();
  await takeTime(10, { endpoint: 'payment', times: 2 });
  const codes = [];
  for (let paid = 0; paid < 3; paid++) codes.push((await hecto.pay(key, '1'))['outRsltCd']);
  expect(codes).toEqual(['ST38', 'ST38', '0000']);
  await takeTime(10);
  await hecto.control('/reset', {});
  expect(await hecto.control('/processing')).toEqual([]);
});

test('a plan may be for one order only', async () => {
  const key = await hecto.registered();
  const [meant, other] = [hecto.order(), hecto.order()];
  await takeTime(10, { orderNumber: meant.mchtTrdNo });
  expect(await hecto.pay(key, '1', other)).toMatchObject({ outRsltCd: '0000' });
  expect(await hecto.pay(key, '1', meant)).toMatchObject({ outRsltCd: 'ST38' });
});

test('account endings 94SS and 95SS: late success and late failure after SS seconds', async () => {
  const good = await hecto.registered('1104321099412');
  const bad = await hecto.registered('1104321099512');
  const [won, lost] = [hecto.order(), hecto.order()];
  expect(await hecto.pay(good, '100', won)).toMatchObject({ outRsltCd: 'ST38' });
  expect(await hecto.pay(bad, '100', lost)).toMatchObject({ outRsltCd: 'ST38' });
  hecto.pass(11);
  expect(await hecto.result(won.mchtTrdNo)).toMatchObject({ outRsltCd: 'ST38' });
  expect(await hecto.result(lost.mchtTrdNo)).toMatchObject({ outRsltCd: 'ST38' });
  hecto.pass(1);
  const { trdNo } = await hecto.result(won.mchtTrdNo);
  expect(await hecto.balance('1104321099412')).toBe(999_900);
  expect(await hecto.result(lost.mchtTrdNo)).toMatchObject({ outRsltCd: 'ST60' });
  expect(await hecto.balance('1104321099512')).toBe(1_000_000);

  expect(await hecto.refund(trdNo, '100')).toMatchObject({ outRsltCd: 'ST30' });
  hecto.pass(12);
  expect(await hecto.balance('1104321099412')).toBe(1_000_000);
});

const close = (body: object) => hecto.control('/maintenance', { bankCode: account.bankCd, ...body });
const at = (time: string) => `2026-11-23T${time}+09:00`;

test('maintenance begins mid-way: ST11 while it lasts, final when the bank opens', async () => {
  const key = await hecto.registered();
  const { mchtTrdNo } = hecto.order();
  await close({ from: at('10:00:10'), to: at('10:30:00') });
  await takeTime(20);
  expect(await hecto.pay(key, '100', { mchtTrdNo })).toMatchObject({ outRsltCd: 'ST38' });
  hecto.pass(9);
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outRsltCd: 'ST38' });
  hecto.pass(1);
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outRsltCd: 'ST11' });
  expect(await hecto.pay(key, '100')).toMatchObject({ outRsltCd: 'ST11' });
  hecto.pass(1789);
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outRsltCd: 'ST11' });
  expect(await hecto.balance()).toBe(1_000_000);
  hecto.pass(1);
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outStatCd: '0021' });
  expect(await hecto.ordersOf(mchtTrdNo)).toMatchObject([{ finalAt: '2026-11-23T01:30:00.000Z' }]);
});

test('maintenance may begin after some seconds and last until a test opens the bank', async () => {
  const key = await hecto.registered();
  const { mchtTrdNo } = hecto.order();
  const done = hecto.order();
  await close({ on: true, afterSeconds: 5 });
  await hecto.pay(key, '100', done);
  await takeTime(20);
  await hecto.pay(key, '100', { mchtTrdNo });
  hecto.pass(7200);
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outRsltCd: 'ST11' });
  expect(await hecto.result(done.mchtTrdNo)).toMatchObject({ outStatCd: '0021' });
  await close({ on: false });
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outStatCd: '0021' });
  expect(await hecto.ordersOf(mchtTrdNo)).toMatchObject([{ finalAt: '2026-11-23T03:00:00.000Z' }]);
});

test('published hours count too: an order due at night is final in the morning', async () => {
  hecto.time = new Date(at('23:20:00'));
  await hecto.control('/accounts', { bankCode: '004', accountNumber: '12340101234567', holder: '홍길동' });
  const key = (await hecto.register({ bankCd: '004', custAcntNo: '12340101234567', mchtCustNm: '홍길동' }))[
    'custAcntKey'
  ]!;
  const { mchtTrdNo } = hecto.order();
  await takeTime(3600);
  await hecto.pay(key, '100', { bankCd: '004', mchtTrdNo });
  hecto.pass(3600);
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outRsltCd: 'ST11' });
  hecto.pass(2 * 3600);
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outStatCd: '0021' });
});

test.each([
  [{ on: true, afterSeconds: -1 }],
  [{ from: at('10:00:00'), to: at('10:00:00') }],
  [{ from: at('10:00:00') }],
])('maintenance of %j is refused', async (body) => {
  await expect(close(body)).rejects.toThrow(/^400 /);
});

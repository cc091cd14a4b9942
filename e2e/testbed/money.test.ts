import { expect, test } from 'vitest';
import { customer, useTestbed } from './testing/use-testbed.ts';

const hecto = useTestbed();

test('a payment takes the money once; the same order number again is ST50', async () => {
  const key = await hecto.registered();
  const order = hecto.order();
  expect(await hecto.pay(key, '15000', order)).toMatchObject({
    outStatCd: '0021',
    outRsltCd: '0000',
    trdAmt: '15000',
    ...order,
    custAcntNo: '110******876',
  });
  expect(await hecto.pay(key, '15000', order)).toMatchObject({ outRsltCd: 'ST50' });
  expect(await hecto.balance()).toBe(985_000);
  expect(await hecto.result(order.mchtTrdNo)).toMatchObject({
    outStatCd: '0021',
    bankCd: '088',
    svcDivCd: '1',
  });
});

test('too little money is ST12, an unknown key ST01, a cancelled account ST15', async () => {
  const key = await hecto.registered();
  const order = hecto.order();
  expect(await hecto.pay(key, '1000001', order)).toMatchObject({ outRsltCd: 'ST12' });
  expect(await hecto.result(order.mchtTrdNo)).toMatchObject({ outStatCd: '0031', outRsltCd: 'ST12' });
  expect(await hecto.pay('nothing', '100')).toMatchObject({ outRsltCd: 'ST01' });
  expect(await hecto.pay(key, '100', { mchtCustId: 'other' })).toMatchObject({ outRsltCd: 'ST01' });
  await hecto.call('accountCancellation', { ...customer, bankCd: '088', custAcntKey: key, ...hecto.order() });
  expect(await hecto.pay(key, '100')).toMatchObject({ outRsltCd: 'ST15' });
  expect(await hecto.balance()).toBe(1_000_000);
});

test('refunds in parts: over the rest is ST26, after the whole ST25, the same order number ST50', async () => {
  const key = await hecto.registered();
  const paid = hecto.order();
  const { trdNo } = await hecto.pay(key, '15000', paid);
  const first = hecto.order();
  expect(await hecto.refund(trdNo, '5000', first)).toMatchObject({ outStatCd: '0021', trdAmt: '5000' });
  expect(await hecto.refund(trdNo, '5000', first)).toMatchObject({ outRsltCd: 'ST50' });
  expect(await hecto.refund(trdNo, '10001')).toMatchObject({ outRsltCd: 'ST26' });
  expect(await hecto.refund(trdNo, '10000')).toMatchObject({ outStatCd: '0021' });
  expect(await hecto.refund(trdNo, '1')).toMatchObject({ outRsltCd: 'ST25' });
  expect(await hecto.refund('SFP_FIRM1', '1')).toMatchObject({ outRsltCd: 'ST06' });
  expect(await hecto.refund(trdNo, '1', { mchtCustId: 'other' })).toMatchObject({ outRsltCd: 'ST06' });
  expect(await hecto.balance()).toBe(1_000_000);

  expect(await hecto.history('RP', paid.mchtTrdNo)).toMatchObject({ dataCnt: '1' });
  expect((await hecto.history('RT', first.mchtTrdNo)).records).toMatchObject([
    { recordOutRsltCd: 'ST00', recordOutStatCd: '0021', recordPktDivCd: 'RT', recordTrdAmt: '5000' },
  ]);
  const codes = (await hecto.history('RT', paid.mchtTrdNo)).records.map((one) => one['recordOutRsltCd']);
  expect(codes).toEqual(['ST00', 'ST26', 'ST00', 'ST25']);
});

test('R10 an order nobody knows is ST06, also under the wrong date or kind', async () => {
  const key = await hecto.registered();
  const { mchtTrdNo } = hecto.order();
  await hecto.pay(key, '100', { mchtTrdNo });
  expect(await hecto.result('nothing')).toMatchObject({ outRsltCd: 'ST06' });
  expect(await hecto.result(mchtTrdNo, { mchtTrdDt: '20261124' })).toMatchObject({ outRsltCd: 'ST06' });
  expect(await hecto.result(mchtTrdNo, { pktDivCd: 'AR' })).toMatchObject({ outRsltCd: 'ST06' });
  expect(await hecto.history('RT', mchtTrdNo)).toMatchObject({ outRsltCd: 'ST06' });
});

test('a magic account refuses the payment; with an unclear code the money moves and the result says so', async () => {
  const refusing = await hecto.registered('1104321099235');
  expect(await hecto.pay(refusing, '100')).toMatchObject({ outRsltCd: 'ST35' });
  const unclear = await hecto.registered('1104321099207');
  const order = hecto.order();
  expect(await hecto.pay(unclear, '100', order)).toMatchObject({ outStatCd: '0031', outRsltCd: 'ST07' });
  expect(await hecto.result(order.mchtTrdNo)).toMatchObject({ outStatCd: '0021' });
  expect(await hecto.balance('1104321099207')).toBe(999_900);
});

test('a remittance leaves the balance, at most a billion at once and never more than there is', async () => {
  const order = hecto.order();
  expect(await hecto.remit('1000000000', order)).toMatchObject({ outStatCd: '0021', trdAmt: '1000000000' });
  expect(await hecto.remit('1', order)).toMatchObject({ outRsltCd: 'ST50' });
  expect(await hecto.remit('1000000001')).toMatchObject({ outRsltCd: 'ST61' });
  const balance = () => hecto.call('remittanceBalance', hecto.order());
  expect(await balance()).toMatchObject({ blcAmt: '9000000000' });
  await hecto.control('/remittance-balance', { balance: 10 });
  expect(await hecto.remit('11')).toMatchObject({ outRsltCd: 'ST12' });
  expect(await hecto.result(order.mchtTrdNo, { pktDivCd: 'AR' })).toMatchObject({ outStatCd: '0021' });
});

test('a recurring payment: key, instalments, totals, history, end', async () => {
  const accountKey = await hecto.registered();
  const first = await hecto.pay(accountKey, '15000', { rglPmtYn: 'Y', rglEdDt: '20271231' });
  const rglChrgKey = first['rglChrgKey'] ?? '';
  expect(rglChrgKey).toMatch(/^[0-9a-f]{32}$/);
  const about = { ...customer, rglChrgKey };
  const charge = (trdAmt: string) =>
    hecto.call('recurringPaymentApproval', { ...about, ...hecto.order(), trdAmt });
  const info = () => hecto.call('recurringPaymentInfo', about);

  expect(await charge('20000')).toMatchObject({ outStatCd: '0021', trdAmt: '20000' });
  expect(await charge('2000000')).toMatchObject({ outRsltCd: 'ST12', rglPmtProcStatCd: 'R' });
  expect(await info()).toMatchObject({
    bankNm: '신한은행',
    useStDt: '20261123',
    useEdDt: '20271231',
    rglPmtAmt: '15000',
    pmtAcmAmt: '35000',
    pmtAcmOrd: '2',
  });
  const past = (useStDt: string, useEdDt: string) =>
    hecto.call('recurringPaymentHistory', { ...about, useStDt, useEdDt });
  expect((await past('20261101', '20261130')).records).toMatchObject([
    { recordTrdAmt: '15000', recordUseOrd: '1', recordOutStatCd: '0021', recordOutRsltCd: '0000' },
    { recordTrdAmt: '20000', recordUseOrd: '2' },
    { recordTrdAmt: '2000000', recordOutStatCd: '0031', recordOutRsltCd: 'ST12' },
  ]);
  expect(await past('20250101', '20261130')).toMatchObject({ outRsltCd: 'ST09' });

  const end = () => hecto.call('recurringPaymentCancel', { ...about, ...hecto.order() });
  expect(await end()).toMatchObject({ outStatCd: '0021', ...customer });
  expect(await end()).toMatchObject({ outRsltCd: 'ST37' });
  expect(await charge('100')).toMatchObject({ outRsltCd: 'ST37', rglPmtProcStatCd: 'C' });
  expect(await info()).toMatchObject({ unregStatCd: 'CANCEL', unregDt: '20261123100000' });
});

test('a recurring payment ends by itself after its last day', async () => {
  const accountKey = await hecto.registered();
  const { rglChrgKey = '' } = await hecto.pay(accountKey, '100', { rglPmtYn: 'Y', rglEdDt: '20261123' });
  hecto.pass(24 * 3600);
  const answer = await hecto.call('recurringPaymentApproval', {
    ...customer,
    ...hecto.order(),
    rglChrgKey,
    trdAmt: '100',
  });
  expect(answer).toMatchObject({ outRsltCd: 'ST37' });
  expect(await hecto.call('recurringPaymentInfo', { ...customer, rglChrgKey })).toMatchObject({
    unregStatCd: 'EXPIRE',
  });
});

test('R07 a payment whose answer is lost has happened, once', async () => {
  const key = await hecto.registered();
  const order = hecto.order();
  await hecto.control('/faults', { endpoint: 'payment', kind: 'lost-answer' });
  await expect(hecto.pay(key, '15000', order)).rejects.toThrow();
  expect(await hecto.balance()).toBe(985_000);
  expect(await hecto.result(order.mchtTrdNo)).toMatchObject({ outStatCd: '0021' });
});

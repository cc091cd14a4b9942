import { expect, test } from 'vitest';
import { useTestbed } from './testing/use-testbed.ts';
import { doubled, isRefusal, notTakenIn, unclear } from './wire/result-messages.ts';

const hecto = useTestbed();
const digits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0')).filter((two) =>
  isRefusal(`ST${two}`),
);

/** What the documents promise for a code: how often money moves, and what an inquiry says afterwards. */
const promised = (code: string) =>
  unclear.has(code)
    ? { moves: 1, answer: { outStatCd: '0021' } }
    : doubled.has(code)
      ? { moves: 2, answer: { outStatCd: '0031', outRsltCd: code } }
      : { moves: 0, answer: { outStatCd: '0031', outRsltCd: notTakenIn.has(code) ? 'ST06' : code } };

test.each(digits)(
  'an account 92%s: payment and remittance answer that code and do what it means',
  async (nn) => {
    const code = `ST${nn}`;
    const number = `11043210992${nn}`;
    const { moves, answer } = promised(code);
    const key = await hecto.registered(number);
    const [paid, sent] = [hecto.order(), hecto.order()];
    expect(await hecto.pay(key, '100', paid)).toMatchObject({ outStatCd: '0031', outRsltCd: code });
    expect(await hecto.balance(number)).toBe(1_000_000 - 100 * moves);
    expect(await hecto.result(paid.mchtTrdNo)).toMatchObject(answer);

    const to = { bankCd: '088', custAcntNo: number };
    expect(await hecto.remit('100', { ...sent, ...to })).toMatchObject({ outRsltCd: code });
    expect(await hecto.result(sent.mchtTrdNo, { pktDivCd: 'AR' })).toMatchObject(answer);
    expect(await hecto.balance(number)).toBe(1_000_000);
    expect((await hecto.ledger()).remittanceBalance).toBe(10_000_000_000 - 100 * moves);
  },
);

test.each(['12', '07', '03', '42'])(
  'an instalment from an account 92%s follows the same rules',
  async (nn) => {
    const code = `ST${nn}`;
    const key = await hecto.registered();
    const recurring = await hecto.recurring(key);
    // The account of a recurring payment is known by its key: let it have a magic number all the same.
    const [registration] = hecto.testbed.state.registrations.of('cust-1');
    const number = `11043210992${nn}`;
    Object.assign(registration!, { accountNumber: number });
    Object.assign(hecto.testbed.state.recurringPayments.of(recurring, 'cust-1')!, { accountNumber: number });
    const { mchtTrdNo } = hecto.order();
    expect(await hecto.charge(recurring, '100', { mchtTrdNo })).toMatchObject({ outRsltCd: code });
    const { moves, answer } = promised(code);
    expect(await hecto.result(mchtTrdNo)).toMatchObject(answer);
    expect(await hecto.balance(number)).toBe(1_000_000 - 100 * moves);
  },
);

test.each(digits.filter((nn) => nn !== '25'))(
  'an account 93%s: payments pass, refunds answer that code and do what it means',
  async (nn) => {
    const code = `ST${nn}`;
    const number = `11043210993${nn}`;
    const { trdNo } = await hecto.pay(await hecto.registered(number), '1000');
    const { mchtTrdNo } = hecto.order();
    expect(await hecto.refund(trdNo, '100', { mchtTrdNo })).toMatchObject({ outRsltCd: code });
    const { moves } = promised(code);
    expect(await hecto.balance(number)).toBe(999_000 + 100 * moves);
    const history = await hecto.history('RT', mchtTrdNo);
    if (notTakenIn.has(code)) expect(history).toMatchObject({ outRsltCd: 'ST06' });
    else expect(history.records).toMatchObject([{ recordOutRsltCd: unclear.has(code) ? 'ST00' : code }]);
  },
);

test('an account 9325: the payment was given back before, and is so once', async () => {
  const number = '1104321099325';
  const { trdNo } = await hecto.pay(await hecto.registered(number), '1000');
  for (let asked = 0; asked < 2; asked++) {
    expect(await hecto.refund(trdNo, '1000')).toMatchObject({ outStatCd: '0031', outRsltCd: 'ST25' });
    expect(await hecto.balance(number)).toBe(1_000_000);
  }
});

test('what was withdrawn twice can be given back twice', async () => {
  const number = '1104321099203';
  const { mchtTrdNo } = hecto.order();
  await hecto.pay(await hecto.registered(number), '1000', { mchtTrdNo });
  const { trdNo } = await hecto.result(mchtTrdNo);
  expect(await hecto.ordersOf(mchtTrdNo)).toMatchObject([{ state: 'final', code: 'ST03', moves: 2 }]);
  expect(await hecto.refund(trdNo, '2000')).toMatchObject({ outStatCd: '0021' });
  expect(await hecto.refund(trdNo, '1')).toMatchObject({ outRsltCd: 'ST25' });
  expect(await hecto.balance(number)).toBe(1_000_000);
});

test('too little money is ST12, also where the code would be unclear or the bank would blunder', async () => {
  for (const nn of ['07', '03']) {
    const key = await hecto.registered(`11043210992${nn}`);
    expect(await hecto.pay(key, '1000001')).toMatchObject({ outRsltCd: 'ST12' });
  }
});

import { expect, test } from 'vitest';
import { RequestLog, type LoggedRequest } from './request-log.ts';
import { account, useTestbed } from './testing/use-testbed.ts';

const hecto = useTestbed();

test('opening balance and statement add up to the balance, whatever happened', async () => {
  const key = await hecto.registered();
  await hecto.control('/accounts', { bankCode: '088', accountNumber: account.custAcntNo, balance: 50_000 });
  const doubled = await hecto.registered('1104321099203');
  const { trdNo } = await hecto.pay(key, '15000');
  await hecto.pay(key, '900000');
  await hecto.refund(trdNo, '4000');
  await hecto.pay(doubled, '1000');
  await hecto.remit('7000');
  await hecto.remit('1000', { bankCd: '088', custAcntNo: '1104321099203' });
  await hecto.control('/accounts', { bankCode: '088', accountNumber: account.custAcntNo, balance: 77 });
  await hecto.control('/remittance-balance', { balance: 5 });
  await hecto.control('/processing', { seconds: 5 });
  await hecto.pay(key, '7');
  for (const wait of [0, 5]) {
    hecto.pass(wait);
    const { accounts } = await hecto.ledger();
    expect(accounts).toHaveLength(3);
    for (const { opening, balance, statement } of accounts) {
      expect(opening + statement.reduce((sum, { amount }) => sum + amount, 0)).toBe(balance);
    }
  }
  expect(await hecto.balance()).toBe(70);
  const { remittances } = hecto.testbed.state.ledger;
  expect(remittances.balance).toBe(5);
  expect(remittances.opening + remittances.statement.reduce((sum, { amount }) => sum + amount, 0)).toBe(5);
});

test('how often an order moved money can be counted on the statements', async () => {
  const once = await hecto.registered();
  const twice = await hecto.registered('1104321099203');
  const [first, second, refused] = [hecto.order(), hecto.order(), hecto.order()];
  await hecto.pay(once, '100', first);
  await hecto.pay(twice, '100', second);
  await hecto.pay(once, '2000000', refused);
  const { accounts, orders } = await hecto.ledger();
  const moved = ({ mchtTrdNo }: { mchtTrdNo: string }) =>
    accounts.flatMap(({ statement }) => statement).filter(({ orderNumber }) => orderNumber === mchtTrdNo)
      .length;
  expect([first, second, refused].map(moved)).toEqual([1, 2, 0]);
  expect(orders.map(({ moves }) => moves)).toEqual([1, 2, 0]);
});

test('the ledger is asked by customer and by order number, and shows the accounts concerned', async () => {
  const key = await hecto.registered();
  await hecto.registered('110432109877');
  const other = (
    await hecto.register({ mchtCustId: 'cust-2', mchtCustNm: '홍길동', custAcntNo: '110432109878' })
  )['custAcntKey']!;
  const { mchtTrdNo } = hecto.order();
  await hecto.pay(key, '100', { mchtTrdNo });
  await hecto.pay(other, '200', { mchtCustId: 'cust-2' });
  const seen = async (query: string) => {
    const { accounts, orders } = await hecto.ledger(query);
    return [accounts.map(({ accountNumber }) => accountNumber), orders.map(({ amount }) => amount)];
  };
  expect(await seen('?customerId=cust-1')).toEqual([['110432109876', '110432109877'], [100]]);
  expect(await seen('?customerId=cust-2')).toEqual([['110432109878'], [200]]);
  expect(await seen(`?orderNumber=${mchtTrdNo}`)).toEqual([['110432109876'], [100]]);
  expect(await seen(`?orderNumber=${mchtTrdNo}&customerId=cust-2`)).toEqual([['110432109878'], []]);
  expect(await seen('?orderNumber=nothing')).toEqual([[], []]);
});

test('requests are asked by endpoint and by order number and say whether they were dealt with', async () => {
  const key = await hecto.registered();
  const { mchtTrdNo } = hecto.order();
  await hecto.pay(key, '100', { mchtTrdNo });
  await hecto.pay(key, 'x', { mchtTrdNo });
  await hecto.result(mchtTrdNo);
  const asked = (query: string) => hecto.control<object[]>(`/requests?${query}`);
  expect(await asked(`orderNumber=${mchtTrdNo}&endpoint=payment`)).toMatchObject([
    { worked: true, outcome: '0000' },
    { worked: false, outcome: 'ST09', complaint: 'trdAmt: not digits only' },
  ]);
  expect(await asked(`orderNumber=${mchtTrdNo}`)).toHaveLength(3);
  expect(await asked('orderNumber=nothing')).toEqual([]);
});

test('the log keeps the newest requests, as many as it is told', () => {
  const log = new RequestLog(3);
  const request = (number: number): LoggedRequest => ({
    at: '',
    endpoint: number % 2 ? 'payment' : 'remittance',
    valid: true,
    worked: true,
    outcome: '0000',
    headers: {},
    fields: { mchtTrdNo: `OID${String(number % 4)}` },
  });
  const all = Array.from({ length: 20 }, (_, number) => log.add(request(number)));
  expect(log.of()).toEqual(all.slice(-3));
  expect(log.of('payment')).toEqual([all[17], all[19]]);
  expect(log.of(undefined, 'OID3').at(-1)).toBe(all[19]);
  expect(log.of(undefined, 'OID3').length).toBeLessThan(3);
});

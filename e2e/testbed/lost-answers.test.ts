import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { examples } from '../../shared/hecto/examples.ts';
import { account, customer, useTestbed, type LedgerSeen } from './testing/use-testbed.ts';
import { faultKinds } from './faults/kinds.ts';

const hecto = useTestbed();

type Call = {
  endpoint: string;
  /** Makes the call with what went before; the number it goes by. */
  ask: () => Promise<(order: { mchtTrdNo: string }) => Promise<unknown>>;
  /** Whether it was done, seen the way a merchant sees it. */
  isDone: (mchtTrdNo: string) => Promise<boolean>;
};

const succeeded = async (asked: Promise<Record<string, unknown>>) => {
  const { outStatCd, outRsltCd } = await asked;
  if (outStatCd !== '0021') expect(outRsltCd).toBe('ST06');
  return outStatCd === '0021';
};
const isListed = async () => (await hecto.call('accountList', customer)).records.length > 0;

const calls: Call[] = [
  {
    endpoint: 'payment',
    ask: async () => {
      const key = await hecto.registered();
      return (order) => hecto.pay(key, '100', order);
    },
    isDone: (number) => succeeded(hecto.result(number)),
  },
  {
    endpoint: 'paymentCancel',
    ask: async () => {
      const { trdNo } = await hecto.pay(await hecto.registered(), '100');
      return (order) => hecto.refund(trdNo, '100', order);
    },
    isDone: (number) => succeeded(hecto.history('RT', number)),
  },
  {
    endpoint: 'remittance',
    ask: () => Promise.resolve((order) => hecto.remit('100', order)),
    isDone: (number) => succeeded(hecto.result(number, { pktDivCd: 'AR' })),
  },
  {
    endpoint: 'recurringPaymentApproval',
    ask: async () => {
      const recurring = await hecto.recurring(await hecto.registered());
      return (order) => hecto.charge(recurring, '100', order);
    },
    isDone: (number) => succeeded(hecto.result(number)),
  },
  {
    endpoint: 'accountRegistration',
    ask: () => Promise.resolve((order) => hecto.register({ ...order, mchtCustNm: '홍길동' })),
    isDone: isListed,
  },
  {
    endpoint: 'merchantAccountRegistration',
    ask: () =>
      Promise.resolve((order) =>
        hecto.call('merchantAccountRegistration', {
          ...examples.merchantAccountRegistration,
          ...customer,
          ...account,
          ...order,
          mchtCustNm: '홍길동',
        }),
      ),
    isDone: isListed,
  },
];
const fast = faultKinds.filter((kind) => !['drip', 'huge'].includes(kind));
const cells = calls.flatMap((call) =>
  [true, false].flatMap((works) =>
    [...fast, 'refuse:ST07'].map((kind) => ({ ...call, kind, works, endpoint: call.endpoint })),
  ),
);

test.each(cells)('$endpoint, $kind, works $works: the ledger has it accordingly', async (cell) => {
  const { endpoint, kind, works, ask, isDone } = cell;
  const call = await ask();
  const order = hecto.order();
  const before = await hecto.ledger();
  await hecto.control('/faults', { endpoint, kind, works });
  await call(order).catch(() => undefined);
  expect(await isDone(order.mchtTrdNo)).toBe(works);
  const [logged] = await hecto.control<object[]>(`/requests?orderNumber=${order.mchtTrdNo}`);
  expect(logged).toMatchObject({ endpoint, fault: kind, worked: works });
  const after = await hecto.ledger();
  if (!works) expect(moneyOf(after)).toEqual(moneyOf(before));
});

const moneyOf = ({ accounts, remittanceBalance, orders }: LedgerSeen) => ({
  accounts: accounts.map(({ balance }) => balance),
  remittanceBalance,
  orders: orders.length,
});

test('late-work: the connection is gone at once, the order is unknown at first and done later', async () => {
  const key = await hecto.registered();
  const { mchtTrdNo } = hecto.order();
  await hecto.control('/faults', { endpoint: 'payment', kind: 'late-work', delayMs: 150 });
  await expect(hecto.pay(key, '100', { mchtTrdNo })).rejects.toThrow();
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outRsltCd: 'ST06' });
  expect(await hecto.control(`/requests?orderNumber=${mchtTrdNo}&endpoint=payment`)).toMatchObject([
    { outcome: 'under way', worked: false },
  ]);
  await sleep(250);
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outStatCd: '0021' });
  expect(await hecto.balance()).toBe(999_900);
});

test('a delayed order is done after the delay, whether or not the caller still waits', async () => {
  const key = await hecto.registered();
  const { mchtTrdNo } = hecto.order();
  await hecto.control('/faults', { endpoint: 'payment', kind: 'delay', delayMs: 150 });
  const answer = hecto.pay(key, '100', { mchtTrdNo });
  await sleep(50);
  expect(await hecto.result(mchtTrdNo)).toMatchObject({ outRsltCd: 'ST06' });
  expect(await answer).toMatchObject({ outStatCd: '0021' });
});

test('what a fault has delayed does not reach into the time after a reset', async () => {
  const key = await hecto.registered();
  await hecto.control('/faults', { endpoint: 'payment', kind: 'late-work', delayMs: 100 });
  await expect(hecto.pay(key, '100')).rejects.toThrow();
  await hecto.control('/reset', {});
  await sleep(200);
  expect((await hecto.ledger()).orders).toEqual([]);
});

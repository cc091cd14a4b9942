import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRecords, type OpenRecords } from '../../store/open-records.ts';
import { freshDatabase } from '../../store/test-database.ts';
import { bankCode, MerchantServer } from '../testing/merchant-server.ts';
import { System } from '../testing/start-system.ts';
import { verifyRecords } from './verify-records.ts';

const dataKeys = [{ id: 'k1', key: randomBytes(32) }];

let database: Awaited<ReturnType<typeof freshDatabase>>;
let system: System;
let merchant: MerchantServer;
let records: OpenRecords;
beforeAll(async () => {
  database = await freshDatabase();
  system = await System.start({ databaseUrl: database.url, dataKeys }, 2);
  merchant = new MerchantServer(system);
  records = await openRecords({
    databaseUrl: database.url,
    dataKeys,
    hecto: { merchantId: 'midtest' } as never,
  });
});
afterAll(async () => {
  await records.close();
  await system.stop();
  await database.drop();
});

/** How an order goes: as it should, its answer lost before or after the bank moved the money, or done later. */
const fate = fc.constantFrom('plain', 'plain', 'lost-undone', 'lost-done', 'late-success', 'late-failure');
const wish = fc.oneof(
  fc.record({ do: fc.constant('pay'), amount: fc.integer({ min: 1, max: 1_200_000 }), fate }),
  fc.record({ do: fc.constant('refund'), amount: fc.integer({ min: 1, max: 300_000 }), fate }),
  fc.record({ do: fc.constant('charge'), amount: fc.integer({ min: 1, max: 300_000 }), fate }),
  fc.record({ do: fc.constant('remit'), amount: fc.integer({ min: 1, max: 50_000 }), fate }),
);
type Wish = typeof wish extends fc.Arbitrary<infer W> ? W : never;

const endpoints = {
  pay: 'payment',
  refund: 'paymentCancel',
  charge: 'recurringPaymentApproval',
  remit: 'remittance',
} as const;

async function plan(endpoint: string, orderNumber: string, how: string): Promise<void> {
  if (how === 'lost-done' || how === 'lost-undone')
    await system.control('/faults', {
      endpoint,
      orderNumber,
      kind: 'lost-answer',
      works: how === 'lost-done',
    });
  if (how === 'late-success' || how === 'late-failure')
    await system.control('/processing', {
      endpoint,
      orderNumber,
      seconds: 20,
      outcome: how === 'late-success' ? 'succeeds' : 'ST60',
    });
}

/** Hecto's own books: the oracle. */
async function atTheBank() {
  const { orders } = await system.control<{ orders: { kind: string; amount: number; moves: number }[] }>(
    '/ledger',
  );
  const sum = (...kinds: string[]) =>
    orders
      .filter(({ kind }) => kinds.includes(kind))
      .reduce((total, { amount, moves }) => total + amount * moves, 0);
  const debits = sum('payment', 'instalment');
  const refunds = sum('refund');
  return { debits, refunds, remittances: sum('remittance'), balance: debits - refunds };
}

test('R36 whatever is paid, refunded and lost: debits less refunds are the balance, and what the bank moved', async () => {
  let moved = { refunds: 0, remittances: 0 };
  const once = async (wishes: readonly Wish[]): Promise<void> => {
    const { customerId, accountKey } = await merchant.customerWithAccount();
    const first = await merchant.post('/v1/payments', {
      customerId,
      accountKey,
      bankCode,
      amount: 50_000,
      recurring: {},
    });
    const key = String(first.body['recurringPaymentKey']);
    const placed: string[] = [];
    const send = async ({ do: what, amount, fate: how }: Wish, paymentId: string) => {
      const orderNumber = `order-${randomBytes(9).toString('hex')}`;
      await plan(endpoints[what], orderNumber, how);
      const common = { orderNumber, amount };
      const bodies: Record<string, readonly [string, object]> = {
        pay: ['/v1/payments', { customerId, accountKey, bankCode }],
        refund: [`/v1/payments/${paymentId}/refunds`, {}],
        charge: [`/v1/recurring-payments/${key}/charges`, { customerId }],
        remit: [
          '/v1/remittances',
          { customerId, bankCode, accountNumber: '110432109876', passbookText: '정산' },
        ],
      };
      const [path, body] = bodies[what]!;
      const answer = await merchant.post(path, { ...common, ...body });
      expect([201, 202, 402, 409]).toContain(answer.status);
      const location = answer.headers.get('location') ?? answer.body['instance'];
      if (typeof location === 'string' && answer.status !== 409) placed.push(location);
    };
    const payments = [String(first.body['id'])];
    for (const [n, one] of wishes.entries()) {
      await send(one, payments[n % payments.length]!);
      const last = placed.at(-1);
      if (one.do === 'pay' && last?.startsWith('/v1/payments/')) payments.push(last.slice(13));
    }
    // Lost ones are asked about until they are known.
    for (const path of placed) await merchant.settled(path);

    const bank = await atTheBank();
    moved = bank;
    await records.read(async (read) => {
      expect(await read.ledger.balance()).toEqual(bank);
      const { isSound, sums } = await verifyRecords(read);
      const { balance: _, ...won } = bank;
      expect({ isSound, sums }).toEqual({
        isSound: true,
        sums: [{ merchantId: 'midtest', ledger: won, intents: won }],
      });
    });
  };
  await fc.assert(fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 8 }), once), {
    numRuns: 12,
    // Whatever chance brings, something is paid back and something sent.
    examples: [
      [
        [
          { do: 'refund', amount: 1_000, fate: 'lost-done' },
          { do: 'remit', amount: 2_000, fate: 'late-success' },
        ],
      ],
    ],
    endOnFailure: true,
  });
  expect(Math.min(moved.refunds, moved.remittances)).toBeGreaterThan(0);
}, 300_000);

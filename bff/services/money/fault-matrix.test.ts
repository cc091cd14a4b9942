import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import { expectedOf, faultMatrix, slowKinds, unplacedKinds, type Row } from '../testing/fault-matrix.ts';
import { MerchantServer, type MerchantAnswer } from '../testing/merchant-server.ts';
import { MoneyPlayer } from '../testing/money-player.ts';
import { MoneyWorld } from '../testing/money-world.ts';
import { System } from '../testing/start-system.ts';

/*
 * R22 The fault matrix for everything that moves money or binds an account (P, G), and for the inquiries about it (W),
 * through the merchant API. What happened is read from Hecto's log and ledger. Every cell has a customer and an order
 * of its own, so all of them go on at the same time: first all are asked for, then the clock of both sides moves.
 *
 * A second of Hecto's is 150 ms here: it may take 4.8 s instead of 32.
 */
const second = 150;
const hecto = { connectMs: 3 * second, totalMs: 32 * second };
const bankCode = '088';

const moneyCalls = {
  payment: { group: 'P', inquiry: 'transactionResult' },
  recurringPaymentApproval: { group: 'P', inquiry: 'transactionResult' },
  paymentCancel: { group: 'P', inquiry: 'transactionHistory' },
  remittance: { group: 'P', inquiry: 'transactionResult' },
  accountRegistration: { group: 'G', inquiry: 'accountList' },
  merchantAccountRegistration: { group: 'G', inquiry: 'accountList' },
} as const satisfies Partial<Record<EndpointName, unknown>>;
type Call = keyof typeof moneyCalls;
const calls = Object.keys(moneyCalls) as Call[];

/** `delayMs` for the slow ones, in the testbed's real time. */
type Fault = { readonly kind: string; readonly delayMs?: number; readonly works?: boolean };
type Cell = {
  readonly name: string;
  readonly call: Call;
  readonly fault: Fault;
  /** The call that goes wrong: the one that moves money, or the inquiry about it. */
  readonly at: EndpointName;
  readonly expected: 'ok' | 'unknown' | 'next tick';
  readonly row?: Row;
};

const quick: readonly Cell[] = faultMatrix.flatMap((row) =>
  row.kinds.flatMap((kind) =>
    calls.map((call): Cell => {
      const { group } = moneyCalls[call];
      const expected = expectedOf(row, group, call);
      return { name: `${group} ${call}, ${kind}`, call, fault: { kind }, at: call, expected, row };
    }),
  ),
);
const slow: readonly Cell[] = calls.flatMap((call) => {
  const { group } = moneyCalls[call];
  const cell = (name: string, fault: Fault, expected: Cell['expected']): Cell => ({
    ...{ name: `${group} ${call}, ${name}`, call, fault, at: call, expected },
  });
  return [
    cell('delay 29 s', { kind: 'delay', delayMs: 29 * second }, 'ok'),
    cell('delay 33 s', { kind: 'delay', delayMs: 33 * second }, 'unknown'),
    cell('delay 60 s', { kind: 'delay', delayMs: 60 * second }, 'unknown'),
    cell('a byte a second', { kind: 'drip' }, 'unknown'),
    cell('work after the connection broke', { kind: 'late-work', delayMs: 20 * second }, 'unknown'),
  ];
});
/** Inquiries by order number; the list of accounts has none and its own turn below. */
const inquiring: readonly Cell[] = (['payment', 'paymentCancel', 'remittance'] as const).flatMap((call) =>
  faultMatrix.flatMap((row) =>
    row.kinds.map((kind): Cell => {
      const at = moneyCalls[call].inquiry;
      const expected = expectedOf(row, 'W', at);
      return { name: `W ${at} of ${call}, ${kind}`, call, fault: { kind }, at, expected, row };
    }),
  ),
);

let system: System;
let merchant: MerchantServer;
type Seen = {
  readonly orderNumber: string;
  readonly told: MerchantAnswer;
  /** Inquiries by the time at which the merchant was answered. */
  readonly askedEarly: number;
  readonly end: Record<string, unknown>;
};
const seen = new Map<Cell, Seen>();

type Placed = Pick<Seen, 'orderNumber' | 'told' | 'askedEarly'> & { readonly cell: Cell };

/** The customer of a cell asks for what the cell is about. */
async function place(cell: Cell, index: number): Promise<Placed> {
  const orderNumber = `MATRIX-${index}`;
  const { customerId, accountKey, accountNumber } = await merchant.customerWithAccount();
  const paying = { customerId, accountKey, bankCode, amount: 20_000 };
  const before =
    cell.call === 'paymentCancel' || cell.call === 'recurringPaymentApproval'
      ? (await merchant.post('/v1/payments', { ...paying, recurring: {} })).body
      : {};
  const holder = { holderName: '홍길동', holderIdentity: '920315', bankCode };
  const other = { ...holder, accountNumber: `${accountNumber.slice(0, -1)}7${accountNumber.slice(-1)}` };
  const requests: Record<Call, [path: string, body: object]> = {
    payment: ['/v1/payments', paying],
    recurringPaymentApproval: [
      `/v1/recurring-payments/${String(before['recurringPaymentKey'])}/charges`,
      { customerId, amount: 20_000 },
    ],
    paymentCancel: [`/v1/payments/${String(before['id'])}/refunds`, { amount: 20_000 }],
    remittance: [
      '/v1/remittances',
      { customerId, bankCode, accountNumber, amount: 20_000, passbookText: '환급' },
    ],
    accountRegistration: [
      `/v1/customers/${customerId}/account-registrations`,
      { ...other, approval: { method: 'written' } },
    ],
    merchantAccountRegistration: [
      `/v1/customers/${customerId}/accounts`,
      { ...other, payerNumber: 'TESTMCHT00000001' },
    ],
  };
  const { kind, ...more } = cell.fault;
  // An inquiry is tried twice at once, and needs something to ask about.
  const isInquiry = cell.at !== cell.call;
  await system.fault(cell.at, kind, { orderNumber, ...more, times: isInquiry ? 2 : 1 });
  if (isInquiry) await system.fault(cell.call, 'lost-answer', { orderNumber });
  const [path, body] = requests[cell.call];
  const told = await merchant.post(path, { ...body, orderNumber });
  return { cell, orderNumber, told, askedEarly: asked(cell, orderNumber) };
}

const pathOf = ({ headers, body }: MerchantAnswer) => headers.get('location') ?? String(body['instance']);

/** At most so many at a time: the machine may be small. */
async function inTurns<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<R>,
) {
  const results: R[] = [];
  const entries = items.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [index, item] of entries) results[index] = await work(item, index);
    }),
  );
  return results;
}

const asked = (cell: Cell, orderNumber: string) =>
  system.testbed.requests.of(moneyCalls[cell.call].inquiry, orderNumber).length;

beforeAll(async () => {
  system = await System.start({}, 1, {
    hecto,
    answerWithinMs: 20 * second,
    // That the breaker opens is proven below, by one of its own.
    resilience: { breaker: { failureShare: 1, leastCalls: 1e9, windowMs: 1_000, openMs: 1 } },
  });
  merchant = new MerchantServer(system);
  const placed = await inTurns([...quick, ...inquiring], 6, place);
  // Those that need time have a quiet machine.
  placed.push(...(await inTurns(slow, slow.length, (cell, index) => place(cell, 10_000 + index))));
  await new Promise((resolve) => setTimeout(resolve, 61 * second));

  const open = new Set(placed);
  const ends = new Map<Placed, Record<string, unknown>>();
  const deadline = performance.now() + 120_000;
  while (open.size > 0) {
    await inTurns([...open], 8, async (one) => {
      const { body } = await merchant.get(pathOf(one.told));
      if (body['status'] === 'processing') return;
      ends.set(one, body);
      open.delete(one);
    });
    if (performance.now() > deadline)
      throw new Error(`still open: ${[...open].map(({ cell }) => cell.name).join()}`);
    system.pass(5);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  for (const one of placed) seen.set(one.cell, { ...one, end: ends.get(one)! });
}, 300_000);
afterAll(() => system.stop());

/** How often Hecto's ledger says that it was done. */
function done({ call }: Cell, orderNumber: string): number {
  const { ledger, registrations } = system.testbed.state;
  if (moneyCalls[call].group === 'P') return ledger.withNumber(orderNumber)[0]?.moves ?? 0;
  const [request] = system.testbed.requests.of(call, orderNumber);
  const { mchtCustId = '', custAcntNo } = request?.fields ?? {};
  return registrations.of(mchtCustId).filter(({ accountNumber }) => accountNumber === custAcntNo).length;
}

test('every kind of fault has its row', () => {
  expect(unplacedKinds()).toEqual([]);
  expect(slowKinds).toHaveLength(3);
});

describe('R22 the call that moves money', () => {
  test.each([...quick, ...slow].map((cell) => [cell.name, cell.expected, cell] as const))(
    '%s: %s',
    (_, expected, cell) => {
      const { orderNumber, told, askedEarly, end } = seen.get(cell)!;
      const moved = done(cell, orderNumber);
      // Sent once, and nobody doubts what became of it in the end.
      expect(system.testbed.requests.of(cell.call, orderNumber)).toHaveLength(1);
      expect(moved).toBeLessThanOrEqual(1);
      expect(end['status']).toBe(moved === 1 ? 'succeeded' : 'failed');
      expect(askedEarly).toBe(0);
      if (expected === 'ok') {
        expect(told.status).toBe(cell.fault.delayMs === undefined ? 201 : 202);
        expect(moved).toBe(1);
        expect(asked(cell, orderNumber)).toBe(0);
      } else {
        // Neither success nor failure: it is not known.
        expect({ status: told.status, said: told.body['status'] }).toEqual({
          status: 202,
          said: 'processing',
        });
        if (moneyCalls[cell.call].group === 'P')
          expect(asked(cell, orderNumber)).toBeGreaterThan(moved ? 0 : 2);
      }
    },
  );
});

describe('R22 the inquiry about it', () => {
  test.each(inquiring.map((cell) => [cell.name, cell.expected, cell] as const))(
    '%s: %s',
    (_, expected, cell) => {
      const { orderNumber, told, askedEarly, end } = seen.get(cell)!;
      expect(told.status).toBe(202);
      expect(askedEarly).toBe(0);
      expect(system.testbed.requests.of(cell.call, orderNumber)).toHaveLength(1);
      expect(done(cell, orderNumber)).toBe(1);
      expect(end['status']).toBe('succeeded');
      const inquiries = system.testbed.requests.of(cell.at, orderNumber);
      if (expected === 'ok') expect(inquiries).toHaveLength(1);
      else expect(inquiries.length).toBeGreaterThanOrEqual(3);
    },
  );
});

describe('R22 the list of accounts', () => {
  let world: MoneyWorld;
  beforeAll(async () => {
    world = await MoneyWorld.open(32 * second);
  });
  afterAll(() => world.close());

  const cells = faultMatrix.flatMap((row) =>
    row.kinds.map((kind) => [kind, expectedOf(row, 'W', 'accountList')] as const),
  );
  test.each(cells)('W accountList, %s: %s', async (kind, expected) => {
    await world.begin(new Date('2026-11-23T12:00:00+09:00'));
    const player = new MoneyPlayer(world);
    world.testbed.faults.plan({ endpoint: 'accountList', kind, times: 2, delayMs: 0 });
    const mishap = { what: 'fault', kind: 'lost-answer', works: true, delayMs: 0 } as const;
    await player.play({
      startsAt: world.now(),
      steps: [{ do: 'register', customer: 0, mishap, twin: false }],
    });
    await world.pass(120);
    const [asking] = player.asked;
    const intent = await player.intentOf(asking!);
    expect([intent?.state, intent?.result?.accountKey]).toEqual([
      'succeeded',
      world.testbed.state.registrations.of(player.customers[0]!.id)[1]?.key,
    ]);
    const inquiries = world.testbed.requests.of('accountList').length;
    if (expected === 'ok') expect(inquiries).toBe(1);
    else expect(inquiries).toBeGreaterThanOrEqual(3);
    expect(world.arrivals('accountRegistration', asking!.orderNumber)).toBe(1);
  });
});

test('R22 a redirect is followed nowhere', () => {
  expect(system.testbed.requests.of('redirect-target')).toEqual([]);
});

test("H6 somebody else's answer is told to a person, each time", () => {
  const cells = [...seen.keys()].filter(({ row, expected }) => row?.alert && expected !== 'ok');
  const alerts = system.log.filter(
    (line) => line.includes('echo-mismatch') || line.includes('"event":"money.contradiction"'),
  );
  expect(cells.length).toBeGreaterThan(10);
  expect(alerts.length).toBeGreaterThanOrEqual(cells.length);
});

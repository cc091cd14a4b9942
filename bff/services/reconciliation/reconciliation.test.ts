import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reconciliation } from '../../../shared/api/merchant/reconciliation.ts';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import { bankCode, MerchantServer } from '../testing/merchant-server.ts';
import { System } from '../testing/start-system.ts';

let system: System;
let merchant: MerchantServer;
/** Ten o'clock on Monday, November 23. */
beforeEach(async () => {
  system = await System.start();
  merchant = new MerchantServer(system);
});
afterEach(() => system.stop());

const hour = 3_600;
const path = '/v1/reconciliations/2026-11-23';
const newOrder = () => `order-${randomBytes(6).toString('hex')}`;

async function report(fits: (report: Reconciliation) => boolean = () => true): Promise<Reconciliation> {
  let found: Reconciliation | undefined;
  await expect
    .poll(
      async () => {
        const { status, body } = await merchant.get(path);
        found = status === 200 ? (body as unknown as Reconciliation) : undefined;
        return found !== undefined && fits(found);
      },
      { timeout: 15_000 },
    )
    .toBe(true);
  return found!;
}

/** Tuesday, a minute past eleven. */
const untilTheReport = () => {
  const at = Date.parse('2026-11-24T11:01:00+09:00');
  system.pass((at - system.now().getTime()) / 1_000);
};

const logged = (event: string) => system.log.filter((line) => line.includes(`"event":"${event}"`));

type Buyer = { customerId: string; accountKey: string };
const pay = ({ customerId, accountKey }: Buyer, change: object = {}) =>
  merchant.post('/v1/payments', { customerId, accountKey, bankCode, amount: 15_000, ...change });
const remit = (change: object = {}) =>
  merchant.post('/v1/remittances', {
    bankCode,
    accountNumber: '110432109876',
    amount: 700,
    passbookText: '정산',
    ...change,
  });

/** An order whose answer is lost, and about which Hecto says nothing for a day: a person has to settle it. */
async function settledByHand(
  send: (orderNumber: string) => Promise<{ body: Record<string, unknown> }>,
  { endpoint, works }: { endpoint: EndpointName; works: boolean },
  outcome: 'succeeded' | 'failed',
): Promise<string> {
  const orderNumber = newOrder();
  const plan = (fault: object) => system.control('/faults', { orderNumber, ...fault });
  await plan({ endpoint, kind: 'lost-answer', works });
  for (const inquiry of ['transactionResult', 'transactionHistory'])
    await plan({ endpoint: inquiry, kind: 'http-500', times: 1_000_000 });
  const id = String((await send(orderNumber)).body['id']);
  system.pass(24 * hour);
  await expect
    .poll(async () => (await merchant.get(`/v1/reviews/${id}`)).body['status'], { timeout: 15_000 })
    .toBe('needs_review');
  await system.control('/faults/clear', {});
  expect((await merchant.post(`/v1/reviews/${id}/resolve`, { outcome })).status).toBe(200);
  return id;
}

describe('R35 reconciliation', () => {
  test('a day on which all went as it should has no differences, and both sums agree', async () => {
    const buyer = await merchant.customerWithAccount();
    const first = await pay(buyer, { recurring: {} });
    const key = String(first.body['recurringPaymentKey']);
    const charge = await merchant.post(`/v1/recurring-payments/${key}/charges`, {
      customerId: buyer.customerId,
      amount: 4_000,
    });
    expect(charge.status).toBe(201);
    expect((await pay(buyer, { amount: 5_000_000 })).status).toBe(402);
    const paymentId = String(first.body['id']);
    for (const amount of [1_000, 2_000])
      expect((await merchant.post(`/v1/payments/${paymentId}/refunds`, { amount })).status).toBe(201);
    expect((await remit()).status).toBe(201);
    // One that is answered late, and one whose answer is lost.
    const slow = await merchant.customerWithAccount('110432109403');
    await merchant.settled(`/v1/payments/${String((await pay(slow)).body['id'])}`);
    const orderNumber = newOrder();
    await system.control('/faults', { endpoint: 'payment', kind: 'lost-answer', orderNumber });
    const lost = await pay(buyer, { orderNumber, amount: 300 });
    expect((await merchant.settled(`/v1/payments/${String(lost.body['id'])}`))['status']).toBe('succeeded');

    expect((await merchant.get(path)).status).toBe(404);
    untilTheReport();
    const sum = (count: number, amount: number) => ({ count, amount });
    const same = (kind: string, count: number, amount: number) => ({
      kind,
      ours: sum(count, amount),
      theirs: sum(count, amount),
    });
    expect(await report()).toMatchObject({
      date: '2026-11-23',
      checked: 8,
      differenceCount: 0,
      differences: [],
      openCount: 0,
      open: [],
      totals: [
        same('payment', 3, 30_300),
        same('charge', 1, 4_000),
        same('refund', 2, 3_000),
        same('remittance', 1, 700),
      ],
    });
    expect(logged('reconciliation.made')).toHaveLength(1);
    expect(logged('reconciliation.differs')).toEqual([]);
    // The oracle: what the bank really took.
    expect(await merchant.withdrawn(buyer.customerId)).toBe(15_000 + 4_000 + 300);
    const asked = system.calls('transactionHistory');
    system.pass(hour);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(system.calls('transactionHistory')).toBe(asked);
  });

  test('what was settled by hand as paid and never was is missing at Hecto, and an alert is logged', async () => {
    const buyer = await merchant.customerWithAccount();
    const id = await settledByHand(
      (orderNumber) => pay(buyer, { orderNumber }),
      { endpoint: 'payment', works: false },
      'succeeded',
    );
    untilTheReport();
    const found = await report();
    expect(found).toMatchObject({
      differenceCount: 1,
      differences: [
        {
          id,
          kind: 'payment',
          what: 'missing-at-hecto',
          ours: { status: 'succeeded', amount: 15_000 },
          theirs: { outcome: 'absent' },
        },
      ],
    });
    expect(found.totals[0]).toMatchObject({ ours: { count: 1 }, theirs: { count: 0 } });
    expect(logged('reconciliation.differs')).toHaveLength(1);
    expect(logged('reconciliation.differs')[0]).toContain('"level":50');
  });

  test('what was settled by hand as failed and was paid all the same has another outcome', async () => {
    const buyer = await merchant.customerWithAccount();
    const id = await settledByHand(
      (orderNumber) => pay(buyer, { orderNumber }),
      { endpoint: 'payment', works: true },
      'failed',
    );
    untilTheReport();
    expect((await report()).differences).toMatchObject([
      {
        id,
        what: 'other-outcome',
        ours: { status: 'failed' },
        theirs: { outcome: 'succeeded', amount: 15_000 },
      },
    ]);
    expect(await merchant.withdrawn(buyer.customerId)).toBe(15_000);
  });

  test('a remittance that was settled wrongly has another outcome', async () => {
    const id = await settledByHand(
      (orderNumber) => remit({ orderNumber }),
      { endpoint: 'remittance', works: true },
      'failed',
    );
    untilTheReport();
    expect((await report()).differences).toMatchObject([
      { id, kind: 'remittance', what: 'other-outcome', theirs: { outcome: 'succeeded' } },
    ]);
  });

  test('a refund that was settled as given back and never was is missing', async () => {
    const buyer = await merchant.customerWithAccount();
    const paymentId = String((await pay(buyer)).body['id']);
    const id = await settledByHand(
      (orderNumber) => merchant.post(`/v1/payments/${paymentId}/refunds`, { orderNumber, amount: 1_000 }),
      { endpoint: 'paymentCancel', works: false },
      'succeeded',
    );
    untilTheReport();
    expect((await report()).differences).toMatchObject([{ id, kind: 'refund', what: 'missing-at-hecto' }]);
  });

  test('a number under which Hecto moved another amount shows', async () => {
    const buyer = await merchant.customerWithAccount();
    const orderNumber = newOrder();
    const raw = await merchant.post('/v1/hecto/payment', {
      mchtTrdNo: orderNumber,
      mchtCustId: buyer.customerId,
      bankCd: bankCode,
      custAcntKey: buyer.accountKey,
      trdAmt: '900',
    });
    expect(raw.body).toMatchObject({ outStatCd: '0021' });
    const { body } = await pay(buyer, { orderNumber });
    const id = String(body['id']);
    expect((await merchant.settled(`/v1/payments/${id}`))['status']).toBe('needs_review');
    await merchant.post(`/v1/reviews/${id}/resolve`, { outcome: 'succeeded' });
    untilTheReport();
    expect((await report()).differences).toMatchObject([
      { id, what: 'other-amount', ours: { amount: 15_000 }, theirs: { outcome: 'succeeded', amount: 900 } },
    ]);
  });

  test('an order about which Hecto does not answer is told, and asked about again the same day', async () => {
    const buyer = await merchant.customerWithAccount();
    const orderNumber = newOrder();
    const { body } = await pay(buyer, { orderNumber });
    await pay(buyer, { amount: 20 });
    // Each inquiry is made a second time at once.
    await system.control('/faults', {
      endpoint: 'transactionHistory',
      kind: 'http-500',
      orderNumber,
      times: 2,
    });
    untilTheReport();
    expect((await report()).differences).toMatchObject([
      { id: body['id'], what: 'not-answered', theirs: { outcome: 'not-answered' } },
    ]);
    system.pass(6 * 60);
    expect(await report(({ differenceCount }) => differenceCount === 0)).toMatchObject({ checked: 2 });
  });

  test('an outcome that is not known yet is open and no difference; the day is looked at again', async () => {
    const buyer = await merchant.customerWithAccount();
    system.pass(12 * hour); // ten in the evening
    const orderNumber = newOrder();
    await system.control('/processing', { endpoint: 'payment', orderNumber, seconds: 20 * hour });
    const { body, status } = await pay(buyer, { orderNumber });
    expect(status).toBe(202);
    untilTheReport();
    const { differences, open, openCount, totals } = await report();
    expect({ differences, open, openCount }).toEqual({
      differences: [],
      openCount: 1,
      open: [{ id: body['id'], kind: 'payment', orderNumber, status: 'processing' }],
    });
    expect(totals[0]).toMatchObject({ ours: { count: 0 }, theirs: { count: 0 } });
    system.pass(8 * hour);
    await merchant.settled(`/v1/payments/${String(body['id'])}`);
    system.pass(16 * hour + 120); // Wednesday after eleven
    expect(await report(({ openCount: left }) => left === 0)).toMatchObject({
      differenceCount: 0,
      totals: [{ ours: { count: 1 }, theirs: { count: 1, amount: 15_000 } }, {}, {}, {}],
    });
  });

  test('R17 a stop does not wait for the rest of a day, and another instance goes on', async () => {
    const buyer = await merchant.customerWithAccount();
    for (let n = 1; n <= 12; n += 1) await pay(buyer, { amount: n });
    await system.fault('transactionHistory', 'delay', { times: 12, delayMs: 1_500 });
    const before = system.calls('transactionHistory');
    untilTheReport();
    await expect.poll(() => system.calls('transactionHistory'), { timeout: 10_000 }).toBeGreaterThan(before);
    const begun = performance.now();
    await system.restart();
    expect(performance.now() - begun).toBeLessThan(4_000);
    system.pass(120);
    expect(await report()).toMatchObject({ checked: 12, differenceCount: 0 });
  });
});

test('a day that is none is refused, and one without a report is not found', async () => {
  expect(await merchant.get('/v1/reconciliations/2026-02-30')).toMatchObject({ status: 422 });
  expect(await merchant.get('/v1/reconciliations/2027-01-01')).toMatchObject({
    status: 404,
    body: { code: 'not-found' },
  });
});

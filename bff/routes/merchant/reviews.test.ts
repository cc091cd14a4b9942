import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bankCode, MerchantServer } from '../../services/testing/merchant-server.ts';
import { System } from '../../services/testing/start-system.ts';

/* What Hecto never tells is for a person. A shared clock moves by days here, so the tests go one after the other. */

let system: System;
let merchant: MerchantServer;
beforeAll(async () => {
  system = await System.start();
  merchant = new MerchantServer(system);
});
afterAll(() => system.stop());

const logged = (event: string, id: string) =>
  system.log.filter((line) => line.includes(`"event":"${event}"`) && line.includes(id)).length;
const movesOf = (orderNumber: string) =>
  system.testbed.state.ledger.withNumber(orderNumber).reduce((sum, { moves }) => sum + moves, 0);
const ofReview = async (id: string) => (await merchant.get(`/v1/reviews/${id}`)).body;
const inquiries = (orderNumber: string) =>
  system.testbed.requests.of('transactionResult', orderNumber).length;

/** Pays, and Hecto never tells what came of it. */
async function untold(accountEnding: string): Promise<{ id: string; orderNumber: string }> {
  const { customerId, accountKey } = await merchant.customerWithAccount(`11043210${accountEnding}`);
  const { status, body } = await merchant.post('/v1/payments', {
    ...{ customerId, accountKey, bankCode, amount: 15_000 },
  });
  expect({ status, state: body['status'] }).toEqual({ status: 202, state: 'processing' });
  return { id: String(body['id']), orderNumber: String(body['orderNumber']) };
}

describe.each([
  ['03', 'double-withdrawal'],
  ['31', 'double-remittance'],
])('ST%s, the bank may have taken the money twice', (code, alert) => {
  test('R22 alerts at once, is asked about for a day, and is then settled by a person', async () => {
    const alerts = logged('alert', alert);
    const { id, orderNumber } = await untold(`92${code}`);
    expect(logged('alert', alert)).toBe(alerts + 1);
    expect(movesOf(orderNumber)).toBe(2);

    // Asked so often, Hecto is asked every five minutes only; somebody hears of it within the hour.
    for (let times = 0; times < 9; times += 1) await merchant.post(`/v1/reviews/${id}/inquire`, {});
    system.pass(3_500);
    await expect.poll(() => logged('money.unknown-for-long', id), { timeout: 10_000 }).toBe(1);
    expect((await merchant.get(`/v1/payments/${id}`)).body).toMatchObject({ status: 'processing' });
    expect((await merchant.post(`/v1/reviews/${id}/resolve`, { outcome: 'failed' })).body).toMatchObject({
      code: 'nothing-to-review',
    });

    system.pass(24 * 3_600);
    const statusNow = async () => (await merchant.get(`/v1/payments/${id}`)).body['status'];
    await expect.poll(statusNow, { timeout: 10_000 }).toBe('needs_review');
    expect(logged('money.needs-review', id)).toBe(1);
    const { body: list } = await merchant.get('/v1/reviews');
    expect((list['data'] as { id: string }[]).map((one) => one.id)).toContain(id);
    expect(await ofReview(id)).toMatchObject({
      status: 'needs_review',
      orderNumber,
      amount: 15_000,
      lastAnswer: { endpoint: 'payment', outRsltCd: `ST${code}` },
    });

    // Nobody asks any more, unless the person does.
    const asked = inquiries(orderNumber);
    system.pass(3_600);
    await merchant.post(`/v1/reviews/${id}/inquire`, {});
    expect(inquiries(orderNumber)).toBe(asked + 1);
    const settled = await merchant.post(`/v1/reviews/${id}/resolve`, { outcome: 'succeeded' });
    expect(settled).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    const { history } = (await ofReview(id)) as { history: { status: string; reason: string }[] };
    expect(history.map(({ status, reason }) => `${status}: ${reason}`)).toEqual([
      'created: requested',
      'submitting: sending',
      'unknown: refused',
      'needs_review: unknown-for-a-day',
      'succeeded: settled-by-hand',
    ]);
    expect((await merchant.post(`/v1/reviews/${id}/resolve`, { outcome: 'failed' })).status).toBe(409);
    expect(system.testbed.requests.of('payment', orderNumber)).toHaveLength(1);
  });
});

test('R22 ST25 on a refund: the customer has the money already, and nobody gives it twice', async () => {
  const { customerId, accountKey } = await merchant.customerWithAccount('110432109325');
  const payment = await merchant.post('/v1/payments', { customerId, accountKey, bankCode, amount: 15_000 });
  const path = `/v1/payments/${String(payment.body['id'])}`;
  const refund = await merchant.post(`${path}/refunds`, {});
  expect(refund).toMatchObject({ status: 201, body: { status: 'succeeded', amount: 15_000 } });
  const { state } = system.testbed;
  const [paid] = state.ledger.withNumber(String(payment.body['orderNumber']));
  expect(state.ledger.leftOf(paid!)).toBe(0);
  expect(system.testbed.requests.of('paymentCancel', String(refund.body['orderNumber']))).toHaveLength(1);
  expect((await merchant.get(path)).body).toMatchObject({ refundedAmount: 15_000 });
  expect((await merchant.post(`${path}/refunds`, { amount: 1 })).body).toMatchObject({
    code: 'not-refundable',
  });
});

test.each(['08', '43'])('R12 ST%s on a registration: the account is registered, once', async (code) => {
  const { customerId, accountNumber, accountKey } = await merchant.customerWithAccount(`1104321091${code}`);
  const own = system.testbed.state.registrations.of(customerId);
  expect(own.map((one) => [one.accountNumber, one.key])).toEqual([[accountNumber, accountKey]]);
  expect(
    system.testbed.requests.of('accountList').filter(({ fields }) => fields['mchtCustId'] === customerId),
  ).toEqual([]);
});

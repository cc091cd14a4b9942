import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import { bankCode, MerchantServer, type MerchantAnswer } from '../../services/testing/merchant-server.ts';
import { System } from '../../services/testing/start-system.ts';

/* What the same request does when it comes again, everywhere where money moves (R02-R06). */

let pair: System;
let merchant: MerchantServer;
beforeAll(async () => {
  pair = await System.start({}, 2);
  merchant = new MerchantServer(pair);
});
afterAll(() => pair.stop());

let customer: Awaited<ReturnType<MerchantServer['customerWithAccount']>>;
let recurringPaymentKey: string;
let paymentId: string;
beforeEach(async () => {
  customer = await merchant.customerWithAccount();
  const { customerId, accountKey } = customer;
  const { body } = await merchant.post('/v1/payments', {
    ...{ customerId, accountKey, bankCode, amount: 50_000 },
    recurring: {},
  });
  paymentId = String(body['id']);
  recurringPaymentKey = String(body['recurringPaymentKey']);
});

type Movement = {
  readonly name: string;
  readonly endpoint: EndpointName;
  readonly path: () => string;
  readonly body: () => Record<string, unknown>;
};

/** Everything that moves money. What a body leaves out may be left out: the server then chooses. */
const movements: readonly Movement[] = [
  {
    name: 'a payment',
    endpoint: 'payment',
    path: () => '/v1/payments',
    body: () => ({ customerId: customer.customerId, accountKey: customer.accountKey, bankCode, amount: 700 }),
  },
  {
    name: 'a charge',
    endpoint: 'recurringPaymentApproval',
    path: () => `/v1/recurring-payments/${recurringPaymentKey}/charges`,
    body: () => ({ customerId: customer.customerId, amount: 700 }),
  },
  {
    name: 'a refund of a part',
    endpoint: 'paymentCancel',
    path: () => `/v1/payments/${paymentId}/refunds`,
    body: () => ({ amount: 700 }),
  },
  {
    name: 'a refund of everything',
    endpoint: 'paymentCancel',
    path: () => `/v1/payments/${paymentId}/refunds`,
    body: () => ({}),
  },
  {
    name: 'a remittance',
    endpoint: 'remittance',
    path: () => '/v1/remittances',
    body: () => ({
      ...{ customerId: customer.customerId, bankCode, accountNumber: customer.accountNumber, amount: 700 },
      passbookText: '환급',
    }),
  },
];

const newKey = () => randomBytes(12).toString('hex');
const newOrder = () => `ORDER-${randomBytes(8).toString('hex')}`;

/** How often this customer's orders reached Hecto by the endpoint. */
const arrived = (endpoint: EndpointName): number =>
  pair.testbed.requests.of(endpoint).filter(({ fields }) => fields['mchtCustId'] === customer.customerId)
    .length;
/** What Hecto's ledger says that the endpoint moved for this customer, in pieces. */
async function moved({ endpoint }: Movement): Promise<number[]> {
  const kinds: Partial<Record<EndpointName, string>> = {
    payment: 'payment',
    recurringPaymentApproval: 'instalment',
    paymentCancel: 'refund',
    remittance: 'remittance',
  };
  const orders = await merchant.orders(customer.customerId);
  return orders
    .filter(({ kind, code }) => kind === kinds[endpoint] && code === '0000')
    .map(({ amount }) => amount);
}
const isFirst = ({ headers }: MerchantAnswer) => headers.get('idempotent-replayed') === null;

describe.each(movements)('$name', (movement) => {
  const { endpoint, path, body } = movement;
  const send = (change: object = {}, key = newKey(), instance = 0) =>
    merchant.request('POST', path(), { body: { ...body(), ...change }, key, instance });
  let before: { arrived: number; moved: number[] };
  beforeEach(async () => {
    before = { arrived: arrived(endpoint), moved: await moved(movement) };
  });
  const newlyArrived = () => arrived(endpoint) - before.arrived;
  const newlyMoved = async () => (await moved(movement)).slice(before.moved.length);

  test.each([
    ['one instance', 1],
    ['two instances', 2],
  ])(
    'R02 asked for a hundred times at once of %s happens once, with a hundred equal answers',
    async (_, n) => {
      const key = newKey();
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_unused, index) => send({}, key, index % n)),
      );
      const [first] = answers;
      expect(first).toMatchObject({ status: 201, body: { status: 'succeeded' } });
      for (const { status, body: told } of answers)
        expect({ status, told }).toEqual({ status: 201, told: first?.body });
      expect(answers.filter(isFirst)).toHaveLength(1);
      expect(newlyArrived()).toBe(1);
      expect(await newlyMoved()).toHaveLength(1);
    },
  );

  test('R02 refused by Hecto is refused once, and the same for everybody who asked', async () => {
    const [key, orderNumber] = [newKey(), newOrder()];
    await pair.fault(endpoint, 'refuse:ST16', { orderNumber });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_unused, index) => send({ orderNumber }, key, index % 2)),
    );
    expect(answers.filter(isFirst)).toHaveLength(1);
    for (const { status, body: told } of answers) {
      expect(status).toBe(402);
      expect({ ...told, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' });
    }
    expect(newlyArrived()).toBe(1);
    expect(await newlyMoved()).toEqual([]);
  });

  test('R03 with the same key and another body is 422, and Hecto hears of the first only', async () => {
    const key = newKey();
    const first = await send({ passbookText: '하나' }, key);
    expect(first.status).toBe(201);
    const other = await send({ passbookText: '둘' }, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect(newlyArrived()).toBe(1);
    expect(await newlyMoved()).toHaveLength(1);
  });

  test('R04 whose first request is still at work is 409 with Retry-After, and afterwards the first answer', async () => {
    const [key, orderNumber] = [newKey(), newOrder()];
    await pair.fault(endpoint, 'delay', { delayMs: 7_000, orderNumber });
    const first = send({ orderNumber }, key);
    await expect.poll(newlyArrived, { timeout: 5_000 }).toBe(1);
    const repeats = await Promise.all([0, 1].map((instance) => send({ orderNumber }, key, instance)));
    for (const repeat of repeats) {
      expect(repeat).toMatchObject({ status: 409, body: { code: 'idempotency-key-in-flight' } });
      expect(Number(repeat.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const { status, body: told } = await first;
    expect(status).toBe(201);
    const replay = await send({ orderNumber }, key, 1);
    expect(replay).toMatchObject({ status: 201, body: told });
    expect(replay.headers.get('idempotent-replayed')).toBe('true');
    expect(newlyArrived()).toBe(1);
    expect(await newlyMoved()).toHaveLength(1);
  });

  test.each([
    ['a field is not allowed', { amount: 0 }],
    ['a field is not known', { amuont: 5 }],
    ['only Hecto would refuse it', { orderNumber: '주문'.repeat(10) }],
  ])('R05 may use its key again when %s', async (_, wrong) => {
    const key = newKey();
    expect(await send(wrong, key)).toMatchObject({ status: 422, body: { code: 'invalid-request' } });
    expect(newlyArrived()).toBe(0);
    expect((await send({}, key)).status).toBe(201);
    expect(newlyArrived()).toBe(1);
  });

  test('R06 asked for under two keys with one order number happens once, and the second is 409', async () => {
    const orderNumber = newOrder();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_unused, index) =>
        send({ orderNumber, ...(endpoint === 'paymentCancel' && { amount: 700 }) }, newKey(), index % 2),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { body: told } of answers.filter(({ status }) => status !== 201))
      expect(told).toMatchObject({ status: 409, code: 'order-number-taken' });
    expect(pair.testbed.requests.of(endpoint, orderNumber)).toHaveLength(1);
    expect(await newlyMoved()).toEqual([700]);
  });
});

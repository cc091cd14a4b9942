import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MerchantServer, type MerchantAnswer } from '../../services/testing/merchant-server.ts';
import { System } from '../../services/testing/start-system.ts';

/** Instance 0 and 1 leave it to the merchant, 2 wants an authorization of every payment, 3 is another merchant's. */
let system: System;
let merchant: MerchantServer;
const [demanding, others] = [2, 3];
beforeAll(async () => {
  system = await System.start({}, 2);
  await system.addInstance({ paymentAuthorization: 'required' });
  const { config } = system;
  await system.addInstance({
    hecto: { ...config.hecto, merchantId: 'another' },
    paymentAuthorization: 'required',
  });
  merchant = new MerchantServer(system);
});
afterAll(() => system.stop());

const bankCode = '088';
const password = '482913';
let orders = 0;

type Payment = {
  customerId: string;
  bankCode: string;
  accountKey: string;
  amount: number;
  orderNumber: string;
};
let payment: Payment;
/** A customer with a payment password at Hecto, and an order that waits to be paid. */
async function newPayment(): Promise<Payment> {
  const { customerId, accountKey } = await merchant.customerWithAccount();
  await system.control('/passwords', { customerId, password });
  orders += 1;
  return { customerId, bankCode, accountKey, amount: 15_000, orderNumber: `approved-${orders}` };
}
beforeEach(async () => {
  payment = await newPayment();
});

const verify = ({ customerId, ...approved }: Payment, pressed = password, key?: string) =>
  merchant.post(
    `/v1/customers/${customerId}/payment-password/verifications`,
    { password: pressed, payment: approved },
    key,
  );
async function authorized(approved: Payment): Promise<string> {
  const { status, body } = await verify(approved);
  expect([status, body]).toMatchObject([200, { verified: true }]);
  return (body['paymentAuthorization'] as { token: string }).token;
}

const pay = (body: object, instance = 0, key?: string): Promise<MerchantAnswer> =>
  merchant.request('POST', '/v1/payments', { body, instance, ...(key !== undefined && { key }) });

const notAuthorized = { status: 403, body: { code: 'payment-not-authorized', retryable: false } };

describe('S70 a payment password', () => {
  test('approves one payment, for three minutes, and nothing is kept that could pay again', async () => {
    const { body } = await verify(payment);
    const { token, expiresAt } = body['paymentAuthorization'] as { token: string; expiresAt: string };
    expect(token).toMatch(/^pau_[A-Za-z0-9_-]{43}$/);
    const inMs = Date.parse(expiresAt) - system.now().getTime();
    expect(inMs).toBeGreaterThan(170_000);
    expect(inMs).toBeLessThanOrEqual(180_000);

    expect(await pay({ ...payment, paymentAuthorization: token }, demanding)).toMatchObject({ status: 201 });
    const again = { ...payment, orderNumber: `${payment.orderNumber}-again`, paymentAuthorization: token };
    expect(await pay(again)).toMatchObject(notAuthorized);
    expect(await merchant.withdrawn(payment.customerId)).toBe(15_000);
  });

  test('that is wrong approves nothing', async () => {
    const { status, body } = await verify(payment, '000000');
    expect([status, body['paymentAuthorization']]).toEqual([402, undefined]);
  });

  test('without a payment to approve only says that it is right', async () => {
    const path = `/v1/customers/${payment.customerId}/payment-password/verifications`;
    expect((await merchant.post(path, { password })).body).toEqual({ verified: true });
  });

  test.each<[string, Partial<Payment>]>([
    ['another amount', { amount: 15_001 }],
    ['a smaller amount', { amount: 14_999 }],
    ['another order', { orderNumber: 'of-somebody-else' }],
    ['another account', { accountKey: 'd894kjd93kd9' }],
    ['another bank', { bankCode: '004' }],
    ['an account that is not named', { accountKey: undefined as never }],
    ['an order that is not named', { orderNumber: undefined as never }],
  ])('does not approve %s, and is still good for its own', async (_, change) => {
    const paymentAuthorization = await authorized(payment);
    const before = system.calls('payment');
    expect(await pay({ ...payment, ...change, paymentAuthorization })).toMatchObject(notAuthorized);
    expect(system.calls('payment')).toBe(before);
    expect(await pay({ ...payment, paymentAuthorization })).toMatchObject({ status: 201 });
  });

  test("of one customer does not approve another's payment", async () => {
    const paymentAuthorization = await authorized(payment);
    const other = await newPayment();
    const asOther = { ...payment, customerId: other.customerId, paymentAuthorization };
    expect(await pay(asOther)).toMatchObject(notAuthorized);
    expect(await pay({ ...other, paymentAuthorization })).toMatchObject(notAuthorized);
  });

  test('given to one merchant approves nothing at another on the same database', async () => {
    const paymentAuthorization = await authorized(payment);
    expect(await pay({ ...payment, paymentAuthorization }, others)).toMatchObject(notAuthorized);
  });

  test('approves nothing any more after three minutes', async () => {
    const paymentAuthorization = await authorized(payment);
    system.pass(181);
    expect(await pay({ ...payment, paymentAuthorization })).toMatchObject(notAuthorized);
    expect(await merchant.withdrawn(payment.customerId)).toBe(0);
  });

  test('approves exactly one of twenty payments that two instances get at once', async () => {
    const paymentAuthorization = await authorized(payment);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => pay({ ...payment, paymentAuthorization }, index % 2)),
    );
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect(count(201)).toBe(1);
    // The order number is taken, or the authorization is used: either way nothing was sent.
    expect(count(403) + count(409)).toBe(19);
    expect(await merchant.withdrawn(payment.customerId)).toBe(15_000);
    const { body } = await merchant.get(`/v1/payments?customerId=${payment.customerId}`);
    expect(body['data']).toHaveLength(1);
  });

  test('approves nothing twice when the same request comes twenty times at once', async () => {
    const paymentAuthorization = await authorized(payment);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        pay({ ...payment, paymentAuthorization }, index % 2, `once-${payment.orderNumber}`),
      ),
    );
    for (const { status } of answers) expect(status).toBe(201);
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect(await merchant.withdrawn(payment.customerId)).toBe(15_000);
  });

  test('stays good when its payment was refused before it became one', async () => {
    const paymentAuthorization = await authorized(payment);
    const unreadable = { ...payment, productName: 'a'.repeat(200), paymentAuthorization };
    expect(await pay(unreadable)).toMatchObject({ status: 422 });
    expect(await pay({ ...payment, paymentAuthorization })).toMatchObject({ status: 201 });
  });

  test('asked for again under the same key is the same approval, not a second one', async () => {
    const first = await verify(payment, password, `key-${payment.orderNumber}`);
    expect((await verify(payment, password, `key-${payment.orderNumber}`)).body).toEqual(first.body);
  });
});

describe('S70 a merchant that demands it', () => {
  test('lets no payment happen without it, by no way', async () => {
    expect(await pay(payment, demanding)).toMatchObject(notAuthorized);
    const raw = await merchant.request('POST', '/v1/hecto/payment', {
      instance: demanding,
      body: {
        mchtTrdNo: payment.orderNumber,
        mchtCustId: payment.customerId,
        bankCd: bankCode,
        custAcntKey: payment.accountKey,
        trdAmt: '15000',
      },
    });
    expect(raw).toMatchObject(notAuthorized);
    expect(await merchant.withdrawn(payment.customerId)).toBe(0);
  });

  test('hears what became of a payment that was made before it did', async () => {
    const key = `before-${payment.orderNumber}`;
    const first = await pay(payment, 0, key);
    expect(await pay(payment, demanding, key)).toMatchObject({ status: 201, body: first.body });
  });

  test('needs none for an instalment, which the first payment approved', async () => {
    const paymentAuthorization = await authorized(payment);
    const { body } = await pay({ ...payment, recurring: {}, paymentAuthorization }, demanding);
    const charge = await merchant.request(
      'POST',
      `/v1/recurring-payments/${String(body['recurringPaymentKey'])}/charges`,
      { body: { customerId: payment.customerId, amount: 15_000 }, instance: demanding },
    );
    expect(charge.status).toBe(201);
  });
});

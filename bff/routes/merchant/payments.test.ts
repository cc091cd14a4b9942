import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { System } from '../../services/testing/start-system.ts';
import { MerchantServer } from '../../services/testing/merchant-server.ts';

let system: System;
let merchant: MerchantServer;
beforeAll(async () => {
  system = await System.start();
  merchant = new MerchantServer(system);
});
afterAll(() => system.stop());

let customerId: string;
let accountKey: string;
beforeEach(async () => {
  ({ customerId, accountKey } = await merchant.customerWithAccount());
});

const bankCode = '088';
const pay = (change: object = {}, key?: string) =>
  merchant.post('/v1/payments', { customerId, bankCode, accountKey, amount: 15_000, ...change }, key);

describe('a payment', () => {
  test('takes the money and says so, with everything the order needs later', async () => {
    const { status, body, headers } = await pay({
      productName: '아메리카노 2잔',
      orderNumber: `order-${customerId}`,
      metadata: { cart: '17' },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'succeeded',
      customerId,
      amount: 15_000,
      refundedAmount: 0,
      orderNumber: `order-${customerId}`,
      orderDate: '2026-11-23',
      bankCode,
      accountKey,
      metadata: { cart: '17' },
    });
    expect(body['id']).toMatch(/^pay_[A-Za-z0-9_-]{24}$/);
    expect(body['createdAt']).toMatch(/^2026-11-23T1\d:\d\d:\d\d\+09:00$/);
    expect(headers.get('location')).toBe(`/v1/payments/${String(body['id'])}`);
    expect((await merchant.get(`/v1/payments/${String(body['id'])}`)).body).toEqual(body);
    expect(await merchant.withdrawn(customerId)).toBe(15_000);
  });

  test('that Hecto refuses is 402 in our words with its codes, and nothing moved', async () => {
    const { status, body } = await pay({ amount: 1_000_001 });
    expect(status).toBe(402);
    expect(body).toMatchObject({
      code: 'hecto-refused',
      refusal: 'balance-too-low',
      retryable: true,
      hecto: { endpoint: 'payment', outStatCd: '0031', outRsltCd: 'ST12' },
    });
    const read = await merchant.get(String(body['instance']));
    expect(read.body).toMatchObject({ status: 'failed', failure: { code: 'balance-too-low' } });
    expect(await merchant.withdrawn(customerId)).toBe(0);
  });
});

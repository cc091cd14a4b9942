import { randomBytes } from 'node:crypto';
import type { EndpointName } from '../../../../shared/hecto/endpoints.ts';
import { bankCode, type MerchantServer } from '../merchant-server.ts';

/** One request of a merchant's server that Hecto must hear of at most once. */
export type Deed = {
  readonly endpoint: EndpointName;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly orderNumber: string;
  readonly customerId: string;
  /** Where its outcome is read. */
  readonly collection: string;
};

export type Kind = 'payment' | 'refund' | 'remittance' | 'registration';

const random = () => randomBytes(9).toString('hex');

export const paymentOf = (
  { customerId, accountKey }: { customerId: string; accountKey: string },
  amount: number,
) => {
  const orderNumber = `order-${random()}`;
  return {
    endpoint: 'payment',
    path: '/v1/payments',
    collection: '/v1/payments',
    body: { customerId, bankCode, accountKey, amount, orderNumber, productName: '아메리카노 2잔' },
    key: random(),
    orderNumber,
    customerId,
  } satisfies Deed;
};

export const refundOf = (paymentId: string, customerId: string, amount: number) => {
  const orderNumber = `refund-${random()}`;
  return {
    endpoint: 'paymentCancel',
    path: `/v1/payments/${paymentId}/refunds`,
    collection: '/v1/refunds',
    body: { amount, orderNumber },
    key: random(),
    orderNumber,
    customerId,
  } satisfies Deed;
};

export const remittanceOf = (customerId: string, accountNumber: string, amount: number) => {
  const orderNumber = `payout-${random()}`;
  return {
    endpoint: 'remittance',
    path: '/v1/remittances',
    collection: '/v1/remittances',
    body: { customerId, bankCode, accountNumber, amount, orderNumber, passbookText: '정산' },
    key: random(),
    orderNumber,
    customerId,
  } satisfies Deed;
};

function registrationOf(): Deed {
  const customerId = `new-${random()}`;
  const orderNumber = `account-${random()}`;
  return {
    endpoint: 'accountRegistration',
    path: `/v1/customers/${customerId}/account-registrations`,
    collection: '/v1/account-registrations',
    body: {
      bankCode,
      accountNumber: '110432109876',
      holderName: '홍길동',
      holderIdentity: '920315',
      approval: { method: 'written' },
      orderNumber,
    },
    key: random(),
    orderNumber,
    customerId,
  };
}

/** Everything up to the request, which is left to the test. */
export const deeds: Record<Kind, (merchant: MerchantServer) => Promise<Deed>> = {
  payment: async (merchant) => paymentOf(await merchant.customerWithAccount(), 15_000),
  refund: async (merchant) => {
    const customer = await merchant.customerWithAccount();
    const payment = paymentOf(customer, 9_000);
    const { body } = await merchant.post(payment.path, payment.body, payment.key);
    return refundOf(String(body['id']), customer.customerId, 4_000);
  },
  remittance: async (merchant) => {
    const { customerId, accountNumber } = await merchant.customerWithAccount();
    return remittanceOf(customerId, accountNumber, 7_000);
  },
  registration: () => Promise.resolve(registrationOf()),
};

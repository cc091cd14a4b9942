/** The same for the calls that move money, and for what comes of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sample } from './merchant-samples.ts';
import { newAccount, newCustomer, registered } from './merchant-world.ts';
import type { System } from './start-system.ts';

type Body = Record<string, unknown>;
let orders = 0;
const newOrder = () => `SAMPLE-${Date.now()}-${(orders += 1)}`;

async function made(system: System, path: string, body: Body): Promise<Body> {
  const answer = await system.merchant('POST', path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function paymentBody(system: System, change: Body = {}): Promise<Body> {
  const { customerId, accountKey } = await registered(system);
  return { customerId, bankCode: '088', accountKey, amount: 15_000, ...change };
}
const paid = async (system: System, change: Body = {}) =>
  made(system, '/v1/payments', await paymentBody(system, change));
const refunded = async (system: System) => {
  const { id } = await paid(system);
  return made(system, `/v1/payments/${String(id)}/refunds`, { amount: 5_000 });
};
const remittanceBody = (change: Body = {}) => ({
  ...newAccount(),
  amount: 700,
  passbookText: '정산',
  ...change,
});
const remitted = (system: System) => made(system, '/v1/remittances', remittanceBody());
const holder = () => ({ ...newAccount(), holderName: '홍길동', holderIdentity: '920315' });

/** A payment whose answer was lost. */
async function lost(system: System): Promise<string> {
  const orderNumber = newOrder();
  const body = await paymentBody(system, { orderNumber });
  await system.fault('payment', 'lost-answer');
  return String((await made(system, '/v1/payments', body))['id']);
}

/** A payment under a number that Hecto knows with another amount: nobody but a person can tell. */
async function contradicted(system: System): Promise<string> {
  const orderNumber = newOrder();
  const body = await paymentBody(system, { orderNumber });
  await made(system, '/v1/hecto/payment', {
    mchtTrdNo: orderNumber,
    mchtCustId: body['customerId'],
    bankCd: '088',
    custAcntKey: body['accountKey'],
    trdAmt: '1',
  });
  const { id } = await made(system, '/v1/payments', body);
  await made(system, `/v1/reviews/${String(id)}/inquire`, {});
  return String(id);
}

async function recurringKey(system: System): Promise<{ customerId: string; key: string }> {
  const body = await paid(system, { recurring: {} });
  return { customerId: String(body['customerId']), key: String(body['recurringPaymentKey']) };
}

async function anEvent(system: System): Promise<string> {
  const { id } = await paid(system);
  const { body } = await system.merchant('GET', '/v1/events?type=payment.succeeded&limit=100');
  const events = body['data'] as { id: string; data: { id: string } }[];
  return events.find(({ data }) => data.id === id)!.id;
}

const absent = (path: string, id: string) => () => ({ path: `${path}/${id}`, code: 'not-found' }) as const;
const wrongCursor = (path: string) => () =>
  ({ path: `${path}?cursor=none`, code: 'invalid-request' }) as const;

export const moneySamples: Readonly<Record<string, Sample>> = {
  createPayment: {
    succeeds: async (system) => ({
      path: '/v1/payments',
      body: await paymentBody(system, {
        orderNumber: newOrder(),
        productName: '아메리카노 2잔',
        passbookText: '헥토카페',
        supplyAmount: 13_637,
        vatAmount: 1_363,
        cupDepositAmount: 300,
        cashReceipt: { purpose: 'income-deduction', identifierType: 'mobile', identifier: '01012345678' },
        recurring: { endsOn: '2027-12-31' },
        metadata: { cart: '17' },
      }),
    }),
    refused: async (system) => ({
      path: '/v1/payments',
      body: await paymentBody(system, { amount: 1_000_001 }),
      code: 'hecto-refused',
    }),
  },
  listPayments: {
    succeeds: async (system) => {
      const { customerId } = await paid(system);
      return {
        path: `/v1/payments?customerId=${String(customerId)}&status=succeeded&date=2026-11-23&limit=1`,
      };
    },
    refused: wrongCursor('/v1/payments'),
  },
  readPayment: {
    succeeds: async (system) => ({ path: `/v1/payments/${String((await paid(system))['id'])}` }),
    refused: absent('/v1/payments', 'pay_unknown'),
  },
  createRefund: {
    succeeds: async (system) => ({
      path: `/v1/payments/${String((await paid(system))['id'])}/refunds`,
      body: { amount: 5_000, orderNumber: newOrder(), metadata: { why: 'cold' } },
    }),
    refused: async (system) => ({
      path: `/v1/payments/${String((await paid(system))['id'])}/refunds`,
      body: { amount: 15_001 },
      code: 'not-refundable',
    }),
  },
  listRefunds: {
    succeeds: async (system) => ({
      path: `/v1/payments/${String((await refunded(system))['paymentId'])}/refunds`,
    }),
    refused: absent('/v1/payments', 'pay_unknown/refunds'),
  },
  readRefund: {
    succeeds: async (system) => ({ path: `/v1/refunds/${String((await refunded(system))['id'])}` }),
    refused: absent('/v1/refunds', 'rfd_unknown'),
  },
  createCharge: {
    succeeds: async (system) => {
      const { customerId, key } = await recurringKey(system);
      return { path: `/v1/recurring-payments/${key}/charges`, body: { customerId, amount: 9_900 } };
    },
    refused: () => ({
      path: '/v1/recurring-payments/none/charges',
      body: { customerId: newCustomer() },
      code: 'invalid-request',
    }),
  },
  createRemittance: {
    succeeds: () => ({ path: '/v1/remittances', body: remittanceBody({ customerId: newCustomer() }) }),
    refused: () => ({
      path: '/v1/remittances',
      body: remittanceBody({ bankCode: '999' }),
      code: 'hecto-refused',
    }),
  },
  listRemittances: {
    succeeds: async (system) => {
      await remitted(system);
      return { path: '/v1/remittances?limit=2' };
    },
    refused: wrongCursor('/v1/remittances'),
  },
  readRemittance: {
    succeeds: async (system) => ({ path: `/v1/remittances/${String((await remitted(system))['id'])}` }),
    refused: absent('/v1/remittances', 'rmt_unknown'),
  },
  registerAccount: {
    succeeds: () => ({
      path: `/v1/customers/${newCustomer()}/account-registrations`,
      body: { ...holder(), approval: { method: 'written' } },
    }),
    refused: () => ({
      path: `/v1/customers/${newCustomer()}/account-registrations`,
      body: { ...holder(), approval: { method: 'ars', arsCallId: 'ars_unknown' } },
      code: 'not-found',
    }),
  },
  registerAccountWithEvidence: {
    succeeds: () => ({
      path: `/v1/customers/${newCustomer()}/accounts`,
      body: { ...holder(), payerNumber: 'TESTMCHT00000001' },
    }),
    refused: () => ({
      path: `/v1/customers/${newCustomer()}/accounts`,
      body: { ...holder(), holderName: '남의이름', payerNumber: 'TESTMCHT00000001' },
      code: 'hecto-refused',
    }),
  },
  readRegistration: {
    succeeds: async (system) => {
      const path = `/v1/customers/${newCustomer()}/account-registrations`;
      const { id } = await made(system, path, { ...holder(), approval: { method: 'written' } });
      return { path: `/v1/account-registrations/${String(id)}` };
    },
    refused: absent('/v1/account-registrations', 'reg_unknown'),
  },
  listReviews: {
    succeeds: async (system) => {
      await lost(system);
      return { path: '/v1/reviews?status=processing' };
    },
    refused: wrongCursor('/v1/reviews'),
  },
  readReview: {
    succeeds: async (system) => ({ path: `/v1/reviews/${await lost(system)}` }),
    refused: absent('/v1/reviews', 'pay_unknown'),
  },
  inquireNow: {
    succeeds: async (system) => ({ path: `/v1/reviews/${await lost(system)}/inquire`, body: {} }),
    refused: async (system) => ({
      path: `/v1/reviews/${String((await paid(system))['id'])}/inquire`,
      body: {},
      code: 'nothing-to-review',
    }),
  },
  resolveReview: {
    succeeds: async (system) => ({
      path: `/v1/reviews/${await contradicted(system)}/resolve`,
      body: { outcome: 'failed' },
    }),
    refused: async (system) => ({
      path: `/v1/reviews/${await lost(system)}/resolve`,
      body: { outcome: 'succeeded' },
      code: 'nothing-to-review',
    }),
  },
  readReconciliation: {
    succeeds: async (system) => {
      await paid(system);
      const path = '/v1/reconciliations/2026-11-23';
      // Made the day after, and kept: the clock can go back.
      system.pass(26 * 3_600);
      for (let looks = 0; (await system.merchant('GET', path)).status !== 200; looks += 1) {
        if (looks > 200) throw new Error('no report was made');
        await sleep(100);
      }
      system.pass(-26 * 3_600);
      return { path };
    },
    refused: absent('/v1/reconciliations', '2020-01-01'),
  },
  listEvents: {
    succeeds: async (system) => {
      await paid(system);
      return { path: '/v1/events?limit=3' };
    },
    refused: wrongCursor('/v1/events'),
  },
  readEvent: {
    succeeds: async (system) => ({ path: `/v1/events/${await anEvent(system)}` }),
    refused: absent('/v1/events', 'evt_unknown'),
  },
  replayEvent: {
    succeeds: async (system) => ({ path: `/v1/events/${await anEvent(system)}/replay`, body: {} }),
    refused: () => ({ path: '/v1/events/evt_unknown/replay', body: {}, code: 'not-found' }),
  },
  replayEvents: {
    succeeds: () => ({
      path: '/v1/event-replays',
      body: { state: 'failed', since: '2026-11-22T00:00:00+09:00' },
    }),
    refused: () => ({
      path: '/v1/event-replays',
      body: { state: 'failed', since: 'yesterday' },
      code: 'invalid-request',
    }),
  },
  readWebhookEndpoint: {
    succeeds: () => ({ path: '/v1/webhook-endpoint' }),
    refused: () => ({ path: '/v1/webhook-endpoint?state=none', code: 'invalid-request' }),
  },
  enableWebhookEndpoint: {
    succeeds: () => ({ path: '/v1/webhook-endpoint/enable', body: {} }),
    refused: () => ({ path: '/v1/webhook-endpoint/enable', body: { on: true }, code: 'invalid-request' }),
  },
};

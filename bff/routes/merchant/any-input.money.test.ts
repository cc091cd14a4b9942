import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { edits, reporter, rounds, side, timeout, Watch } from '../../services/testing/any-input.ts';
import { CarelessMerchant, type Answer } from '../../services/testing/careless-merchant.ts';
import { jsonRequest } from '../../services/testing/described-requests.ts';
import { bankCode, MerchantServer } from '../../services/testing/merchant-server.ts';
import { newOrder } from '../../services/testing/merchant-world.ts';
import { Movements } from '../../services/testing/movements.ts';
import { System } from '../../services/testing/start-system.ts';
import { servedCalls } from './served.ts';

/* One Idempotency-Key with many bodies, all at once and to two instances: Hecto's side knows what came of it. */

const operations = new Map(
  servedCalls({ store: {} } as never).map(({ operation }) => [operation.id, operation] as const),
);

let system: System;
let merchant: CarelessMerchant;
let movements: Movements;
let customer: Awaited<ReturnType<MerchantServer['customerWithAccount']>>;
/** A recurring payment. */
let first: Record<string, unknown>;
/** Payments to refund: the next one is taken when somebody left out the amount, which refunds all that is left. */
const paid: Record<string, unknown>[] = [];
beforeAll(async () => {
  system = await System.start({}, 2);
  merchant = await CarelessMerchant.of(system, operations);
  movements = new Movements(system);
  const server = new MerchantServer(system);
  customer = await server.customerWithAccount();
  const { customerId, accountKey } = customer;
  const body = { customerId, accountKey, bankCode };
  ({ body: first } = await server.post('/v1/payments', { ...body, amount: 500_000, recurring: {} }));
  for (let left = 3 + rounds.numRuns / 25; left > 0; left -= 1)
    paid.push((await server.post('/v1/payments', { ...body, amount: 5_000 })).body);
});
afterAll(async () => {
  await Promise.all([movements.close(), merchant.close()]);
  await system.stop();
});

/** In what the bodies differ. `number` is there or not, `unique` is new for each body that is sent. */
type Variation = {
  readonly amount: number;
  readonly text: string;
  readonly number?: string;
  readonly unique: string;
};
type Wish = {
  readonly name: string;
  readonly operationId: string;
  readonly path: () => string;
  readonly body: (variation: Variation) => object;
};

const hecto = (endpoint: string, fields: (variation: Variation) => object): Wish => ({
  ...{ name: `/v1/hecto/${endpoint}`, operationId: 'callHecto', path: () => `/v1/hecto/${endpoint}` },
  body: (variation) => ({ mchtTrdNo: `RAW-${variation.unique}`, ...fields(variation) }),
});
const orderNumber = ({ number, unique }: Variation) =>
  number === undefined ? {} : { orderNumber: `${number}-${unique}` };

const movingMoney: readonly Wish[] = [
  {
    name: '/v1/payments',
    operationId: 'createPayment',
    path: () => '/v1/payments',
    body: ({ amount, text, ...given }) => ({
      ...{ customerId: customer.customerId, accountKey: customer.accountKey, bankCode, amount },
      ...{ passbookText: text, ...orderNumber({ amount, text, ...given }) },
    }),
  },
  {
    name: '/v1/recurring-payments/:key/charges',
    operationId: 'createCharge',
    path: () => `/v1/recurring-payments/${String(first['recurringPaymentKey'])}/charges`,
    body: ({ amount, text, ...given }) => ({
      ...{ customerId: customer.customerId, amount, passbookText: text },
      ...orderNumber({ amount, text, ...given }),
    }),
  },
  {
    name: '/v1/payments/:id/refunds',
    operationId: 'createRefund',
    path: () => `/v1/payments/${String(paid[0]?.['id'])}/refunds`,
    body: ({ amount, text, ...given }) => ({
      ...{ amount, passbookText: text },
      ...orderNumber({ amount, text, ...given }),
    }),
  },
  {
    name: '/v1/remittances',
    operationId: 'createRemittance',
    path: () => '/v1/remittances',
    body: ({ amount, text, ...given }) => ({
      ...{ bankCode, accountNumber: '110432109876', amount, passbookText: text },
      ...orderNumber({ amount, text, ...given }),
    }),
  },
  hecto('payment', ({ amount, text }) => ({
    ...{ mchtCustId: customer.customerId, bankCd: bankCode, custAcntKey: customer.accountKey },
    ...{ trdAmt: String(amount), custAcntSumry: text },
  })),
  hecto('recurringPaymentApproval', ({ amount, text }) => ({
    ...{ mchtCustId: customer.customerId, rglChrgKey: String(first['recurringPaymentKey']) },
    ...{ trdAmt: String(amount), custAcntSumry: text },
  })),
  hecto('paymentCancel', ({ amount, text }) => ({
    ...{ mchtCustId: customer.customerId, trdNo: String(first['transactionNumber']) },
    ...{ trdAmt: String(amount), custAcntSumry: text },
  })),
  hecto('remittance', ({ amount, text }) => ({
    ...{ bankCd: bankCode, custAcntNo: '110432109876' },
    ...{ trdAmt: String(amount), custAcntSumry: text },
  })),
];

const holder = { holderName: '홍길동', holderIdentity: '920315', bankCode };
const rawHolder = () => ({
  ...{ mchtCustId: customer.customerId, mchtCustNm: '홍길동', uii: '920315', bankCd: bankCode },
});
const bindingAccounts: readonly Wish[] = [
  {
    name: '/v1/customers/:id/account-registrations',
    operationId: 'registerAccount',
    path: () => `/v1/customers/${customer.customerId}/account-registrations`,
    body: ({ unique, ...given }) => ({
      ...{ ...holder, accountNumber: unique, approval: { method: 'written' } },
      ...orderNumber({ unique, ...given }),
    }),
  },
  {
    name: '/v1/customers/:id/accounts',
    operationId: 'registerAccountWithEvidence',
    path: () => `/v1/customers/${customer.customerId}/accounts`,
    body: ({ unique, ...given }) => ({
      ...{ ...holder, accountNumber: unique, payerNumber: 'TESTMCHT00000001' },
      ...orderNumber({ unique, ...given }),
    }),
  },
  hecto('accountRegistration', ({ unique }) => ({ ...rawHolder(), custAcntNo: unique, authMthdCd: 'WR' })),
  hecto('merchantAccountRegistration', ({ unique }) => ({
    ...{ ...rawHolder(), custAcntNo: unique, payerNo: 'TESTMCHT00000001' },
  })),
];

/** Rounds that are played side by side. */
const lanes = 5;
const keys = lanes * Math.ceil(rounds.numRuns / lanes);

let sent = 0;
/** An account number, and part of an order number. Its ending asks nothing of Hecto's side. */
const unique = () => `77${String((sent += 1)).padStart(7, '0')}0000`;

const variation = fc.record(
  {
    amount: fc.integer({ min: 1, max: 9 }),
    text: fc.constantFrom('하나', '둘', '셋'),
    number: fc.constant(newOrder()),
  },
  { requiredKeys: ['amount', 'text'] },
);
/** A body of its own, the very first one again, that one in another order, or what is none. */
const bodies = fc
  .array(
    fc.record({
      given: variation,
      how: fc.constantFrom('other', 'other', 'other', 'same', 'turned', 'edited'),
      edit: edits,
    }),
    { minLength: side + 1, maxLength: side + 1 },
  )
  .map((many) => (body: Wish['body']) => {
    const [original, ...made] = many.map(({ given }) => body({ ...given, unique: unique() }));
    return [
      original!,
      ...made.map((other, index) => {
        const { how, edit } = many[index + 1]!;
        if (how === 'same') return original!;
        if (how === 'turned') return Object.fromEntries(Object.entries(original!).toReversed());
        return how === 'edited' ? edit(other) : other;
      }),
    ];
  });

/** Sends each round under one key, most of it at once, the last when all is answered. */
async function underOneKey(
  { operationId, path, body }: Wish,
  watch: Watch,
  look: (round: { key: string; sent: readonly (object | Buffer)[]; answers: readonly Answer[] }) => void,
): Promise<void> {
  const property = fc.asyncProperty(bodies, fc.uuid(), async (make, key) => {
    const [made, at] = [make(body), path()];
    const ask = async (one: object | Buffer, instance: number) => {
      const asked = jsonRequest(at, one, key);
      const answer = await merchant.asks(operationId, asked, instance, watch);
      movements.note(asked, answer);
      return answer;
    };
    const answers = await Promise.all(made.slice(0, -1).map(ask));
    answers.push(await ask(made.at(-1)!, 0));
    look({ key, sent: made, answers });
    if (at === path() && answers.some(({ text }) => text.includes('"not-refundable"'))) paid.shift();
  });
  // Rounds wait for each other's answers more than they compute.
  await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      fc.assert(property, {
        ...{ ...rounds, numRuns: Math.ceil(rounds.numRuns / lanes), seed: rounds.seed + lane },
        ...{ endOnFailure: true, reporter },
      }),
    ),
  );
}

/** Something came about, and this request was the one that did it. */
const didIt = ({ status, replayed, text }: Answer) =>
  !replayed && (status === 201 || status === 202 || (status === 200 && text.includes('"outStatCd":"0021"')));

describe('R02 R03 one key moves money once, whatever is sent under it', () => {
  test.each(movingMoney)('at $name', { timeout }, async (wish) => {
    movements.begin();
    const watch = new Watch(system, wish.name, keys * (side + 1));
    let done = 0;
    await underOneKey(wish, watch, ({ answers }) => {
      const first = answers.filter(didIt);
      expect(first.length).toBeLessThanOrEqual(1);
      done += first.length;
    });
    const moved = await movements.agree();
    expect(moved).toBe(done);
    expect(moved).toBeGreaterThan(keys / 2);
    watch.finish(`, ${moved} movements under ${keys} keys`);
  });
});

describe('R02 R03 one key registers one account, whatever is sent under it', () => {
  test.each(bindingAccounts)('at $name', { timeout }, async (wish) => {
    const watch = new Watch(system, wish.name, keys * (side + 1));
    const registered = () =>
      system.testbed.state.registrations.of(customer.customerId).map(({ accountNumber }) => accountNumber);
    const before = registered().length;
    let done = 0;
    await underOneKey(wish, watch, ({ key, sent, answers }) => {
      const asked = sent.map((one) => (Buffer.isBuffer(one) ? one.toString() : JSON.stringify(one))).join();
      const bound = registered().filter((accountNumber) => asked.includes(accountNumber));
      const first = answers.filter(didIt);
      expect({ key, bound: bound.length, first: first.length }).toEqual({
        ...{ key, bound: first.length, first: first.length },
      });
      expect(bound.length).toBeLessThanOrEqual(1);
      done += first.length;
    });
    expect(registered().length - before).toBe(done);
    expect(done).toBeGreaterThan(keys / 2);
    watch.finish(`, ${done} accounts under ${keys} keys`);
  });
});

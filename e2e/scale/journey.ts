import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { shopOrigin } from '../../bff/services/testing/customer.ts';
import { bankCode } from '../../bff/services/testing/merchant-server.ts';
import type { Cluster } from './cluster.ts';
import { noMishaps, PatientCustomer, type Mishaps } from './patient-customer.ts';

export type JourneyOptions = {
  /** Unique in this cluster. */
  readonly number: number;
  /** Enters the code wrong so often first, and looks whether every try was counted once. */
  readonly wrongCodes?: number;
  /** Pays afterwards, with the same request twice at once, and takes a part back. */
  readonly pays?: boolean;
};

export type Journey = {
  /** What went wrong for good. */
  readonly failure?: string;
  /** From the merchant's first request to the last screen. */
  readonly ms: number;
  /** What of it the BFF took to answer. */
  readonly bffMs: number;
  readonly requests: number;
  readonly mishaps: Mishaps;
};

type MerchantAnswer = { readonly status: number; readonly body: Record<string, unknown> };

/** One customer's way from the merchant's button to the registered account, over HTTP alone, and the merchant's part. */
export async function walkThrough(cluster: Cluster, options: JourneyOptions): Promise<Journey> {
  const name = `walker-${options.number}`;
  const six = String(options.number).padStart(6, '0');
  // Endings that are no orders for the testbed to fail.
  const customer = new PatientCustomer(cluster, name, `010${six}00`);
  const { mishaps } = customer;
  let ms = 0;
  let bffMs = 0;
  let merchantMs = 0;
  const begun = performance.now();
  const done = (failure?: string): Journey => ({
    ...(failure === undefined ? {} : { failure }),
    ms,
    bffMs,
    requests: customer.requests,
    mishaps,
  });
  // Without a proxy that says so, each customer says where they are.
  customer.headers = { 'x-forwarded-for': addressOf(options.number) };

  /** A merchant's server repeats what got no answer with the same key, as every client of such an API does. */
  async function merchant(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    key = randomBytes(12).toString('hex'),
  ): Promise<MerchantAnswer> {
    for (let count = 1; ; count += 1) {
      const asked = performance.now();
      const response = await fetch(cluster.url(options.number) + path, {
        method,
        headers: {
          authorization: 'Bearer sk_local_demo',
          ...(method === 'POST' ? { 'idempotency-key': key, 'content-type': 'application/json' } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch(() => undefined);
      const text = await response?.text().catch(() => undefined);
      merchantMs += performance.now() - asked;
      const ours = response?.headers.get('content-type')?.includes('json') === true && text !== undefined;
      const answer = ours && { status: response.status, body: JSON.parse(text) as Record<string, unknown> };
      if (!answer) mishaps.lost += 1;
      else if (answer.status === 503) mishaps.later += 1;
      // The same key is still at work, at whatever instance.
      else if (answer.body['code'] !== 'idempotency-key-in-flight') return answer;
      if (count === 8) throw new Error(`${method} ${path}: no answer`);
      await sleep(Math.min(4_000, 250 * 2 ** count));
    }
  }

  try {
    const { status, body } = await merchant('POST', '/v1/onboarding-sessions', {
      customerId: name,
      origin: shopOrigin,
    });
    if (status !== 201) throw new Error(`session: ${status} ${JSON.stringify(body)}`);
    await customer.exchange(String(body['clientToken']));
    await customer.agree();
    await customer.identify();
    for (let wrong = 1; wrong <= (options.wrongCodes ?? 0); wrong += 1) {
      const state = await customer.enterCode(await customer.wrongCode());
      if (state.step !== 'code' || state.triesLeft !== 5 - wrong)
        throw new Error(`after ${wrong} wrong codes: ${JSON.stringify(state)}`);
    }
    await customer.enterCode();
    await customer.banks();
    await customer.chooseAccount(`11${six}9876`);
    await customer.requestCall();
    const followed = customer.waits('password');
    await customer.answerCall();
    await followed;
    await customer.enterPassword('482913');
    const { step } = await customer.enterPassword('482913');
    if (step !== 'done') throw new Error(`ended at ${step}`);
    const read = await merchant('GET', `/v1/onboarding-sessions/${customer.sessionId}`);
    const account = read.body['account'] as { accountKey: string } | undefined;
    if (!account) throw new Error(`no account: ${JSON.stringify(read.body)}`);
    ms = performance.now() - begun;
    bffMs = customer.bffMs + merchantMs;
    if (options.pays) await pay(account.accountKey);
    return done();
  } catch (error) {
    return done(error instanceof Error ? error.message : String(error));
  }

  async function pay(accountKey: string): Promise<void> {
    const order = {
      ...{ customerId: name, bankCode, accountKey, amount: 1_000 },
      ...{ orderNumber: `order-${options.number}`, productName: '아메리카노' },
    };
    const key = `pay-${options.number}`;
    const [one, other] = await Promise.all([
      merchant('POST', '/v1/payments', order, key),
      merchant('POST', '/v1/payments', order, key),
    ]);
    if (one.status !== 201 || other.status !== 201 || one.body['id'] !== other.body['id'])
      throw new Error(`payment: ${JSON.stringify([one, other])}`);
    const refund = await merchant('POST', `/v1/payments/${String(one.body['id'])}/refunds`, { amount: 400 });
    if (refund.status !== 201) throw new Error(`refund: ${refund.status} ${JSON.stringify(refund.body)}`);
  }
}

const addressOf = (number: number): string =>
  `10.${(number >> 14) & 255}.${(number >> 6) & 255}.${(number & 63) + 1}`;

export const totalMishaps = (journeys: readonly Journey[]): Mishaps =>
  journeys.reduce(
    (sum, { mishaps }) => ({
      lost: sum.lost + mishaps.lost,
      later: sum.later + mishaps.later,
      pressedAgain: sum.pressedAgain + mishaps.pressedAgain,
    }),
    noMishaps(),
  );

/** Of all values, the one that this share of them does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

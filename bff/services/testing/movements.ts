import { expect } from 'vitest';
import { connect, type Database } from '../../store/database.ts';
import type { Answer } from './careless-merchant.ts';
import type { Asked } from './described-requests.ts';
import type { System } from './start-system.ts';

type Order = {
  readonly kind: 'payment' | 'instalment' | 'refund' | 'remittance';
  readonly orderNumber: string;
  readonly trdNo: string;
  readonly accountNumber: string;
  readonly amount: number;
  readonly state: 'processing' | 'final';
  readonly moves: number;
};

const endpoints = {
  payment: 'payment',
  instalment: 'recurringPaymentApproval',
  refund: 'paymentCancel',
  remittance: 'remittance',
} as const;

/** The account number asks Hecto's side to blunder, or to give a payment back by hand: see the magic values. */
const asksForMore = /(9203|9231|9303|9331)$/;
const byHand = /^DESK-/;

/**
 * Who moved what: compares the keys that a test sent with what Hecto's ledger says (R02, R03).
 */
export class Movements {
  readonly #system: System;
  readonly #database: Database;
  readonly #close: () => Promise<void>;
  #before = new Set<string>();
  /** By order number: under which keys it was told of. */
  #keys = new Map<string, Set<string>>();
  #raw = new Set<string>();

  constructor(system: System) {
    this.#system = system;
    const { pool, database } = connect(system.config.databaseUrl, () => undefined);
    this.#database = database;
    this.#close = () => pool.end();
  }

  /** Whatever moved until now counts for nobody. */
  begin(): void {
    this.#before = new Set(this.#system.testbed.state.ledger.all().map(({ trdNo }) => trdNo));
    this.#keys = new Map();
    this.#raw = new Set();
  }

  /** Nor does what is made for other purposes meanwhile. */
  async aside<T>(work: () => T | Promise<T>): Promise<T> {
    const { ledger } = this.#system.testbed.state;
    const from = ledger.all().length;
    const made = await work();
    for (const { trdNo } of ledger.all().slice(from)) this.#before.add(trdNo);
    return made;
  }

  /** Notes which order an answer speaks of, if it does. */
  note({ method, path, body, key }: Asked, { status, text }: Answer): void {
    if (method !== 'POST' || key === undefined || status >= 300) return;
    const answer = JSON.parse(text) as Record<string, unknown>;
    const isRaw = path.startsWith('/v1/hecto/');
    // Of Hecto's own calls the request has the number, unless it was somebody else's (ST50).
    const named = isRaw
      ? answer['outRsltCd'] !== 'ST50' &&
        (JSON.parse(body?.toString() || '{}') as Record<string, unknown>)['mchtTrdNo']
      : status > 200 && answer['orderNumber'];
    if (typeof named !== 'string') return;
    this.#keys.set(named, (this.#keys.get(named) ?? new Set()).add(`${path} ${key}`));
    if (isRaw) this.#raw.add(named);
  }

  /** Each movement was asked for with one key, each key moved once at most, and our books say the same. Tells how many there were. */
  async agree(): Promise<number> {
    if (this.#system.testbed.state.ledger.all().length === this.#before.size) return 0;
    const moved = (await this.#orders()).filter(
      ({ trdNo, state, moves, orderNumber }) =>
        !this.#before.has(trdNo) && (state === 'processing' || moves > 0) && !byHand.test(orderNumber),
    );
    const byKey = new Map<string, Order[]>();
    for (const order of moved) {
      const keys = [...(this.#keys.get(order.orderNumber) ?? [])];
      expect({ order, keys }).toMatchObject({ keys: [expect.any(String)] });
      const [key = ''] = keys;
      byKey.set(key, [...(byKey.get(key) ?? []), order]);
      if (!asksForMore.test(order.accountNumber))
        expect(order.moves, order.orderNumber).toBeLessThanOrEqual(1);
    }
    for (const [key, orders] of byKey) expect({ key, orders }).toMatchObject({ orders: [expect.anything()] });

    const intents = new Map(
      (
        await this.#database
          .selectFrom('intents')
          .select(['order_number', 'endpoint', 'state', 'amount'])
          .where('order_number', 'in', ['', ...moved.map(({ orderNumber }) => orderNumber)])
          .execute()
      ).map((intent) => [intent.order_number, intent]),
    );
    for (const { orderNumber, kind, amount } of moved) {
      if (this.#raw.has(orderNumber)) continue;
      expect(intents.get(orderNumber)).toEqual({
        ...{ order_number: orderNumber, endpoint: endpoints[kind], amount },
        state: expect.toBeOneOf(['succeeded', 'unknown', 'needs_review']) as unknown,
      });
    }
    return moved.length;
  }

  close(): Promise<void> {
    return this.#close();
  }

  async #orders(): Promise<readonly Order[]> {
    return (await this.#system.control<{ orders: Order[] }>('/ledger')).orders;
  }
}

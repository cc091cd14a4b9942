import { randomBytes } from 'node:crypto';
import type { Surroundings } from './start-system.ts';

export type MerchantAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
};

const account = '110432109876';
export const bankCode = '088';

type Order = { customerId?: string; kind: string; amount: number; code: string; orderNumber: string };

/** A merchant's own server, as its developers would write it: keys, JSON, and nothing of ours. */
export class MerchantServer {
  readonly #system: Surroundings;
  #customers = 0;

  constructor(system: Surroundings) {
    this.#system = system;
  }

  async request(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    { body, key, instance = 0 }: { body?: unknown; key?: string; instance?: number } = {},
  ): Promise<MerchantAnswer> {
    const response = await fetch(this.#system.url(instance) + path, {
      method,
      headers: {
        authorization: 'Bearer sk_local_demo',
        ...(method === 'GET' ? {} : { 'idempotency-key': key ?? randomBytes(12).toString('hex') }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  }

  get = (path: string) => this.request('GET', path);
  post = (path: string, body: unknown, key?: string) =>
    this.request('POST', path, { body, ...(key === undefined ? {} : { key }) });

  /** A customer with a registered account of a million won. */
  async customerWithAccount(
    accountNumber = account,
  ): Promise<{ customerId: string; accountKey: string; accountNumber: string }> {
    this.#customers += 1;
    const customerId = `buyer-${randomBytes(3).toString('hex')}-${this.#customers}`;
    // An account of one's own each, so that balances do not mix; its ending, which may be magic, stays.
    const own = `${String(1_000_000 + this.#customers)}${accountNumber.slice(-4)}`;
    const { status, body } = await this.post(`/v1/customers/${customerId}/account-registrations`, {
      bankCode,
      accountNumber: own,
      holderName: '홍길동',
      holderIdentity: '920315',
      approval: { method: 'written' },
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return { customerId, accountKey: String(body['accountKey']), accountNumber: own };
  }

  /** What the bank really took from a customer, refunds not subtracted: the oracle. */
  async withdrawn(customerId: string): Promise<number> {
    const orders = await this.orders(customerId);
    return orders
      .filter(({ kind, code }) => (kind === 'payment' || kind === 'instalment') && code === '0000')
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  /** Hecto's own ledger, for one customer. */
  async orders(customerId: string): Promise<Order[]> {
    const { orders } = await this.#system.control<{ orders: Order[] }>('/ledger');
    return orders.filter((order) => order.customerId === customerId);
  }

  /** Reads until the status is no longer `processing`; the clock of both sides is moved along. */
  async settled(path: string): Promise<Record<string, unknown>> {
    for (let looks = 0; looks < 400; looks += 1) {
      const { body } = await this.get(path);
      if (body['status'] !== 'processing') return body;
      await this.#system.pass(5);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${path} is still processing`);
  }
}

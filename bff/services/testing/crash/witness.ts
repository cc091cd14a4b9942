import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { parseConfig } from '../../../config.ts';
import { connect, type Database } from '../../../store/database.ts';
import { ledgerStore, type Ledger } from '../../../store/ledger.ts';
import { openVault } from '../../../store/vault.ts';
import type { MerchantServer } from '../merchant-server.ts';
import type { Deed } from './deeds.ts';
import type { Processes } from './processes.ts';

/** What came of a deed, as everybody who was concerned tells it. Ids and moments, which always differ, are left out. */
export type Outcome = {
  readonly view: Record<string, unknown>;
  /** How often Hecto was asked to do it. */
  readonly asked: number;
  /** How often money moved, or the account was bound. */
  readonly done: number;
  /** What the merchant's server was told: each once by its id, however often it arrived. */
  readonly events: { readonly type: unknown; readonly data: Record<string, unknown> }[];
};

/** Shown as they are; of everything else only whether it is there. */
const telling = ['status', 'amount', 'refundedAmount', 'bankCode', 'orderDate', 'productName', 'failure'];

const shapeOf = (view: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(view)
      // Only the answer to the payment itself tells it, no inquiry does.
      .filter(([name]) => name !== 'maskedAccountNumber')
      .map(([name, value]) => [name, telling.includes(name) ? value : typeof value]),
  );

/** Looks at a system of processes from all sides, in the database and at Hecto too. */
export class Witness {
  readonly sql: pg.Pool;
  readonly ledger: Ledger;
  readonly #database: Database;
  readonly #processes: Processes;
  readonly #merchant: MerchantServer;

  private constructor(
    processes: Processes,
    merchant: MerchantServer,
    sql: pg.Pool,
    database: Database,
    ledger: Ledger,
  ) {
    this.#processes = processes;
    this.#merchant = merchant;
    this.sql = sql;
    this.#database = database;
    this.ledger = ledger;
  }

  static async of(processes: Processes, merchant: MerchantServer): Promise<Witness> {
    const config = parseConfig(processes.env);
    const { pool, database } = connect(processes.databaseUrl, () => undefined);
    const vault = await openVault(database, config.dataKeys);
    const ledger = ledgerStore(database, vault, config.hecto.merchantId);
    return new Witness(processes, merchant, pool, database, ledger);
  }

  close = (): Promise<void> => this.#database.destroy();

  async intent({
    orderNumber,
  }: Pick<Deed, 'orderNumber'>): Promise<{ id: string; state: string } | undefined> {
    const { rows } = await this.sql.query<{ id: string; state: string }>(
      'SELECT id, state FROM intents WHERE order_number = $1',
      [orderNumber],
    );
    return rows[0];
  }

  /** Waits until the intent is final, and moves the clock along when only time is missing. */
  async settled(deed: Deed): Promise<string> {
    const deadline = performance.now() + 30_000;
    let found = await this.intent(deed);
    while (performance.now() < deadline) {
      if (found && !['created', 'submitting', 'unknown'].includes(found.state)) return found.id;
      // Never while it is being sent: a process that seems to have slept must not send any more.
      if (found?.state === 'unknown') await this.#processes.pass(15);
      await sleep(100);
      found = await this.intent(deed);
    }
    throw new Error(`${deed.orderNumber} is still ${found?.state ?? 'missing'}`);
  }

  /** Waits until nothing is on its way to the merchant's server. */
  async delivered(): Promise<void> {
    const deadline = performance.now() + 30_000;
    for (let looks = 1; performance.now() < deadline; looks += 1) {
      const { rows } = await this.sql.query(`SELECT 1 FROM outbox WHERE state = 'pending' LIMIT 1`);
      if (rows.length === 0) return;
      // One whose process died is another's after the lease.
      if (looks % 20 === 0) await this.#processes.pass(61);
      await sleep(50);
    }
    throw new Error('there are still events to deliver');
  }

  /** What arrived at the merchant's server about one thing, by the id of the event. */
  arrivals(subject: string): Map<string, string[]> {
    const events = new Map<string, string[]>();
    for (const { id, body } of this.#processes.receiver.arrivals) {
      const { data } = JSON.parse(body) as { data: { id: string } };
      if (data.id === subject) events.set(id, [...(events.get(id) ?? []), body]);
    }
    return events;
  }

  async outcome(deed: Deed): Promise<Outcome> {
    const id = await this.settled(deed);
    await this.delivered();
    const { testbed } = this.#processes;
    const { endpoint, orderNumber, customerId } = deed;
    const { body } = await this.#merchant.get(`${deed.collection}/${id}`);
    const events = [...this.arrivals(id).values()].map((bodies) => {
      if (new Set(bodies).size > 1) throw new Error('one id, two stories');
      const { type, data } = JSON.parse(bodies[0]!) as { type: string; data: Record<string, unknown> };
      return { type, data: shapeOf(data) };
    });
    return {
      view: shapeOf(body),
      asked: testbed.requests.of(endpoint, orderNumber).length,
      done:
        endpoint === 'accountRegistration'
          ? testbed.state.registrations.of(customerId).length
          : testbed.state.ledger.withNumber(orderNumber).reduce((sum, { moves }) => sum + moves, 0),
      events,
    };
  }

  /** What the bank knows of all money: the oracle for the ledger. */
  truth(): { debits: number; refunds: number; remittances: number; balance: number } {
    const sum = (...kinds: string[]) =>
      this.#processes.testbed.state.ledger
        .all()
        .filter(({ kind }) => kinds.includes(kind))
        .reduce((total, { amount, moves }) => total + amount * moves, 0);
    const debits = sum('payment', 'instalment');
    const refunds = sum('refund');
    return { debits, refunds, remittances: sum('remittance'), balance: debits - refunds };
  }
}

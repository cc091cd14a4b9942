import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- for tests only: they need Hecto's side
import { startTestbed, type Testbed } from '../../../e2e/testbed/testbed.ts';
import type { Checkpoint } from '../../checkpoint.ts';
import { parseConfig } from '../../config.ts';
import { createHectoClient, type HectoClient } from '../../hecto/client.ts';
import { createLog } from '../../log/log.ts';
import { connect, type Tables } from '../../store/database.ts';
import type { Intent } from '../../store/intents.ts';
import { openStore, type Store } from '../../store/store.ts';
import { freshDatabase } from '../../store/test-database.ts';
import { createAskWhatBecame } from '../money/ask-what-became.ts';
import { createAdvanceIntent } from '../money/money-worker.ts';
import { createPlacing, type Placing } from '../money/place-intent.ts';

/** What a checkpoint throws where a process is to die. Nobody catches it, so nothing after it is done. */
export class Crash extends Error {}

/** One process of ours, as far as it moves money: no HTTP and no timers, a test says when it does what. */
export type Instance = {
  readonly placing: Placing;
  readonly advance: (intent: Intent) => Promise<Intent>;
  readonly askWhatBecame: (intent: Intent) => Promise<Intent>;
  readonly hecto: HectoClient;
};

/** As the worker does it. */
const leaseMs = 40_000;
const atOnce = 20;

/** Two instances of ours on one real database, Hecto's side behind real sockets, and one clock that only a test moves. */
export class MoneyWorld {
  readonly store: Store;
  readonly testbed: Testbed;
  readonly instances: readonly [Instance, Instance];
  /** The next time somebody comes by this place the process dies there. */
  crashAt: Parameters<Checkpoint>[0] | undefined;
  /** Nobody listens where Hecto should be. */
  unplugged = false;
  readonly #clock: { now: number };
  readonly #sql: Kysely<Tables>;
  readonly #close: () => Promise<void>;

  private constructor(parts: {
    store: Store;
    testbed: Testbed;
    instances: readonly [Instance, Instance];
    clock: { now: number };
    database: Kysely<Tables>;
    close: () => Promise<void>;
  }) {
    this.store = parts.store;
    this.testbed = parts.testbed;
    this.instances = parts.instances;
    this.#clock = parts.clock;
    this.#sql = parts.database;
    this.#close = parts.close;
  }

  /** `totalMs`: how long Hecto may take, in real time, instead of 32 s. */
  static async open(totalMs: number): Promise<MoneyWorld> {
    const time = { now: 0 };
    const clock = () => new Date(time.now);
    const databaseOfTest = await freshDatabase();
    const testbed = await startTestbed({ port: 0, clock });
    const config = parseConfig({
      HECTO_ENV: 'local',
      HECTO_BASE_URL: testbed.url,
      DATABASE_URL: databaseOfTest.url,
      DATA_KEYS: `test:${randomBytes(32).toString('base64')}`,
      PIN_PEPPER: randomBytes(32).toString('hex'),
    });
    const log = createLog('silent', clock);
    const checkpoint: Checkpoint = (place) => {
      if (world.crashAt !== place) return;
      world.crashAt = undefined;
      throw new Crash(place);
    };
    const store = await openStore({ ...config, merchantId: config.hecto.merchantId }, { log, checkpoint });
    const { pool, database } = connect(databaseOfTest.url, () => undefined);
    const clientTo = (baseUrl: string) =>
      createHectoClient({
        ...{ ...config.hecto, baseUrl },
        clock,
        timeouts: { connectMs: totalMs, totalMs },
        // What the breaker does has tests of its own; here every call is to reach Hecto.
        resilience: { breaker: { failureShare: 1, leastCalls: 1e9, windowMs: 1_000, openMs: 1 } },
      });
    // Not a port that was free a moment ago: another world's Hecto may get that one.
    const nowhere = clientTo('http://127.0.0.1:1');
    const instance = (): Instance => {
      const plugged = clientTo(testbed.url);
      const hecto: HectoClient = {
        ...plugged,
        call: (...asked) => (world.unplugged ? nowhere : plugged).call(...asked),
      };
      const deps = { config, store, hecto, clock, log, checkpoint, answerWithinMs: 20_000 };
      return {
        hecto,
        placing: createPlacing(deps),
        advance: createAdvanceIntent(deps),
        askWhatBecame: createAskWhatBecame(deps),
      };
    };
    const instances = [instance(), instance()] as const;
    const world = new MoneyWorld({
      ...{ store, testbed, instances, clock: time, database },
      async close() {
        await Promise.all(instances.map(({ hecto }) => hecto.close()));
        await nowhere.close();
        await pool.end();
        await store.close();
        await testbed.close();
        await databaseOfTest.drop();
      },
    });
    return world;
  }

  close = (): Promise<void> => this.#close();
  now = (): Date => new Date(this.#clock.now);

  /** Forgets what Hecto knew and what was under way, and begins at another time. Our ledger keeps what it has. */
  async begin(at: Date): Promise<void> {
    await sql`UPDATE intents SET due_at = NULL WHERE due_at IS NOT NULL`.execute(this.#sql);
    this.testbed.state.reset();
    this.testbed.faults.clear();
    this.testbed.requests.clear();
    this.crashAt = undefined;
    this.unplugged = false;
    this.#clock.now = at.getTime();
  }

  /** Whatever is still on its way at Hecto has arrived. Hecto gives itself thirty seconds: never let more pass before. */
  async calm(): Promise<void> {
    while (this.testbed.requests.of().some(({ outcome }) => outcome === 'under way')) await sleep(2);
  }

  /** Time passes. Whatever becomes due is looked at by one instance or the other, at most so often. */
  async pass(seconds: number, atMost = 8): Promise<void> {
    const until = this.#clock.now + seconds * 1000;
    if (seconds >= 20) await this.calm();
    for (let looks = 0; looks < atMost; looks += 1) {
      const due = await this.#nextDue();
      if (due === undefined || due > until) break;
      this.#clock.now = Math.max(this.#clock.now, due);
      await this.work(looks);
    }
    this.#clock.now = until;
  }

  async #nextDue(): Promise<number | undefined> {
    const { rows } = await sql<{ at: Date | null }>`SELECT min(due_at) AS at FROM intents`.execute(this.#sql);
    return rows[0]?.at?.getTime();
  }

  /** The types of the events about these, in the order in which they were recorded. */
  async events(subjects: readonly string[]): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    if (subjects.length === 0) return found;
    const rows = await this.#sql
      .selectFrom('outbox')
      .select(['subject', 'type'])
      .where('subject', 'in', subjects)
      .orderBy('seq')
      .execute();
    for (const { subject, type } of rows) found.set(subject, [...(found.get(subject) ?? []), type]);
    return found;
  }

  /** What one instance's worker does in one tick. */
  async work(which: number): Promise<void> {
    const { advance } = this.instances[which % 2 === 0 ? 0 : 1];
    const due = await this.store.intents.claimDue(this.now(), leaseMs, atOnce);
    await Promise.all(due.map((intent) => advance(intent).catch(onlyCrashes)));
  }

  /** Until nothing is to be done any more. Answers false if that never comes. */
  async settle(): Promise<boolean> {
    this.crashAt = undefined;
    this.unplugged = false;
    for (let rounds = 0; rounds < 80; rounds += 1) {
      await this.calm();
      const due = await this.#nextDue();
      if (due === undefined) return true;
      // Often at first, then a few times in a day and a half: what is not known by then is for a person.
      const step = rounds < 12 ? 0 : (rounds - 11) * 3_600_000;
      this.#clock.now = Math.max(this.#clock.now, due) + step;
      await this.work(rounds);
    }
    return false;
  }

  /** How often an order number arrived at Hecto by a call. */
  arrivals = (endpoint: EndpointName, orderNumber: string): number =>
    this.testbed.requests.of(endpoint, orderNumber).length;
}

export function onlyCrashes(error: unknown): void {
  if (!(error instanceof Crash)) throw error;
}

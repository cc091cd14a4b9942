import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, expect } from 'vitest';
import type { EventType } from '../../../shared/api/merchant/events.ts';
import { createLog } from '../../log/log.ts';
import { connect, type Tables } from '../../store/database.ts';
import { openStore, type Store } from '../../store/store.ts';
import { freshDatabase } from '../../store/test-database.ts';
import { WebhookReceiver } from './webhook-receiver.ts';
import { createMerchantEvents } from '../webhooks/merchant-events.ts';
import { startWebhookWorker, type WebhookWorker } from '../webhooks/webhook-worker.ts';

/**
 * What the tests of webhooks share: a database, a receiver and any number of instances, anew for each test, with
 * one clock that stands still until it is moved.
 */
export const begun = Date.parse('2026-11-23T10:00:00+09:00');
export const seconds = 1_000;
export const hours = 3_600 * seconds;
export const oldSecret = randomBytes(24);
export const newSecret = randomBytes(64);

let now: number;
export const clock = () => new Date(now);
export const pass = (ms: number): void => {
  now += ms;
};
export const moveTo = (moment: Date, ms = 0): void => {
  now = moment.getTime() + ms;
};

export let receiver: WebhookReceiver;
let database: Awaited<ReturnType<typeof freshDatabase>>;
export let sql: Kysely<Tables>;
export let lines: string[];
export let closing: (() => Promise<unknown>)[];

beforeEach(async () => {
  now = begun;
  lines = [];
  closing = [];
  receiver = await WebhookReceiver.start();
  database = await freshDatabase();
  sql = connect(database.url, () => undefined).database;
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  await sql.destroy();
  await receiver.close();
  await database.drop();
});

type Options = {
  readonly url?: string;
  /** Without WEBHOOK_URL. */
  readonly nowhere?: boolean;
  readonly secrets?: readonly Buffer[];
  readonly networks?: readonly string[];
  readonly merchantId?: string;
  readonly timeoutMs?: number;
};

/** One more instance on the same database. */
export async function instance({
  url = receiver.url,
  secrets = [newSecret],
  networks = ['127.0.0.1'],
  ...options
}: Options = {}) {
  const config = options.nowhere ? {} : { webhook: { url, secrets, networks } };
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const log = createLog('info', clock, stream);
  const dataKeys = [{ id: 'k1', key: Buffer.alloc(32, 1) }];
  const settings = { databaseUrl: database.url, dataKeys, sessionIdleMs: 600_000 };
  const { merchantId = 'midtest' } = options;
  const store = await openStore({ ...settings, ...config, merchantId }, { log });
  closing.push(() => store.close());
  return {
    store,
    events: createMerchantEvents({ config, store, clock }),
    work(): WebhookWorker {
      const { timeoutMs = 15_000 } = options;
      const worker = startWebhookWorker({
        config,
        store,
        clock,
        log,
        random: () => 0,
        tickMs: 20,
        timeoutMs,
      });
      closing.push(() => worker.stop());
      return worker;
    },
  };
}

export type Instance = Awaited<ReturnType<typeof instance>>;

export const add = (
  store: Store,
  subject: string,
  type: EventType = 'payment.succeeded',
  data: object = {},
) =>
  sql
    .transaction()
    .execute((transaction) =>
      store.outbox.add(transaction, { type, subject, data: { id: subject, ...data }, at: clock() }),
    );

export const arrived = (n: number) => expect.poll(() => receiver.arrivals.length, { timeout: 5_000 }).toBe(n);
/** Long enough for a worker to do what it should not. */
export const aWhile = () => new Promise((resolve) => setTimeout(resolve, 150));
export const onlyEvent = async ({ events }: Instance) => {
  const [first] = (await events.listEvents({ limit: 1 })).events;
  return (await events.readEvent(first!.id))!;
};
export const inState = (one: Instance, state: string) =>
  expect.poll(async () => (await onlyEvent(one)).state).toBe(state);

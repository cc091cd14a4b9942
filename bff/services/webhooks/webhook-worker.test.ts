import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventType } from '../../../shared/api/merchant/events.ts';
import { createLog } from '../../log/log.ts';
import { connect, type Tables } from '../../store/database.ts';
import { openStore, type Store } from '../../store/store.ts';
import { freshDatabase } from '../../store/test-database.ts';
import { verified, WebhookReceiver } from '../testing/webhook-receiver.ts';
import { createMerchantEvents } from './merchant-events.ts';
import { leaseMs, startWebhookWorker, type WebhookWorker } from './webhook-worker.ts';

const begun = Date.parse('2026-11-23T10:00:00+09:00');
const seconds = 1_000;
const hours = 3_600 * seconds;
const oldSecret = randomBytes(24);
const newSecret = randomBytes(64);

let now: number;
const clock = () => new Date(now);
const pass = (ms: number) => {
  now += ms;
};

let receiver: WebhookReceiver;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let sql: Kysely<Tables>;
let lines: string[];
let closing: (() => Promise<unknown>)[];

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
  readonly merchantId?: string;
  readonly timeoutMs?: number;
};

/** One more instance on the same database. */
async function instance({ url = receiver.url, secrets = [newSecret], ...options }: Options = {}) {
  const config = options.nowhere ? {} : { webhook: { url, secrets } };
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

const add = (store: Store, subject: string, type: EventType = 'payment.succeeded', data: object = {}) =>
  sql
    .transaction()
    .execute((transaction) =>
      store.outbox.add(transaction, { type, subject, data: { id: subject, ...data }, at: clock() }),
    );

const arrived = (n: number) => expect.poll(() => receiver.arrivals.length, { timeout: 5_000 }).toBe(n);
/** Long enough for a worker to do what it should not. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 150));
const onlyEvent = async ({ events }: Awaited<ReturnType<typeof instance>>) => {
  const [first] = (await events.listEvents({ limit: 1 })).events;
  return (await events.readEvent(first!.id))!;
};
const inState = (one: Awaited<ReturnType<typeof instance>>, state: string) =>
  expect.poll(async () => (await onlyEvent(one)).state).toBe(state);

describe('S97 Standard Webhooks', () => {
  test('an independent verifier accepts the webhook, and nothing that was changed on the way', async () => {
    const one = await instance();
    await add(one.store, 'pay_1', 'payment.succeeded', { amount: 12_000, note: '커피 "원두"' });
    one.work();
    await arrived(1);
    const arrival = receiver.arrivals[0]!;
    expect(verified(arrival, newSecret)).toEqual({
      type: 'payment.succeeded',
      timestamp: '2026-11-23T10:00:00+09:00',
      data: { id: 'pay_1', amount: 12_000, note: '커피 "원두"' },
    });
    expect(arrival.id).toMatch(/^evt_[A-Za-z0-9_-]{24}$/);
    expect(arrival.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^hecto-onboarding/) as string,
    });
    expect(() => verified(arrival, oldSecret)).toThrow('No matching signature');
    expect(() => verified(arrival, newSecret, { body: arrival.body.replace('12000', '92000') })).toThrow();
    for (const header of ['webhook-id', 'webhook-timestamp']) {
      const headers = { ...arrival.headers, [header]: String(arrival.timestamp + 1) };
      expect(() => verified(arrival, newSecret, { headers })).toThrow('No matching signature');
    }
  });

  test('while a secret is rotated a receiver with either one accepts', async () => {
    const one = await instance({ secrets: [newSecret, oldSecret] });
    await add(one.store, 'pay_1');
    one.work();
    await arrived(1);
    const arrival = receiver.arrivals[0]!;
    expect(verified(arrival, newSecret)).toEqual(verified(arrival, oldSecret));
    expect(() => verified(arrival, randomBytes(32))).toThrow('No matching signature');
  });

  test('a redirect is a failure: nobody follows it', async () => {
    const one = await instance();
    receiver.answers(302, { location: `${receiver.url}/elsewhere` });
    await add(one.store, 'pay_1');
    one.work();
    await expect.poll(async () => (await onlyEvent(one)).deliveries.length).toBe(1);
    await aWhile();
    expect(receiver.arrivals.map(({ path }) => path)).toEqual(['/webhooks']);
    expect(await onlyEvent(one)).toMatchObject({ state: 'pending', deliveries: [{ httpStatus: 302 }] });
  });

  test('410 disables the endpoint at once; enabled again, everything that waited arrives in order', async () => {
    const one = await instance();
    const worker = one.work();
    receiver.answers(410);
    await add(one.store, 'pay_1', 'payment.needs_review');
    await expect.poll(async () => (await one.events.webhookEndpointState()).state).toBe('disabled');
    expect(await one.events.webhookEndpointState()).toEqual({
      state: 'disabled',
      disabledBecause: 'gone',
      disabledAt: '2026-11-23T10:00:00+09:00',
      failingSince: '2026-11-23T10:00:00+09:00',
    });
    expect(lines.join('')).toContain('"because":"gone","event":"webhook.endpoint-disabled"');
    receiver.answers(204);
    await add(one.store, 'pay_1', 'payment.succeeded');
    pass(24 * hours);
    await aWhile();
    expect(receiver.arrivals).toHaveLength(1);

    expect(await one.events.enableWebhookEndpoint()).toEqual({ state: 'enabled' });
    await arrived(3);
    expect(receiver.types()).toEqual(['payment.needs_review', 'payment.needs_review', 'payment.succeeded']);
    await worker.stop();
  });

  test('another address starts enabled', async () => {
    const one = await instance();
    const worker = one.work();
    receiver.answers(410);
    await add(one.store, 'pay_1');
    await expect.poll(async () => (await one.events.webhookEndpointState()).state).toBe('disabled');
    await worker.stop();
    receiver.answers(204);
    pass(10 * seconds);
    const moved = await instance({ url: `${receiver.url}/new` });
    moved.work();
    await arrived(2);
    expect(receiver.arrivals[1]).toMatchObject({ path: '/webhooks/new', id: receiver.arrivals[0]!.id });
  });

  test('429 with Retry-After holds back every event until then', async () => {
    const one = await instance();
    one.work();
    receiver.answers(429, { 'retry-after': '120' });
    await add(one.store, 'pay_1');
    await expect.poll(async () => (await onlyEvent(one)).nextAttemptAt).toBe('2026-11-23T10:02:00+09:00');
    receiver.answers(204);
    await expect
      .poll(async () => (await one.store.webhookEndpoints.read(receiver.url)).quietUntil)
      .toBeDefined();
    pass(119 * seconds);
    await add(one.store, 'pay_2');
    await aWhile();
    expect(receiver.arrivals).toHaveLength(1);
    pass(1 * seconds);
    await arrived(3);
  });

  test('a receiver that never answers, or never stops, costs one attempt', async () => {
    const one = await instance({ timeoutMs: 300 });
    one.work();
    receiver.answer = () => undefined;
    await add(one.store, 'pay_1');
    await expect.poll(async () => (await onlyEvent(one)).deliveries.length).toBe(1);
    expect((await onlyEvent(one)).deliveries).toMatchObject([{ attempt: 1, error: 'timeout' }]);

    // The status of an endless answer counts all the same.
    receiver.answer = (_, response) => {
      response.writeHead(200);
      const flood = setInterval(() => response.write('x'.repeat(64 * 1024)), 1);
      response.once('close', () => clearInterval(flood));
    };
    pass(5 * seconds);
    await inState(one, 'delivered');
    expect((await onlyEvent(one)).deliveries).toMatchObject([
      { attempt: 1, error: 'timeout' },
      { attempt: 2, httpStatus: 200 },
    ]);
  });

  test('nobody listening is a failed attempt', async () => {
    const one = await instance({ url: 'http://127.0.0.1:1/' });
    one.work();
    await add(one.store, 'pay_1');
    await expect.poll(async () => (await onlyEvent(one)).deliveries).toMatchObject([{ error: 'connection' }]);
  });
});

describe('R33 retries', () => {
  test('follow the schedule to the second with one id; three days down disable the endpoint; a replay arrives', async () => {
    const one = await instance();
    one.work();
    receiver.answers(500);
    await add(one.store, 'pay_1');
    for (let attempt = 1; attempt < 10; attempt += 1) {
      await expect.poll(async () => (await onlyEvent(one)).deliveries.length).toBe(attempt);
      const { dueAt } = (await one.store.outbox.list({ limit: 1 })).events[0]!;
      now = dueAt.getTime() - 1;
      await aWhile();
      expect(receiver.arrivals).toHaveLength(attempt);
      now = dueAt.getTime();
    }
    await inState(one, 'failed');

    const since = (index: number) => receiver.arrivals[index]!.timestamp - begun / 1000;
    const table = [
      '0:00:05',
      '0:05:05',
      '0:35:05',
      '2:35:05',
      '7:35:05',
      '17:35:05',
      '31:35:05',
      '51:35:05',
      '75:35:05',
    ];
    const elapsed = table.map((time) => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
    expect(receiver.arrivals.map((_, index) => since(index))).toEqual([0, ...elapsed]);
    expect(new Set(receiver.arrivals.map(({ id }) => id)).size).toBe(1);
    expect(new Set(receiver.arrivals.map(({ body }) => body)).size).toBe(1);
    for (const arrival of receiver.arrivals) verified(arrival, newSecret);

    await expect.poll(async () => (await one.events.webhookEndpointState()).disabledBecause).toBe('failing');
    const logged = lines.join('');
    expect(logged).toContain('"event":"webhook.given-up"');
    expect(logged.match(/"webhook.endpoint-disabled"/g)).toHaveLength(1);

    receiver.answers(200);
    const { id } = receiver.arrivals[0]!;
    expect(await one.events.replayEvent(id)).toMatchObject({ id, state: 'pending' });
    await aWhile();
    expect(receiver.arrivals).toHaveLength(10);
    await one.events.enableWebhookEndpoint();
    await inState(one, 'delivered');
    expect(receiver.arrivals[10]).toMatchObject({ id, body: receiver.arrivals[0]!.body });
    verified(receiver.arrivals[10]!, newSecret);
    expect((await onlyEvent(one)).deliveries).toHaveLength(11);
  });

  test('one success within the three days keeps the endpoint', async () => {
    const one = await instance();
    one.work();
    receiver.answer = ({ body }, response) => {
      response.writeHead(body.includes('pay_bad') ? 500 : 204).end();
    };
    await add(one.store, 'pay_bad');
    for (let attempt = 1; attempt < 10; attempt += 1) {
      await expect.poll(async () => (await one.events.readEvent(badId()))?.deliveries.length).toBe(attempt);
      await add(one.store, `pay_good_${attempt}`);
      await arrived(attempt * 2);
      await expect.poll(async () => (await one.events.webhookEndpointState()).failingSince).toBeUndefined();
      now = (await one.store.outbox.read(badId()))!.dueAt.getTime();
    }
    await expect.poll(async () => (await one.events.readEvent(badId()))?.state).toBe('failed');
    expect((await one.events.webhookEndpointState()).state).toBe('enabled');
    expect(lines.join('')).not.toContain('endpoint-disabled');

    function badId(): string {
      return receiver.arrivals[0]?.id ?? '';
    }
  });

  test('after an outage everything that was given up is replayed with one call', async () => {
    const one = await instance();
    for (const subject of ['pay_1', 'pay_2', 'pay_3']) await add(one.store, subject);
    await sql.updateTable('outbox').set({ state: 'failed' }).execute();
    expect(await one.events.replayEvents('failed', new Date(now + 1))).toBe(0);
    expect(await one.events.replayEvents('failed', clock())).toBe(3);
    one.work();
    await arrived(3);
  });
});

describe('R16 the outbox', () => {
  test('a change that is rolled back leaves no event; one that happens twice leaves one', async () => {
    const { store } = await instance();
    const change = sql.transaction().execute(async (transaction) => {
      const event = { type: 'payment.succeeded', subject: 'pay_1', data: {}, at: clock() } as const;
      await store.outbox.add(transaction, event);
      throw new Error('the change failed');
    });
    await expect(change).rejects.toThrow('the change failed');
    expect((await store.outbox.list({ limit: 10 })).events).toEqual([]);
    await add(store, 'pay_1');
    await add(store, 'pay_1');
    await add(store, 'pay_1', 'payment.failed');
    expect((await store.outbox.list({ limit: 10 })).events).toHaveLength(2);
  });

  test('a worker that dies before it sends is replaced after its lease, and the id is the same', async () => {
    const dead = await instance();
    await add(dead.store, 'pay_1');
    const [claimed] = await dead.store.outbox.claimDue(clock(), leaseMs, 10);
    const alive = await instance();
    alive.work();
    pass(leaseMs - 1);
    await aWhile();
    expect(receiver.arrivals).toHaveLength(0);
    pass(1);
    await arrived(1);
    expect(receiver.arrivals[0]!.id).toBe(claimed!.id);
    await inState(alive, 'delivered');
  });

  test('a worker that dies after it sent, before it could say so, means a second one with the same id and bytes', async () => {
    const dead = await instance();
    await add(dead.store, 'pay_1');
    receiver.answer = async (_, response) => {
      // Its database is gone while the merchant's server has the event.
      await dead.store.close();
      closing.shift();
      response.writeHead(204).end();
    };
    const worker = dead.work();
    await arrived(1);
    await worker.stop();
    receiver.answers(204);
    const alive = await instance();
    alive.work();
    pass(leaseMs);
    await arrived(2);
    await inState(alive, 'delivered');
    const [first, second] = receiver.arrivals;
    expect(second).toMatchObject({ id: first!.id, body: first!.body });
  });

  test('events of one subject arrive in their order, whatever happens to the first; others do not wait', async () => {
    const one = await instance();
    const two = await instance();
    receiver.answer = ({ body }, response) => {
      const refuse = body.includes('"pay_1"') && receiver.arrivals.length < 4;
      response.writeHead(refuse ? 500 : 204).end();
    };
    await add(one.store, 'pay_1', 'payment.needs_review');
    await add(one.store, 'pay_1', 'payment.succeeded');
    await add(one.store, 'rfd_1', 'refund.succeeded');
    one.work();
    two.work();
    await arrived(2);
    await aWhile();
    expect(receiver.types().sort()).toEqual(['payment.needs_review', 'refund.succeeded']);
    pass(5 * seconds);
    await arrived(3);
    await aWhile();
    pass(300 * seconds);
    await arrived(5);
    expect(receiver.types().slice(2)).toEqual([
      'payment.needs_review',
      'payment.needs_review',
      'payment.succeeded',
    ]);
  });

  test('many workers deliver many events once each, never two of one subject at the same time', async () => {
    const instances = await Promise.all([instance(), instance(), instance()]);
    const inHand = new Set<string>();
    let overlaps = 0;
    receiver.answer = async ({ body }, response) => {
      const subject = (JSON.parse(body) as { data: { id: string } }).data.id;
      if (inHand.has(subject)) overlaps += 1;
      inHand.add(subject);
      await new Promise((resolve) => setTimeout(resolve, 10));
      inHand.delete(subject);
      response.writeHead(204).end();
    };
    const types = ['payment.needs_review', 'payment.succeeded', 'payment.failed'] as const;
    for (let n = 0; n < 20; n += 1) for (const type of types) await add(instances[0].store, `pay_${n}`, type);
    for (const one of instances) one.work();
    await expect
      .poll(
        async () => (await instances[0].events.listEvents({ state: 'delivered', limit: 100 })).events.length,
        { timeout: 10_000 },
      )
      .toBe(60);
    expect(receiver.arrivals).toHaveLength(60);
    expect(new Set(receiver.arrivals.map(({ id }) => id)).size).toBe(60);
    expect(overlaps).toBe(0);
    expect(receiver.mostAtOnce).toBeGreaterThan(1);
    for (let n = 0; n < 20; n += 1) {
      const own = receiver.arrivals.filter(({ body }) => body.includes(`"pay_${n}"`));
      expect(own.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual(types);
    }
  });

  test('stopping waits for what is on its way', async () => {
    const one = await instance();
    let answered = false;
    receiver.answer = async (_, response) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      answered = true;
      response.writeHead(204).end();
    };
    await add(one.store, 'pay_1');
    const worker = one.work();
    await arrived(1);
    await worker.stop();
    expect(answered).toBe(true);
    expect((await onlyEvent(one)).state).toBe('delivered');
  });

  test('a replay of what is on its way right now does not send it a second time', async () => {
    const one = await instance();
    receiver.answer = async ({ id }, response) => {
      await one.events.replayEvent(id);
      await aWhile();
      response.writeHead(204).end();
    };
    await add(one.store, 'pay_1');
    one.work();
    await inState(one, 'delivered');
    expect(receiver.arrivals).toHaveLength(1);
  });
});

describe('several merchants on one database', () => {
  test('R03 nobody delivers, lists or replays the events of another', async () => {
    const one = await instance();
    const other = await instance({ merchantId: 'othershp', url: `${receiver.url}/other` });
    await add(one.store, 'pay_1');
    other.work();
    await aWhile();
    expect(receiver.arrivals).toHaveLength(0);
    const { id } = await onlyEvent(one);
    expect(await other.events.listEvents({ limit: 10 })).toEqual({ events: [] });
    expect(await other.events.readEvent(id)).toBeUndefined();
    expect(await other.events.replayEvent(id)).toBe('not-found');
  });
});

test('without an address events are held, and go out when they are replayed', async () => {
  const silent = await instance({ nowhere: true });
  silent.work();
  await add(silent.store, 'pay_1');
  const { id } = await onlyEvent(silent);
  expect((await onlyEvent(silent)).state).toBe('held');
  expect(await silent.events.replayEvent(id)).toBe('no-endpoint');
  expect(await silent.events.replayEvents('held', clock())).toBe('no-endpoint');
  expect(await silent.events.webhookEndpointState()).toEqual({ state: 'none' });

  const one = await instance();
  one.work();
  await aWhile();
  expect(receiver.arrivals).toHaveLength(0);
  await one.events.replayEvent(id);
  await inState(one, 'delivered');
  expect(receiver.arrivals[0]!.id).toBe(id);
});

test('events are listed newest first, by type and state, page by page', async () => {
  const { store, events } = await instance();
  for (let n = 1; n <= 5; n += 1) await add(store, `pay_${n}`);
  await add(store, 'rfd_1', 'refund.failed');
  const subjects = ({ events: page }: Awaited<ReturnType<typeof events.listEvents>>) =>
    page.map(({ data }) => data['id']);
  const first = await events.listEvents({ type: 'payment.succeeded', limit: 3 });
  expect(subjects(first)).toEqual(['pay_5', 'pay_4', 'pay_3']);
  const second = await events.listEvents({ type: 'payment.succeeded', limit: 3, cursor: first.nextCursor });
  expect(subjects(second)).toEqual(['pay_2', 'pay_1']);
  expect(second.nextCursor).toBeUndefined();
  expect(subjects(await events.listEvents({ state: 'delivered', limit: 3 }))).toEqual([]);
  expect(subjects(await events.listEvents({ limit: 1 }))).toEqual(['rfd_1']);
});

test('S80 what an event says about a customer is not legible in the table', async () => {
  const { store } = await instance();
  await add(store, 'acc_1', 'account.cancelled', { customerId: 'canary-customer' });
  const rows = await sql.selectFrom('outbox').selectAll().execute();
  const legible = rows.flatMap((row) =>
    Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('utf8') : String(value))),
  );
  expect(legible.join()).not.toContain('canary-customer');
});

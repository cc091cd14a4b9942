import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { paymentOf } from './services/testing/crash/deeds.ts';
import { Scene } from './services/testing/crash/scene.ts';
import type { Customer } from './services/testing/start-system.ts';

const timeout = 60_000;

let scene: Scene;
let operator: pg.Client;
let customer: { customerId: string; accountKey: string };
let name: string;
beforeAll(async () => {
  scene = await Scene.open();
  customer = await scene.merchant.customerWithAccount();
  // From another database of the same server, since this one is going to be closed.
  const url = new URL(scene.processes.databaseUrl);
  name = url.pathname.slice(1);
  url.pathname = '/postgres';
  operator = new pg.Client({ connectionString: url.href });
  await operator.connect();
});
afterAll(async () => {
  await operator.end();
  await scene.close();
});

const cutAll = async () => {
  await operator.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  await sleep(200); // until every pool has noticed
};
const close = async () => {
  await operator.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await cutAll();
};
const allowReading = async () => {
  await operator.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  await cutAll();
};
afterEach(async () => {
  await operator.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  await operator.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
  await cutAll();
});

const moneyCalls = () => scene.processes.testbed.requests.of('payment').length;

/** Refused for now: the same request may come again. */
const unavailable = { status: 503, body: { code: 'unavailable', retryable: true } };

function expectRefusedForNow(answer: Awaited<ReturnType<Scene['ask']>>): void {
  expect(answer).toMatchObject(unavailable);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
}

/** The very request that was refused goes through once the database is back. */
async function expectGoesThrough(deed: ReturnType<typeof paymentOf>): Promise<void> {
  await expect.poll(() => scene.ask(deed).then(({ status }) => status), { timeout: 10_000 }).toBe(201);
}

describe('R24 a commit that is lost after Hecto took the money', () => {
  const lose = (how: string) =>
    scene.witness.sql.query(`
      CREATE SEQUENCE IF NOT EXISTS losses;
      ALTER SEQUENCE losses RESTART;
      CREATE OR REPLACE FUNCTION lose_once() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          -- A sequence remembers what a transaction that fails cannot.
          IF nextval('losses') = 1 THEN ${how}; END IF;
          RETURN NULL;
        END $$;
      DROP TRIGGER IF EXISTS lose_once ON intents;
      CREATE CONSTRAINT TRIGGER lose_once AFTER UPDATE ON intents DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NEW.state = 'succeeded') EXECUTE FUNCTION lose_once()`);
  afterEach(() => scene.witness.sql.query('DROP TRIGGER lose_once ON intents'));

  test.each([
    ['fails', `RAISE EXCEPTION 'the commit failed'`, 500],
    ['finds its connection cut', 'PERFORM pg_terminate_backend(pg_backend_pid())', 503],
  ])(
    'and %s is found by the sweep, and the payment succeeds once',
    async (_, how, status) => {
      const deed = paymentOf(customer, 100);
      await lose(how);
      expect((await scene.ask(deed)).status).toBe(status);
      expect(await scene.witness.intent(deed)).toMatchObject({ state: 'submitting' });
      await scene.processes.pass(45);
      const { view, asked, done, events } = await scene.witness.outcome(deed);
      expect({ view, asked, done, events }).toMatchObject({
        view: { status: 'succeeded' },
        asked: 1,
        done: 1,
        events: [{ type: 'payment.succeeded' }],
      });
      expect(await scene.ask(deed)).toMatchObject({ status: 201, body: { status: 'succeeded' } });
      await scene.nothingLostOrDoubled([deed]);
    },
    timeout,
  );
});

test(
  'R23 without a database: not ready, no money call, no session is let in; with it all goes on',
  async () => {
    const { processes, merchant } = scene;
    const visitor: Customer = await processes.customer();
    const deed = paymentOf(customer, 100);
    const before = moneyCalls();
    await close();

    expect(await merchant.get('/readyz')).toMatchObject({ status: 503 });
    expect(await merchant.get('/healthz')).toMatchObject({ status: 200 });
    for (let tries = 0; tries < 3; tries += 1) expectRefusedForNow(await scene.ask(deed));
    expect(await visitor.request('GET', '/session')).toMatchObject({ status: 503 });
    expect(await visitor.post('/session/identity', visitor.identity())).toMatchObject({ status: 503 });
    await sleep(1_200); // the workers have looked in vain, and live
    expect(moneyCalls()).toBe(before);

    await operator.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await expect.poll(() => merchant.get('/readyz').then(({ status }) => status)).toBe(200);
    await expectGoesThrough(deed);
    await scene.nothingLostOrDoubled([deed]);
    expect(await visitor.look()).toMatchObject({ step: 'terms' });
  },
  timeout,
);

test(
  'R25 with a database that takes no writes: new money is refused, what there is can be read; later all goes on',
  async () => {
    const { processes, merchant, witness } = scene;
    const paid = paymentOf(customer, 100);
    const lost = paymentOf(customer, 100);
    const refused = paymentOf(customer, 100);
    expect(await scene.ask(paid)).toMatchObject({ status: 201 });
    await processes.control('/faults', { endpoint: 'payment', kind: 'lost-answer' });
    expect(await scene.ask(lost)).toMatchObject({ status: 202 });
    const before = moneyCalls();
    await allowReading();

    expectRefusedForNow(await scene.ask(refused));
    const ids = await Promise.all([paid, lost].map(async (deed) => (await witness.intent(deed))!.id));
    expect(await merchant.get(`/v1/payments/${ids[0]}`)).toMatchObject({ body: { status: 'succeeded' } });
    expect(await merchant.get(`/v1/payments/${ids[1]}`)).toMatchObject({ body: { status: 'processing' } });
    expect(await scene.ask(paid)).toMatchObject({ status: 201, body: { id: ids[0] } });
    await processes.pass(45);
    await sleep(1_200); // the worker is due and cannot write down that it asks
    expect(moneyCalls()).toBe(before);

    await operator.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
    await cutAll();
    await expectGoesThrough(refused);
    await witness.settled(lost);
    await scene.nothingLostOrDoubled([paid, lost, refused]);
  },
  timeout,
);

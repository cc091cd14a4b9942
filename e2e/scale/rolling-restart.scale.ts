import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Cluster } from './cluster.ts';
import { kindOf, letCustomersCome, summaryOf } from './load.ts';
import { nginxIsInstalled } from './nginx.ts';
import { shopOrigin } from '../../bff/services/testing/customer.ts';
import { PatientCustomer } from './patient-customer.ts';
import { totalMishaps, type Journey } from './journey.ts';

const perMinute = 200;
/** Customers who have taken the call and think about the digits all the while. */
const sitting = 20;

const isHere = nginxIsInstalled();
if (!isHere)
  process.stderr.write('Nothing is tried behind nginx: install it (apt-get install nginx-light).\n');

describe.skipIf(!isHere)('three instances behind nginx, replaced one by one while customers come', () => {
  let cluster: Cluster;
  let journeys: readonly Journey[];
  let waiters: PatientCustomer[];
  const polls: { status: number; ms: number }[] = [];

  beforeAll(async () => {
    cluster = await Cluster.start({ instances: 3, nginx: true });
  });
  afterAll(() => cluster.stop());

  async function customerInACall(number: number): Promise<PatientCustomer> {
    const customer = new PatientCustomer(
      cluster,
      `waiter-${number}`,
      `0109${String(number).padStart(5, '0')}00`,
    );
    const response = await fetch(`${cluster.url()}/v1/onboarding-sessions`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer sk_local_demo',
        'content-type': 'application/json',
        'idempotency-key': `waiter-${number}`,
      },
      body: JSON.stringify({
        customerId: customer.id,
        origin: shopOrigin,
        flow: { paymentPassword: 'skip' },
      }),
    });
    await customer.exchange(((await response.json()) as { clientToken: string }).clientToken);
    await customer.reaches('ars');
    await customer.requestCall();
    return customer;
  }

  /** Hecto hangs up when nothing happens for twenty seconds. */
  async function listen(customer: PatientCustomer, isOver: () => boolean): Promise<void> {
    const { id } = await customer.ringing();
    while (!isOver()) {
      await cluster.control(`/calls/${id}/answer`, { digits: '' });
      await sleep(5_000);
    }
  }

  async function sit(customer: PatientCustomer, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const begun = performance.now();
      const path = `/session?since=${customer.state.version}&wait=25`;
      const { status } = await customer.request('GET', path);
      polls.push({ status, ms: performance.now() - begun });
      await sleep(300);
    }
  }

  test('R17 nobody notices: no request is lost, every customer finishes', async () => {
    waiters = await Promise.all(Array.from({ length: sitting }, (_, index) => customerInACall(index)));
    let replaced = false;
    const isOver = () => replaced;
    const sat = Promise.all(waiters.flatMap((customer) => [sit(customer, isOver), listen(customer, isOver)]));
    const load = letCustomersCome(cluster, perMinute);
    await sleep(5_000);
    for (let index = 0; index < 3; index += 1) {
      const { code, stopMs, startMs } = await cluster.restart(index);
      process.stdout.write(
        `instance ${index + 1}: stopped in ${Math.round(stopMs)} ms, back after ${Math.round(startMs)} ms\n`,
      );
      expect(code).toBe(0);
      expect(stopMs).toBeLessThan(35_000);
      await sleep(3_000); // as docs/nginx.conf says
    }
    replaced = true;
    // Each is in a long poll, which the digits end.
    await Promise.all(waiters.map((customer) => customer.answerCall()));
    await sat;
    journeys = await load.end();
    process.stdout.write(`${summaryOf(journeys)}\n`);

    expect(journeys.flatMap(({ failure }) => failure ?? [])).toEqual([]);
    expect(journeys.length).toBeGreaterThan(40);
    const all = [...journeys, ...waiters.map(({ mishaps }) => ({ mishaps }) as Journey)];
    expect(totalMishaps(all)).toEqual({ lost: 0, later: 0, pressedAgain: 0 });
  });

  test('long polls end with their instance, are asked again, and find what happened meanwhile', async () => {
    expect(new Set(polls.map(({ status }) => status))).toEqual(new Set([200]));
    // Each was let go by three stops at least once, long before its 25 seconds.
    expect(polls.length).toBeGreaterThan(sitting * 2);
    for (const customer of waiters) expect((await customer.waits('done')).step).toBe('done');
  });

  test('every try was counted once, wherever it was made', async () => {
    const count = async (scope: string) =>
      cluster.sql<{ n: number; keys: number }>(
        'SELECT n, count(*)::int AS keys FROM attempts WHERE scope = $1 GROUP BY n ORDER BY n',
        [scope],
      );
    const customers = journeys.length + sitting;
    expect(await count('messages-per-phone')).toEqual([{ n: 1, keys: customers }]);
    expect(await count('calls-per-phone')).toEqual([{ n: 1, keys: customers }]);
    expect(await count('accounts-per-customer')).toEqual([{ n: 1, keys: customers }]);
  });

  test('every account was registered once, every payment and refund made once, and the books are right', async () => {
    const asked = await cluster.control<{ worked: boolean }[]>('/requests?endpoint=accountRegistration');
    expect(asked).toHaveLength(journeys.length + sitting);

    const paying = journeys.filter((_, index) => kindOf(index + 1).pays).length;
    const { orders } = await cluster.control<{ orders: { kind: string; amount: number; moves: number }[] }>(
      '/ledger',
    );
    const moved = (kind: string) => orders.filter((order) => order.kind === kind).map(({ moves }) => moves);
    expect(moved('payment')).toEqual(Array<number>(paying).fill(1));
    expect(moved('refund')).toEqual(Array<number>(paying).fill(1));
    expect(await cluster.sql('SELECT debits::int, refunds::int, balance::int FROM ledger_balance')).toEqual([
      { debits: paying * 1_000, refunds: paying * 400, balance: paying * 600 },
    ]);
    const states = await cluster.sql('SELECT state, count(*)::int AS n FROM intents GROUP BY state');
    expect(states).toEqual([{ state: 'succeeded', n: 2 * paying }]);
    expect(cluster.runCommand('ledger-command', 'verify')).toMatchObject({ status: 0 });
  });

  test('the merchant heard of everything once', async () => {
    await expect
      .poll(() => cluster.sql(`SELECT 1 FROM outbox WHERE state <> 'delivered'`), { timeout: 20_000 })
      .toEqual([]);
    const { arrivals } = cluster.receiver;
    const ids = new Set(arrivals.map(({ id }) => id));
    const completed = cluster.receiver.types().filter((type) => type === 'onboarding.completed');
    expect(completed).toHaveLength(journeys.length + sitting);
    expect(ids.size).toBe(arrivals.length);
  });

  test('no session was left open, and no instance met a fault', async () => {
    expect(await cluster.sql('SELECT DISTINCT step FROM onboarding_sessions')).toEqual([{ step: 'done' }]);
    const faults = cluster.logged().filter(({ event }) => event === 'fault' || event === 'alert');
    expect(faults).toEqual([]);
  });
});

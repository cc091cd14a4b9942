import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../../bff/config.ts';
import { bankCode, MerchantServer } from '../../bff/services/testing/merchant-server.ts';
import { System } from '../../bff/services/testing/start-system.ts';
import { verified, WebhookReceiver } from '../../bff/services/testing/webhook-receiver.ts';
import { freshDatabase } from '../../bff/store/test-database.ts';
import { pgbouncerIsInstalled, startPgBouncer, type PgBouncer } from './pgbouncer.ts';

/** Fewer connections than there are requests at the same time, so that each lends its own to others all the time. */
const connections = 4;

const isHere = pgbouncerIsInstalled();
if (!isHere)
  process.stderr.write('The pooler is not tried: install pgbouncer (apt-get install pgbouncer).\n');

describe.skipIf(!isHere)('behind a pooler that lends connections for one transaction', () => {
  const role = `pooled_${randomBytes(6).toString('hex')}`;
  const secret = randomBytes(32);
  const dataKeys = [{ id: 'k1', key: randomBytes(32) }];
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let owner: pg.Client;
  let directUrl: string;
  let pooler: PgBouncer;
  let receiver: WebhookReceiver;
  let system: System;

  beforeAll(async () => {
    database = await freshDatabase();
    owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    const password = randomBytes(12).toString('hex');
    await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
    const url = new URL(database.url);
    url.username = role;
    url.password = password;
    directUrl = url.href;
    pooler = await startPgBouncer(directUrl, { default_pool_size: String(connections) });
    receiver = await WebhookReceiver.start();
  });
  afterAll(async () => {
    await system.stop();
    await receiver.close();
    await pooler.stop();
    await owner.query(`DROP OWNED BY ${role}`);
    await owner.query(`DROP ROLE ${role}`);
    await owner.end();
    await database.drop();
  });

  /** Two instances, or the sentence with which they do not start. */
  const start = (change: Partial<Config> = {}) =>
    System.start(
      {
        databaseUrl: pooler.url,
        dataKeys,
        webhook: { url: receiver.url, secrets: [secret], networks: ['127.0.0.1'] },
        ...change,
      },
      2,
    );

  test('a start that could not go well is refused with what to do', async () => {
    const direct = { databaseDirectUrl: directUrl };
    await expect(start()).rejects.toThrow('DATABASE_URL names a pooler: set DATABASE_POOLER=transaction.');
    await expect(start(direct)).rejects.toThrow(
      "DATABASE_POOLER needs a role whose statements end: ALTER ROLE … SET statement_timeout = '15s'.",
    );
    await owner.query(`ALTER ROLE ${role} SET statement_timeout = '15s'`);
    // Connections that are there already do not know it yet.
    await owner.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [role]);
    await expect(start(direct)).rejects.toThrow(
      'DATABASE_URL names a role without rights: run migrate first.',
    );
    for (const past of [{ databaseMigrationUrl: pooler.url, ...direct }, { databaseDirectUrl: pooler.url }])
      await expect(start(past)).rejects.toThrow('must be the address of the server itself, past the pooler.');
    // LISTEN would succeed there, and hear nothing.
    await expect(
      start({ databaseMigrationUrl: database.url, databaseDirectUrl: pooler.url }),
    ).rejects.toThrow('DATABASE_DIRECT_URL must be the database of DATABASE_URL, past the pooler.');
  });

  test('twelve customers onboard at once, on two instances, and what they wait for wakes them', async () => {
    system = await start({ databaseDirectUrl: directUrl });
    const onboard = async () => {
      const customer = await system.customer();
      await customer.agree();
      await customer.identify();
      await customer.enterCode();
      await customer.chooseAccount();
      await customer.requestCall();
      // The wait is at one instance; which one follows the call is a matter of luck.
      const woken = customer.request('GET', `/session?since=${customer.state.version}&wait=20`, undefined, 1);
      await customer.answerCall();
      expect(await woken).toMatchObject({ status: 200 });
      await customer.waits('password');
      await customer.enterPassword('482913');
      return customer.enterPassword('482913');
    };
    const begun = performance.now();
    const ends = await Promise.all(Array.from({ length: 12 }, onboard));
    expect(ends.map(({ step }) => step)).toEqual(Array<string>(12).fill('done'));
    expect(performance.now() - begun).toBeLessThan(15_000); // nobody waited out a poll
  });

  test('money moves once, however often it is asked for, and the books are right', async () => {
    const merchant = new MerchantServer(system);
    const buyers = await Promise.all(Array.from({ length: 6 }, () => merchant.customerWithAccount()));
    const paid = await Promise.all(
      buyers.flatMap(({ customerId, accountKey }, index) => {
        const order = { customerId, bankCode, accountKey, amount: 15_000, productName: '원두 1kg' };
        const ask = (instance: number) =>
          merchant.request('POST', '/v1/payments', { body: order, key: `order-${index}`, instance });
        return [ask(0), ask(1), ask(0), ask(1)];
      }),
    );
    expect(paid.map(({ status }) => status)).toEqual(Array<number>(24).fill(201));
    expect(new Set(paid.map(({ body }) => body['id'])).size).toBe(6);
    expect(system.calls('payment')).toBe(6);

    const [first] = paid;
    const refund = await merchant.post(`/v1/payments/${String(first!.body['id'])}/refunds`, {
      amount: 5_000,
    });
    expect(refund).toMatchObject({ status: 201, body: { status: 'succeeded' } });
    const { customerId, accountNumber } = buyers[0]!;
    const remittance = { customerId, bankCode, accountNumber, amount: 700, passbookText: '정산' };
    expect(await merchant.post('/v1/remittances', remittance)).toMatchObject({ status: 201 });

    const { rows } = await owner.query(
      `SELECT debits::int, refunds::int, remittances::int FROM ledger_balance`,
    );
    expect(rows).toEqual([{ debits: 90_000, refunds: 5_000, remittances: 700 }]);
  });

  test('what was asked for and got lost is found out', async () => {
    const merchant = new MerchantServer(system);
    const { customerId, accountKey } = await merchant.customerWithAccount();
    await system.fault('payment', 'lost-answer');
    const order = { customerId, bankCode, accountKey, amount: 4_000, productName: '머그' };
    const { status, body } = await merchant.post('/v1/payments', order);
    expect(status).toBe(202);
    const settled = await merchant.settled(`/v1/payments/${String(body['id'])}`);
    expect(settled).toMatchObject({ status: 'succeeded' });
    expect(await merchant.withdrawn(customerId)).toBe(4_000);
  });

  test('every event arrives, signed, once', async () => {
    const of = (type: string) => receiver.types().filter((one) => one === type).length;
    await expect.poll(() => of('onboarding.completed'), { timeout: 10_000 }).toBe(12);
    await expect.poll(() => of('payment.succeeded'), { timeout: 10_000 }).toBe(7);
    await expect.poll(() => [of('refund.succeeded'), of('remittance.succeeded')]).toEqual([1, 1]);
    for (const arrival of receiver.arrivals) verified(arrival, secret);
    expect(new Set(receiver.arrivals.map(({ id }) => id)).size).toBe(receiver.arrivals.length);
  });

  test('nothing was left on a connection that another one could find, and nothing went wrong', async () => {
    const { rows } = await owner.query<{ name: string }>(
      'SELECT application_name AS name FROM pg_stat_activity WHERE usename = $1',
      [role],
    );
    const names = rows.map(({ name }) => name);
    expect(names.filter((name) => name === 'hecto-onboarding-changes')).toHaveLength(2); // one for each instance
    expect(names.length - 2).toBeLessThanOrEqual(connections);
    expect(pooler.said()).not.toMatch(/prepared statement|ERROR|FATAL/);
    expect(system.log.filter((line) => line.includes('"event":"fault"'))).toEqual([]);
  });
});

import net from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NotSent } from '../hecto/errors.ts';
import { connect } from './database.ts';
import { isDatabaseTrouble } from './database-trouble.ts';
import { freshDatabase } from './test-database.ts';
import type { TestDatabase } from './test-postgres.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

/** What a query fails with, whether the connection or the statement does. */
async function errorOf(options: pg.ClientConfig, ...statements: string[]): Promise<unknown> {
  const client = new pg.Client(options);
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (const statement of statements) await client.query(statement);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await client.end();
  }
}
const failing = (...statements: string[]) => errorOf({ connectionString: database.url }, ...statements);
const raising = (state: string) => failing(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${state}'; END $$`);

/** A server on loopback that treats its callers like this, for one query. */
async function errorOfServer(treat: (socket: net.Socket) => void): Promise<unknown> {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    treat(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  try {
    return await errorOf({ host: '127.0.0.1', port, connectionTimeoutMillis: 200 }, 'SELECT 1');
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

describe('R23 R25 the database is in trouble', () => {
  test.each(['127.0.0.1', 'localhost'])('when nobody listens at %s', async (host) => {
    const error = await errorOf({ host, port: 1 }, 'SELECT 1');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    expect(isDatabaseTrouble(error)).toBe(true);
  });

  test('when it accepts a connection and never speaks', async () => {
    const error = await errorOfServer(() => undefined);
    expect(error).toMatchObject({ message: /timeout/ });
    expect(isDatabaseTrouble(error)).toBe(true);
  });

  test.each([
    ['closes', (socket: net.Socket) => socket.destroy()],
    ['resets', (socket: net.Socket) => socket.on('data', () => socket.resetAndDestroy())],
  ])('when it %s a connection at once', async (_, treat) => {
    const error = await errorOfServer(treat);
    expect(error).toBeInstanceOf(Error);
    expect(isDatabaseTrouble(error)).toBe(true);
  });

  test('when an operator ends the connection under a query', async () => {
    const error = await failing('SELECT pg_terminate_backend(pg_backend_pid())');
    expect(error).toMatchObject({ code: '57P01' });
    expect(isDatabaseTrouble(error)).toBe(true);
  });

  test('when all connections of the pool stay busy', async () => {
    const { pool, database: queries } = connect(database.url, () => undefined);
    pool.options.max = 1;
    const busy = await pool.connect();
    pool.options.connectionTimeoutMillis = 200;
    const error: unknown = await queries
      .selectFrom('pins')
      .selectAll()
      .execute()
      .catch((reason: unknown) => reason);
    busy.release();
    await queries.destroy();
    expect(error).toMatchObject({ message: 'timeout exceeded when trying to connect' });
    expect(isDatabaseTrouble(error)).toBe(true);

    const late: unknown = await queries
      .selectFrom('pins')
      .selectAll()
      .execute()
      .catch((reason: unknown) => reason);
    expect(isDatabaseTrouble(late)).toBe(true); // we are stopping
  });

  test('when a connection is cut between two queries of a transaction: that one fails, the process lives', async () => {
    const { database: queries } = connect(database.url, () => undefined);
    const inTwoSteps = queries.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(transaction);
      await sql`SELECT pg_terminate_backend(${rows[0]!.pid})`.execute(queries);
      await setTimeout(100);
      await transaction.selectFrom('pins').selectAll().execute();
    });
    const error: unknown = await inTwoSteps.catch((reason: unknown) => reason);
    await queries.destroy();
    expect(isDatabaseTrouble(error)).toBe(true);
  });

  test('when it takes no writes', async () => {
    const error = await failing('SET default_transaction_read_only = on', 'CREATE TABLE t (a int)');
    expect(error).toMatchObject({ code: '25006' });
    expect(isDatabaseTrouble(error)).toBe(true);
  });

  test.each(['08006', '53100', '53200', '53300', '55000', '57P02', '57P03', '58030'])(
    'when it says %s',
    async (state) => {
      const error = await raising(state);
      expect(error).toMatchObject({ code: state });
      expect(isDatabaseTrouble(error)).toBe(true);
    },
  );
});

describe('it is our own mistake', () => {
  test.each(['23505', '23502', '40001', '40P01', '22P02', '58P01', 'P0001'])(
    'when it says %s',
    async (state) => {
      const error = await raising(state);
      expect(error).toMatchObject({ code: state });
      expect(isDatabaseTrouble(error)).toBe(false);
    },
  );

  test('when a statement is wrong or takes too long', async () => {
    for (const statements of [['SELEKT 1'], ['SET statement_timeout = 50', 'SELECT pg_sleep(5)']]) {
      const error = await failing(...statements);
      expect(error).toBeInstanceOf(pg.DatabaseError);
      expect(isDatabaseTrouble(error)).toBe(false);
    }
  });

  test('when it is something else, whatever lies behind it', () => {
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    for (const error of [
      new NotSent('payment', 'unreachable', 5, { cause }),
      new TypeError('Connection terminated by nobody'),
      'Connection terminated',
      undefined,
    ])
      expect(isDatabaseTrouble(error)).toBe(false);
  });
});

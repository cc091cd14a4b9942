import net from 'node:net';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { listen } from '../hecto/test-server.ts';
import { System } from '../services/testing/start-system.ts';
import { freshDatabase } from '../store/test-database.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function create(system: System, key: string) {
  const response = await fetch(`${system.url()}/v1/onboarding-sessions`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer sk_local_demo',
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify({ customerId: 'trouble-1' }),
  });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as Record<string, unknown>,
  };
}

const unavailable = {
  status: 503,
  retryAfter: '5',
  body: { code: 'unavailable', retryable: true, detail: 'The service is not ready' },
};
/** Of requests: workers, which look all the time, have theirs as well. */
const faults = (system: System) =>
  system.log.filter((line) => line.includes('"fault"') && line.includes('"requestId"')).length;

test('R23 a database that is away is 503 with Retry-After, and all is well when it is back', async () => {
  const database = await freshDatabase();
  open.push(() => database.drop());
  const url = new URL(database.url);
  const folder = url.searchParams.get('host');
  const target = folder
    ? { path: `${folder}/.s.PGSQL.5432` }
    : { host: url.hostname, port: Number(url.port || 5432) };
  const way = net.createServer((socket) => {
    const onward = net.connect(target);
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  });
  const there = await listen(way);
  const account = url.password ? `${url.username}:${url.password}` : 'postgres';
  const databaseUrl = `postgres://${account}@127.0.0.1:${there.port}${url.pathname}`;
  const system = await System.start({ databaseUrl });
  open.push(() => system.stop());
  expect(await create(system, 'before')).toMatchObject({ status: 201 });

  await there.close();
  const before = faults(system);
  expect(await create(system, 'during')).toMatchObject(unavailable);
  expect(faults(system)).toBe(before + 1);
  expect((await fetch(`${system.url()}/readyz`)).status).toBe(503);

  await new Promise<void>((resolve) => way.listen(there.port, '127.0.0.1', resolve));
  open.push(() => Promise.resolve(way.close()));
  expect(await create(system, 'during')).toMatchObject({ status: 201 });
});

test('R25 a database that takes no writes is 503 with Retry-After', async () => {
  const database = await freshDatabase();
  open.push(() => database.drop());
  const system = await System.start({ databaseUrl: database.url });
  open.push(() => system.stop());
  const operator = new pg.Client({ connectionString: database.url });
  await operator.connect();
  await operator.query(
    `ALTER DATABASE "${new URL(database.url).pathname.slice(1)}" SET default_transaction_read_only = on`,
  );
  await operator.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  await operator.end();
  await expect.poll(() => create(system, 'read-only'), { timeout: 5_000 }).toMatchObject(unavailable);
  expect(system.log.some((line) => line.includes('"25006"'))).toBe(true);
});

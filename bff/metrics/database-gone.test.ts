import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { System } from '../services/testing/start-system.ts';

/** Questions of ours that the database has not answered. */
const openQuestions = async (client: pg.Client) =>
  (
    await client.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
       AND query LIKE '%needs_review%'`,
    )
  ).rowCount;

test('a database that hangs does not hang the scrape: it says that the database is gone, and is not asked twice', async () => {
  const system = await System.start({ metrics: { port: 0, host: '127.0.0.1' } });
  const holder = new pg.Client({ connectionString: system.config.databaseUrl });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE intents IN ACCESS EXCLUSIVE MODE');
  const begun = performance.now();
  const text = await system.metrics();
  expect(performance.now() - begun).toBeLessThan(4_000);
  expect(text).toMatch(/^database_up 0$/m);
  expect(text).not.toMatch(/^money_intents\{/m);
  expect(text).toMatch(/^hecto_lane_open\{lane="money"\} 0$/m);

  await sleep(5_500); // what was known then is stale now
  await Promise.all([system.metrics(), system.metrics()]);
  expect(await openQuestions(holder)).toBe(1);

  await holder.query('ROLLBACK');
  await holder.end();
  await expect.poll(() => system.metrics(), { timeout: 15_000, interval: 500 }).toMatch(/^database_up 1$/m);
  await system.stop();
}, 40_000);

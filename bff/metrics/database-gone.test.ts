import { expect, test } from 'vitest';
import pg from 'pg';
import { System } from '../services/testing/start-system.ts';

test('a database that hangs does not hang the scrape: it says that the database is gone', async () => {
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

  await holder.query('ROLLBACK');
  await holder.end();
  await expect.poll(() => system.metrics(), { timeout: 15_000, interval: 500 }).toMatch(/^database_up 1$/m);
  await system.stop();
});

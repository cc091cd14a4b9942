import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MerchantServer } from '../services/testing/merchant-server.ts';
import { System } from '../services/testing/start-system.ts';
import { freshDatabase } from '../store/test-database.ts';
import { watchLoad } from './shed-load.ts';

let system: System;
let merchant: MerchantServer;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  system = await System.start({ databaseUrl: database.url });
  merchant = new MerchantServer(system);
});
afterAll(async () => {
  await system.stop();
  await database.drop();
});

const logged = (event: string) => system.log.some((line) => line.includes(`"${event}"`));

test('R38 when every database connection is taken, new orders are turned away and none is lost', async () => {
  const { customerId, accountKey } = await merchant.customerWithAccount();
  const pay = () => merchant.post('/v1/payments', { customerId, accountKey, bankCode: '088', amount: 100 });
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE intents IN ACCESS EXCLUSIVE MODE');
  const orders = Array.from({ length: 160 }, pay);
  await expect.poll(() => logged('app.overloaded'), { timeout: 10_000 }).toBe(true);
  const turnedAway = await pay();
  expect(turnedAway).toMatchObject({ status: 503, body: { code: 'unavailable', retryable: true } });
  expect(Number(turnedAway.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await fetch(`${system.url()}/healthz`)).status).toBe(200);

  await holder.query('COMMIT');
  await holder.end();
  const paid = (await Promise.all(orders)).filter(({ status }) => status === 201).length;
  expect(paid).toBeGreaterThan(0);
  expect(await merchant.withdrawn(customerId)).toBe(paid * 100);
  await expect.poll(() => logged('app.recovered'), { timeout: 10_000 }).toBe(true);
  expect((await pay()).status).toBe(201);
}, 60_000);

test('R38 an event loop that cannot keep up is seen, one stall is not, and it is over when it is over', async () => {
  const changes: boolean[] = [];
  const { load, isTooMuch, stop } = watchLoad(
    () => 0,
    (tooMuch) => changes.push(tooMuch),
  );
  const turn = (ms: number) =>
    new Promise<void>((resolve) => {
      setTimeout(() => {
        const end = performance.now() + ms;
        while (performance.now() < end);
        resolve();
      });
    });
  try {
    await turn(400);
    await expect.poll(() => load().eventLoopMs, { interval: 10 }).toBeGreaterThan(200);
    expect(isTooMuch()).toBe(false);
    await expect.poll(() => isTooMuch() || (turn(400), false), { interval: 1, timeout: 20_000 }).toBe(true);
    await expect.poll(isTooMuch, { timeout: 10_000 }).toBe(false);
    expect(changes.slice(0, 2)).toEqual([true, false]);
  } finally {
    stop();
  }
}, 40_000);

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientsOf } from './services/testing/crash/clients.ts';
import { Scene } from './services/testing/crash/scene.ts';
import { sealedValues } from './services/testing/sealed-values.ts';
import { connect, type Database } from './store/database.ts';
import { keyUsage } from './store/key-usage.ts';
import { sealedColumns } from './store/sealed-columns.ts';

let scene: Scene;
let database: Database;
beforeAll(async () => {
  scene = await Scene.open({ instances: 2, timings: { keysEveryMs: 100 } });
  ({ database } = connect(scene.processes.databaseUrl, () => undefined));
});
afterAll(async () => {
  await database.destroy();
  await scene.close();
});

/** Two instances are replaced one by one, as a rolling deploy does. */
async function deploy(dataKeys: string): Promise<void> {
  for (const instance of [0, 1]) {
    await scene.processes.kill(instance);
    await scene.processes.startInstance(instance, { env: { DATA_KEYS: dataKeys } });
  }
}

const waiting = async () =>
  (await keyUsage(database)).columns.reduce((sum, { older, stays }) => sum + (stays ? 0 : older), 0);

async function keysCommand(dataKeys: string): Promise<{ code: number; out: string }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./keys-command.ts', import.meta.url))],
    {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: scene.processes.databaseUrl,
        DATA_KEYS: dataKeys,
        PIN_PEPPER: 'p'.repeat(32),
      },
      cwd: fileURLToPath(new URL('..', import.meta.url)),
    },
  );
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out };
}

async function openAll(dataKeys: string): Promise<number> {
  const keys = dataKeys.split(',').map((entry) => {
    const [id = '', base64 = ''] = entry.split(':');
    return { id, key: Buffer.from(base64, 'base64') };
  });
  return (await sealedValues(database, keys)).length;
}

describe('S80 S81 keys at rest', () => {
  test('every column that is called sealed is on the list of what is sealed anew', async () => {
    const { rows } = await scene.witness.sql.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name LIKE 'sealed%'`,
    );
    const listed = sealedColumns.map(({ table, column }) => `${table}.${column}`);
    expect(rows.map(({ name }) => name).sort()).toEqual([...listed].sort());
  });

  test('are replaced under load by two instances that are killed while they do it, and the old one can go', async () => {
    const { processes, witness } = scene;
    const old = processes.env['DATA_KEYS']!;
    const fresh = `next:${randomBytes(32).toString('base64')}`;
    await (await processes.customer()).reaches('account');
    let stop = false;
    const { done, finished } = await clientsOf(scene, {
      payments: 100_000,
      clients: 4,
      instances: 2,
      stop: () => stop,
    });
    while (done.length < 40) await sleep(20);

    // First everybody knows the new key, then it stands first.
    await deploy(`${old},${fresh}`);
    expect([...(await keyUsage(database)).wrappers.keys()]).toEqual(['test']);
    await deploy(`${fresh},${old}`);
    expect([...(await keyUsage(database)).wrappers.keys()]).toEqual(['next']);
    expect((await keyUsage(database)).columns.every(({ current }) => current === 0)).toBe(true);
    const before = await waiting();
    expect(before).toBeGreaterThan(50);
    expect(await keysCommand(`${fresh},${old}`)).toMatchObject({ code: 1 });

    // The minute in which all instances learn of the key is over: both begin, and both die at it.
    for (const instance of [0, 1]) await processes.crashAt('rotation.page-resealed', instance);
    await witness.sql.query(`UPDATE vault_keys SET created_at = created_at - interval '1 hour'`);
    await Promise.all([0, 1].map((instance) => processes.process(instance).ended));
    const { columns } = await keyUsage(database);
    expect(columns.some(({ current }) => current > 0)).toBe(true);
    expect(columns.filter(({ older }) => older > 0).length).toBeGreaterThan(1);
    expect(await openAll(`${fresh},${old}`)).toBeGreaterThan(before);

    for (const instance of [0, 1]) await processes.restartAfterCrash(instance);
    const deadline = performance.now() + 30_000;
    while ((await waiting()) > 0 && performance.now() < deadline) await sleep(100);
    expect(await waiting()).toBe(0);

    // The old key goes, still under load.
    await deploy(fresh);
    const soFar = done.length;
    while (done.length < soFar + 10) await sleep(20);
    stop = true;
    await finished;

    // What the kills left open is asked about at Hecto.
    while ((await scene.openIntents()) > 0) {
      await processes.pass(20);
      await sleep(100);
    }

    const { code, out } = await keysCommand(fresh);
    expect(code).toBe(0);
    expect(out).toContain('Needed of DATA_KEYS: next.');
    expect(out).toContain('No value waits for the newest key.');
    expect(out).not.toMatch(/customer|110432109876/);
    expect(await openAll(fresh)).toBeGreaterThan(before);
    await scene.nothingLostOrDoubled(
      done.filter(({ answer }) => answer.status === 201).map(({ deed }) => deed),
    );
    expect(processes.log.filter((line) => /"fault"|unreadable/.test(line))).toEqual([]);
  }, 180_000);
});

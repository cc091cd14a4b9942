import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-embedded-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(question);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

test('data outlives a stop; the server speaks UTF-8 and has no locale of its own', async () => {
  const data = join(folder, 'stays');
  const first = await startEmbeddedPostgres(data);
  await ask(first.url, `CREATE TABLE kept AS SELECT '홍길동' AS answer`);
  expect(await ask(first.url, `SELECT current_setting('server_encoding') AS answer`)).toBe('UTF8');
  expect(await ask(first.url, `SELECT 'b' < 'Z' AS answer`)).toBe(false);
  expect(await ask(first.url, `SELECT current_setting('listen_addresses') AS answer`)).toBe('');
  expect(statSync(data).mode & 0o077).toBe(0);
  await expect(startEmbeddedPostgres(data)).rejects.toThrow(
    'DATABASE_URL names a data folder that another running process uses.',
  );
  await first.stop();
  const second = await startEmbeddedPostgres(data);
  expect(await ask(second.url, 'SELECT answer FROM kept')).toBe('홍길동');
  await second.stop();
});

test('R14 after kill -9 of our process the next start takes over, nothing lost', async () => {
  const data = join(folder, 'killed');
  const script = `import { startEmbeddedPostgres } from ${JSON.stringify(new URL('./embedded-postgres.ts', import.meta.url).href)};
    console.log((await startEmbeddedPostgres(${JSON.stringify(data)})).url);`;
  const owner = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
  const [url] = (await once(owner.stdout, 'data')) as [Buffer];
  await ask(url.toString().trim(), 'CREATE TABLE kept AS SELECT 7 AS answer');
  const orphan = Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  expect(() => process.kill(orphan, 0)).not.toThrow();

  const next = await startEmbeddedPostgres(data);
  expect(() => process.kill(orphan, 0)).toThrow();
  expect(await ask(next.url, 'SELECT answer FROM kept')).toBe(7);
  await next.stop();
});

test('a lock file that a dead process left does not stop the start', async () => {
  const data = join(folder, 'stale');
  await (await startEmbeddedPostgres(data)).stop();
  writeFileSync(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n`);
  const again = await startEmbeddedPostgres(data);
  await again.stop();
});

test('a folder that holds something else is refused and left alone', async () => {
  const data = join(folder, 'photos');
  mkdirSync(data);
  writeFileSync(join(data, 'cat.jpg'), '');
  await expect(startEmbeddedPostgres(data)).rejects.toThrow(/^DATABASE_URL /);
  expect(existsSync(join(data, 'cat.jpg'))).toBe(true);
});

test.runIf(process.getuid?.() === 0)(
  'a project under /root keeps its data where PostgreSQL can reach it',
  async () => {
    const closed = mkdtempSync(join(folder, 'closed-'));
    chmodSync(closed, 0o700);
    let moved = '';
    const postgres = await startEmbeddedPostgres(join(closed, 'data', 'postgres'), {
      onMoved: (to) => (moved = to),
    });
    expect(moved.startsWith(tmpdir())).toBe(true);
    expect(await ask(postgres.url, 'SELECT 1 AS answer')).toBe(1);
    await postgres.stop();
    rmSync(join(moved, '..'), { recursive: true });
  },
);

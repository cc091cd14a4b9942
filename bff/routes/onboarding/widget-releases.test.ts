import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import express from 'express';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseConfig } from '../../config.ts';
import { answerErrors, notFound } from '../../http/answer-errors.ts';
import { requestId } from '../../http/request-id.ts';
import { apiHeaders } from '../../http/security-headers.ts';
import { createHttpServer, listen } from '../../http/server.ts';
import { createLog } from '../../log/log.ts';
import { openStore, type Store } from '../../store/store.ts';
import { freshDatabase } from '../../store/test-database.ts';
import { createPagesRouter } from './pages.ts';
import { readBuiltWidget } from './widget-files.ts';
import { openWidgetReleases, releaseWith } from './widget-releases.ts';

const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-releases-'));
const config = {
  ...parseConfig({ DATABASE_URL: `embedded:${join(folder, 'data', 'postgres')}` }),
  hectoEnv: 'testbed' as const,
};
const lines: string[] = [];
const logStream = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    lines.push(chunk.toString());
    done();
  },
});
const log = createLog('info', () => new Date(), logStream);

let database: Awaited<ReturnType<typeof freshDatabase>>;
let sql: pg.Client;
let store: Store;
let other: Store;
beforeAll(async () => {
  database = await freshDatabase();
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
  const open = (merchantId: string) =>
    openStore({ ...config, databaseUrl: database.url, merchantId }, { log });
  store = await open('one');
  other = await open('other');
});
afterAll(async () => {
  await Promise.all([store.close(), other.close(), sql.end()]);
  await database.drop();
});

const servers: { close(): void }[] = [];
beforeEach(() => sql.query('DELETE FROM widget_files'));
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** What a build of that version leaves in `dist/widget`: an entry of fixed name and a chunk of its own. */
function build(version: string, chunk = `of-${version}`): string {
  const built = join(mkdtempSync(join(folder, 'build-')), 'widget');
  mkdirSync(join(built, 'chunks'), { recursive: true });
  writeFileSync(join(built, 'hecto-onboarding.js'), `import('./chunks/${chunk}.js'); // 버전 ${version}\n`);
  writeFileSync(join(built, 'chunks', `${chunk}.js`), `// ${chunk}\n`.repeat(20));
  return built;
}

/** Starts the BFF of a release, as far as it serves files. */
async function start(version: string, from = store, built = build(version)): Promise<string> {
  const releases = await openWidgetReleases(
    readBuiltWidget(built, version),
    from.widgetFiles,
    () => new Date(),
  );
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(requestId(log), apiHeaders(), createPagesRouter(config, releases), notFound, answerErrors(log));
  const server = createHttpServer(app);
  servers.push(server);
  return `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
}

async function get(url: string, path: string) {
  const response = await fetch(`${url}/widget/${path}`);
  const { status, headers } = response;
  return { status, caching: headers.get('cache-control'), text: await response.text() };
}
const versionIn = ({ text }: { text: string }) => /버전 (\S+)/.exec(text)?.[1];

describe('R40 after a new release', () => {
  test('a page with the old script still finds its chunks, by line and by full version', async () => {
    const before = await get(await start('1.0.0'), '1/chunks/of-1.0.0.js');
    const next = await start('1.0.1');
    for (const asked of ['1', '1.0', '1.0.0']) {
      const chunk = await get(next, `${asked}/chunks/of-1.0.0.js`);
      expect(chunk).toMatchObject({ status: 200, text: before.text });
    }
    expect((await get(next, '1.0.1/chunks/of-1.0.0.js')).status).toBe(404);
  });

  test('a pinned version is the same to the byte, and for good', async () => {
    const pinned = '1.0.0/hecto-onboarding.js';
    const before = await get(await start('1.0.0'), pinned);
    for (const version of ['1.0.1', '1.1.0', '2.0.0'])
      expect(await get(await start(version), pinned)).toEqual(before);
    expect(before.caching).toBe('public, max-age=31536000, immutable');
  });

  test('a line leads to its newest release, also when we are past that line', async () => {
    for (const version of ['1.0.9', '1.0.10', '1.1.0']) await start(version);
    const url = await start('2.0.0');
    const entryOf = async (asked: string) => versionIn(await get(url, `${asked}/hecto-onboarding.js`));
    expect(await entryOf('1.0')).toBe('1.0.10');
    expect(await entryOf('1')).toBe('1.1.0');
    expect(await entryOf('2')).toBe('2.0.0');
    expect((await get(url, '1/hecto-onboarding.js')).caching).toBe('public, max-age=300');
  });
});

describe('R40 in a rolling deploy', () => {
  test('the old instance gives out the chunks of the new release, but no entry of it by line', async () => {
    const old = await start('1.0.0');
    await start('1.1.0');
    expect((await get(old, '1/chunks/of-1.1.0.js')).status).toBe(200);
    expect((await get(old, '1.1.0/hecto-onboarding.js')).status).toBe(200);
    expect(versionIn(await get(old, '1/hecto-onboarding.js'))).toBe('1.0.0');
    expect((await get(old, '1.1/hecto-onboarding.js')).status).toBe(404);
  });

  test('after going back, pages with the newer script are served on', async () => {
    await start('1.1.0');
    const back = await start('1.0.0');
    expect((await get(back, '1/chunks/of-1.1.0.js')).status).toBe(200);
    expect(versionIn(await get(back, '1/hecto-onboarding.js'))).toBe('1.0.0');
  });

  test('instances of one release may start together', async () => {
    const built = build('1.0.0');
    const urls = await Promise.all([1, 2, 3].map(() => start('1.0.0', store, built)));
    for (const url of urls) expect((await get(url, '1/chunks/of-1.0.0.js')).status).toBe(200);
    expect((await store.widgetFiles.list()).length).toBe(2);
  });
});

test('R40 a widget built anew without a new number keeps the chunks of the first build', async () => {
  await start('1.0.0', store, build('1.0.0', 'first'));
  const url = await start('1.0.0', store, build('1.0.0', 'second'));
  for (const chunk of ['first', 'second'])
    expect((await get(url, `1.0.0/chunks/${chunk}.js`)).status).toBe(200);
});

test('S28 a kept file that was changed or moved in the database is not served, and the log says so', async () => {
  await start('1.0.0');
  await start('1.0.1');
  const url = await start('1.0.2');
  await sql.query(`UPDATE widget_files SET sealed_content = sealed_content || 'x' WHERE version = '1.0.0'`);
  await sql.query(`
    UPDATE widget_files SET sealed_content = (SELECT sealed_content FROM widget_files
      WHERE version = '1.0.2' AND path = 'hecto-onboarding.js')
    WHERE version = '1.0.1' AND path = 'hecto-onboarding.js'`);
  for (const path of ['1.0.0/hecto-onboarding.js', '1/chunks/of-1.0.0.js', '1.0.1/hecto-onboarding.js']) {
    lines.length = 0;
    expect(await get(url, path)).toMatchObject({ status: 500, caching: 'no-store' });
    expect(lines.join('')).toContain('"fault"');
  }
  expect((await get(url, '1/hecto-onboarding.js')).status).toBe(200);
});

test('R03 the releases of another merchant on the same database are not ours', async () => {
  await start('1.0.0', other);
  const url = await start('1.0.1');
  expect((await get(url, '1.0.0/hecto-onboarding.js')).status).toBe(404);
});

test('S52 only what a release has can be asked for', async () => {
  await start('1.0.0');
  const url = await start('1.0.1');
  for (const path of [
    '1.0.0/',
    '1.0.0/..%2fmanifest.json',
    '1.0.0/__proto__',
    '1.0.0/chunks',
    '1.0.0.0/x.js',
    'x/y',
  ])
    expect([path, (await get(url, path)).status]).toEqual([path, 404]);
});

test('a development version is served and not kept', async () => {
  const url = await start('1.1.0-beta.1');
  expect((await get(url, '1.1.0-beta.1/hecto-onboarding.js')).status).toBe(200);
  expect((await get(url, '1/hecto-onboarding.js')).status).toBe(200);
  expect(await store.widgetFiles.list()).toEqual([]);
});

test('nothing but the number decides which release of a line answers', () => {
  const known = ['1.2.0', '1.10.0', '1.9.9', '10.0.0'].map((version) => ({ version, path: 'frame.js' }));
  expect(releaseWith(known, '1', 'frame.js', '2.0.0')).toBe('1.10.0');
  expect(releaseWith(known, '1', 'frame.js', '1.9.10')).toBe('1.9.9');
  expect(releaseWith(known, '1', 'other.js', '2.0.0')).toBeUndefined();
  expect(releaseWith(known, '1.2', 'frame.js', '1.0.0')).toBeUndefined();
});

import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig, type Config } from '../../config.ts';
import { answerErrors, notFound } from '../../http/answer-errors.ts';
import { requestId } from '../../http/request-id.ts';
import { apiHeaders } from '../../http/security-headers.ts';
import { createHttpServer, listen } from '../../http/server.ts';
import { createLog } from '../../log/log.ts';
import { openStore, type Store } from '../../store/store.ts';
import { freshDatabase } from '../../store/test-database.ts';
import { createPagesRouter } from './pages.ts';
import { readBuiltWidget } from './widget-files.ts';
import { openWidgetReleases } from './widget-releases.ts';

const script = 'export const hello = "안녕하세요";\n'.repeat(50);
const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-widget-'));
mkdirSync(join(folder, 'chunks'));
writeFileSync(join(folder, 'frame.js'), script);
writeFileSync(join(folder, 'chunks', 'a1.js'), script);
writeFileSync(join(folder, 'frame.js.map'), '{}');
const inPages = { frame: 'hello()', hosted: 'come()', app: 'hectoApp("안녕하세요");\n'.repeat(50) };
mkdirSync(join(folder, 'pages'));
for (const [name, text] of Object.entries(inPages)) writeFileSync(join(folder, 'pages', `${name}.js`), text);

const log = createLog('silent', () => new Date());
const servers: { close(): void }[] = [];
let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
afterAll(async () => {
  servers.forEach((server) => server.close());
  await store.close();
  await database.drop();
});

async function serve(change: Partial<Config>): Promise<string> {
  const config = parseConfig({ DATABASE_URL: `embedded:${join(folder, 'data', 'postgres')}` });
  const releases = await openWidgetReleases(readBuiltWidget(folder), store.widgetFiles, () => new Date());
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(requestId(log), apiHeaders(), createPagesRouter({ ...config, ...change }, releases));
  app.use(notFound, answerErrors(log));
  const server = createHttpServer(app);
  servers.push(server);
  return `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
}

let url: string;
beforeAll(async () => {
  database = await freshDatabase();
  store = await openStore(
    {
      ...parseConfig({ DATABASE_URL: `embedded:${join(folder, 'data', 'postgres')}` }),
      databaseUrl: database.url,
      merchantId: 'midtest',
    },
    { log },
  );
  url = await serve({
    hectoEnv: 'testbed',
    allowedOrigins: ['https://shop.example.com', 'https://other.example.com', 'capacitor://localhost'],
    merchantName: '"><script>새벽콩',
  });
});
const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url + path, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const scriptsIn = (html: string) =>
  [...html.matchAll(/<script(?: type="module")?>(.*?)<\/script>/gs)].map(([, script]) => script);
const csp = (ancestors: string, ...inline: string[]) =>
  `default-src 'none';script-src ${["'self'", ...inline.map(hashOf)].join(' ')};connect-src 'self';img-src 'self' data:;object-src 'none';base-uri 'none';` +
  `form-action 'none';frame-ancestors ${ancestors};require-trusted-types-for 'script';trusted-types lit-html;report-uri /policy-reports`;

describe('S24 the page in the frame', () => {
  test('may be shown by the one origin that asked, if it is listed', async () => {
    for (const origin of ['https://shop.example.com', 'https://other.example.com', 'capacitor://localhost']) {
      const page = await get(`/widget/1/frame?origin=${encodeURIComponent(origin)}`);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).toBe(csp(origin, inPages.frame, inPages.app));
      expect(page.headers.get('x-frame-options')).toBeNull();
      expect(page.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(scriptsIn(page.text)).toEqual([inPages.frame, inPages.app]);
    }
  });
  test.each([
    '',
    '?origin=https://evil.example.com',
    '?origin=null',
    '?origin=https://shop.example.com.evil.com',
    '?origin=capacitor://localhost.evil',
    '?origin=*',
  ])('is a plain 403 that nobody may frame for %s', async (query) => {
    const page = await get(`/widget/1/frame${query}`);
    expect(page.status).toBe(403);
    expect(page.headers.get('content-security-policy')).toBe(csp("'none'"));
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.text).not.toMatch(/script|evil/);
  });
  test('holds no inline script but the two that its policy names, no style, and text that cannot break out', async () => {
    const { text } = await get('/widget/1/frame?origin=https://shop.example.com');
    expect(text).toContain('<title>&#34;&#62;&#60;script&#62;새벽콩</title>');
    expect(text).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect(text.match(/<script/g)).toHaveLength(2);
  });
});

test('W4 the hosted page is all there is to load, framed by nobody, and tells nothing about the session', async () => {
  const id = `obs_${'a'.repeat(24)}`;
  const page = await get(`/onboarding/${id}`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toBe(csp("'none'", inPages.hosted, inPages.app));
  expect(page.headers.get('x-frame-options')).toBe('DENY');
  expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(scriptsIn(page.text)).toEqual([inPages.hosted, inPages.app]);
  expect(page.text).not.toMatch(/src=|obs_/);
  expect((await get('/onboarding/obs_"><script>')).status).toBe(404);
});

test('W3 our pages travel compressed to who takes them so, the same for everybody', async () => {
  for (const path of [
    '/widget/1/frame?origin=https://shop.example.com',
    `/onboarding/obs_${'a'.repeat(24)}`,
  ]) {
    const plain = await get(path, { 'accept-encoding': 'identity' });
    const brotli = await get(path, { 'accept-encoding': 'br' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(brotli.headers.get('content-encoding')).toBe('br');
    expect(brotli.headers.get('vary')).toContain('Accept-Encoding');
    expect(brotli.text).toBe(plain.text);
  }
});

test('what our pages hold in themselves is no file of its own', async () => {
  expect((await get('/widget/1.0.0/pages/app.js')).status).toBe(404);
});

test('the self-test page is strict as the others, framed by nobody, found by no search engine', async () => {
  const page = await get('/onboarding/self-test');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toBe(csp("'none'"));
  expect(page.headers.get('x-frame-options')).toBe('DENY');
  expect(page.headers.get('x-robots-tag')).toBe('noindex');
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(Date.parse(page.headers.get('date') ?? '')).toBeGreaterThan(0);
  expect(page.text).toContain('<script type="module" src="/widget/1.0.0/self-test.js">');
  // Where no script runs the page itself says so, in both languages.
  expect(page.text).toMatch(/JavaScript를 켜 주세요/);
  expect(page.text).toMatch(/Turn JavaScript on/);
  expect(page.text).not.toMatch(/<style|\sstyle=|<script>|\son\w+=/);
  const posted = await fetch(`${url}/onboarding/self-test`, { method: 'POST' });
  expect(posted.status).toBe(405);
});

describe("S28 the widget's files", () => {
  test("a full version is immutable, an alias is short-lived, on a developer's machine neither is kept", async () => {
    const caching = async (path: string) => (await get(path)).headers.get('cache-control');
    expect(await caching('/widget/1.0.0/frame.js')).toBe('public, max-age=31536000, immutable');
    expect(await caching('/widget/1.0/chunks/a1.js')).toBe('public, max-age=300');
    expect(await caching('/widget/1/frame.js')).toBe('public, max-age=300');
    const local = await serve({ hectoEnv: 'local' });
    expect((await fetch(`${local}/widget/1.0.0/frame.js`)).headers.get('cache-control')).toBe('no-cache');
  });
  test('every page may load them, byte for byte, compressed or not', async () => {
    const plain = await get('/widget/1/frame.js', { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const brotli = await get('/widget/1/frame.js', { 'accept-encoding': 'br' });
    expect(brotli.headers.get('content-encoding')).toBe('br');
    for (const { headers, text } of [plain, brotli]) {
      expect(createHash('sha384').update(text).digest()).toEqual(
        createHash('sha384').update(script).digest(),
      );
      expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('vary')).toContain('Accept-Encoding');
    }
    const etag = plain.headers.get('etag')!;
    expect((await get('/widget/1/frame.js', { 'if-none-match': etag })).status).toBe(304);
  });
  test.each([
    '/widget/2/frame.js',
    '/widget/1.0.1/frame.js',
    '/widget/1/nothing.js',
    '/widget/1/frame.js.map',
    '/widget/1/..%2fpackage.json',
    '/widget/1/chunks',
    '/widget/1/__proto__',
  ])('S52 %s is 404', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { freshDatabase } from './store/test-database.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const secrets = {
  DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  PIN_PEPPER: 'pepper-canary-0123456789abcdef0123456789',
  HECTO_BASE_URL: 'http://127.0.0.1:9',
  METRICS_PORT: 'off',
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The process as `npm start` runs it, with nothing but these variables. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: process.env['PATH'], ...env },
    cwd: join(main, '..', '..'),
  });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  return { child, output, ended };
}

const answers = (url: string) =>
  expect
    .poll(
      () =>
        fetch(url).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200);

test.each([
  [
    'a wrong variable',
    { HECTO_AES_KEY: 'canary' },
    'HECTO_AES_KEY must be exactly 32 printable ASCII characters.\n',
  ],
  [
    "the testbed's key in production",
    {
      HECTO_ENV: 'production',
      HECTO_MERCHANT_ID: 'shop',
      PUBLIC_URL: 'https://bff.example.com',
      TERMS_DIR: '/',
      HECTO_AES_KEY: 'SETTLEBANKISGOODSETTLEBANKISGOOD',
      HECTO_HASH_KEY: 'RealHashKey0123456789',
    },
    "HECTO_AES_KEY must not be the public testbed's in production.\n",
  ],
  [
    'no database',
    { DATABASE_URL: 'postgres://canary@127.0.0.1:1/x' },
    'DATABASE_URL names a database that cannot be reached.\n',
  ],
])('S01 S02 %s ends the start with one sentence and nothing else', async (_, env, sentence) => {
  const { ended } = start({ ...secrets, PORT: String(await freePort()), ...env });
  const { code, out, err } = await ended;
  expect({ code, err }).toEqual({ code: 1, err: sentence });
  expect(out + err).not.toContain('canary');
});

test.each(['PORT', 'METRICS_PORT', 'OPS_PORT'])('a port that is taken is named: %s', async (variable) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const env = {
    ...secrets,
    ...{ PORT: String(await freePort()), DATABASE_URL: 'embedded:/nowhere', OPS_PASSWORD: 'o'.repeat(16) },
  };
  const { code, err } = await start({ ...env, [variable]: String(port) }).ended;
  expect({ code, err }).toEqual({
    code: 1,
    err: `Port ${port} is in use: stop what listens there or set ${variable}.\n`,
  });
  other.close();
});

test('R17 SIGTERM: not ready at once, waiting requests are answered, exit 0, every log line written', async () => {
  const database = await freshDatabase();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { child, ended } = start({ ...secrets, PORT: String(port), DATABASE_URL: database.url });
  await answers(`${url}/readyz`);

  const origin = 'http://localhost:4000';
  const json = { 'content-type': 'application/json', origin };
  const created = await fetch(`${url}/v1/onboarding-sessions`, {
    method: 'POST',
    headers: { ...json, authorization: 'Bearer sk_local_demo', 'idempotency-key': 'a' },
    body: '{"customerId":"c1"}',
  });
  const { clientToken } = (await created.json()) as { clientToken: string };
  const exchanged = await fetch(`${url}/widget-api/v1/sessions`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ clientToken }),
  });
  const { sessionToken, state } = (await exchanged.json()) as {
    sessionToken: string;
    state: { version: number };
  };
  const poll = fetch(`${url}/widget-api/v1/session?since=${state.version}&wait=25`, {
    headers: { origin, authorization: `Bearer ${sessionToken}` },
  });
  // Long enough to be waiting, far shorter than 25 s.
  await fetch(`${url}/healthz`);
  await new Promise((resolve) => setTimeout(resolve, 300));

  const begun = performance.now();
  child.kill('SIGTERM');
  expect((await poll).status).toBe(200);
  const { code, out } = await ended;
  expect(code).toBe(0);
  expect(performance.now() - begun).toBeLessThan(10_000);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string });
  expect(lines.at(0)?.event).toBe('app.started');
  expect(lines.at(-1)?.event).toBe('app.stopped');
  expect(out).not.toContain(clientToken);
  expect(out).not.toContain('canary');
  await database.drop();
});

test('S05 S06 SIGHUP takes what the files hold at once, and what is wrong leaves everything as it was', async () => {
  const database = await freshDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  const file = join(folder, 'merchant-api-keys');
  const write = (keys: string) => writeFileSync(file, keys, { mode: 0o600 });
  write('sk_before');
  const port = await freePort();
  const { child, output, ended } = start({
    ...secrets,
    PORT: String(port),
    DATABASE_URL: database.url,
    MERCHANT_API_KEYS_FILE: file,
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/readyz`);
  const statusOf = async (key: string) =>
    (await fetch(`${url}/v1/payments`, { headers: { authorization: `Bearer ${key}` } })).status;
  const says = (event: string) =>
    expect.poll(() => output.out, { timeout: 3_000, interval: 20 }).toContain(`"${event}"`);

  write('canary');
  child.kill('SIGHUP');
  await says('secrets.refused');
  expect(await statusOf('sk_before')).toBe(200);

  const begun = performance.now();
  write('sk_after');
  child.kill('SIGHUP');
  await says('secrets.replaced');
  expect(performance.now() - begun).toBeLessThan(4_000); // sooner than the next look by itself
  expect([await statusOf('sk_before'), await statusOf('sk_after')]).toEqual([401, 200]);

  child.kill('SIGTERM');
  const { code, out } = await ended;
  expect(code).toBe(0);
  expect(out).toContain('"variable":"MERCHANT_API_KEYS"');
  expect(out).not.toMatch(/canary|sk_after/);
  rmSync(folder, { recursive: true });
  await database.drop();
});

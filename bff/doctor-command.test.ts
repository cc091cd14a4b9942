import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../e2e/ports.ts';
import { selfSigned } from './hecto/test-certificate.ts';
import { httpServer, listen, type Running } from './hecto/test-server.ts';
import { projectFolder, widgetFolder } from './project-files.ts';
import { examine } from './services/doctor/examine.ts';
import { System } from './services/testing/start-system.ts';
import { connect } from './store/database.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './store/embedded-postgres.ts';
import { migrateBackTo } from './store/migrate.ts';
import { prepareDatabase } from './store/prepare-database.ts';
import { freshDatabase } from './store/test-database.ts';
import { wordsOf } from './text/doctor-texts.ts';

type Env = Readonly<Record<string, string>>;

/** What must appear in nothing that doctor says. */
const secrets = {
  MERCHANT_API_KEYS: 'sk_canary_0123456789abcdef01',
  PIN_PEPPER: `pepper-canary-${'p'.repeat(32)}`,
  WEBHOOK_SECRETS: `whsec_${Buffer.from('webhook-canary-0123456789').toString('base64')}`,
  DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`,
};
const webhookPath = '/webhook-path-canary';
const password = `password-canary-${randomBytes(6).toString('hex')}`;
const role = `bff_${randomBytes(6).toString('hex')}`;
const narrowRole = `${role}_narrow`;

const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
// Also for the user that PostgreSQL runs as.
chmodSync(folder, 0o755);
const sampleTerms = join(projectFolder, 'bff', 'terms', 'sample');
const opened: Running[] = [];
const databases: Awaited<ReturnType<typeof freshDatabase>>[] = [];

let owner: pg.Client;
let system: System;
let embedded: EmbeddedPostgres | undefined;
let healthy: Env;
beforeAll(async () => {
  const database = await newDatabase();
  owner = new pg.Client({ connectionString: database.url.replace(/\/test_\w+/, '/postgres') });
  await owner.connect();
  await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
  await owner.query(
    `CREATE ROLE ${narrowRole} LOGIN PASSWORD '${password}' CONNECTION LIMIT 5 IN ROLE ${role}`,
  );
  const databaseUrl = await readyFor(database.url);
  const [, base64 = ''] = secrets.DATA_KEYS.split(':');
  system = await System.start({ databaseUrl, dataKeys: [{ id: 'k1', key: Buffer.from(base64, 'base64') }] });
  const webhooks = await opens(httpServer((_got, response) => response.end()));
  // In `npm test` it is there already.
  if (!existsSync(join(widgetFolder, 'manifest.json'))) {
    const { NODE_ENV: _1, VITEST: _2, ...env } = process.env;
    execFileSync('npm', ['run', '--silent', 'build:widget'], { cwd: projectFolder, env });
  }
  healthy = {
    ...secrets,
    HECTO_ENV: 'local',
    HECTO_BASE_URL: system.testbed.url,
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: system.url(),
    PORT: new URL(system.url()).port,
    TERMS_DIR: sampleTerms,
    WEBHOOK_URL: `${webhooks.url}${webhookPath}`,
  };
}, 120_000);
afterAll(async () => {
  await embedded?.stop();
  await system.stop();
  for (const running of opened) await running.close();
  for (const { drop } of databases) await drop();
  await owner.query(`DROP ROLE ${narrowRole}, ${role}`);
  await owner.end();
  rmSync(folder, { recursive: true, force: true });
});

async function newDatabase() {
  const database = await freshDatabase();
  databases.push(database);
  return database;
}

async function opens<R extends Running>(starting: Promise<R>): Promise<R> {
  const running = await starting;
  opened.push(running);
  return running;
}

function addressOf(databaseUrl: string, username: string, secret: string): string {
  const url = new URL(databaseUrl);
  url.username = username;
  url.password = secret;
  return url.href;
}

/** Gives the BFF's role its rights on a database, as `npm run migrate` does; the address for that role. */
async function readyFor(databaseUrl: string): Promise<string> {
  const url = addressOf(databaseUrl, role, password);
  const { database } = connect(url, () => undefined);
  await prepareDatabase(database, { databaseMigrationUrl: databaseUrl });
  await database.destroy();
  return url;
}

/** A database of its own for the BFF's role, to which the owner then does something. */
async function databaseAfter(spoil: (client: pg.Client, url: string) => Promise<unknown>): Promise<string> {
  const { url } = await newDatabase();
  const ready = await readyFor(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await spoil(client, url);
  await client.end();
  return ready;
}

/** Hecto's side behind a machine whose clock is wrong. */
async function hectoWithClock(aheadMs: number): Promise<string> {
  const proxy = createServer(async (request, response) => {
    const chunks = (await request.toArray()) as Buffer[];
    const answer = await fetch(`${system.testbed.url}${request.url ?? ''}`, {
      method: request.method ?? 'GET',
      headers: { 'content-type': 'application/json' },
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    response.setHeader('date', new Date(Date.now() + aheadMs).toUTCString());
    response.statusCode = answer.status;
    response.end(await answer.text());
  });
  return (await opens(listen(proxy))).url;
}

async function hectoThatSays(status: number, body: string): Promise<string> {
  const server = httpServer((_got, response) => response.writeHead(status).end(body));
  return (await opens(server)).url;
}

async function untrusted(): Promise<string> {
  return (
    await opens(
      listen(
        createTlsServer(selfSigned(), (_req, res) => res.end()),
        'https',
      ),
    )
  ).url;
}

function termsOf(choose: (name: string) => boolean, more: Env = {}): string {
  const terms = mkdtempSync(join(folder, 'terms-'));
  for (const name of readdirSync(sampleTerms).filter(choose))
    cpSync(join(sampleTerms, name), join(terms, name));
  for (const [name, text] of Object.entries(more)) writeFileSync(join(terms, name), text);
  return terms;
}

const closedPort = async () => `http://127.0.0.1:${await freePort()}`;

type Look = { readonly faults: string[]; readonly warnings: string[]; readonly said: string };

/** What doctor finds, in both languages, checked to be whole sentences without a secret. */
async function look(change: Env, deps: Partial<Parameters<typeof examine>[1]> = {}): Promise<Look> {
  const env = { ...healthy, ...change };
  const found = await examine(env, { clock: () => new Date(), ...deps });
  const codes = (state: string) =>
    found.filter((one) => wordsOf(one, 'en').state === state).map(({ code }) => code as string);
  const said = JSON.stringify(
    found.map((one) => [one, wordsOf(one, 'en'), wordsOf(one, 'ko')]),
    undefined,
    1,
  );
  for (const one of found)
    for (const locale of ['en', 'ko'] as const) {
      const { text, advice = '.' } = wordsOf(one, locale);
      for (const sentence of [text, advice]) expect(sentence).toMatch(/^[^{}]*[.)]$/);
    }
  expect(said).not.toMatch(/canary/);
  const { HECTO_AES_KEY = 'SETTLEBANK', HECTO_HASH_KEY = 'ST1908', DATA_KEYS = '' } = env;
  for (const secret of [HECTO_AES_KEY, HECTO_HASH_KEY, ...DATA_KEYS.split(/[:,]/)])
    if (secret.length > 4) expect(said).not.toContain(secret);
  return { faults: codes('fault'), warnings: codes('warning'), said };
}

test('a healthy setup has no fault and no warning', async () => {
  expect(await look({})).toMatchObject({ faults: [], warnings: [] });
});

/** By name: what is broken, and every fault that doctor must name then, and no other. */
const broken: readonly (readonly [
  name: string,
  breakIt: () => Env | Promise<Env>,
  faults: readonly string[],
])[] = [
  [
    'a Hecto that cannot be reached',
    async () => ({ HECTO_ENV: 'local', HECTO_BASE_URL: await closedPort() }),
    ['hecto.no-testbed'],
  ],
  ['a Hecto whose name nobody knows', () => ({ HECTO_BASE_URL: 'http://hecto.invalid' }), ['hecto.no-name']],
  [
    'a Hecto whose certificate nobody signed',
    async () => ({ HECTO_BASE_URL: await untrusted() }),
    ['hecto.no-trust'],
  ],
  [
    'a page in place of Hecto',
    async () => ({ HECTO_BASE_URL: await hectoThatSays(200, '<html>') }),
    ['hecto.no-answer'],
  ],
  [
    'a gateway without Hecto behind it',
    async () => ({ HECTO_BASE_URL: await hectoThatSays(502, '{}') }),
    ['hecto.no-answer'],
  ],
  [
    'a merchant id that Hecto does not know',
    () => ({ HECTO_MERCHANT_ID: 'nobody' }),
    ['hecto.merchant-refused'],
  ],
  ['a wrong hash key', () => ({ HECTO_HASH_KEY: 'HashKeyOfSomebodyElse' }), ['hecto.hash-key']],
  ['a wrong AES key', () => ({ HECTO_AES_KEY: 'AesKeyOfSomebodyElse0123456789AB' }), ['hecto.aes-key']],
  [
    'a clock two minutes behind',
    async () => ({ HECTO_BASE_URL: await hectoWithClock(120_000) }),
    ['clock.behind-hecto'],
  ],
  [
    'a clock two minutes ahead',
    async () => ({ HECTO_BASE_URL: await hectoWithClock(-120_000) }),
    ['clock.ahead-of-hecto'],
  ],
  [
    'no PostgreSQL',
    async () => ({ DATABASE_URL: `postgres://bff:${password}@127.0.0.1:${await freePort()}/hecto` }),
    ['database.no-connection'],
  ],
  [
    'a database host that nobody knows',
    () => ({ DATABASE_URL: `postgres://bff:${password}@database.invalid/hecto` }),
    ['database.no-name'],
  ],
  [
    'a role that PostgreSQL does not know',
    () => ({ DATABASE_URL: addressOf(databases[0]!.url, 'nobody', password) }),
    ['database.no-login'],
  ],
  [
    'a database that is not there',
    () => ({ DATABASE_URL: healthy['DATABASE_URL']!.replace(/\/test_\w+/, '/not_there') }),
    ['database.no-database'],
  ],
  [
    'migrations behind, and a role that may not make them',
    async () => ({
      DATABASE_URL: await databaseAfter(async (_client, url) => {
        const { database } = connect(url, () => undefined);
        await migrateBackTo(database, '007-idempotency-keys');
        await database.destroy();
      }),
    }),
    ['schema.older-for-good'],
  ],
  [
    'a role whose rights were taken away',
    async () => ({
      DATABASE_URL: await databaseAfter((client) =>
        client.query(`REVOKE UPDATE ON intents, jobs FROM ${role}`),
      ),
    }),
    ['role.rights-missing'],
  ],
  [
    'a role that was given none',
    async () => ({ DATABASE_URL: addressOf((await newDatabase()).url, role, password) }),
    ['role.no-rights'],
  ],
  [
    'an owner of the schema where a role of its own was meant',
    async () => {
      const { url } = await newDatabase();
      return { DATABASE_URL: url, DATABASE_MIGRATION_URL: url };
    },
    ['role.owner-refused'],
  ],
  [
    'an owner who is not let in',
    () => ({ DATABASE_MIGRATION_URL: addressOf(databases[0]!.url, 'nobody', password) }),
    ['database.no-login'],
  ],
  [
    'too few connections',
    () => ({ DATABASE_URL: addressOf(databases[0]!.url, narrowRole, password) }),
    ['connections.too-few'],
  ],
  [
    'a database that is not for Korean',
    async () => {
      const name = `latin_${randomBytes(6).toString('hex')}`;
      await owner.query(`CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
      const url = databases[0]!.url.replace(/\/test_\w+/, `/${name}`);
      databases.push({
        url,
        drop: async () => {
          await owner.query(`DROP DATABASE ${name}`);
        },
      });
      return { DATABASE_URL: url };
    },
    ['database.encoding'],
  ],
  [
    'DATA_KEYS without the key that is needed',
    () => ({ DATA_KEYS: `k2:${randomBytes(32).toString('base64')}` }),
    ['keys.missing'],
  ],
  [
    'DATA_KEYS with other bytes under the same name',
    () => ({ DATA_KEYS: `k1:${randomBytes(32).toString('base64')}` }),
    ['keys.other-bytes'],
  ],
  [
    'terms without Korean',
    () => ({ TERMS_DIR: termsOf((name) => !name.startsWith('marketing.') || name.includes('.en.')) }),
    ['terms.no-korean'],
  ],
  [
    'terms that cannot be read',
    () => ({ TERMS_DIR: termsOf(() => true, { 'privacy.md': '# Privacy' }) }),
    ['terms.unreadable'],
  ],
  ['somebody else at PUBLIC_URL', () => ({ PUBLIC_URL: system.testbed.url }), ['public.someone-else']],
  [
    'a PUBLIC_URL that leads nowhere while the BFF runs',
    async () => ({ PUBLIC_URL: await closedPort() }),
    ['public.not-led-here'],
  ],
  [
    'a PUBLIC_URL whose certificate nobody signed',
    async () => ({ PUBLIC_URL: await untrusted(), TRUST_PROXY: '127.0.0.1' }),
    ['public.no-trust'],
  ],
  [
    'a PUBLIC_URL whose name nobody knows',
    () => ({ PUBLIC_URL: 'https://bff.invalid', TRUST_PROXY: '1' }),
    ['public.no-name'],
  ],
  [
    'a proxy that is not trusted',
    async () => ({ PUBLIC_URL: `https://localhost:${await freePort()}`, PORT: String(await freePort()) }),
    ['proxy.not-trusted'],
  ],
  [
    'a webhook server that does not run',
    async () => ({ WEBHOOK_URL: `${await closedPort()}${webhookPath}` }),
    ['webhook.no-connection'],
  ],
  [
    'a webhook address where none may go',
    () => ({ WEBHOOK_NETWORKS: '10.0.0.0/8' }),
    ['webhook.address-refused'],
  ],
  [
    'a webhook name that leads where none may go',
    () => ({
      WEBHOOK_NETWORKS: '10.0.0.0/8',
      WEBHOOK_URL: healthy['WEBHOOK_URL']!.replace('127.0.0.1', 'localhost'),
    }),
    ['webhook.address-refused'],
  ],
  [
    'a webhook server whose certificate nobody signed',
    async () => ({ WEBHOOK_URL: await untrusted() }),
    ['webhook.no-trust'],
  ],
];

describe('doctor names what is broken, and nothing else', () => {
  test.each(broken)('%s', async (_name, breakIt, faults) => {
    expect((await look(await breakIt())).faults).toEqual(faults);
  });

  test('a clock that disagrees with everybody', async () => {
    const { faults } = await look({}, { clock: () => new Date(Date.now() + 90_000) });
    expect(faults).toEqual(['clock.ahead-of-database', 'clock.ahead-of-hecto']);
  });

  test('a widget that was not built', async () => {
    const outside = {
      HECTO_ENV: 'testbed',
      HECTO_BASE_URL: await untrusted(),
      MERCHANT_NAME: '새벽콩 로스터스',
      ALLOWED_ORIGINS: system.url(),
      WEBHOOK_URL: await untrusted(),
      WEBHOOK_NETWORKS: '127.0.0.1',
    };
    expect(await look(outside, { widget: folder })).toMatchObject({
      faults: ['hecto.no-trust', 'widget.not-built', 'webhook.no-trust'],
      warnings: ['configuration.public-merchant', 'terms.samples', 'origins.ours'],
    });
  });
});

describe('doctor warns, and passes', () => {
  test.each<readonly [name: string, breakIt: () => Env | Promise<Env>, warnings: readonly string[]]>([
    [
      'Hecto under maintenance',
      async () => {
        await system.fault('bankList', 'refuse:ST99');
        return {};
      },
      ['hecto.closed'],
    ],
    [
      'a code that proves nothing',
      async () => {
        await system.fault('accountList', 'refuse:ST10');
        return {};
      },
      ['hecto.aes-key-unproven'],
    ],
    [
      'terms without English',
      () => ({ TERMS_DIR: termsOf((name) => name.includes('.ko.')) }),
      ['terms.no-english'],
    ],
    [
      'no BFF that runs yet',
      async () => ({ PUBLIC_URL: await closedPort(), PORT: String(await freePort()) }),
      ['public.nobody-yet'],
    ],
    [
      'an older schema that the next start brings up to date',
      async () => {
        const { url } = await newDatabase();
        const { database } = connect(url, () => undefined);
        await migrateBackTo(database, '007-idempotency-keys');
        await database.destroy();
        return { DATABASE_URL: url };
      },
      ['schema.older'],
    ],
    [
      'an embedded database that a BFF is working with',
      async () => {
        const data = join(folder, 'postgres');
        embedded = await startEmbeddedPostgres(data);
        return { DATABASE_URL: `embedded:${data}` };
      },
      ['database.in-use'],
    ],
  ])('%s', async (_name, breakIt, warnings) => {
    expect(await look(await breakIt())).toMatchObject({ faults: [], warnings });
  });

  test('it sends nothing to the webhook server, and nothing to Hecto that changes anything', async () => {
    const before = system.testbed.requests.of().length;
    await look({});
    const asked = system.testbed.requests.of().slice(before);
    expect(asked.map(({ endpoint }) => endpoint)).toEqual(['testCall', 'bankList', 'accountList']);
    const webhooks = opened[0] as Awaited<ReturnType<typeof httpServer>>;
    expect(webhooks.received).toEqual([]);
  });
});

/** The command as an operator types it. */
async function doctor(env: Env, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = fileURLToPath(new URL('./command.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', command, 'doctor', ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    cwd: projectFolder,
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

describe('the command', () => {
  test('says what is well, ends with 0', async () => {
    const { code, out, err } = await doctor(healthy);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^ok {7}Every variable is allowed\. HECTO_ENV is local\.$/m);
    expect(out).toMatch(/^0 faults, 0 warnings\.$/m);
    expect(out).not.toMatch(/canary|SETTLEBANK|ST1908/);
  });

  const wrong = { HECTO_AES_KEY: 'canary', PORT: '0', ALLOWED_ORIGINS: 'https://shop.example.com/canary' };

  test('names all faulty variables, none of their values, and what to do, in Korean too; ends with 1', async () => {
    const env = { ...healthy, ...wrong };
    const english = await doctor(env);
    const korean = await doctor(env, '--locale', 'ko');
    for (const { code, out, err } of [english, korean]) {
      expect({ code, err }).toEqual({ code: 1, err: '' });
      for (const name of Object.keys(wrong)) expect(out).toMatch(new RegExp(`^(FAULT|문제) .*${name}`, 'm'));
      expect(out).not.toContain('canary');
    }
    expect(english.out).toContain('HECTO_AES_KEY must be exactly 32 printable ASCII characters.');
    expect(korean.out).toContain('HECTO_AES_KEY: 인쇄할 수 있는 ASCII 문자 정확히 32자여야 하고');
    expect(korean.out).toMatch(/문제 3개, 주의 1개\.$/m);
  });

  test('answers machines with JSON', async () => {
    const { code, out } = await doctor({ ...healthy, HECTO_HASH_KEY: 'HashKeyOfSomebodyElse' }, '--json');
    const answer = JSON.parse(out) as {
      ok: boolean;
      findings: { code: string; state: string; advice?: string }[];
    };
    expect(code).toBe(1);
    expect(answer.ok).toBe(false);
    expect(answer.findings.filter(({ state }) => state === 'fault')).toEqual([
      {
        code: 'hecto.hash-key',
        state: 'fault',
        text: 'Hecto accepts testCall and refuses bankList (ST09): the hash key is wrong.',
        advice: 'Correct HECTO_HASH_KEY; look for a space or a line break at its end.',
      },
    ]);
  });

  test.each([['--locale', 'fr'], ['--all'], ['everything']])(
    'ends with 2 and a hint for %s',
    async (...args) => {
      const { code, out, err } = await doctor(healthy, ...args);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('doctor [--locale en|ko] [--json]');
    },
  );
});

import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig } from './config.ts';
import { projectFolder } from './project-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-config-'));
const base64 = (byte: number) => Buffer.alloc(32, byte).toString('base64');

const local = { DATABASE_URL: `embedded:${join(folder, 'postgres')}` };
const testbed = {
  HECTO_ENV: 'testbed',
  DATABASE_URL: 'postgres://bff:secret@db.example.com/bff',
  MERCHANT_API_KEYS: 'sk_test_0123456789abcdef0123',
  MERCHANT_NAME: '새벽콩 로스터스',
  ALLOWED_ORIGINS: 'https://shop.example.com',
  DATA_KEYS: `k1:${base64(1)}`,
  PIN_PEPPER: 'p'.repeat(40),
};
const production = {
  ...testbed,
  HECTO_ENV: 'production',
  PUBLIC_URL: 'https://bff.example.com',
  HECTO_MERCHANT_ID: 'realshop',
  HECTO_AES_KEY: '0123456789abcdef0123456789ABCDEF',
  HECTO_HASH_KEY: 'RealHashKey0123456789',
  TERMS_DIR: folder,
};

/** The refusal, checked to be one sentence that names the variable and holds no value. */
function refusal(env: Record<string, string | undefined>): ConfigError {
  try {
    parseConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    const { message, variable } = error as ConfigError;
    expect(message.startsWith(variable)).toBe(true);
    expect(message).toMatch(/^[^\n]+\.$/);
    return error as ConfigError;
  }
  throw new Error('The configuration was accepted.');
}

test('S49 the role that defines the schema is given beside the one that works, and needs a server for both', () => {
  const owner = 'postgres://owner:secret@db.example.com/bff';
  expect(parseConfig(testbed).databaseMigrationUrl).toBeUndefined();
  expect(parseConfig({ ...testbed, DATABASE_MIGRATION_URL: owner }).databaseMigrationUrl).toBe(owner);
  for (const env of [
    { ...testbed, DATABASE_MIGRATION_URL: 'mysql://owner:secret@db.example.com/bff' },
    { ...local, DATABASE_MIGRATION_URL: owner },
  ])
    expect(refusal(env).variable).toBe('DATABASE_MIGRATION_URL');
});

test('a pooler by transactions is given with the way past it', () => {
  const direct = 'postgres://bff:secret@server.example.com/bff';
  const pooled = { ...testbed, DATABASE_POOLER: 'transaction', DATABASE_DIRECT_URL: direct };
  expect(parseConfig(testbed).databaseDirectUrl).toBeUndefined();
  expect(parseConfig(pooled).databaseDirectUrl).toBe(direct);
  for (const [change, variable] of [
    [{ DATABASE_DIRECT_URL: undefined }, 'DATABASE_DIRECT_URL'],
    [{ DATABASE_DIRECT_URL: 'mysql://bff:secret@server.example.com/bff' }, 'DATABASE_DIRECT_URL'],
    [{ DATABASE_POOLER: 'none' }, 'DATABASE_DIRECT_URL'],
    [{ DATABASE_POOLER: 'session' }, 'DATABASE_POOLER'],
    [{ DATABASE_URL: local.DATABASE_URL }, 'DATABASE_POOLER'],
  ] as const)
    expect(refusal({ ...pooled, ...change }).variable).toBe(variable);
});

test('locally nothing has to be set', () => {
  expect(parseConfig(local)).toMatchObject({
    port: 4010,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:4010',
    hectoEnv: 'local',
    hecto: { baseUrl: 'http://localhost:4020', merchantId: 'midtest' },
    merchantApiKeys: [{ hash: createHash('sha256').update('sk_local_demo').digest() }],
    allowedOrigins: ['http://localhost:4000'],
    arsDigits: 2,
    sessionIdleMs: 600_000,
    sessionMaxMs: 1_800_000,
    smsPerAddressPerHour: 10,
    apiDocs: true,
    trustProxy: false,
    logLevel: 'info',
  });
});

test('S01 local secrets are made once, for the owner only, and are the same the next time', () => {
  const [first, second] = [parseConfig(local), parseConfig(local)];
  expect(second.dataKeys).toEqual(first.dataKeys);
  expect(second.pinPepper).toBe(first.pinPepper);
  for (const name of ['data-keys', 'pin-pepper']) {
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, name), 'utf8').length).toBeGreaterThan(40);
  }
});

test('the testbed needs what is ours to choose, production all of it', () => {
  expect(parseConfig(testbed).hecto.baseUrl).toBe('https://tbnpay.settlebank.co.kr');
  expect(parseConfig(production)).toMatchObject({
    hecto: { baseUrl: 'https://npay.settlebank.co.kr', merchantId: 'realshop' },
    allowedReturnUrls: [],
    apiDocs: false,
    termsDir: folder,
  });
});

test('everything that is wrong is found in one reading, each variable once', () => {
  const { variable, also } = refusal({
    ...testbed,
    HECTO_AES_KEY: 'short',
    HECTO_HASH_KEY: 'short',
    DATABASE_URL: 'mysql://db.example.com',
    DATABASE_MIGRATION_URL: 'postgres://owner:secret@db.example.com/bff',
    PORT: '0',
    WEBHOOK_URL: 'http://shop.example.com',
  });
  expect([variable, ...also.map((fault) => fault.variable)].sort()).toEqual(
    ['DATABASE_URL', 'HECTO_AES_KEY', 'HECTO_HASH_KEY', 'PORT', 'WEBHOOK_SECRETS', 'WEBHOOK_URL'].sort(),
  );
});

test('S05 a key may be given as its hash, and limited to what it is for', () => {
  const [one, other] = ['sk_test_0123456789abcdef0123', 'sk_test_abcdefabcdefabcdef0123'];
  const sha256 = (key: string) => createHash('sha256').update(key).digest();
  const keys = `${one}=refund+read, sha256:${sha256(other).toString('hex')}`;
  expect(parseConfig({ ...testbed, MERCHANT_API_KEYS: keys }).merchantApiKeys).toEqual([
    { hash: sha256(one), scopes: ['read', 'refund'] },
    { hash: sha256(other) },
  ]);
});

describe('S01 a variable that is missing stops the start', () => {
  const always = ['MERCHANT_API_KEYS', 'MERCHANT_NAME', 'ALLOWED_ORIGINS', 'DATA_KEYS', 'PIN_PEPPER'];
  const inProduction = ['PUBLIC_URL', 'HECTO_MERCHANT_ID', 'HECTO_AES_KEY', 'HECTO_HASH_KEY', 'TERMS_DIR'];

  test.each(always)('%s at the testbed and in production', (name) => {
    expect(refusal({ ...testbed, [name]: undefined }).variable).toBe(name);
    expect(refusal({ ...production, [name]: '  ' }).variable).toBe(name);
  });
  test.each(inProduction)('%s in production', (name) => {
    expect(refusal({ ...production, [name]: undefined }).variable).toBe(name);
  });
});

describe('a value that is not allowed stops the start and is never printed', () => {
  const bad: Record<string, string[]> = {
    PORT: ['0', '65536', 'canary', '-1', '1e3', '40 10'],
    HOST: ['canary.example', '999.1.1.1'],
    PUBLIC_URL: [
      'canary',
      'ftp://canary.example',
      'https://canary.example/path',
      'http://canary.example',
      'https://u:p@canary.example',
      'https://canary.example/?',
    ],
    HECTO_ENV: ['canary', 'Production'],
    HECTO_BASE_URL: [
      'canary',
      'http://canary.example',
      'https://canary.example/v1',
      'https://npay.settlebank.co.kr',
      'https://npay.settlebank.co.kr.',
    ],
    HECTO_MERCHANT_ID: ['canary-too-long', 'a b'],
    HECTO_AES_KEY: ['canary', 'c'.repeat(31), 'c'.repeat(33), '헥'.repeat(32)],
    HECTO_HASH_KEY: ['canary', 'c a n a r y c a n a r y'],
    HECTO_HD_INFO: ['canary', '[]', 'null', '{"canary":"X"}', '{"payment":1}', '{"payment":"a b"}'],
    DATABASE_URL: ['canary', 'embedded:', 'mysql://canary/x', 'postgres://['],
    MERCHANT_API_KEYS: [
      'canary',
      'sk_canary',
      'sk_local_demo',
      'sk_0123456789abcdef01234567,',
      'sk_0123456789abcdef 1234567',
      'sha256:canary',
      `sha256:${createHash('sha256').update('sk_local_demo').digest('hex')}`,
      'sk_0123456789abcdef01234567=',
      'sk_0123456789abcdef01234567=canary',
      'sk_0123456789abcdef01234567=read+canary',
      'sk_0123456789abcdef01234567=read+read',
      'sk_0123456789abcdef01234567=read=pay',
    ],
    MERCHANT_NAME: ['c'.repeat(41), 'can\u0007ary'],
    ALLOWED_ORIGINS: [
      'canary',
      '*',
      'null',
      'https://*.canary.example',
      'https://canary.example/',
      'http://canary.example',
      'https://canary.example,,https://b.example',
      'capacitor://canary/',
      'capacitor://*',
      'capacitor:canary',
      'Capacitor://canary',
      "capacitor://canary'",
      'javascript://canary',
      'data://canary',
      'file://canary',
      'blob://canary',
      'about://canary',
      'intent://canary',
    ],
    ALLOWED_RETURN_URLS: [
      'canary',
      'javascript:alert(1)',
      '//canary.example',
      'http://canary.example/',
      'https://u:p@canary.example/',
      'data:text/html,x',
      'https://canary.example/\\x',
      'intent://canary',
    ],
    DATA_KEYS: ['canary', 'k1:canary', `k1:${base64(1)},k1:${base64(2)}`, `:${base64(1)}`],
    PIN_PEPPER: ['canary'],
    PAYMENT_AUTHORIZATION: ['canary'],
    ARS_DIGITS: ['1', '7', 'canary'],
    SESSION_IDLE_MINUTES: ['0', '11', 'canary'],
    SESSION_MAX_MINUTES: ['0', '31', 'canary'],
    SMS_PER_ADDRESS_PER_HOUR: ['0', 'canary'],
    TERMS_DIR: ['/canary/nowhere'],
    TRUST_PROXY: ['true', 'canary', '0', '10.0.0.0/33', '10.0.0.1,canary'],
    LOG_LEVEL: ['canary', 'trace'],
    METRICS_PORT: ['0', '65536', 'canary', 'on'],
    METRICS_HOST: ['canary.example', '*'],
    OPS_PORT: ['0', '65536', 'canary', 'on'],
    OPS_HOST: ['canary.example', '*'],
    OPS_PASSWORD: ['canary', 'canary canary canary', '카나리아카나리아카나리아카나리아'],
    OTEL_EXPORTER_OTLP_ENDPOINT: [
      'canary',
      'canary.example:4318',
      'ftp://canary.example',
      'https://u:p@canary.example',
      'https://canary.example/?key=canary',
      'https://canary.example/#canary',
    ],
  };
  test.each(Object.entries(bad))('%s', (name, values) => {
    for (const value of values) {
      const error = refusal({ ...testbed, [name]: value });
      expect(error.variable).toBe(name);
      expect(error.message).not.toContain('canary');
    }
  });

  test('S22 origins may be https or an app of the merchant', () => {
    const origins = ['https://shop.example.com', 'capacitor://localhost', 'ionic://localhost'];
    expect(parseConfig({ ...production, ALLOWED_ORIGINS: origins.join(', ') }).allowedOrigins).toEqual(
      origins,
    );
  });

  test('return URLs may be https or an app of the merchant', () => {
    const urls = ['https://shop.example.com/done?x=1', 'com.example.shop:/done', 'exampleshop://done'];
    expect(parseConfig({ ...testbed, ALLOWED_RETURN_URLS: urls.join(', ') }).allowedReturnUrls).toEqual(urls);
  });
});

describe('the operator page', () => {
  const password = 'canary-0123456789';
  test('is off until it gets a port, and has no default password, in local neither', () => {
    expect(parseConfig({}).ops).toBeUndefined();
    expect(parseConfig({ ...production, OPS_PASSWORD: password }).ops).toBeUndefined();
    for (const env of [{}, production])
      expect(refusal({ ...env, OPS_PORT: '4030' })).toMatchObject({
        variable: 'OPS_PASSWORD',
        message: 'OPS_PASSWORD is missing: OPS_PORT is set.',
      });
  });
  test('is on loopback unless told otherwise, and keeps the password as a hash only', () => {
    const { ops } = parseConfig({ ...production, OPS_PORT: '4030', OPS_PASSWORD: password });
    expect(ops).toEqual({
      ...{ port: 4030, host: '127.0.0.1' },
      passwordHash: createHash('sha256').update(password).digest(),
    });
    const elsewhere = { ...production, OPS_PORT: '4030', OPS_HOST: '10.0.0.7', OPS_PASSWORD: password };
    expect(parseConfig(elsewhere).ops?.host).toBe('10.0.0.7');
  });
  test('S01 takes its password from a file', () => {
    const path = join(mkdtempSync(join(folder, 'secret-')), 'file');
    writeFileSync(path, `${password}\n`, { mode: 0o600 });
    const env = { ...production, OPS_PORT: '4030', OPS_PASSWORD_FILE: path };
    expect(parseConfig(env)).toEqual(
      parseConfig({ ...production, OPS_PORT: '4030', OPS_PASSWORD: password }),
    );
    chmodSync(path, 0o644);
    expect(refusal(env).variable).toBe('OPS_PASSWORD_FILE');
  });
});

describe('S02 testbed and production do not mix', () => {
  test.each([
    ['HECTO_MERCHANT_ID', 'midtest'],
    ['HECTO_AES_KEY', 'SETTLEBANKISGOODSETTLEBANKISGOOD'],
    ['HECTO_HASH_KEY', 'ST190808090913247723'],
    ['HECTO_BASE_URL', 'https://tbnpay.settlebank.co.kr'],
    ['HECTO_BASE_URL', 'http://npay.settlebank.co.kr'],
    ['PUBLIC_URL', 'http://localhost:4010'],
    ['ALLOWED_ORIGINS', 'http://localhost:4000'],
    ['ALLOWED_RETURN_URLS', 'http://localhost:4000/'],
    ['TERMS_DIR', join(projectFolder, 'bff', 'terms')],
  ])("production refuses the testbed's or a developer's %s", (name, value) => {
    expect(refusal({ ...production, [name]: value }).variable).toBe(name);
  });
  test.each(['local', 'testbed'])('%s refuses the production host', (environment) => {
    const env = { ...testbed, HECTO_ENV: environment, HECTO_BASE_URL: 'https://npay.settlebank.co.kr' };
    expect(refusal(env).variable).toBe('HECTO_BASE_URL');
  });
});

describe('S01 a secret may stand in a file', () => {
  const file = (content: string, mode = 0o600) => {
    const path = join(mkdtempSync(join(folder, 'secret-')), 'file');
    writeFileSync(path, content);
    chmodSync(path, mode);
    return path;
  };
  const secrets = [
    'HECTO_AES_KEY',
    'HECTO_HASH_KEY',
    'DATABASE_URL',
    'MERCHANT_API_KEYS',
    'DATA_KEYS',
    'PIN_PEPPER',
  ] as const;

  test.each(secrets)('%s_FILE', (name) => {
    const env: Record<string, string | undefined> = { ...production, [name]: undefined };
    expect(parseConfig({ ...env, [`${name}_FILE`]: file(`${production[name]}\n`) })).toEqual(
      parseConfig(production),
    );
    for (const path of [
      file(production[name], 0o644),
      file(production[name], 0o640),
      file(''),
      join(folder, 'none'),
    ]) {
      expect(refusal({ ...env, [`${name}_FILE`]: path }).variable).toBe(`${name}_FILE`);
    }
    expect(refusal({ ...production, [`${name}_FILE`]: file(production[name]) }).variable).toBe(name);
  });
});

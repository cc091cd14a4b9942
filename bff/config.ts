/**
 * The environment, parsed once into one typed value. A missing or bad value stops the start with one sentence
 * that names the variable and says what is allowed; the value itself is never printed.
 */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, relative, resolve } from 'node:path';
import { scopes, type Scope } from '../shared/api/merchant/operation.ts';
import { isEndpointName, type EndpointName } from '../shared/hecto/endpoints.ts';
import { isAppOrigin, isAppScheme } from './app-scheme.ts';
import { ConfigError, readAll } from './config-error.ts';
import { readerOf, type Environment } from './environment.ts';
import { localSecret } from './local-secrets.ts';
import { isAddressOrNetwork } from './networks.ts';
import { projectFolder } from './project-files.ts';
import { parseTraces, type TraceConfig } from './trace-config.ts';
import { parseWebhook, type WebhookConfig } from './webhook-config.ts';

export { ConfigError } from './config-error.ts';
export type HectoEnvironment = 'local' | 'testbed' | 'production';
export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'silent';
/** A key that wraps the keys kept in the database; the newest stands first. */
export type DataKey = { readonly id: string; readonly key: Buffer };
/** What Express calls `trust proxy`: nobody, a number of hops, or addresses. */
export type TrustProxy = false | number | readonly string[];

/** A key of the merchant's server: what SHA-256 makes of it, and what it may do; without scopes everything. */
export type MerchantKey = { readonly hash: Buffer; readonly scopes?: readonly Scope[] };

export type Config = {
  readonly port: number;
  readonly host: string;
  /** Our own origin, without a slash at the end. */
  readonly publicUrl: string;
  readonly hectoEnv: HectoEnvironment;
  readonly hecto: {
    readonly baseUrl: string;
    readonly merchantId: string;
    readonly aesKey: string;
    readonly hashKey: string;
    readonly hdInfo: Partial<Record<EndpointName, string>>;
  };
  /** `embedded:<absolute folder>` or `postgres://...` */
  readonly databaseUrl: string;
  /** Of the role that owns the schema. Absent: the role of `databaseUrl` defines it. */
  readonly databaseMigrationUrl?: string;
  /**
   * Given when `databaseUrl` is that of a pooler, which lends connections for a transaction: the address of the server
   * itself, for what needs a connection of its own.
   */
  readonly databaseDirectUrl?: string;
  readonly merchantApiKeys: readonly MerchantKey[];
  readonly merchantName: string;
  readonly allowedOrigins: readonly string[];
  readonly allowedReturnUrls: readonly string[];
  readonly dataKeys: readonly DataKey[];
  readonly pinPepper: string;
  /** Whether every payment needs an approval by the payment password; one that is given always counts. */
  readonly paymentAuthorization: 'optional' | 'required';
  readonly arsDigits: number;
  readonly sessionIdleMs: number;
  readonly sessionMaxMs: number;
  readonly smsPerAddressPerHour: number;
  /** Absent: events are recorded and held. */
  readonly webhook?: WebhookConfig;
  /** Absent: the samples that come with the project. */
  readonly termsDir?: string;
  /** Whether `/openapi.json` and `/docs` are there. */
  readonly apiDocs: boolean;
  readonly trustProxy: TrustProxy;
  readonly logLevel: LogLevel;
  /** Where Prometheus may ask, if anywhere: never on the public port. */
  readonly metrics?: { readonly port: number; readonly host: string };
  /** Where operators look at what is open, if anywhere: never on the public port. The password as SHA-256 leaves it. */
  readonly ops?: { readonly port: number; readonly host: string; readonly passwordHash: Buffer };
  /** Absent: there are no traces, and nothing of OpenTelemetry is loaded. */
  readonly traces?: TraceConfig;
};

type Reader = ReturnType<typeof readerOf>;

const minute = 60_000;
const hosts = { testbed: 'tbnpay.settlebank.co.kr', production: 'npay.settlebank.co.kr' } as const;
const baseUrls: Record<HectoEnvironment, string> = {
  local: 'http://localhost:4020',
  testbed: `https://${hosts.testbed}`,
  production: `https://${hosts.production}`,
};
/* Printed in Hecto's public document, so they are no secrets; production refuses them (S02). */
const testbedKeys = {
  merchantId: 'midtest',
  aesKey: 'SETTLEBANKISGOODSETTLEBANKISGOOD',
  hashKey: 'ST190808090913247723',
} as const;

/**
 * Reads every variable of the BFF. In `local` whatever is missing has a default, and secrets are made in the
 * data folder. Throws a ConfigError for the first variable that is missing or not allowed, with the others in `also`; a
 * wrong HECTO_ENV comes alone, for what is allowed elsewhere hangs on it.
 */
export function parseConfig(env: Environment): Config {
  const read = readerOf(env);
  const hectoEnv = parseHectoEnv(read);
  const local = hectoEnv === 'local';
  const port = () => read.whole('PORT', 1, 65_535, 4010);
  const databaseUrl = () => parseDatabaseUrl(read);
  const secret = (name: string, file: 'data-keys' | 'pin-pepper') =>
    read.secret(name) ?? (local ? localSecret(secretsFolderOf(databaseUrl()), file) : undefined);

  const { databaseMigrationUrl, databaseDirectUrl, webhook, termsDir, metrics, ops, traces, ...always } =
    readAll({
      port,
      host: () => parseHost(read, 'HOST'),
      publicUrl: () => parsePublicUrl(read, hectoEnv, port()),
      hecto: () => parseHecto(read, hectoEnv),
      databaseUrl,
      databaseMigrationUrl: () => parseMigrationUrl(read, databaseUrl()),
      databaseDirectUrl: () => parseDirectUrl(read, databaseUrl()),
      merchantApiKeys: () => parseApiKeys(read, local),
      merchantName: () => parseMerchantName(read, local),
      allowedOrigins: () => parseOrigins(read, hectoEnv),
      allowedReturnUrls: () => parseReturnUrls(read, hectoEnv),
      dataKeys: () => parseDataKeys(secret('DATA_KEYS', 'data-keys')),
      pinPepper: () => parsePepper(secret('PIN_PEPPER', 'pin-pepper')),
      paymentAuthorization: () => read.oneOf('PAYMENT_AUTHORIZATION', ['optional', 'required'], 'optional'),
      arsDigits: () => read.whole('ARS_DIGITS', 2, 6, 2),
      sessionIdleMs: () => read.whole('SESSION_IDLE_MINUTES', 1, 10, 10) * minute,
      sessionMaxMs: () => read.whole('SESSION_MAX_MINUTES', 1, 30, 30) * minute,
      smsPerAddressPerHour: () => read.whole('SMS_PER_ADDRESS_PER_HOUR', 1, 10_000, 10),
      webhook: () => parseWebhook(read, { httpOnLoopback: local }),
      termsDir: () => parseTermsDir(read, hectoEnv),
      apiDocs: () => read.oneOf('API_DOCS', ['on', 'off'], hectoEnv === 'production' ? 'off' : 'on') === 'on',
      trustProxy: () => parseTrustProxy(read),
      logLevel: () => read.oneOf('LOG_LEVEL', ['error', 'warn', 'info', 'debug', 'silent'], 'info'),
      metrics: () => parseMetrics(read),
      ops: () => parseOps(read),
      traces: () => parseTraces(read),
    });
  return {
    ...always,
    hectoEnv,
    ...(databaseMigrationUrl === undefined ? {} : { databaseMigrationUrl }),
    ...(databaseDirectUrl === undefined ? {} : { databaseDirectUrl }),
    ...(webhook === undefined ? {} : { webhook }),
    ...(termsDir === undefined ? {} : { termsDir }),
    ...(metrics === undefined ? {} : { metrics }),
    ...(ops === undefined ? {} : { ops }),
    ...(traces === undefined ? {} : { traces }),
  };
}

/** Reads only what a call to a testbed needs. Throws like `parseConfig`, and for production. */
export function parseTestbedConfig(env: Environment): Pick<Config, 'hectoEnv' | 'hecto'> {
  const read = readerOf(env);
  const hectoEnv = parseHectoEnv(read);
  if (hectoEnv === 'production') throw new ConfigError('HECTO_ENV', 'must be testbed or local for this');
  return { hectoEnv, hecto: parseHecto(read, hectoEnv) };
}

const parseHectoEnv = (read: Reader): HectoEnvironment =>
  read.oneOf('HECTO_ENV', ['local', 'testbed', 'production'], 'local');

const secretsFolderOf = (databaseUrl: string): string =>
  databaseUrl.startsWith('embedded:') ? dirname(databaseUrl.slice('embedded:'.length)) : resolve('data');

function parseHost(read: Reader, name: string): string {
  const host = read.text(name) ?? '127.0.0.1';
  if (isIP(host) || host === 'localhost') return host;
  throw new ConfigError(name, 'must be an IP address or localhost');
}

function parseMetrics(read: Reader): Config['metrics'] {
  const host = parseHost(read, 'METRICS_HOST');
  const port = parsePortOrOff(read, 'METRICS_PORT', '9464');
  return port === undefined ? undefined : { port, host };
}

function parsePortOrOff(read: Reader, name: string, fallback: string): number | undefined {
  const value = read.text(name) ?? fallback;
  if (value === 'off') return undefined;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new ConfigError(name, 'must be off or a whole number from 1 to 65535');
}

/** The page that shows what is open is never there without a password. */
function parseOps(read: Reader): Config['ops'] {
  const host = parseHost(read, 'OPS_HOST');
  const port = parsePortOrOff(read, 'OPS_PORT', 'off');
  const name = 'OPS_PASSWORD';
  const password = read.secret(name);
  // Whoever made it a letter too short should not hear of it only when the page is switched on.
  if (password !== undefined && !/^[\x21-\x7e]{16,200}$/.test(password))
    throw new ConfigError(name, 'must be 16 to 200 printable ASCII characters without spaces');
  if (port === undefined) return undefined;
  if (password === undefined) throw new ConfigError(name, 'is missing: OPS_PORT is set');
  return { port, host, passwordHash: sha256(password) };
}

function parsePublicUrl(read: Reader, hectoEnv: HectoEnvironment, port: number): string {
  const value = read.text('PUBLIC_URL');
  if (value === undefined) {
    if (hectoEnv === 'production') throw new ConfigError('PUBLIC_URL', 'is missing: give our https origin');
    return `http://localhost:${port}`;
  }
  const url = webOrigin(value);
  if (!url) throw new ConfigError('PUBLIC_URL', 'must be an origin such as https://bff.example.com');
  if (url.protocol === 'http:' && (hectoEnv === 'production' || !isLoopback(url))) {
    throw new ConfigError('PUBLIC_URL', 'must be https, except on this machine outside production');
  }
  return url.origin;
}

function parseHecto(read: Reader, hectoEnv: HectoEnvironment): Config['hecto'] {
  const production = hectoEnv === 'production';
  const given = (name: string, value: string | undefined, open: string, rule: RegExp, allowed: string) => {
    const used = value ?? (production ? undefined : open);
    if (!used || !rule.test(used)) throw new ConfigError(name, allowed);
    if (production && isOpen(used))
      throw new ConfigError(name, "must not be the public testbed's in production");
    return used;
  };
  return readAll({
    merchantId: () =>
      given(
        'HECTO_MERCHANT_ID',
        read.text('HECTO_MERCHANT_ID'),
        testbedKeys.merchantId,
        /^[A-Za-z0-9_-]{1,8}$/,
        'must be 1 to 8 letters, digits, _ or -',
      ),
    aesKey: () =>
      given(
        'HECTO_AES_KEY',
        read.secret('HECTO_AES_KEY'),
        testbedKeys.aesKey,
        /^[\x21-\x7e]{32}$/,
        'must be exactly 32 printable ASCII characters',
      ),
    hashKey: () =>
      given(
        'HECTO_HASH_KEY',
        read.secret('HECTO_HASH_KEY'),
        testbedKeys.hashKey,
        /^[\x21-\x7e]{8,128}$/,
        'must be 8 to 128 printable ASCII characters',
      ),
    baseUrl: () => parseBaseUrl(read, hectoEnv),
    hdInfo: () => parseHdInfo(read),
  });
}

/** Whether Hecto's testbed is called as the merchant that its documents print, who is nobody. */
export const isPublicMerchant = ({ merchantId }: Config['hecto']): boolean =>
  merchantId === testbedKeys.merchantId;

const isOpen = (value: string): boolean => Object.values<string>(testbedKeys).includes(value);

function parseBaseUrl(read: Reader, hectoEnv: HectoEnvironment): string {
  const name = 'HECTO_BASE_URL';
  const url = webOrigin(read.text(name) ?? baseUrls[hectoEnv]);
  if (!url) throw new ConfigError(name, 'must be an origin such as https://npay.example.com');
  if (url.protocol === 'http:' && hectoEnv !== 'local') {
    throw new ConfigError(name, 'must be https unless HECTO_ENV is local');
  }
  const host = url.hostname.replace(/\.$/, '');
  if (host === hosts.production && hectoEnv !== 'production') {
    throw new ConfigError(name, "must not be Hecto's production unless HECTO_ENV is production");
  }
  if (host === hosts.testbed && hectoEnv === 'production') {
    throw new ConfigError(name, "must not be Hecto's testbed when HECTO_ENV is production");
  }
  return url.origin;
}

function parseHdInfo(read: Reader): Config['hecto']['hdInfo'] {
  const name = 'HECTO_HD_INFO';
  const value = read.text(name);
  if (value === undefined) return {};
  const refusal = new ConfigError(name, 'must be a JSON object from endpoint names to message codes');
  let overrides: unknown;
  try {
    overrides = JSON.parse(value);
  } catch {
    throw refusal;
  }
  if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides)) throw refusal;
  const hdInfo: Partial<Record<EndpointName, string>> = {};
  for (const [endpoint, code] of Object.entries(overrides)) {
    if (!isEndpointName(endpoint)) throw refusal;
    if (typeof code !== 'string' || !/^[A-Za-z0-9_.]{1,50}$/.test(code)) throw refusal;
    hdInfo[endpoint] = code;
  }
  return hdInfo;
}

function parseDatabaseUrl(read: Reader): string {
  const value = read.secret('DATABASE_URL') ?? 'embedded:./data/postgres';
  if (value.startsWith('embedded:')) {
    const folder = value.slice('embedded:'.length);
    if (folder !== '') return `embedded:${resolve(folder)}`;
  } else if (isPostgresUrl(value)) {
    return value;
  }
  throw new ConfigError(
    'DATABASE_URL',
    'must be embedded:<folder> or postgres://user:password@host/database',
  );
}

function parseMigrationUrl(read: Reader, databaseUrl: string): string | undefined {
  const name = 'DATABASE_MIGRATION_URL';
  const value = read.secret(name);
  if (value === undefined) return undefined;
  if (!isPostgresUrl(value)) throw new ConfigError(name, 'must be postgres://user:password@host/database');
  if (databaseUrl.startsWith('embedded:'))
    throw new ConfigError(name, 'needs a DATABASE_URL of postgres:// with a role of its own');
  return value;
}

/** A pooler by transactions is of use only with a way past it; without one the way would lead nowhere. */
function parseDirectUrl(read: Reader, databaseUrl: string): string | undefined {
  const pooler = read.oneOf('DATABASE_POOLER', ['none', 'transaction'], 'none');
  const name = 'DATABASE_DIRECT_URL';
  const value = read.secret(name);
  if (pooler === 'none') {
    if (value !== undefined) throw new ConfigError(name, 'is for DATABASE_POOLER=transaction only');
    return undefined;
  }
  if (databaseUrl.startsWith('embedded:'))
    throw new ConfigError('DATABASE_POOLER', 'needs a DATABASE_URL of postgres://, that of the pooler');
  if (value === undefined || !isPostgresUrl(value))
    throw new ConfigError(
      name,
      'must be postgres://user:password@host/database of the server behind the pooler',
    );
  return value;
}

const isPostgresUrl = (value: string): boolean => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);

/** Each `sk_...` or `sha256:` and 64 hex digits of it, and perhaps `=` and scopes with `+` between them (S05). */
function parseApiKeys(read: Reader, local: boolean): readonly MerchantKey[] {
  const name = 'MERCHANT_API_KEYS';
  const entries = read.list(name, read.secret(name)) ?? (local ? ['sk_local_demo'] : undefined);
  if (!entries)
    throw new ConfigError(name, 'is missing: give one or two keys, e.g. sk_ and 32 random characters');
  return entries.map((entry) => {
    const [key = '', limited, ...rest] = entry.split('=');
    const hash = hashOfKey(key, local);
    if (!hash || rest.length > 0) {
      throw new ConfigError(
        name,
        'must be keys of sk_ and letters, digits or _, at least 24 characters outside local, or sha256: and 64 hex digits',
      );
    }
    if (!local && hash.equals(sha256('sk_local_demo')))
      throw new ConfigError(name, 'must not hold the demo key');
    if (limited === undefined) return { hash };
    const wanted = limited.split('+');
    const known = scopes.filter((scope) => wanted.includes(scope));
    if (known.length !== wanted.length)
      throw new ConfigError(name, `must limit keys to these, once each: ${scopes.join(', ')}`);
    return { hash, scopes: known };
  });
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();

function hashOfKey(key: string, local: boolean): Buffer | undefined {
  const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(key) ?? [];
  if (hex !== undefined) return Buffer.from(hex, 'hex');
  return /^sk_[A-Za-z0-9_]+$/.test(key) && (local || key.length >= 24) ? sha256(key) : undefined;
}

function parseMerchantName(read: Reader, local: boolean): string {
  const value = read.text('MERCHANT_NAME') ?? (local ? '새벽콩 로스터스' : undefined);
  if (value && value.length <= 40 && !/\p{Cc}/u.test(value)) return value;
  throw new ConfigError('MERCHANT_NAME', 'must be the name customers know, 1 to 40 characters');
}

function parseOrigins(read: Reader, hectoEnv: HectoEnvironment): readonly string[] {
  const name = 'ALLOWED_ORIGINS';
  const origins = read.list(name) ?? (hectoEnv === 'local' ? ['http://localhost:4000'] : undefined);
  if (!origins) throw new ConfigError(name, "is missing: give the shop's origins");
  for (const origin of origins) {
    if (isAppOrigin(origin)) continue;
    const url = webOrigin(origin);
    if (!url || url.origin !== origin) {
      throw new ConfigError(
        name,
        'must be exact origins such as https://shop.example.com or capacitor://localhost, without a path or slash',
      );
    }
    if (url.protocol === 'http:' && (hectoEnv === 'production' || !isLoopback(url))) {
      throw new ConfigError(name, 'must be https, except on this machine outside production');
    }
  }
  return origins;
}

function parseReturnUrls(read: Reader, hectoEnv: HectoEnvironment): readonly string[] {
  const name = 'ALLOWED_RETURN_URLS';
  const urls = read.list(name) ?? (hectoEnv === 'local' ? ['http://localhost:4000/'] : []);
  for (const value of urls) {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (!url || !isReturnUrl(value, url)) {
      throw new ConfigError(name, 'must be https addresses or app schemes such as com.example.shop:/done');
    }
    if (url.protocol === 'http:' && (hectoEnv === 'production' || !isLoopback(url))) {
      throw new ConfigError(name, 'must be https, except on this machine outside production');
    }
  }
  return urls;
}

/** S32: no script, no data, no credentials, nothing a URL parser and a browser could read differently. */
function isReturnUrl(value: string, url: URL): boolean {
  if (!/^[\x21-\x7e]+$/.test(value) || /[\\"'<>]/.test(value) || url.username || url.password) return false;
  if (/^https?:\/\/[^/]/i.test(value)) return true;
  return isAppScheme(url.protocol) && /^[a-z][a-z0-9+.-]+:\/{1,2}/.test(value);
}

function parseDataKeys(value: string | undefined): readonly DataKey[] {
  const name = 'DATA_KEYS';
  if (value === undefined) throw new ConfigError(name, 'is missing: give id:base64 of 32 random bytes');
  const keys = value.split(',').map((entry) => {
    const [, id, base64] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/.exec(entry.trim()) ?? [];
    if (!id || !base64) {
      throw new ConfigError(name, 'must be a comma list of id:base64, each of 32 bytes, newest first');
    }
    return { id, key: Buffer.from(base64, 'base64') };
  });
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    throw new ConfigError(name, 'must not repeat an id');
  return keys;
}

function parsePepper(value: string | undefined): string {
  if (value && value.length >= 32 && value.length <= 200) return value;
  throw new ConfigError('PIN_PEPPER', 'must be 32 to 200 random characters');
}

function parseTermsDir(read: Reader, hectoEnv: HectoEnvironment): string | undefined {
  const name = 'TERMS_DIR';
  const value = read.text(name);
  if (value === undefined) {
    if (hectoEnv === 'production')
      throw new ConfigError(name, 'is missing: production does not show the sample terms');
    return undefined;
  }
  const folder = resolve(value);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new ConfigError(name, 'must be a folder');
  const inProject = relative(join(projectFolder, 'bff', 'terms'), folder);
  if (hectoEnv === 'production' && !inProject.startsWith('..')) {
    throw new ConfigError(name, 'must not be the sample terms in production');
  }
  return folder;
}

function parseTrustProxy(read: Reader): TrustProxy {
  const name = 'TRUST_PROXY';
  const value = read.text(name);
  if (value === undefined || value === 'none') return false;
  if (/^[1-9]$/.test(value)) return Number(value);
  const addresses = read.list(name) ?? [];
  if (addresses.every(isAddressOrNetwork)) return addresses;
  throw new ConfigError(
    name,
    'must be none, a number of hops from 1 to 9, or a comma list of IP addresses or networks',
  );
}

/** The address as an http(s) origin and nothing more: no path, query, credentials or fragment. */
function webOrigin(value: string): URL | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  const bare = `${url.origin}/` === url.href && !/[?#*]/.test(value);
  return bare && (url.protocol === 'https:' || url.protocol === 'http:') ? url : undefined;
}

function isLoopback(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

import { createHash, randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scope } from '../../../shared/api/merchant/operation.ts';
import type { Instant } from '../../../shared/api/state.ts';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- for tests only: they need Hecto's side
import { startTestbed, type Testbed } from '../../../e2e/testbed/testbed.ts';
import { createApp, type BffApp, type Timings } from '../../app.ts';
import { parseConfig, type Config, type MerchantKey } from '../../config.ts';
import { freshDatabase } from '../../store/test-database.ts';
import { controlTestbed } from './control-testbed.ts';
import { Customer, shopOrigin, type Answer } from './customer.ts';

export { Customer, type Answer, type Surroundings } from './customer.ts';

/** `LEVERS=off npm run test:unit` runs everything without what only makes it faster. */
const hasLevers = process.env['LEVERS'] !== 'off';
const tenOClock = Date.parse('2026-11-23T10:00:00+09:00');

/** A key of the merchant's server as the configuration holds it. */
export const keyOf = (key: string, ...scopes: readonly Scope[]): MerchantKey => ({
  hash: createHash('sha256').update(key).digest(),
  ...(scopes.length > 0 && { scopes }),
});

/** Both sides read it; the system sets it once it knows its own. */
type Clock = { now: () => Date };

/** The real BFF, a real PostgreSQL and Hecto's side, with one clock that runs and can be moved. */
export class System {
  readonly testbed: Testbed;
  readonly log: string[];
  readonly config: Config;
  readonly #timings: Timings;
  readonly #apps: BffApp[] = [];
  readonly #drop: () => Promise<void>;
  readonly #begun = performance.now();
  #skew = 0;
  #urls: string[] = [];
  #metricsUrls: (string | undefined)[] = [];
  #opsUrls: (string | undefined)[] = [];
  #customers = 0;

  private constructor(
    config: Config,
    timings: Timings,
    drop: () => Promise<void>,
    clock: Clock,
    testbed: Testbed,
  ) {
    this.testbed = testbed;
    this.config = config;
    this.#timings = { idleMs: 0, ...timings };
    this.#drop = drop;
    this.log = [];
    clock.now = () => this.now();
  }

  static async start(change: Partial<Config> = {}, instances = 1, timings: Timings = {}): Promise<System> {
    const database = await freshDatabase();
    const clock: Clock = { now: () => new Date(tenOClock) };
    const testbed = await startTestbed({ port: 0, clock: () => clock.now() });
    const config = parseConfig({
      HECTO_ENV: 'local',
      HECTO_BASE_URL: testbed.url,
      DATABASE_URL: database.url,
      DATA_KEYS: `test:${randomBytes(32).toString('base64')}`,
      PIN_PEPPER: randomBytes(32).toString('hex'),
      METRICS_PORT: 'off',
      SMS_PER_ADDRESS_PER_HOUR: '10000',
    });
    const drop = () => database.drop();
    const system = new System({ ...config, port: 0, ...change }, timings, drop, clock, testbed);
    for (let index = 0; index < instances; index += 1) await system.addInstance();
    return system;
  }

  /** Another one on the same database; with a `change` perhaps of another merchant. */
  async addInstance(change: Partial<Config> = {}, { levers = hasLevers } = {}): Promise<void> {
    const logStream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.log.push(chunk.toString());
        done();
      },
    });
    const app = await createApp(
      { ...this.config, ...change },
      { clock: () => this.now(), logStream, levers, timings: this.#timings },
    );
    this.#apps.push(app);
    const { url, metricsUrl, opsUrl } = await app.listen();
    this.#urls.push(url);
    this.#metricsUrls.push(metricsUrl);
    this.#opsUrls.push(opsUrl);
  }

  /** Stops the first instance and starts another one on the same database. */
  async restart(): Promise<void> {
    await this.#apps.shift()!.close();
    this.#urls.shift();
    this.#metricsUrls.shift();
    this.#opsUrls.shift();
    await this.addInstance();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#apps.map((app) => app.close()));
    await this.testbed.close();
    await this.#drop();
  }

  now(): Date {
    return new Date(tenOClock + this.#skew + performance.now() - this.#begun);
  }

  /** Moves the clock of both sides. */
  pass(seconds: number): void {
    this.#skew += seconds * 1000;
  }

  url(instance = 0): string {
    return this.#urls[instance]!;
  }

  /** Where Prometheus would ask, of an instance whose configuration has `metrics`. */
  metricsUrl(instance = 0): string {
    return this.#metricsUrls[instance]!;
  }

  /** The operators' page, of an instance whose configuration has `ops`. */
  opsUrl(instance = 0): string {
    return this.#opsUrls[instance]!;
  }

  async metrics(instance = 0): Promise<string> {
    return (await fetch(this.metricsUrl(instance))).text();
  }

  /** How often Hecto was called. */
  calls(endpoint: EndpointName): number {
    return this.testbed.requests.of(endpoint).length;
  }

  /** The plain values of the last call. */
  lastCall(endpoint: EndpointName): Readonly<Record<string, string>> {
    return this.testbed.requests.of(endpoint).at(-1)!.fields;
  }

  control<T>(path: string, body?: unknown): Promise<T> {
    return controlTestbed(this.testbed.url, path, body);
  }

  fault(
    endpoint: EndpointName,
    kind: string,
    more: { times?: number; delayMs?: number; works?: boolean; orderNumber?: string } = {},
  ) {
    return this.control('/faults', { endpoint, kind, ...more });
  }

  async merchant(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    key = randomBytes(12).toString('hex'),
  ): Promise<Answer> {
    const response = await fetch(this.url() + path, {
      method,
      headers: {
        authorization: 'Bearer sk_local_demo',
        'idempotency-key': key,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** A customer with a phone of their own, whose onboarding is open in a browser. */
  async customer(
    change: { flow?: string; id?: string; phone?: string; locale?: string } = {},
  ): Promise<Customer> {
    this.#customers += 1;
    const number = String(this.#customers).padStart(4, '0');
    const id = change.id ?? `customer-${number}`;
    const create = () =>
      this.merchant('POST', '/v1/onboarding-sessions', {
        customerId: id,
        origin: shopOrigin,
        ...(change.flow === undefined ? {} : { flow: { paymentPassword: change.flow } }),
        ...(change.locale === undefined ? {} : { locale: change.locale }),
      });
    let created = await create();
    // A machine that is busy with other tests may turn away what it has not begun.
    for (let tries = 0; created.status === 503 && tries < 20; tries += 1) {
      await sleep(250);
      created = await create();
    }
    if (created.status !== 201) throw new Error(JSON.stringify(created.body));
    const customer = new Customer(this, id, change.phone ?? `0105555${number}`);
    await customer.exchange(String(created.body['clientToken']));
    return customer;
  }
}

export const secondsUntil = (instant: Instant, now: Instant): number =>
  Math.round((Date.parse(instant) - Date.parse(now)) / 1000);

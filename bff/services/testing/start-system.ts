import { createHash, randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scope } from '../../../shared/api/merchant/operation.ts';
import type { Instant, State, Step, StateAt } from '../../../shared/api/state.ts';
import { widgetApi, type Bank, type Keypad, type Terms } from '../../../shared/api/widget.ts';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- for tests only: they need Hecto's side
import { startTestbed, type Testbed } from '../../../e2e/testbed/testbed.ts';
import { createApp, type BffApp, type Timings } from '../../app.ts';
import { parseConfig, type Config, type MerchantKey } from '../../config.ts';
import { freshDatabase } from '../../store/test-database.ts';
import { sealPresses } from './seal-presses.ts';

const origin = 'http://localhost:4000';
/** `LEVERS=off npm run test:unit` runs everything without what only makes it faster. */
const hasLevers = process.env['LEVERS'] !== 'off';
const tenOClock = Date.parse('2026-11-23T10:00:00+09:00');

export type Answer = { readonly status: number; readonly body: Record<string, unknown> };

/** What a customer or a merchant needs of the world around. */
export type Surroundings = Pick<System, 'url' | 'control' | 'log'> & {
  pass(seconds: number): void | Promise<void>;
};

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
    this.#timings = timings;
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
    const { url, metricsUrl } = await app.listen();
    this.#urls.push(url);
    this.#metricsUrls.push(metricsUrl);
  }

  /** Stops the first instance and starts another one on the same database. */
  async restart(): Promise<void> {
    await this.#apps.shift()!.close();
    this.#urls.shift();
    this.#metricsUrls.shift();
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

  async control<T>(path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.testbed.url}/_testbed${path}`, {
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
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
        origin,
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

/** One customer in front of the widget: speaks HTTP as the widget does and holds a phone. */
export class Customer {
  readonly id: string;
  readonly phone: string;
  readonly #system: Surroundings;
  #token = '';
  state!: State;
  sessionId = '';
  /** Sent along with every request. */
  headers: Readonly<Record<string, string>> = {};

  constructor(system: Surroundings, id: string, phone: string) {
    this.#system = system;
    this.id = id;
    this.phone = phone;
  }

  async exchange(clientToken: string): Promise<void> {
    const { status, body } = await this.post('/sessions', { clientToken });
    if (status !== 200) throw new Error(JSON.stringify(body));
    this.sessionId = this.state.id;
  }

  async request(method: 'GET' | 'POST', path: string, body?: unknown, instance = 0): Promise<Answer> {
    const response = await fetch(this.#system.url(instance) + widgetApi + path, {
      method,
      headers: {
        origin,
        'content-type': 'application/json',
        ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
        ...this.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = { status: response.status, body: (await response.json()) as Record<string, unknown> };
    if (answer.body['state']) this.state = answer.body['state'] as State;
    if (typeof answer.body['sessionToken'] === 'string') this.#token = answer.body['sessionToken'];
    return answer;
  }

  /** What a window holds in its memory, or what somebody has stolen out of it. */
  get token(): string {
    return this.#token;
  }

  /** Another window with the same token: as after an answer that never arrived, or in somebody else's hands. */
  withToken(token: string): Customer {
    const other = new Customer(this.#system, this.id, this.phone);
    other.#token = token;
    other.sessionId = this.sessionId;
    return other;
  }

  post(path: string, body: unknown = {}, instance = 0): Promise<Answer> {
    return this.request('POST', path, body, instance);
  }

  /** A command that has to be answered with a state. */
  async does(path: string, body: unknown = {}, instance = 0): Promise<State> {
    const { status, body: answer } = await this.post(path, body, instance);
    if (status !== 200) {
      const faults = this.#system.log.filter((line) => line.includes('"fault"')).join('');
      throw new Error(`${path}: ${status} ${JSON.stringify(answer)} ${faults}`);
    }
    return answer['state'] as State;
  }

  async look(): Promise<State> {
    await this.request('GET', '/session');
    return this.state;
  }

  async terms(): Promise<Terms['documents']> {
    const { body } = await this.request('GET', '/session/terms');
    return (body as Terms).documents;
  }

  async banks(): Promise<readonly Bank[]> {
    const { body } = await this.request('GET', '/session/banks');
    return (body as { banks: Bank[] }).banks;
  }

  async agree(): Promise<State> {
    const items = (await this.terms()).map(({ documentId, version, sha256, required }) => ({
      documentId,
      version,
      sha256,
      agreed: required,
      opened: false,
    }));
    return this.does('/session/consents', { items });
  }

  readonly identity = (change: object = {}) => ({
    name: '김민서',
    birth: '920315',
    genderDigit: '2',
    carrier: 'skt',
    phone: this.phone,
    method: 'sms',
    ...change,
  });

  identify(change: object = {}): Promise<State> {
    return this.does('/session/identity', this.identity(change));
  }

  async lastCode(): Promise<string> {
    const messages = await this.#system.control<{ text: string }[]>(`/phones/${this.phone}/messages`);
    return /\[(\d{6})\]/.exec(messages.at(-1)?.text ?? '')?.[1] ?? 'none';
  }

  async wrongCode(): Promise<string> {
    return (await this.lastCode()) === '000000' ? '111111' : '000000';
  }

  async enterCode(code?: string): Promise<State> {
    return this.does('/session/code?rotates', { code: code ?? (await this.lastCode()) });
  }

  approvePass(approve = true): Promise<unknown> {
    return this.#system.control(`/phones/${this.phone}/pass`, { approve });
  }

  chooseAccount(accountNumber = '110432109876', bankCode = '088'): Promise<State> {
    return this.does('/session/account', { bankCode, accountNumber });
  }

  requestCall(): Promise<State> {
    return this.does('/session/ars-calls');
  }

  /** Picks up and keys in, by default what the screen shows. */
  async answerCall(digits?: string): Promise<void> {
    const { id } = await this.ringing();
    await this.#system.control(`/calls/${id}/answer`, { digits: digits ?? this.shownDigits() });
    await this.#system.pass(2); // the worker looks again at once
  }

  async declineCall(): Promise<void> {
    const { id } = await this.ringing();
    await this.#system.control(`/calls/${id}/answer`, { hangUp: true });
    await this.#system.pass(2);
  }

  async ringing(): Promise<{ id: string }> {
    const calls = await this.#system.control<{ id: string }[]>(`/phones/${this.phone}/calls`);
    return calls.at(-1)!;
  }

  shownDigits(): string {
    if (this.state.step !== 'ars' || this.state.ars.phase !== 'calling')
      throw new Error('no number on the screen');
    return this.state.ars.digits;
  }

  /** Follows the long poll until the state is as wished. */
  async waits<S extends Step>(
    step: S,
    fits: (state: StateAt<S>) => boolean = () => true,
  ): Promise<StateAt<S>> {
    const deadline = performance.now() + 10_000;
    for (;;) {
      const { state } = this;
      if (state.step === step && fits(state as StateAt<S>)) return state as StateAt<S>;
      if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(state)}`);
      await this.request('GET', `/session?since=${state.version}&wait=2`);
    }
  }

  async keypad(purpose: string): Promise<Keypad> {
    const { status, body } = await this.post('/session/keypads', { purpose });
    if (status >= 300) throw new Error(`keypad: ${status} ${JSON.stringify(body)}`);
    return body as unknown as Keypad;
  }

  /** The body of a password entry on a pad, by default as a careful customer presses. */
  async press(pad: Keypad, digits: string): Promise<Record<string, string>> {
    const positions = [...digits].map((digit) => pad.keys.indexOf(digit));
    const pressed = await sealPresses({ ...pad, sessionId: this.sessionId }, positions);
    return { keypadId: pad.keypadId, ...pressed };
  }

  async enterPassword(digits: string): Promise<State> {
    const { state } = this;
    if (state.step !== 'password') throw new Error(`no password at ${state.step}`);
    return this.does('/session/password', await this.press(await this.keypad(state.phase), digits));
  }

  /** Everything up to a step, by text message. */
  async reaches(step: 'identity' | 'code' | 'pass' | 'account' | 'ars' | 'password'): Promise<this> {
    await this.agree();
    if (step === 'identity') return this;
    await this.identify({ method: step === 'pass' ? 'pass' : 'sms' });
    if (step === 'code' || step === 'pass') return this;
    await this.enterCode();
    if (step === 'account') return this;
    await this.chooseAccount();
    if (step === 'ars') return this;
    await this.requestCall();
    await this.answerCall();
    await this.waits('password');
    return this;
  }
}

export const secondsUntil = (instant: Instant, now: Instant): number =>
  Math.round((Date.parse(instant) - Date.parse(now)) / 1000);

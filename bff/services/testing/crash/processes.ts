import { randomBytes } from 'node:crypto';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- for tests only: they need Hecto's side
import { startTestbed, type Testbed } from '../../../../e2e/testbed/testbed.ts';
import type { Timings } from '../../../app.ts';
import { freshDatabase } from '../../../store/test-database.ts';
import { controlTestbed } from '../control-testbed.ts';
import { processEnvironment } from '../process-environment.ts';
import { Customer, type Surroundings } from '../start-system.ts';
import { WebhookReceiver } from '../webhook-receiver.ts';
import { bundleChild, type BundledChild } from './bundled-child.ts';
import { BffProcess } from './bff-process.ts';
import type { Place } from './messages.ts';

const tenOClock = Date.parse('2026-11-23T10:00:00+09:00');

export type Options = {
  readonly instances?: number;
  /** Changes of the environment of every instance. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timings?: Timings;
  /** TZ of the processes. */
  readonly zone?: string;
  readonly begin?: number;
};

/**
 * The real BFF as processes that can be killed, a real PostgreSQL, Hecto's side and the merchant's server, with one
 * clock that all of them read and that can be moved. One more process is always loaded already, so that a new one
 * takes over at once.
 */
export class Processes implements Surroundings {
  readonly testbed: Testbed;
  readonly receiver: WebhookReceiver;
  readonly databaseUrl: string;
  readonly log: string[] = [];
  readonly #drop: () => Promise<void>;
  readonly #options: Options;
  readonly #child: BundledChild;
  readonly #running: { process: BffProcess; url: string }[] = [];
  #env: Readonly<Record<string, string>>;
  #spare: BffProcess;
  #skewMs: number;
  #customers = 0;

  private constructor(
    options: Options,
    database: { url: string; drop: () => Promise<void> },
    testbed: Testbed,
    receiver: WebhookReceiver,
    clock: { now: () => Date },
    child: BundledChild,
  ) {
    this.#child = child;
    this.testbed = testbed;
    this.receiver = receiver;
    this.databaseUrl = database.url;
    this.#drop = database.drop;
    this.#options = options;
    this.#skewMs = (options.begin ?? tenOClock) - Date.now();
    clock.now = () => this.now();
    this.#spare = this.#load();
    this.#env = {
      ...processEnvironment({ testbedUrl: testbed.url, databaseUrl: database.url, webhookUrl: receiver.url }),
      ...options.env,
    };
  }

  static async start(options: Options = {}): Promise<Processes> {
    const database = await freshDatabase();
    const clock = { now: () => new Date() };
    const testbed = await startTestbed({ port: 0, clock: () => clock.now() });
    const receiver = await WebhookReceiver.start();
    const processes = new Processes(options, database, testbed, receiver, clock, await bundleChild());
    for (let index = 0; index < (options.instances ?? 1); index += 1) await processes.startInstance(index);
    return processes;
  }

  #load(): BffProcess {
    return new BffProcess(this.#child.file, { zone: this.#options.zone, log: this.log });
  }

  /** Starts an instance on the same database, in the place of the one that has this number. */
  async startInstance(
    instance = 0,
    { crashAt, env }: { crashAt?: Place; env?: Record<string, string> } = {},
  ): Promise<void> {
    const process = this.#spare;
    this.#spare = this.#load();
    const { timings } = this.#options;
    this.#env = { ...this.#env, ...env };
    const started = process.tell({ do: 'start', env: this.#env, skewMs: this.#skewMs, crashAt, timings });
    if (crashAt === undefined) this.#running[instance] = { process, url: (await started).url };
    else {
      started.catch(() => undefined);
      await process.ended;
    }
  }

  /** The instance will die there, once. */
  async crashAt(place: Place, instance = 0): Promise<void> {
    await this.process(instance).tell({ do: 'crash-at', place });
  }

  /** Waits for the death of an instance and starts it again. */
  async restartAfterCrash(instance = 0): Promise<void> {
    const { signal } = await this.process(instance).ended;
    if (signal !== 'SIGKILL') throw new Error(`it was to be killed and not to end by ${String(signal)}`);
    await this.startInstance(instance);
  }

  /** Kills it now, as `kill -9` does. */
  async kill(instance = 0): Promise<void> {
    this.process(instance).kill('SIGKILL');
    await this.process(instance).ended;
  }

  process(instance = 0): BffProcess {
    return this.#running[instance]!.process;
  }

  async stop(): Promise<void> {
    const all = [this.#spare, ...this.#running.map(({ process }) => process)];
    for (const one of all) one.kill('SIGKILL');
    await Promise.all(all.map(({ ended }) => ended));
    this.#child.remove();
    await this.receiver.close();
    await this.testbed.close();
    await this.#drop();
  }

  get env(): Readonly<Record<string, string>> {
    return this.#env;
  }

  now(): Date {
    return new Date(Date.now() + this.#skewMs);
  }

  /** Moves the clock of everybody, forward or back. */
  async pass(seconds: number): Promise<void> {
    this.#skewMs += seconds * 1_000;
    const skewMs = this.#skewMs;
    // One that is dead reads the clock when it starts again.
    await Promise.allSettled(this.#running.map(({ process }) => process.tell({ do: 'set-clock', skewMs })));
  }

  url(instance = 0): string {
    return this.#running[instance]!.url;
  }

  control<T>(path: string, body?: unknown): Promise<T> {
    return controlTestbed(this.testbed.url, path, body);
  }

  /** A customer with a phone of their own, whose onboarding is open in a browser. No password is asked for. */
  async customer(): Promise<Customer> {
    this.#customers += 1;
    const number = String(this.#customers).padStart(4, '0');
    const origin = 'http://localhost:4000';
    const response = await fetch(`${this.url()}/v1/onboarding-sessions`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer sk_local_demo',
        'idempotency-key': randomBytes(12).toString('hex'),
        'content-type': 'application/json',
      },
      body: JSON.stringify({ customerId: `customer-${number}`, origin, flow: { paymentPassword: 'skip' } }),
    });
    const { clientToken } = (await response.json()) as { clientToken: string };
    const customer = new Customer(this, `customer-${number}`, `0105555${number}`);
    await customer.exchange(clientToken);
    return customer;
  }
}

/** Several BFFs as an operator runs them: processes of the built server on one PostgreSQL, with Hecto's side beside them. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { controlTestbed } from '../../bff/services/testing/control-testbed.ts';
import type { Surroundings } from '../../bff/services/testing/customer.ts';
import { processEnvironment } from '../../bff/services/testing/process-environment.ts';
import { WebhookReceiver } from '../../bff/services/testing/webhook-receiver.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../bff/store/embedded-postgres.ts';
import { ownFolder, postgresUser } from '../../bff/store/postgres-user.ts';
import { projectFolder } from '../../bff/project-files.ts';
import { freePort } from '../ports.ts';
import { clockAhead, untilBanksAreOpenMs } from './later-clock.ts';
import { startNginx } from './nginx.ts';
import { answers as isAnswering, Program } from './program.ts';

const main = join(projectFolder, 'dist', 'server', 'bff', 'main.js');
const probe = join(projectFolder, 'e2e', 'bench', 'peers', 'probe.js');

export type ClusterOptions = {
  readonly instances: number;
  /** Behind one; otherwise each instance is asked at its own address, and believes what the client says of its address. */
  readonly nginx?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the instances are to tell of their memory. */
  readonly probe?: boolean;
};

type Instance = { readonly port: number; program: Program };

export class Cluster implements Surroundings {
  readonly receiver: WebhookReceiver;
  readonly databaseUrl: string;
  readonly log: readonly string[] = [];
  readonly #folder: string;
  readonly #postgres: EmbeddedPostgres;
  readonly #aheadMs: number;
  readonly #clock: readonly string[];
  readonly #testbed: { readonly url: string; readonly program: Program };
  readonly #instances: Instance[] = [];
  readonly #options: ClusterOptions;
  readonly #env: Readonly<Record<string, string>>;
  #nginx: Awaited<ReturnType<typeof startNginx>> | undefined;

  private constructor(
    folder: string,
    postgres: EmbeddedPostgres,
    receiver: WebhookReceiver,
    ahead: { ms: number; clock: readonly string[] },
    testbed: { url: string; program: Program },
    options: ClusterOptions,
  ) {
    this.#folder = folder;
    this.#postgres = postgres;
    this.receiver = receiver;
    this.databaseUrl = postgres.url;
    this.#aheadMs = ahead.ms;
    this.#clock = ahead.clock;
    this.#testbed = testbed;
    this.#options = options;
    this.#env = {
      ...processEnvironment({ testbedUrl: testbed.url, databaseUrl: postgres.url, webhookUrl: receiver.url }),
      TRUST_PROXY: '127.0.0.1',
      ...options.env,
    };
  }

  /** A PostgreSQL that takes care of what it is given, as in production. @throws when the server was not built. */
  static async start(options: ClusterOptions): Promise<Cluster> {
    if (!existsSync(main)) throw new Error('The server is not built: npm run build:bff.');
    // Where also the users of PostgreSQL and nginx may go.
    const folder = mkdtempSync('/tmp/hecto-onboarding-scale-');
    chmodSync(folder, 0o755);
    const postgres = await startEmbeddedPostgres(join(folder, 'postgres'), {
      settings: ['shared_preload_libraries=pg_stat_statements', 'track_io_timing=on'],
    });
    const ms = untilBanksAreOpenMs();
    const clock = clockAhead(folder, ms);
    const testbed = await startTestbedProcess(folder, clock);
    const receiver = await WebhookReceiver.start();
    const cluster = new Cluster(folder, postgres, receiver, { ms, clock }, testbed, options);
    // The first one brings the schema; a moment later the others come.
    await cluster.#add();
    await Promise.all(Array.from({ length: options.instances - 1 }, () => cluster.#add()));
    if (options.nginx) {
      const nginxFolder = join(folder, 'nginx');
      mkdirSync(nginxFolder);
      ownFolder(nginxFolder, postgresUser());
      cluster.#nginx = await startNginx(
        nginxFolder,
        cluster.#instances.map(({ port }) => port),
      );
    }
    return cluster;
  }

  async #add(): Promise<void> {
    const port = await freePort();
    this.#instances.push({ port, program: await this.#run(port) });
  }

  async #run(port: number): Promise<Program> {
    const { probe: answers = false } = this.#options;
    const told = answers ? ['--expose-gc', '--import', probe] : [];
    const program = new Program(process.execPath, [...told, ...this.#clock, main], {
      env: { ...this.#env, PORT: String(port) },
      log: this.#logOf(port),
      answers,
    });
    await program.untilReady(() => isAnswering(`http://127.0.0.1:${port}/readyz`));
    return program;
  }

  readonly #logOf = (port: number) => join(this.#folder, `bff-${port}.log`);

  /** Stops an instance as an operator does, and starts it anew at its port; how long each took, and how it ended. */
  async restart(index: number): Promise<{ code: number | null; stopMs: number; startMs: number }> {
    const instance = this.#instances[index]!;
    const begun = performance.now();
    const code = await instance.program.stop();
    const stopped = performance.now();
    instance.program = await this.#run(instance.port);
    return { code, stopMs: stopped - begun, startMs: performance.now() - stopped };
  }

  /** Stops an instance for good; its exit code. */
  async stopInstance(index: number): Promise<number | null> {
    return this.#instances[index]!.program.stop();
  }

  /** The environment of every instance, without its port. */
  get env(): Readonly<Record<string, string>> {
    return this.#env;
  }

  /** The memory of an instance after its garbage was collected; `probe: true` starts them so that they tell. */
  async memory(index = 0): Promise<{ readonly heapUsed: number; readonly rss: number }> {
    return (await this.#instances[index]!.program.ask('memory')) as { heapUsed: number; rss: number };
  }

  /** Of the programs whose work is counted. */
  get pids(): Readonly<Record<'bff' | 'postgres' | 'hecto', readonly number[]>> {
    const postmaster = readFileSync(join(this.#folder, 'postgres', 'postmaster.pid'), 'utf8');
    return {
      bff: this.#instances.map(({ program }) => program.pid),
      postgres: [Number.parseInt(postmaster, 10)],
      hecto: [this.#testbed.program.pid],
    };
  }

  url(instance = 0): string {
    return this.#nginx?.url ?? `http://127.0.0.1:${this.#instances[instance % this.#instances.length]!.port}`;
  }

  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  /** Nobody moves this clock: it is the real one, at another time of day. */
  pass(): void {}

  control<T>(path: string, body?: unknown): Promise<T> {
    return controlTestbed(this.#testbed.url, path, body);
  }

  /** Runs something on the database, past the BFFs. */
  async sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Runs one of the operator's commands with the environment of the instances. */
  runCommand(
    name: string,
    ...args: readonly string[]
  ): { readonly status: number | null; readonly said: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...this.#clock, join(dirname(main), `${name}.js`), ...args],
      { env: { PATH: process.env['PATH'], ...this.#env }, encoding: 'utf8' },
    );
    return { status, said: stdout + stderr };
  }

  /** Every line that an instance has logged. */
  logged(): Record<string, unknown>[] {
    return this.#instances.flatMap(({ port }) =>
      readFileSync(this.#logOf(port), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    );
  }

  /** What nginx complained about. */
  nginxSaid(): string {
    const file = join(this.#folder, 'nginx', 'nginx.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  async stop(): Promise<void> {
    await Promise.all(this.#instances.map(({ program }) => program.stop()));
    await this.#nginx?.program.stop();
    await this.#testbed.program.stop();
    await this.receiver.close();
    await this.#postgres.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function startTestbedProcess(
  folder: string,
  clock: readonly string[],
): Promise<{ readonly url: string; readonly program: Program }> {
  const port = await freePort();
  const program = new Program(
    process.execPath,
    [...clock, '--import', 'tsx', join(projectFolder, 'e2e/testbed/main.ts')],
    { env: { PORT: String(port) }, log: join(folder, 'testbed.log') },
  );
  const url = `http://127.0.0.1:${port}`;
  await program.untilReady(() => isAnswering(`${url}/_testbed/health`));
  return { url, program };
}

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../bff/project-files.ts';
import { parseConfig, type Config } from '../../bff/config.ts';
import { newDatabase, startTestPostgres } from '../../bff/store/test-postgres.ts';
import { freePort } from '../ports.ts';
import { answers, Program } from '../scale/program.ts';
import type { Cores } from './machine.ts';

const peers = join(import.meta.dirname, 'peers');

/** A server that has a processor for itself, if the machine has one to spare. */
export type Measured = {
  readonly url: string;
  /** Milliseconds of processor time since it started. */
  cpuMs(): Promise<number>;
  /** Bytes of its heap that are in use, after throwing away what nobody needs. */
  heap(): Promise<number>;
  /** Sends it a message and waits for the answer. */
  ask(question: unknown): Promise<unknown>;
};

/** Everything that has to run: a real PostgreSQL, the stub of Hecto, and one measured server after the other. */
export type Ground = {
  readonly stubUrl: string;
  /** Of the BFF, so that its rows can be made without it. */
  readonly config: Config;
  bff(): Promise<Measured>;
  /** One of the programs in `peers`. */
  peer(name: 'raw' | 'http-proxy' | 'axios' | 'waiting' | 'store'): Promise<Measured>;
  stop(): Promise<void>;
};

/** Starts what all share. `cores`: left out, everybody shares all processors. */
export async function layGround(cores: Cores | undefined): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-bench-'));
  const programs: Program[] = [];
  const postgres = await startTestPostgres();
  const database = await newDatabase(postgres.url);

  async function start(
    name: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    isReady = isListening,
  ): Promise<Measured> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const node = ['--expose-gc', '--import', join(peers, 'probe.js'), ...args];
    const [command, all] = cores
      ? ['taskset', ['-c', cores.server, process.execPath, ...node]]
      : [process.execPath, node];
    const program = new Program(command, all, {
      env: { PORT: String(port), ...env },
      log: join(folder, `${name}.log`),
      answers: true,
    });
    programs.push(program);
    await program.untilReady(() => isReady(url));
    return {
      url,
      ask: (question) => program.ask(question),
      cpuMs: async () => Number(await program.ask('cpu')) / 1_000,
      heap: async () => Number(await program.ask('heap')),
    };
  }

  const stubPort = await freePort();
  const stubUrl = `http://127.0.0.1:${stubPort}`;
  const stub = new Program(
    process.execPath,
    [
      ...['--import', 'tsx'],
      ...['--import', join(peers, 'probe.js')],
      join(import.meta.dirname, 'stub-hecto.ts'),
    ],
    { env: { PORT: String(stubPort) }, log: join(folder, 'stub.log'), answers: true },
  );
  programs.push(stub);
  await stub.untilReady(() => isListening(stubUrl));

  const dataKey = randomBytes(32).toString('base64');
  const bffEnvironment = {
    HECTO_ENV: 'local',
    HECTO_BASE_URL: stubUrl,
    DATABASE_URL: database.url,
    DATA_KEYS: `bench:${dataKey}`,
    PIN_PEPPER: randomBytes(32).toString('hex'),
    METRICS_PORT: String(await freePort()),
  };
  const config = parseConfig(bffEnvironment);
  const peerEnvironment = {
    HECTO_BASE_URL: stubUrl,
    HECTO_MERCHANT_ID: config.hecto.merchantId,
    HECTO_AES_KEY: config.hecto.aesKey,
    HECTO_HASH_KEY: config.hecto.hashKey,
    DATABASE_URL: database.url,
    DATA_KEY: dataKey,
  };
  const main = join(projectFolder, 'dist', 'server', 'bff', 'main.js');

  return {
    stubUrl,
    config,
    bff: () => start('bff', [main], bffEnvironment, (url) => answers(`${url}/readyz`)),
    peer: (name) => start(name, [join(peers, `${name}.js`)], peerEnvironment),
    async stop() {
      await Promise.all(programs.map((program) => program.stop()));
      await database.drop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

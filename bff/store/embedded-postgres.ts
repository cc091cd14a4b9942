import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ConfigError } from '../config-error.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { canEnter, ownFolder, postgresUser, type SystemUser } from './postgres-user.ts';

/**
 * A real PostgreSQL out of node_modules, for development and tests. It listens on a socket in a folder that
 * only its own user (and root) can enter: no port to collide, no password to keep.
 */
export type EmbeddedPostgres = { readonly url: string; stop(): Promise<void> };

export type EmbeddedOptions = {
  /** Called when the folder is out of reach of PostgreSQL's user and another one is used. */
  readonly onMoved?: (folder: string) => void;
  /** More server settings, e.g. `fsync=off` for tests. */
  readonly settings?: readonly string[];
};

/** The folder belongs to a process that runs: it can say what is in it, and nobody else. */
export class FolderInUse extends ConfigError {}

const unusable = (why: string) => new ConfigError('DATABASE_URL', why);

/**
 * Starts PostgreSQL on `folder`, creating the data there the first time. Cleans up after a process that was
 * killed. Throws a ConfigError when the folder is used by another running process or holds something else.
 */
export async function startEmbeddedPostgres(
  folder: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32') throw unusable('must be postgres://... on Windows');
  const user = postgresUser();
  const data = reachable(folder, user);
  if (data !== folder) options.onMoved?.(data);

  const binaries = postgresBinaries(user);
  await stopLeftOver(data);
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(data, binaries.initdb, user);

  const socketFolder = join(temporaryFolder(user), `hecto-onboarding-socket-${shortHash(data)}`);
  ownFolder(socketFolder, user);
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${socketFolder}`,
    'unix_socket_permissions=0700',
    'max_connections=200',
    'log_min_messages=fatal',
    'log_min_error_statement=panic',
    ...(options.settings ?? []),
  ];
  // A process group of its own: Ctrl-C reaches us first, and the database is stopped last.
  const server = run(
    binaries.postgres,
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    user,
  );
  writeFileSync(ownerFile(data), String(process.pid));
  const stopAtExit = () => server.kill('SIGINT');
  process.once('exit', stopAtExit);

  const url = `postgres://postgres@localhost/postgres?host=${encodeURIComponent(socketFolder)}`;
  await untilReady(server, url);

  async function stop(): Promise<void> {
    process.removeListener('exit', stopAtExit);
    if (server.exitCode === null && server.signalCode === null) {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      const timer = setTimeout(() => server.kill('SIGQUIT'), 10_000);
      await ended;
      clearTimeout(timer);
    }
    rmSync(ownerFile(data), { force: true });
    rmSync(socketFolder, { recursive: true, force: true });
  }
  return { url, stop };
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
const ownerFile = (data: string) => `${data}.owner`;
const temporaryFolder = (user: SystemUser | undefined) => (canEnter(tmpdir(), user) ? tmpdir() : '/tmp');

/** The folder itself or, when its parents are closed to PostgreSQL's user, one under the temporary folder. */
function reachable(folder: string, user: SystemUser | undefined): string {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  if (canEnter(parent, user)) return folder;
  const moved = join(temporaryFolder(user), `hecto-onboarding-${shortHash(folder)}`);
  mkdirSync(moved, { recursive: true, mode: 0o755 });
  return join(moved, 'postgres');
}

/** A PostgreSQL whose process was killed together with its parent, or left running by it. */
async function stopLeftOver(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  const pid = numberIn(lock);
  if (pid === undefined) return;
  if (isPostgres(pid)) {
    const owner = numberIn(ownerFile(data));
    if (owner !== undefined && isAlive(owner)) {
      throw new FolderInUse('DATABASE_URL', 'names a data folder that another running process uses');
    }
    process.kill(pid, 'SIGINT');
    for (let waited = 0; isPostgres(pid) && waited < 10_000; waited += 50) await sleep(50);
  }
  rmSync(lock, { force: true });
}

function numberIn(path: string): number | undefined {
  try {
    const number = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return number > 0 ? number : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A number may belong to somebody else by now; where the system tells, ask for the name. */
function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (!existsSync('/proc/self/comm')) return true;
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
  } catch {
    return false;
  }
}

/** Made beside the final place and moved there when whole, so that a killed first start leaves nothing half. */
async function initialise(data: string, initdb: string, user: SystemUser | undefined): Promise<void> {
  removeDeadDrafts(data);
  const draft = `${data}.new-${process.pid}`;
  ownFolder(draft, user);
  const child = run(
    initdb,
    [
      '--pgdata',
      draft,
      '--username=postgres',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ],
    user,
  );
  const said = collect(child);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(`initdb failed: ${said()}`);
  }
  try {
    // Replaces an empty folder only.
    renameSync(draft, data);
  } catch {
    rmSync(draft, { recursive: true, force: true });
    throw unusable('names a folder that holds something other than a PostgreSQL database');
  }
}

/** What a start left behind that was killed while it made the data. */
function removeDeadDrafts(data: string): void {
  const prefix = `${basename(data)}.new-`;
  for (const name of readdirSync(dirname(data)).filter((entry) => entry.startsWith(prefix))) {
    if (isAlive(Number(name.slice(prefix.length)))) continue;
    rmSync(join(dirname(data), name), { recursive: true, force: true });
  }
}

/** No environment is passed on: it may hold secrets, and PG* variables would change the server. */
function run(command: string, args: readonly string[], user: SystemUser | undefined): ChildProcess {
  return spawn(command, args, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    ...(user && { uid: user.uid, gid: user.gid }),
  });
}

/** The last words of a process, for the case that it fails. */
function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => (text = (text + chunk.toString('utf8')).slice(-1000)));
  child.once('error', (error) => (text += error.message));
  return () => text.trim();
}

async function untilReady(server: ChildProcess, url: string): Promise<void> {
  const said = collect(server);
  const deadline = performance.now() + 30_000;
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) {
      throw new Error(`PostgreSQL did not start: ${said()}`);
    }
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw new Error('PostgreSQL did not become ready.', { cause: error });
      await sleep(25);
    }
  }
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownFolder, postgresUser } from '../../bff/store/postgres-user.ts';
import { freePort } from '../ports.ts';

export type PgBouncer = {
  /** The address of the pooler for the role that was given. */
  readonly url: string;
  /** Everything it has said. */
  readonly said: () => string;
  readonly stop: () => Promise<void>;
};

export const pgbouncerIsInstalled = (): boolean =>
  spawnSync('pgbouncer', ['--version'], { env: toolsEnvironment }).status === 0;

/** Debian keeps servers out of an ordinary user's path. */
const toolsEnvironment = { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };

/**
 * The pooler of docs/pgbouncer.ini in front of a database, as an ordinary user. `directUrl` is the database's own
 * address with role and password; `change` replaces settings.
 */
export async function startPgBouncer(
  directUrl: string,
  change: Readonly<Record<string, string>> = {},
): Promise<PgBouncer> {
  const user = postgresUser();
  const folder = mkdtempSync('/tmp/hecto-onboarding-pgbouncer-');
  ownFolder(folder, user);
  const port = await freePort();
  const direct = new URL(directUrl);
  const [name, password] = [decodeURIComponent(direct.username), decodeURIComponent(direct.password)];
  const settings: Record<string, string> = {
    hecto: `host=${direct.searchParams.get('host') ?? direct.hostname} port=${direct.port || '5432'} dbname=${direct.pathname.slice(1)}`,
    listen_port: String(port),
    auth_file: join(folder, 'users.txt'),
    server_tls_sslmode: 'disable',
    ...change,
  };
  const sample = readFileSync(join(import.meta.dirname, '../../docs/pgbouncer.ini'), 'utf8');
  const config = Object.entries(settings).reduce(
    (text, [key, value]) => replaced(text, new RegExp(`^${key} =.*$`, 'm'), `${key} = ${value}`),
    sample,
  );
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(file, config);
  writeFileSync(join(folder, 'users.txt'), `"${name}" "${password}"\n`);

  const child = spawn('pgbouncer', [file], {
    cwd: '/',
    env: toolsEnvironment,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'exit');
  await untilListening(port, () => {
    if (child.exitCode !== null) throw new Error(`PgBouncer did not start: ${said}`);
  });

  return {
    url: `postgres://${direct.username}:${direct.password}@127.0.0.1:${port}/hecto`,
    said: () => said,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function replaced(text: string, line: RegExp, by: string): string {
  if (!line.test(text)) throw new Error(`docs/pgbouncer.ini has no line ${line.source}`);
  return text.replace(line, () => by);
}

async function untilListening(port: number, assertAlive: () => void): Promise<void> {
  for (;;) {
    assertAlive();
    const socket = connect(port, '127.0.0.1');
    const isThere = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isThere) return;
    await sleep(25);
  }
}

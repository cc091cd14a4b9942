import { chmodSync, chownSync, lstatSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export type SystemUser = { readonly uid: number; readonly gid: number };

/**
 * PostgreSQL refuses to run as root, so root lends it another user: `postgres` where the system has one,
 * otherwise `nobody`. Undefined: we are not root and run it ourselves.
 */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((account) => account[0] === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL does not run as root and this system has neither a postgres nor a nobody user.',
  );
}

/** Whether the user can walk down to the folder. */
export function canEnter(folder: string, user: SystemUser | undefined): boolean {
  if (!user) return true;
  const { uid, gid, mode } = statSync(folder);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  const parent = dirname(folder);
  return (mode & bit) !== 0 && (parent === folder || canEnter(parent, user));
}

/**
 * A folder that belongs to PostgreSQL's user and nobody else can enter. Refuses one that a stranger put at
 * its place, as everybody may write to a temporary folder.
 */
export function ownFolder(folder: string, user: SystemUser | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const mine = [process.getuid?.(), user?.uid];
  if (!found.isDirectory() || !mine.includes(found.uid)) {
    throw new Error('A folder for PostgreSQL belongs to somebody else.');
  }
  if (user) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

/**
 * A secret of a developer's machine: made once in `folder`, readable by its owner only, and the same again
 * at the next start. Two processes that start together agree on whichever came first.
 */
export function localSecret(folder: string, name: 'data-keys' | 'pin-pepper'): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  const random = randomBytes(32).toString('base64');
  try {
    writeFileSync(path, name === 'data-keys' ? `local:${random}` : random, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8').trim();
}

import { spawnSync } from 'node:child_process';

/** Readers have curl. A bare Debian has not: there it is installed, where that may be done. */
export function ensureCurl(): void {
  if (spawnSync('curl', ['--version']).status === 0 || process.getuid?.() !== 0) return;
  spawnSync('apt-get', ['update']);
  spawnSync('apt-get', ['install', '-y', 'curl']);
}

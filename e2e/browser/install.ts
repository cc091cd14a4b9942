/** Installs what tests need from the system's packages, where this process may. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export const minute = 60_000;

/** Whether we are root on a Debian or one of its children. */
export const canUseApt =
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

/** Returns whether they are installed now. */
export function installPackages(names: readonly string[]): boolean {
  return (
    run('apt-get', ['update'], 3 * minute) &&
    run('apt-get', ['install', '-y', '--no-install-recommends', ...names], 8 * minute)
  );
}

/** Runs a command in silence but for what it complains about; says whether it went well. */
export function run(command: string, args: readonly string[], timeout: number): boolean {
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout, env });
    return true;
  } catch {
    return false;
  }
}

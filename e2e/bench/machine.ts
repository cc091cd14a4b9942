import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Which processors the measured server has for itself, and which everybody else shares. */
export type Cores = { readonly server: string; readonly others: string };

/** Undefined where one cannot choose (no `taskset`) or there is only one. */
export function splitCores(): Cores | undefined {
  if (process.platform !== 'linux' || spawnSync('taskset', ['--version']).status !== 0) return undefined;
  const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const [server, ...others] = coresIn(allowed);
  return server === undefined || others.length === 0
    ? undefined
    : { server: String(server), others: others.join(',') };
}

/** `0-2,5` as numbers. */
export const coresIn = (list: string): number[] =>
  list.split(',').flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });

/** From now on this process and all that it starts run on these processors. */
export function stayOn(cores: string): void {
  const { status, stderr } = spawnSync('taskset', ['-acp', cores, String(process.pid)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

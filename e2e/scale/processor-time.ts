import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second, whatever the machine. */
const ticksPerSecond = 100;

type Times = { readonly parent: number; readonly own: number; readonly ofChildrenThatEnded: number };

function timesOf(pid: number): Times | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent, user, system, childrenUser, childrenSystem] = [1, 11, 12, 13, 14].map((at) => fields[at]!);
    return { parent: parent!, own: user! + system!, ofChildrenThatEnded: childrenUser! + childrenSystem! };
  } catch {
    return undefined; // it has ended
  }
}

/** Seconds that a process and its children have had of a processor so far. Linux only. */
export function processorSeconds(pid: number): number {
  const own = timesOf(pid);
  let ticks = own ? own.own + own.ofChildrenThatEnded : 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const times = timesOf(Number(name));
    if (times?.parent === pid) ticks += times.own;
  }
  return ticks / ticksPerSecond;
}

/** How many seconds all processors together were busy since the machine began, whoever used them. */
export function machineSeconds(): number {
  const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]!
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user! + nice! + system! + irq! + softirq!) / ticksPerSecond;
}

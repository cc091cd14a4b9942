/**
 * `npm run scale:figures`: how many customers one, two and four instances take through on this machine, what one onboarding
 * costs in processor time and in the database, and what that comes to: what docs/scale.md says. About four minutes.
 */
import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from './cluster.ts';
import { between, databaseWork, type TableWork } from './database-work.ts';
import { percentile, walkThrough, type Journey } from './journey.ts';
import type { Onboarding } from './model.ts';
import { machineSeconds, processorSeconds } from './processor-time.ts';
import { daysKept, onboardingsPerDay, workedOut } from './worked-out.ts';

const seconds = Number(process.env['SCALE_SECONDS'] ?? 20);
/** How many customers are under way at the same time; each is followed by the next. */
const atOnce = Number(process.env['SCALE_CUSTOMERS'] ?? 40);
const warmUpSeconds = 5;

const print = (line = ''): void => void process.stdout.write(`${line}\n`);

const sum = (pids: readonly number[]): number => pids.reduce((all, pid) => all + processorSeconds(pid), 0);

const processor = (cluster: Cluster) => ({
  bff: sum(cluster.pids.bff),
  postgres: sum(cluster.pids.postgres),
  hecto: sum(cluster.pids.hecto),
  customers: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
  machine: machineSeconds(),
});

/** Keeps that many customers under way until the time is over. */
async function customersFor(cluster: Cluster, ms: number, first: number): Promise<Journey[]> {
  const end = performance.now() + ms;
  const over: Journey[] = [];
  let number = first;
  async function oneAfterAnother(): Promise<void> {
    while (performance.now() < end) {
      const journey = await walkThrough(cluster, { number: (number += 1) });
      if (journey.failure !== undefined) throw new Error(journey.failure);
      // Those that end later are not part of the time that is measured.
      if (performance.now() < end) over.push(journey);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, oneAfterAnother));
  return over;
}

/** What so many instances can do; the milliseconds that one onboarding takes of a processor. */
async function measure(instances: number): Promise<Pick<Onboarding, 'bffMs' | 'postgresMs'>> {
  const cluster = await Cluster.start({ instances });
  try {
    await customersFor(cluster, warmUpSeconds * 1_000, 0);
    const before = processor(cluster);
    const begun = performance.now();
    const journeys = await customersFor(cluster, seconds * 1_000, 10_000);
    const after = processor(cluster);
    // The last ones took a moment more, and so the processors worked for them, too.
    const tookSeconds = (performance.now() - begun) / 1_000;
    const all = journeys.length + atOnce;
    const each = (of: 'bff' | 'postgres' | 'hecto' | 'customers') =>
      Math.round(((after[of] - before[of]) * 1_000) / all);
    const busy = (after.machine - before.machine) / tookSeconds;
    const ours = (['bff', 'postgres', 'hecto', 'customers'] as const).reduce(
      (total, of) => total + after[of] - before[of],
      0,
    );
    const bff = journeys.map(({ bffMs }) => bffMs);
    print(
      `| ${[
        instances,
        (journeys.length / seconds).toFixed(1),
        `${Math.round(percentile(bff, 0.5))} / ${Math.round(percentile(bff, 0.95))} ms`,
        `${each('bff')} ms`,
        `${each('postgres')} ms`,
        `${each('hecto')} ms`,
        `${each('customers')} ms`,
        `${busy.toFixed(2)}, of them ${(busy - ours / tookSeconds).toFixed(2)} others'`,
      ].join(' | ')} |`,
    );
    return { bffMs: each('bff'), postgresMs: each('postgres') };
  } finally {
    await cluster.stop();
  }
}

/** What an instance asks the database while nobody is there, and what one onboarding writes. */
async function countWrites(): Promise<Omit<Onboarding, 'bffMs' | 'postgresMs'>> {
  const cluster = await Cluster.start({ instances: 1 });
  // Enough to fill the pages of tables and indexes.
  const customers = 200;
  try {
    await walkThrough(cluster, { number: 1 });
    await sleep(3_000);
    const idle = await databaseWork(cluster);
    await sleep(10_000);
    const begin = await databaseWork(cluster);
    const nobody = between(idle, begin);
    const begun = performance.now();
    for (let number = 100; number < 100 + customers; number += 20)
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => walkThrough(cluster, { number: number + index })),
      );
    const took = (performance.now() - begun) / 1_000 + 2;
    await sleep(2_000);
    const work = between(begin, await databaseWork(cluster));
    const each = (value: number, perSecond = 0) => (value - perSecond * took) / customers;
    const per = (value: number, perSecond = 0) => each(value, perSecond).toFixed(1);
    print(`An idle instance: ${(nobody.statements / 10).toFixed(1)} statements a second.`);
    print(
      `One onboarding: ${per(work.statements, nobody.statements / 10)} statements, ${per(work.writes)} of them write, ` +
        `${per(work.transactions, nobody.transactions / 10)} transactions, ${per(work.walBytes / 1024)} KB of WAL.`,
    );
    print();
    print('| table | inserted | updated | deleted | bytes | days |');
    print('| --- | --- | --- | --- | --- | --- |');
    const tables = [...work.tables].filter(
      ([, { inserted, updated, deleted }]) => inserted + updated + deleted > 0,
    );
    for (const [name, { inserted, updated, deleted, bytes }] of tables)
      print(
        `| \`${name}\` | ${per(inserted)} | ${per(updated)} | ${per(deleted)} | ${Math.round(each(bytes))} | ${daysKept(name)} |`,
      );
    return {
      statements: each(work.statements, nobody.statements / 10),
      writes: each(work.writes),
      walKb: each(work.walBytes / 1024),
      kept: keptOf(tables, each),
    };
  } finally {
    await cluster.stop();
  }
}

function keptOf(
  tables: readonly (readonly [string, TableWork])[],
  each: (value: number) => number,
): Onboarding['kept'] {
  const days = new Set(tables.map(([name]) => daysKept(name)));
  return [...days].map((stay) => ({
    days: stay,
    bytes: each(tables.reduce((all, [name, { bytes }]) => (daysKept(name) === stay ? all + bytes : all), 0)),
  }));
}

print(
  `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Node ${process.version}, load before ${loadavg()[0]!.toFixed(1)}.`,
);
print();
print(
  '| instances | onboardings a second | BFF part p50 / p95 | BFF | PostgreSQL | Hecto’s side | customers | processors busy |',
);
print('| --- | --- | --- | --- | --- | --- | --- | --- |');
const one = await measure(1);
await measure(2);
await measure(4);
print();
const whole = { ...one, ...(await countWrites()) };
print();
print(JSON.stringify(whole));
print(`What docs/scale.md works out for ${onboardingsPerDay.join(', ')} a day, with this:`);
for (const row of workedOut(whole)) print(row);

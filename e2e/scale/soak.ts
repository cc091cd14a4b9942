/**
 * `npm run scale:soak [minutes]`: finds out how many customers two instances take through in a second, and then lets half
 * as many come for half an hour. Says how large each instance is every minute; fails on any error, and when they grow.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from './cluster.ts';
import { kindOf, letCustomersCome, summaryOf } from './load.ts';
import { totalMishaps, walkThrough } from './journey.ts';

const minutes = Number(process.argv[2] ?? process.env['SOAK_MINUTES'] ?? 30);
const instances = 2;
/** So many are under way at a time while the peak is looked for; each is followed by the next. */
const atOnce = 40;
const warmUpSeconds = 10;
const peakSeconds = 20;
/** Megabytes that the last third of the looks may be above the first on average: what R20 allows a flood. */
const bounds = { heap: 8, all: 40 };

type Look = { readonly heap: number; readonly all: number };

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const mb = (bytes: number) => bytes / 2 ** 20;
const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

const cluster = await Cluster.start({ instances, probe: true });
let failed: boolean;
try {
  await atFullLoad(warmUpSeconds, 0);
  const peak = (await atFullLoad(peakSeconds, 10_000)) / peakSeconds;
  print(`Peak: ${peak.toFixed(1)} journeys a second. Half of it for ${minutes} minutes.`);
  failed = await soak(Math.max(1, Math.round(peak * 30)));
} finally {
  await cluster.stop();
}
process.exit(failed ? 1 : 0);

/** How many journeys were over in time. @throws when one of them failed. */
async function atFullLoad(seconds: number, first: number): Promise<number> {
  const end = performance.now() + seconds * 1_000;
  let over = 0;
  let number = first;
  async function oneAfterAnother(): Promise<void> {
    while (performance.now() < end) {
      const { failure } = await walkThrough(cluster, kindOf((number += 1)));
      if (failure !== undefined) throw new Error(failure);
      if (performance.now() < end) over += 1;
    }
  }
  await Promise.all(Array.from({ length: atOnce }, oneAfterAnother));
  return over;
}

async function soak(perMinute: number): Promise<boolean> {
  const load = letCustomersCome(cluster, perMinute, 20_000);
  const looks: Look[][] = Array.from({ length: instances }, () => []);
  for (let minute = 1; minute <= minutes; minute += 1) {
    await sleep(60_000);
    const sizes = await Promise.all(
      looks.map(async (seen, instance) => {
        const { heapUsed, rss } = await cluster.memory(instance);
        seen.push({ heap: mb(heapUsed), all: mb(rss) });
        return `${mb(heapUsed).toFixed(1)} of ${Math.round(mb(rss))} MB`;
      }),
    );
    print(`minute ${minute}: heap ${sizes.join(', ')}; journeys ${load.over.length}`);
  }
  const journeys = await load.end();
  print(summaryOf(journeys));

  const { lost, later, pressedAgain } = totalMishaps(journeys);
  const failures = journeys.flatMap(({ failure }) => failure ?? []);
  const faults = cluster.logged().filter(({ event }) => event === 'fault' || event === 'alert');
  for (const one of [...failures, ...faults.map((fault) => JSON.stringify(fault))].slice(0, 5)) print(one);
  const third = Math.ceil(minutes / 3);
  const growth = (of: keyof Look) =>
    looks.map(
      (seen) => mean(seen.slice(-third).map((at) => at[of])) - mean(seen.slice(0, third).map((at) => at[of])),
    );
  print(
    `from the first third to the last: heap ${growth('heap').map(signed).join(', ')} MB (at most ${bounds.heap}), ` +
      `all memory ${growth('all').map(signed).join(', ')} MB (at most ${bounds.all})`,
  );
  return (
    failures.length + faults.length + lost + later + pressedAgain > 0 ||
    (['heap', 'all'] as const).some((of) => growth(of).some((grown) => grown > bounds[of]))
  );
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(1)}`;
}

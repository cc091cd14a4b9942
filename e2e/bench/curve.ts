import { latencyAt, type Latency } from './paced.ts';
import { interleaved, median } from './rounds.ts';
import type { Targets } from './targets.ts';

/** How long answers took at a load; a load that was too much is not there, nor is any above it. */
export type Point = { readonly perSecond: number } & Latency;
export const curveTargets = ['bff', 'axios', 'http-proxy'] as const;
export type Curves = Readonly<Record<(typeof curveTargets)[number], readonly Point[]>>;

const loads = [250, 500, 750, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 6_000, 8_000, 10_000];

const turns = 3;

/**
 * Latency against load, of everybody in turn at one load after the other, until it is too much for them: the middle one
 * of three turns, so that a hiccup of the machine ends nobody's line.
 */
export async function measureCurves(targets: Targets): Promise<Curves> {
  const curves: Record<keyof Curves, Point[]> = { bff: [], axios: [], 'http-proxy': [] };
  // Compilers need to have seen something.
  for (const name of curveTargets) await latencyAt(250, targets[name], 4);
  for (
    let going: readonly (keyof Curves)[] = curveTargets, at = 0;
    going.length > 0 && at < loads.length;
    at += 1
  ) {
    const perSecond = loads[at]!;
    const measured = await interleaved(
      Object.fromEntries(going.map((name) => [name, () => latencyAt(perSecond, targets[name], 1)])),
      turns,
    );
    going = going.filter((name) => {
      const latencies = measured[name]!.filter((latency) => latency !== undefined);
      const isTooMuch = latencies.length <= turns / 2;
      const middle = (of: 'p50' | 'p99') => median(latencies.map((latency) => latency[of]));
      if (!isTooMuch) curves[name].push({ perSecond, p50: middle('p50'), p99: middle('p99') });
      return !isTooMuch;
    });
  }
  return curves;
}

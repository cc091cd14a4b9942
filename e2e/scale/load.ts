import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { percentile, totalMishaps, walkThrough, type Journey, type JourneyOptions } from './journey.ts';

export type Load = {
  /** Every journey that is over. */
  readonly over: readonly Journey[];
  /** Begins no more, and waits for those that are under way. */
  readonly end: () => Promise<readonly Journey[]>;
};

/**
 * Lets customers come at an even pace, whatever becomes of those before. Every tenth enters the code wrong four times,
 * every third pays afterwards.
 */
export function letCustomersCome(cluster: Cluster, perMinute: number, first = 1): Load {
  const over: Journey[] = [];
  const underWay = new Set<Promise<unknown>>();
  let ending = false;
  let number = first - 1;

  async function come(): Promise<void> {
    const begun = performance.now();
    for (let count = 1; !ending; count += 1) {
      number += 1;
      const journey = walkThrough(cluster, kindOf(number)).then((one) => over.push(one));
      underWay.add(journey);
      void journey.finally(() => underWay.delete(journey));
      await sleep(Math.max(0, begun + (count * 60_000) / perMinute - performance.now()));
    }
  }

  const coming = come();
  return {
    over,
    async end() {
      ending = true;
      await coming;
      await Promise.all(underWay);
      return over;
    },
  };
}

export const kindOf = (number: number): JourneyOptions => ({
  number,
  wrongCodes: number % 10 === 0 ? 4 : 0,
  pays: number % 3 === 0,
});

/** A few words for the person who ran it. */
export function summaryOf(journeys: readonly Journey[]): string {
  const { lost, later, pressedAgain } = totalMishaps(journeys);
  const failed = journeys.filter(({ failure }) => failure !== undefined);
  const good = journeys.filter(({ failure }) => failure === undefined);
  const times = (of: 'ms' | 'bffMs') => {
    const values = good.map((journey) => journey[of]);
    return `${Math.round(percentile(values, 0.5))} / ${Math.round(percentile(values, 0.95))} ms`;
  };
  return [
    `journeys ${journeys.length}, failed ${failed.length}`,
    `requests without an answer ${lost}, told to come later ${later}, buttons pressed again ${pressedAgain}`,
    `the BFF's part of a journey p50 / p95 ${times('bffMs')}, all of it ${times('ms')}`,
  ].join('; ');
}

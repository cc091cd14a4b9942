import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { percentile } from '../scale/journey.ts';
import type { Target } from './targets.ts';

/** How long answers took at an even pace, in milliseconds. */
export type Latency = { readonly p50: number; readonly p99: number };

/** So many may be under way; as many as the BFF lets in before it turns somebody away. */
const mostUnderWay = 64;

/**
 * Sends requests at an even pace, whatever becomes of those before: a tool that waits for answers, or sends a second's
 * worth at once, would not see the queue. Undefined when it is too fast for the target. Throws when anything but the right
 * answer came.
 */
export async function latencyAt(
  perSecond: number,
  target: Target,
  seconds: number,
): Promise<Latency | undefined> {
  const { url, path, headers, body, isRight } = target;
  const pool = new Pool(url, { connections: mostUnderWay, pipelining: 1 });
  const times: number[] = [];
  let underWay = 0;
  let wrong: string | undefined;

  async function one(): Promise<void> {
    underWay += 1;
    const sent = performance.now();
    const response = await pool.request({ method: 'POST', path, headers, body });
    const text = await response.body.text();
    times.push(performance.now() - sent);
    underWay -= 1;
    if (response.statusCode !== 200 || !isRight(text)) wrong ??= `${response.statusCode} ${text}`;
  }

  try {
    // Connections are made before anybody looks at the time.
    await Promise.all(Array.from({ length: mostUnderWay / 2 }, one));
    times.length = 0;
    const all: Promise<void>[] = [];
    const begun = performance.now();
    const count = perSecond * seconds;
    let tooFast = false;
    while (all.length < count && !tooFast) {
      const due = Math.min(count, ((performance.now() - begun) * perSecond) / 1_000);
      while (all.length < due && !tooFast) {
        tooFast = underWay >= mostUnderWay;
        if (!tooFast) all.push(one());
      }
      await sleep(1);
    }
    await Promise.all(all);
    if (wrong !== undefined) throw new Error(`${url}${path}: ${wrong}`);
    return tooFast ? undefined : { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
  } finally {
    await pool.destroy();
  }
}

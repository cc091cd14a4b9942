import { Agent, request } from 'undici';

export type Answered = {
  readonly httpStatus: number;
  readonly body: string;
  /** How far ahead of our clock that of the other side is, in milliseconds; absent when it does not tell. */
  readonly aheadMs?: number;
};

const patienceMs = 5_000;

/**
 * Asks a server one harmless question: no redirect is followed, no proxy used. Undefined when there is no answer.
 * `clock` is ours, to compare with the other side's.
 */
export async function ask(
  url: URL,
  method: 'GET' | 'HEAD',
  clock: () => Date,
): Promise<Answered | undefined> {
  const dispatcher = new Agent({
    connect: { timeout: patienceMs, rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    maxResponseSize: 64 * 1024,
  });
  try {
    const before = clock().getTime();
    const signal = AbortSignal.timeout(patienceMs);
    const { statusCode: httpStatus, headers, body } = await request(url, { method, dispatcher, signal });
    const halfWay = (before + clock().getTime()) / 2;
    const text = await body.text();
    const { date } = headers;
    const theirs = typeof date === 'string' ? Date.parse(date) : Number.NaN;
    if (Number.isNaN(theirs)) return { httpStatus, body: text };
    // The header has whole seconds, cut off: half a second more is the better guess.
    return { httpStatus, body: text, aheadMs: theirs + 500 - halfWay };
  } catch {
    return undefined;
  } finally {
    await dispatcher.destroy();
  }
}

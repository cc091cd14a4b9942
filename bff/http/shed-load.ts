import type { RequestHandler } from 'express';
import { Problem } from './problem.ts';

/** How busy this process is. */
export type Load = {
  /** How late the event loop was at its last look, in milliseconds. */
  readonly eventLoopMs: number;
  /** Queries that wait for a database connection. */
  readonly waiting: number;
};

export type LoadWatch = {
  readonly load: () => Load;
  /** Whether one more order would do nobody a service. */
  readonly isTooMuch: () => boolean;
  readonly stop: () => void;
};

const lookMs = 100;
const mostLateMs = 200;
/** One stall is an accident; so many in a row are more work than there is time. */
const lateInARow = 3;
const mostWaiting = 100;

/**
 * Watches the event loop and the queue for database connections (R38). `onChange` is told when it becomes too much,
 * and when it no longer is.
 */
export function watchLoad(
  waiting: () => number,
  onChange: (tooMuch: boolean, load: Load) => void,
): LoadWatch {
  let eventLoopMs = 0;
  let late = 0;
  let before = performance.now();
  let told = false;

  const load = (): Load => ({ eventLoopMs, waiting: waiting() });
  const isTooMuch = () => late >= lateInARow || waiting() > mostWaiting;

  const timer = setInterval(() => {
    const now = performance.now();
    eventLoopMs = Math.max(0, Math.round(now - before - lookMs));
    before = now;
    late = eventLoopMs > mostLateMs ? late + 1 : 0;
    if (isTooMuch() !== told) {
      told = !told;
      onChange(told, load());
    }
  }, lookMs);
  timer.unref();

  return { load, isTooMuch, stop: () => clearInterval(timer) };
}

/** Turns new orders away while there is too much to do: nothing of them was begun, and reading still works. */
export const shedLoad =
  ({ isTooMuch }: Pick<LoadWatch, 'isTooMuch'>): RequestHandler =>
  (req, _res, next) => {
    if (req.method === 'POST' && isTooMuch()) {
      throw new Problem('unavailable', {
        retryAfter: 2,
        detail: 'There is too much to do: nothing was begun.',
      });
    }
    next();
  };

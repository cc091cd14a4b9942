import type { Log } from '../log/log.ts';

export type Lookout = {
  /** Waits for the look that is under way. */
  readonly stop: () => Promise<void>;
};

type Deps = { readonly clock: () => Date; readonly log: Log };

const tickMs = 1_000;

/**
 * Looks soon, and again whenever `everyMs` are over by the clock; never twice at once. What takes long ends early when
 * `isStopped` says so, and what a look throws is logged: the next one tries again.
 */
export function lookEvery(
  everyMs: number,
  look: (isStopped: () => boolean) => Promise<void>,
  { clock, log }: Deps,
): Lookout {
  let stopped = false;
  let isLooking = false;
  let looking = Promise.resolve();
  let lookedAt = -Infinity;

  const timer = setInterval(() => {
    if (isLooking || clock().getTime() - lookedAt < everyMs) return;
    lookedAt = clock().getTime();
    isLooking = true;
    looking = look(() => stopped)
      .catch((error: unknown) => log.fault(error))
      .finally(() => {
        isLooking = false;
      });
  }, tickMs);

  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
    },
  };
}

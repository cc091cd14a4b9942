import type { Log } from '../../log/log.ts';
import type { Store } from '../../store/store.ts';

export type RetentionWorker = { readonly stop: () => Promise<void> };

type Deps = { readonly store: Pick<Store, 'retention'>; readonly clock: () => Date; readonly log: Log };

const tickMs = 1_000;
const lookEveryMs = 10 * 60_000;

/** Clears away what is no longer needed, every ten minutes, on every instance (S86). */
export function startRetentionWorker({ store, clock, log }: Deps): RetentionWorker {
  let stopped = false;
  let isLooking = false;
  let looking = Promise.resolve();
  let lookedAt = -Infinity;

  async function look(): Promise<void> {
    const cleared = await store.retention.clear(clock(), () => stopped);
    for (const [table, rows] of cleared) log.event('retention.cleared', { table, rows });
  }

  const timer = setInterval(() => {
    if (isLooking || clock().getTime() - lookedAt < lookEveryMs) return;
    lookedAt = clock().getTime();
    isLooking = true;
    looking = look()
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

import type { Log } from '../../log/log.ts';
import type { Store } from '../../store/store.ts';

export type KeyWorker = { readonly stop: () => Promise<void> };

type Deps = { readonly store: Pick<Store, 'vault' | 'reseal'>; readonly log: Log };

const hour = 3_600_000;

/**
 * Follows the rotation of keys at rest on every instance: learns of new keys in time, and when another one seals, gives
 * it to all values. Then it looks again every hour, for an older instance may have written meanwhile.
 */
export function startKeyWorker({ store, log }: Deps, lookEveryMs = 15_000): KeyWorker {
  let stopped = false;
  let isLooking = false;
  let looking = Promise.resolve();
  let doneWith: string | undefined;
  let doneAt = 0;

  async function look(): Promise<void> {
    await store.vault.refresh();
    const mark = store.vault.currentMark().toString('hex');
    if (mark === doneWith && performance.now() - doneAt < hour) return;
    const { resealed, unreadable } = await store.reseal(() => stopped);
    if (resealed > 0) log.event('vault.resealed', { values: resealed });
    if (unreadable > 0) log.event('vault.unreadable', { values: unreadable });
    if (stopped || resealed > 0) return;
    doneWith = mark;
    doneAt = performance.now();
  }

  function lookIfIdle(): void {
    if (isLooking) return;
    isLooking = true;
    looking = look()
      .catch((error: unknown) => log.fault(error))
      .finally(() => {
        isLooking = false;
      });
  }

  lookIfIdle();
  const timer = setInterval(lookIfIdle, lookEveryMs);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
    },
  };
}

import type { Log } from '../../log/log.ts';
import type { Store } from '../../store/store.ts';
import { lookEvery, type Lookout } from '../look-every.ts';

type Deps = { readonly store: Pick<Store, 'retention'>; readonly clock: () => Date; readonly log: Log };

const lookEveryMs = 10 * 60_000;

/** Clears away what is no longer needed, every ten minutes, on every instance (S86). */
export function startRetentionWorker(deps: Deps): Lookout {
  const { store, clock, log } = deps;

  async function look(isStopped: () => boolean): Promise<void> {
    const cleared = await store.retention.clear(clock(), isStopped);
    for (const [table, rows] of cleared) log.event('retention.cleared', { table, rows });
  }

  return lookEvery(lookEveryMs, look, deps);
}

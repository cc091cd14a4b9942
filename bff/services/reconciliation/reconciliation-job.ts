import { instantOfKst, kstDay, nextKstMidnight } from '../../../shared/values/kst.ts';
import type { HectoClient } from '../../hecto/client.ts';
import type { Log } from '../../log/log.ts';
import type { Store } from '../../store/store.ts';
import type { DailyJob } from '../daily/daily-worker.ts';
import { createCompareDay } from './compare-day.ts';

type Deps = {
  readonly store: Pick<Store, 'intents' | 'reconciliations'>;
  readonly hecto: HectoClient;
  readonly clock: () => Date;
  readonly log: Log;
};

const from = '11:00';

/**
 * Compares each day that is over with Hecto and keeps the report (R35). A day is looked at again soon when Hecto did
 * not answer for all of it, and the day after while outcomes are open.
 */
export function reconciliationJob(deps: Deps): DailyJob {
  const { store, clock, log } = deps;
  const compareDay = createCompareDay(deps);

  return {
    name: 'reconciliation',
    from,
    // One inquiry for each order of a day.
    leaseMs: 2 * 3_600_000,
    async run(day, isStopped) {
      const report = await compareDay(day, isStopped);
      if (!report) return { lookAgainAt: clock() };
      await store.reconciliations.save(day, report, clock());
      const { checked, differenceCount: differences, openCount: open } = report;
      log.event('reconciliation.made', { day, checked, differences, open });
      if (differences > 0) log.event('reconciliation.differs', { day, differences });
      if (report.differences.some(({ what }) => what === 'not-answered')) return 'failed';
      if (open > 0) return { lookAgainAt: instantOfKst(kstDay(nextKstMidnight(clock())), from) };
      return 'done';
    },
  };
}

import { instantOfKst, kstDay } from '../../../shared/values/kst.ts';
import type { Log } from '../../log/log.ts';
import type { JobName } from '../../store/jobs.ts';
import type { Store } from '../../store/store.ts';
import { lookEvery, type Lookout } from '../look-every.ts';

/** Work for each Korean day that is over. */
export type DailyJob = {
  readonly name: JobName;
  /** Korean time of day, `HH:mm`: from then on the day before can be worked on. */
  readonly from: string;
  /** Whoever holds a day for longer is gone; ten minutes, if left out. */
  readonly leaseMs?: number;
  /**
   * Does the work of one day (yyyyMMdd). It may be run again: after a failure, or by another instance. What takes
   * long ends early when `isStopped` says so.
   */
  readonly run: (day: string, isStopped: () => boolean) => Promise<DayOutcome>;
};

export type DayOutcome =
  | 'done'
  /** It did not work: soon once more. */
  | 'failed'
  /** It worked, and the day may yet change: once more then. */
  | { readonly lookAgainAt: Date };

type Deps = { readonly store: Pick<Store, 'jobs'>; readonly clock: () => Date; readonly log: Log };

const minute = 60_000;
const day = 24 * 60 * minute;
const lookEveryMs = minute;
/** Most days take a call or two to Hecto. */
const leaseMs = 10 * minute;
/** Days that are made up for after a standstill. */
const daysBack = 31;

/**
 * Does each job once for each day that is over, over all instances. After a standstill the missed days follow,
 * oldest first; the very first start begins with the day before.
 */
export function startDailyWorker(deps: Deps, jobs: readonly DailyJob[]): Lookout {
  const runDue = createRunDue(deps);

  async function look(isStopped: () => boolean): Promise<void> {
    for (const job of jobs) if (!isStopped()) await runDue(job, isStopped);
  }

  return lookEvery(lookEveryMs, look, deps);
}

/** One look at one job: works on every day that is due. */
export function createRunDue({ store, clock, log }: Deps) {
  return async function runDue(job: DailyJob, isStopped: () => boolean = () => false): Promise<void> {
    for (const day of await dueDays(job)) {
      if (isStopped()) return;
      const claimed = await store.jobs.claim(job.name, day, clock(), job.leaseMs ?? leaseMs);
      if (!claimed) continue;
      const outcome = await outcomeOf(job, day, isStopped);
      if (outcome === 'done') await store.jobs.finish(claimed, clock());
      else if (outcome === 'failed') await store.jobs.postpone(claimed, retryAt(claimed.run));
      else await store.jobs.postpone(claimed, outcome.lookAgainAt);
      const said = typeof outcome === 'string' ? outcome : 'look-again';
      log.event('daily.ran', { job: job.name, day, run: claimed.run, outcome: said });
    }
  };

  async function outcomeOf(job: DailyJob, day: string, isStopped: () => boolean): Promise<DayOutcome> {
    try {
      return await job.run(day, isStopped);
    } catch (error) {
      log.fault(error);
      return 'failed';
    }
  }

  async function dueDays({ name, from }: DailyJob): Promise<string[]> {
    const now = clock();
    if (now < instantOfKst(kstDay(now), from)) return [];
    const days = Array.from({ length: daysBack }, (_, index) => daysBefore(now, daysBack - index));
    const { first = days.at(-1)!, done } = await store.jobs.known(name, days[0]!);
    return days.filter((each) => each >= first && !done.has(each));
  }

  /** 5, 10, 20, 40, 60, 60 ... minutes later. */
  function retryAt(run: number): Date {
    return new Date(clock().getTime() + Math.min(5 * 2 ** Math.min(run - 1, 6), 60) * minute);
  }
}

const daysBefore = (now: Date, n: number): string => kstDay(new Date(now.getTime() - n * day));

import { setTimeout as sleep } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';
import type { HectoStats } from '../hecto/client.ts';
import type { LoadWatch } from '../http/shed-load.ts';
import type { Backlog } from '../store/backlog.ts';
import type { Store } from '../store/store.ts';

type Deps = {
  readonly store: Pick<Store, 'backlog' | 'connections' | 'waitingForChanges'>;
  readonly hecto: { stats(): Pick<HectoStats, 'lanes'> };
  readonly loadWatch: Pick<LoadWatch, 'load'>;
  readonly clock: () => Date;
};

/** Several scrapers must not cost several counts. */
const freshMs = 5_000;
/** A database that hangs must not hang the scrape, which tells of it. */
const patienceMs = 2_000;

/** Reads what is so at the moment of a scrape. What the database cannot tell in time is left out, and `database_up` is 0. */
export function readOfThisMoment(registry: Registry, { store, hecto, loadWatch, clock }: Deps) {
  const gauge = <const L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });

  const up = gauge('database_up', 'Whether the database answers.');
  const pool = gauge('database_pool_connections', 'Connections of the pool, and queries that wait for one.', [
    'state',
  ]);
  const polls = gauge('long_polls_waiting', 'Customers who wait for a change of their session.');
  const late = gauge('event_loop_late_seconds', 'How late the event loop was at its last look.');
  const lanes = gauge('hecto_lane_calls', 'Calls to Hecto that are on their way or wait for their turn.', [
    ...(['lane', 'state'] as const),
  ]);
  const open = gauge('hecto_lane_open', '1 while a lane makes no calls, because too many failed.', ['lane']);
  const intents = gauge('money_intents', 'Intents that are not final, by state.', ['state']);
  const intentAge = gauge('money_intents_oldest_age_seconds', 'The age of the oldest of them.', ['state']);
  const events = gauge('webhook_events', 'Events that are not delivered, by state.', ['state']);
  const lag = gauge('webhook_oldest_pending_age_seconds', 'How long the oldest event has been waiting.');
  const latestDay = gauge(
    'daily_job_latest_day_age_seconds',
    'How long ago the latest day began whose work was begun.',
    ['job'],
  );

  let known = { at: -Infinity, backlog: Promise.resolve<Backlog | undefined>(undefined) };
  /** Whether the last question is still open, however long ago we stopped waiting for its answer. */
  let isAsking = false;

  function backlogOf(now: number): Promise<Backlog | undefined> {
    if (!isAsking && now - known.at >= freshMs) {
      isAsking = true;
      const asked = store.backlog(clock()).finally(() => {
        isAsking = false;
      });
      const late = sleep(patienceMs, undefined, { ref: false });
      known = { at: now, backlog: Promise.race([asked, late]).catch(() => undefined) };
    }
    return known.backlog;
  }

  /** Sets every gauge; to be called before the registry is read. */
  return async function read(): Promise<void> {
    for (const [state, count] of Object.entries(store.connections())) pool.set({ state }, count);
    polls.set(store.waitingForChanges());
    late.set(loadWatch.load().eventLoopMs / 1_000);
    for (const [lane, { active, queued, breaker }] of Object.entries(hecto.stats().lanes)) {
      lanes.set({ lane, state: 'active' }, active);
      lanes.set({ lane, state: 'queued' }, queued);
      open.set({ lane }, breaker === 'closed' ? 0 : 1);
    }
    const backlog = await backlogOf(performance.now());
    up.set(backlog ? 1 : 0);
    for (const each of [intents, intentAge, events, lag, latestDay]) each.reset();
    if (!backlog) return;
    for (const [state, { count, oldestSeconds }] of Object.entries(backlog.intents)) {
      intents.set({ state }, count);
      intentAge.set({ state }, oldestSeconds);
    }
    for (const [state, count] of Object.entries(backlog.events)) events.set({ state }, count);
    lag.set(backlog.oldestPendingSeconds);
    for (const [job, seconds] of Object.entries(backlog.latestDaySeconds)) latestDay.set({ job }, seconds);
  };
}

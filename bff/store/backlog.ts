import { sql } from 'kysely';
import { instantOfKst } from '../../shared/values/kst.ts';
import type { Database } from './database.ts';
import { jobNames, type JobName } from './jobs.ts';

export type OpenState = 'submitting' | 'unknown' | 'needs_review';
export type UndeliveredState = 'pending' | 'failed' | 'held';

/** What is not final yet. */
export type Backlog = {
  /** Money and registrations, with the age of the oldest; 0 where there is none. */
  readonly intents: Readonly<Record<OpenState, { readonly count: number; readonly oldestSeconds: number }>>;
  /** Events for the merchant's server. */
  readonly events: Readonly<Record<UndeliveredState, number>>;
  /** How long the oldest event that is to be delivered has been waiting. */
  readonly oldestPendingSeconds: number;
  /** How long ago the latest day began whose work was begun; absent where no day's ever was. */
  readonly latestDaySeconds: Readonly<Partial<Record<JobName, number>>>;
};

/** Counts one merchant's open work, by indexes that hold nothing else, and looks up how far the daily work has come. */
export async function backlogOf(database: Database, merchantId: string, now: Date): Promise<Backlog> {
  const { rows: open } = await sql<{ state: OpenState; count: number; since: Date }>`
    SELECT state, count(*) AS count, min(created_at) AS since FROM (
      SELECT state, created_at FROM intents
      WHERE merchant_id = ${merchantId} AND state IN ('submitting', 'unknown', 'needs_review')
      UNION ALL
      SELECT state, created_at FROM registrations
      WHERE (merchant_id = ${merchantId} OR merchant_id IS NULL) AND state IN ('created', 'submitting', 'unknown')
        AND state <> 'created'
    ) open GROUP BY state`.execute(database);
  const { rows: waiting } = await sql<{ state: UndeliveredState; count: number; since: Date }>`
    SELECT state, count(*) AS count, min(created_at) AS since FROM outbox
    WHERE merchant_id = ${merchantId} AND state = 'pending' GROUP BY state
    UNION ALL
    SELECT state, count(*), min(created_at) FROM outbox
    WHERE merchant_id = ${merchantId} AND state IN ('failed', 'held') GROUP BY state`.execute(database);
  const { rows: begun } = await sql<{ name: JobName; day: string }>`
    SELECT name, max(day) AS day FROM jobs
    WHERE merchant_id = ${merchantId} AND name IN (${sql.join(jobNames)}) GROUP BY name`.execute(database);

  const ageOf = (since: Date | undefined) =>
    since ? Math.max(0, (now.getTime() - since.getTime()) / 1_000) : 0;
  const intentsIn = (state: OpenState) => {
    const row = open.find((one) => one.state === state);
    return { count: row?.count ?? 0, oldestSeconds: ageOf(row?.since) };
  };
  const eventsIn = (state: UndeliveredState) => waiting.find((one) => one.state === state);
  return {
    intents: {
      submitting: intentsIn('submitting'),
      unknown: intentsIn('unknown'),
      needs_review: intentsIn('needs_review'),
    },
    events: {
      pending: eventsIn('pending')?.count ?? 0,
      failed: eventsIn('failed')?.count ?? 0,
      held: eventsIn('held')?.count ?? 0,
    },
    oldestPendingSeconds: ageOf(eventsIn('pending')?.since),
    latestDaySeconds: Object.fromEntries(
      begun.map(({ name, day }) => [name, ageOf(instantOfKst(day, '00:00'))]),
    ),
  };
}

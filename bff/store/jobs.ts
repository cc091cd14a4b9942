import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Also how they are kept: these names stay. */
export const jobNames = ['cancelled-accounts', 'reconciliation'] as const;
export type JobName = (typeof jobNames)[number];

/** A day's work that is ours until the lease ends. `run` tells which try this is, from 1. */
export type JobRun = { readonly name: string; readonly day: string; readonly run: number };

export type Jobs = ReturnType<typeof jobStore>;

/** Work that is done once for each Korean day (yyyyMMdd), whichever instance does it. */
export function jobStore(database: Database, merchantId: string) {
  /** The first day this work was ever asked for, and which days since `since` are done. */
  async function known(
    name: string,
    since: string,
  ): Promise<{ readonly first: string | undefined; readonly done: ReadonlySet<string> }> {
    const ofJob = database.selectFrom('jobs').where('merchant_id', '=', merchantId).where('name', '=', name);
    const first = await ofJob.select('day').orderBy('day').limit(1).executeTakeFirst();
    const done = await ofJob.select('day').where('day', '>=', since).where('state', '=', 'done').execute();
    return { first: first?.day, done: new Set(done.map(({ day }) => day)) };
  }

  /** Undefined when the day is done, not due again yet, or another instance's at the moment. */
  async function claim(name: string, day: string, now: Date, leaseMs: number): Promise<JobRun | undefined> {
    await database
      .insertInto('jobs')
      .values({
        merchant_id: merchantId,
        name,
        day,
        state: 'open',
        due_at: now,
        locked_until: null,
        finished_at: null,
      })
      .onConflict((conflict) => conflict.constraint('jobs_key').doNothing())
      .execute();
    const row = await database
      .updateTable('jobs')
      .set({ runs: sql`runs + 1`, locked_until: new Date(now.getTime() + leaseMs) })
      .where('merchant_id', '=', merchantId)
      .where('name', '=', name)
      .where('day', '=', day)
      .where('state', '=', 'open')
      .where('due_at', '<=', now)
      .where((is) => is.or([is('locked_until', 'is', null), is('locked_until', '<=', now)]))
      .returning('runs')
      .executeTakeFirst();
    return row && { name, day, run: row.runs };
  }

  const ours = ({ name, day, run }: JobRun) =>
    database
      .updateTable('jobs')
      .where('merchant_id', '=', merchantId)
      .where('name', '=', name)
      .where('day', '=', day)
      .where('runs', '=', run)
      .where('state', '=', 'open');

  /** The day is done, unless another instance took over meanwhile. */
  async function finish(job: JobRun, now: Date): Promise<void> {
    await ours(job).set({ state: 'done', locked_until: null, finished_at: now }).execute();
  }

  /** The day is looked at again, not before `dueAt`. */
  async function postpone(job: JobRun, dueAt: Date): Promise<void> {
    await ours(job).set({ due_at: dueAt, locked_until: null }).execute();
  }

  return { known, claim, finish, postpone };
}

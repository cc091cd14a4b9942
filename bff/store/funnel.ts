import { sql } from 'kysely';
import { instantOfKst, kstDay } from '../../shared/values/kst.ts';
import type { Database } from './database.ts';

/** How far a session came; each stage holds all before it. Numbers, as they stand in the database: never reorder them. */
export const stages = {
  started: 0,
  agreed: 1,
  phoneProven: 2,
  accountChosen: 3,
  callApproved: 4,
  registered: 5,
  completed: 6,
} as const;
export type Stage = keyof typeof stages;

export const spans = ['today', 'lastDay', 'lastWeek'] as const;
export type Span = (typeof spans)[number];

/** Of the sessions that began within the span: how many reached the stage. */
export type Funnel = Readonly<Record<Stage, Readonly<Record<Span, number>>>>;

const hour = 3_600_000;

/**
 * Since the Korean day began, and for the last 24 hours and seven days: from the beginning of an hour, for of what is gone
 * only that is known.
 */
function beginnings(now: Date): Record<Span, Date> {
  const thisHour = Math.floor(now.getTime() / hour) * hour;
  return {
    today: instantOfKst(kstDay(now), '00:00'),
    lastDay: new Date(thisHour - 24 * hour),
    lastWeek: new Date(thisHour - 7 * 24 * hour),
  };
}

/** What the step alone says, for sessions that an older version moved: it does not write down how far they came. */
export const reachedByStep = sql<number>`CASE step
  WHEN 'identity' THEN ${sql.lit(stages.agreed)} WHEN 'code' THEN ${sql.lit(stages.agreed)}
  WHEN 'pass' THEN ${sql.lit(stages.agreed)} WHEN 'account' THEN ${sql.lit(stages.phoneProven)}
  WHEN 'ars' THEN ${sql.lit(stages.accountChosen)} WHEN 'password' THEN ${sql.lit(stages.registered)}
  WHEN 'done' THEN ${sql.lit(stages.completed)} ELSE 0 END`;

/** Counts one merchant's sessions: those that are there, and by the hour those that are gone. */
export async function funnelOf(database: Database, merchantId: string, now: Date): Promise<Funnel> {
  const since = beginnings(now);
  const { rows } = await sql<{ reached: number } & Record<Span, number>>`
    SELECT reached,
      COALESCE(sum(sessions) FILTER (WHERE at >= ${since.today}), 0)::integer AS "today",
      COALESCE(sum(sessions) FILTER (WHERE at >= ${since.lastDay}), 0)::integer AS "lastDay",
      sum(sessions)::integer AS "lastWeek"
    FROM (
      SELECT created_at AS at, GREATEST(reached, ${reachedByStep}) AS reached, 1 AS sessions
      FROM onboarding_sessions WHERE merchant_id = ${merchantId} AND created_at >= ${since.lastWeek}
      UNION ALL
      SELECT hour, reached, sessions
      FROM onboarding_funnel WHERE merchant_id = ${merchantId} AND hour >= ${since.lastWeek}
    ) counted GROUP BY reached`.execute(database);
  const reaching = (stage: number) => {
    const sum = (span: Span) =>
      rows.reduce((total, row) => total + (row.reached >= stage ? row[span] : 0), 0);
    return { today: sum('today'), lastDay: sum('lastDay'), lastWeek: sum('lastWeek') };
  };
  return {
    started: reaching(stages.started),
    agreed: reaching(stages.agreed),
    phoneProven: reaching(stages.phoneProven),
    accountChosen: reaching(stages.accountChosen),
    callApproved: reaching(stages.callApproved),
    registered: reaching(stages.registered),
    completed: reaching(stages.completed),
  };
}

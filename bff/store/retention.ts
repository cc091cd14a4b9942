import { sql, type RawBuilder } from 'kysely';
import type { Database, Tables } from './database.ts';
import { reachedByStep } from './funnel.ts';
import type { Intent } from './intents.ts';
import { rowNames } from './sealed-columns.ts';
import type { Vault } from './vault.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** What is kept of one kind, and for how long. */
export type RetentionClass = {
  readonly table: keyof Tables;
  readonly keptMs: number;
  /** When the time of a row begins. */
  readonly since: string;
  /** Which rows' time can be over: what is still at work stays, however old it is. */
  readonly only?: string;
};

/** There is a look every ten minutes, so what is kept for a day is gone within that day. */
const almostADay = 23 * hour;
/** 전자금융거래법 22조 and its decree 12조: records of transfers and of the customer's consent, five years. */
export const recordsKeptMs = (5 * 365 + 2) * day;

/** What goes as a whole, with everything that hangs on it. */
export const shortLived: readonly RetentionClass[] = [
  // With tokens and keypads. Who was registered stands in the registrations, what was agreed to in the consents.
  {
    table: 'onboarding_sessions',
    keptMs: almostADay,
    since: 'created_at',
    only: `step IN ('done', 'failed', 'cancelled', 'expired')`,
  },
  { table: 'keypads', keptMs: 0, since: 'expires_at' },
  { table: 'payment_authorizations', keptMs: 0, since: 'expires_at' },
  { table: 'verifications', keptMs: 0, since: 'expires_at' },
  { table: 'attempts', keptMs: 0, since: 'ends_at' },
  // One without an answer holds nothing of anybody, and must not let the same request through once more.
  { table: 'idempotency_keys', keptMs: 30 * day, since: 'started_at', only: 'status IS NOT NULL' },
  { table: 'outbox', keptMs: 90 * day, since: 'created_at', only: `state <> 'pending'` },
  { table: 'jobs', keptMs: 90 * day, since: 'finished_at' },
  // Numbers only: how many sessions came how far.
  { table: 'onboarding_funnel', keptMs: 90 * day, since: 'hour' },
];

/** What stays as a record of ours, without the customer: the ledger's chain covers the amounts, not who it was. */
export const records: readonly RetentionClass[] = [
  {
    table: 'intents',
    keptMs: recordsKeptMs,
    since: 'created_at',
    only: `anonymized_at IS NULL AND state IN ('succeeded', 'failed', 'expired')`,
  },
  {
    table: 'registrations',
    keptMs: recordsKeptMs,
    since: 'created_at',
    only: `anonymized_at IS NULL AND state IN ('registered', 'failed')`,
  },
  {
    table: 'account_cancellations',
    keptMs: recordsKeptMs,
    since: 'recorded_at',
    only: 'anonymized_at IS NULL',
  },
];

/** How many rows of a table went, or lost their customer. */
export type Cleared = ReadonlyMap<keyof Tables, number>;

/** What there is of one kind. */
export type Holding = RetentionClass & {
  readonly rows: number;
  readonly oldest?: Date;
  /** Rows whose time is over and that are there all the same. */
  readonly over: number;
};

const atOnce = 500;
const nobody = Buffer.alloc(0);
/** Instead of the customer's id, which every record shows. */
const takenOut = '-';

const isOver = ({ keptMs, since, only }: RetentionClass, now: Date): RawBuilder<boolean> => {
  const isOld = sql<boolean>`${sql.ref(since)} <= ${new Date(now.getTime() - keptMs)}`;
  return only === undefined ? isOld : sql<boolean>`${isOld} AND ${sql.raw(only)}`;
};

export type Retention = ReturnType<typeof retentionStore>;

/**
 * Deletes what is no longer needed (S86), of all merchants who share the database: the same times hold for all. A page at
 * a time, and never a row that somebody is working on, so that any number of instances may do it.
 */
export function retentionStore(database: Database, vault: Vault) {
  const pages: Partial<Record<keyof Tables, (over: RawBuilder<boolean>, now: Date) => Promise<number>>> = {
    onboarding_sessions: deleteSessions,
    intents: anonymizeIntents,
    registrations: anonymizeRegistrations,
    account_cancellations: anonymizeCancellations,
  };

  /** Everything whose time is over, until `isStopped` says so. */
  async function clear(now: Date, isStopped: () => boolean = () => false): Promise<Cleared> {
    const cleared = new Map<keyof Tables, number>();
    for (const each of [...shortLived, ...records]) {
      const { table } = each;
      const clearPage = pages[table] ?? ((over) => deletePage(table, over));
      for (let page = atOnce; page === atOnce && !isStopped();) {
        page = await clearPage(isOver(each, now), now);
        if (page > 0) cleared.set(table, (cleared.get(table) ?? 0) + page);
      }
    }
    return cleared;
  }

  async function deletePage(name: keyof Tables, over: RawBuilder<boolean>): Promise<number> {
    const table = sql.table(name);
    const { numAffectedRows } = await sql`
      DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM ${table} WHERE ${over} LIMIT ${atOnce} FOR UPDATE SKIP LOCKED
      ))`.execute(database);
    return Number(numAffectedRows ?? 0);
  }

  /** With what the operators' funnel keeps of them: in which hour they began and how far they came. */
  async function deleteSessions(over: RawBuilder<boolean>): Promise<number> {
    const { rows } = await sql<{ gone: number }>`
      WITH gone AS (
        DELETE FROM onboarding_sessions WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM onboarding_sessions WHERE ${over} LIMIT ${atOnce} FOR UPDATE SKIP LOCKED
        )) RETURNING merchant_id, created_at, GREATEST(reached, ${reachedByStep}) AS reached
      ), counted AS (
        INSERT INTO onboarding_funnel AS f (merchant_id, hour, reached, sessions)
        SELECT merchant_id, date_trunc('hour', created_at, 'UTC'), reached, count(*)
        FROM gone WHERE merchant_id IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (merchant_id, hour, reached) DO UPDATE SET sessions = f.sessions + EXCLUDED.sessions
      ) SELECT count(*)::integer AS gone FROM gone`.execute(database);
    return rows[0]?.gone ?? 0;
  }

  async function anonymizeIntents(over: RawBuilder<boolean>, now: Date): Promise<number> {
    const rows = await database
      .selectFrom('intents')
      .select(['id', 'sealed_request'])
      .where(over)
      .limit(atOnce)
      .execute();
    for (const { id, sealed_request: before } of rows) {
      const { about } = JSON.parse(vault.open('intents', 'sealed_request', id, before)) as Pick<
        Intent,
        'about'
      >;
      const after = { customerId: takenOut, about: { bankCode: about.bankCode } };
      const sealed = vault.seal('intents', 'sealed_request', id, JSON.stringify(after));
      await database
        .updateTable('intents')
        .set({ sealed_request: sealed, sealed_result: null, customer_index: null, anonymized_at: now })
        .where('id', '=', id)
        .execute();
    }
    return rows.length;
  }

  async function anonymizeRegistrations(over: RawBuilder<boolean>, now: Date): Promise<number> {
    const some = database.selectFrom('registrations').select('id').where(over).limit(atOnce);
    const { numUpdatedRows } = await database
      .updateTable('registrations')
      .set({ sealed_result: null, customer_index: nobody, anonymized_at: now })
      .where('id', 'in', some)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  async function anonymizeCancellations(over: RawBuilder<boolean>, now: Date): Promise<number> {
    const key = ['merchant_id', 'account_index', 'day'] as const;
    const rows = await database
      .selectFrom('account_cancellations')
      .select(key)
      .where(over)
      .limit(atOnce)
      .execute();
    for (const row of rows) {
      const place = rowNames.account_cancellations(row);
      await database
        .updateTable('account_cancellations')
        .set({
          sealed_about: vault.seal('account_cancellations', 'sealed_about', place, '{}'),
          customer_index: nobody,
          anonymized_at: now,
        })
        .where('merchant_id', '=', row.merchant_id)
        .where('account_index', '=', row.account_index)
        .where('day', '=', row.day)
        .execute();
    }
    return rows.length;
  }

  return { clear };
}

/** What there is of each kind, and what ought to be gone: for the operator's report. Reads only. */
export async function holdings(database: Database, now: Date): Promise<Holding[]> {
  const found: Holding[] = [];
  for (const each of [...shortLived, ...records]) {
    const { rows } = await sql<{ rows: number; oldest: Date | null; over: number }>`
      SELECT count(*) AS rows, min(${sql.ref(each.since)}) AS oldest, count(*) FILTER (WHERE ${isOver(each, now)}) AS over
      FROM ${sql.table(each.table)}`.execute(database);
    const { oldest, ...counts } = rows[0]!;
    found.push({ ...each, ...counts, ...(oldest && { oldest }) });
  }
  return found;
}

import { randomBytes } from 'node:crypto';
import { CompiledQuery, sql } from 'kysely';
import type { CreateOnboardingSession } from '../../shared/api/merchant/onboarding-sessions.ts';
import type { Locale } from '../../shared/api/state.ts';
import type { EventType } from '../../shared/api/merchant/events.ts';
import { stageOf, startOfJourney, type Journey } from '../services/onboarding/journey.ts';
import { onboardingSessionView } from '../services/onboarding/onboarding-session-view.ts';
import type { Database, QueryOften, Tables } from './database.ts';
import { stages } from './funnel.ts';
import type { Outbox } from './outbox.ts';
import type { Gone, SessionChanges } from './session-changes.ts';
import type { Tokens } from './tokens.ts';
import { hashToken, type Vault } from './vault.ts';

/** What is fixed when the merchant's server creates a session. */
export type SessionAbout = {
  readonly customerId: string;
  readonly origin?: string;
  readonly surface: NonNullable<CreateOnboardingSession['surface']>;
  readonly locale: Locale;
  readonly returnUrl?: string;
  readonly flow: { readonly paymentPassword: 'auto' | 'hecto' | 'own' | 'skip' };
  readonly prefill?: { readonly name?: string | undefined; readonly phone?: string | undefined };
  readonly metadata?: Readonly<Record<string, string>>;
};

export type Session = SessionAbout & {
  readonly id: string;
  readonly createdAt: Date;
  /** The absolute end; the idle end may come earlier. */
  readonly expiresAt: Date;
  readonly lastSeenAt: Date;
  readonly version: number;
  readonly journey: Journey;
};

/** A session found by its token, and whether that is good: not if another window or its own replacement ended it. */
export type SessionOfToken = { readonly session: Session; readonly token: 'good' | 'taken-over' | 'rotated' };

export type Sessions = ReturnType<typeof sessionStore>;

type Row = Tables['onboarding_sessions'];
const table = 'onboarding_sessions';

/* The queries of every request are statements of their own; the rest goes through the query builder. */
const columns = `s.id, s.sealed_about, s.sealed_journey, s.version, s.created_at, s.expires_at, s.last_seen_at`;
const readSql = `SELECT ${columns} FROM onboarding_sessions s
  WHERE s.id = $1 AND (s.merchant_id = $2 OR s.merchant_id IS NULL)`;
export const readByTokenSql = `SELECT ${columns}, t.superseded_at IS NOT NULL AS ended, t.rotated_by IS NOT NULL AS rotated,
    t.replaces IS NOT NULL AS unused
  FROM session_tokens t JOIN onboarding_sessions s ON s.id = t.session_id
  WHERE t.hash = $1 AND (s.merchant_id = $2 OR s.merchant_id IS NULL)`;
export const saveSql = `WITH saved AS (
    UPDATE onboarding_sessions s
    SET sealed_journey = $3, step = $4, version = version + 1, due_at = CASE WHEN $5 THEN $6 ELSE due_at END,
      reached = GREATEST(reached, $7)
    WHERE id = $1 AND version = $2 RETURNING id, version, last_seen_at)
  SELECT version, last_seen_at, pg_notify('session_changed', id || ' ' || version) FROM saved`;

/** Nobody waits for the disk: a database that breaks down forgets at most a second of who was there. */
const touchSql = `UPDATE onboarding_sessions SET last_seen_at = $2
  WHERE id = $1 AND last_seen_at < $2 AND set_config('synchronous_commit', 'off', true) = 'off'`;

/** The ends the merchant hears of. */
const eventOf: Readonly<Partial<Record<Journey['step'], EventType>>> = {
  done: 'onboarding.completed',
  failed: 'onboarding.failed',
  cancelled: 'onboarding.cancelled',
  expired: 'onboarding.expired',
};

type Settings = {
  readonly merchantId: string;
  readonly sessionIdleMs: number;
  readonly outbox: Pick<Outbox, 'add'>;
  readonly tokens: Pick<Tokens, 'arrived'>;
};

/** Onboarding sessions of one merchant. `now` always comes from the caller's clock. */
export function sessionStore(
  database: Database,
  queryOften: QueryOften,
  vault: Vault,
  changes: SessionChanges,
  { merchantId, sessionIdleMs, outbox, tokens }: Settings,
) {
  type Stored = Omit<Row, 'customer_index' | 'step' | 'due_at' | 'merchant_id' | 'reached'>;

  type Saved = Pick<Row, 'version' | 'last_seen_at'>;

  const isOurs = sql<boolean>`(merchant_id = ${merchantId} OR merchant_id IS NULL)`;

  const sealJourney = (id: string, journey: string) => vault.seal(table, 'sealed_journey', id, journey);

  function restore(row: Stored): Session {
    const about = JSON.parse(vault.open(table, 'sealed_about', row.id, row.sealed_about)) as SessionAbout;
    return {
      ...about,
      id: row.id,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      lastSeenAt: row.last_seen_at,
      version: row.version,
      journey: JSON.parse(vault.open(table, 'sealed_journey', row.id, row.sealed_journey)) as Journey,
    };
  }

  async function create(about: SessionAbout, now: Date, expiresAt: Date): Promise<Session> {
    const id = `obs_${randomBytes(18).toString('base64url')}`;
    const row = {
      id,
      customer_index: customerIndex(vault, about.customerId),
      step: startOfJourney.step,
      sealed_about: vault.seal(table, 'sealed_about', id, JSON.stringify(about)),
      sealed_journey: sealJourney(id, JSON.stringify(startOfJourney)),
      version: 1,
      created_at: now,
      expires_at: expiresAt,
      last_seen_at: now,
      due_at: null,
      merchant_id: merchantId,
    };
    await database.insertInto(table).values(row).execute();
    return restore(row);
  }

  async function read(id: string): Promise<Session | undefined> {
    const [row] = await queryOften<Stored>('session-read', readSql, [id, merchantId]);
    return row && restore(row);
  }

  async function readByToken(token: string): Promise<SessionOfToken | undefined> {
    const [row] = await queryOften<Stored & { ended: boolean; rotated: boolean; unused: boolean }>(
      'session-by-token',
      readByTokenSql,
      [hashToken(token), merchantId],
    );
    if (!row) return undefined;
    // It has arrived: nobody need be given it again.
    if (row.unused && !row.ended && !(await tokens.arrived(token, row.id))) return undefined;
    return { session: restore(row), token: row.ended ? (row.rotated ? 'rotated' : 'taken-over') : 'good' };
  }

  /**
   * Compare-and-swap: stores the journey if nobody else stored one since `session` was read, and wakes those
   * who wait. `dueAt` sets or (with null) clears the moment for the worker; left out, it stays.
   * The end of a session is committed together with its event for the merchant's server (R16).
   * Answers the session as it is now, or undefined when somebody was faster.
   */
  async function save(
    session: Session,
    journey: Journey,
    options: { readonly dueAt?: Date | null } = {},
  ): Promise<Session | undefined> {
    const text = JSON.stringify(journey);
    // What was fixed at the beginning is known, and the journey as well: as whoever reads it will find it.
    const withSaved = ([row]: readonly Saved[]): Session | undefined =>
      row && {
        ...session,
        lastSeenAt: row.last_seen_at,
        version: row.version,
        journey: JSON.parse(text) as Journey,
      };
    const values = [
      session.id,
      session.version,
      sealJourney(session.id, text),
      journey.step,
      options.dueAt !== undefined,
      options.dueAt ?? null,
      stages[stageOf(journey)],
    ];
    const end = eventOf[journey.step];
    if (end === undefined) return withSaved(await queryOften<Saved>('session-save', saveSql, values));
    return database.transaction().execute(async (transaction) => {
      const { rows } = await transaction.executeQuery<Saved>(CompiledQuery.raw(saveSql, values));
      const ended = withSaved(rows);
      if (!ended) return undefined;
      const at = endedAt(ended.journey);
      const data = onboardingSessionView(ended, { sessionIdleMs }, at);
      await outbox.add(transaction, { type: end, subject: ended.id, data, at });
      return ended;
    });
  }

  /** The customer is active: puts off the idle end. Not a change of the journey, so the version stays. */
  async function touch(id: string, now: Date): Promise<void> {
    await queryOften('session-touch', touchSql, [id, now]);
  }

  /**
   * Sessions whose moment has come. Each stays with the caller for `leaseMs`; if nobody saves a new `dueAt`
   * by then, it is due again. Several instances never get the same one.
   */
  async function claimDue(now: Date, leaseMs: number, limit: number): Promise<Session[]> {
    const rows = await database
      .updateTable(table)
      .set({ due_at: new Date(now.getTime() + leaseMs) })
      .where('id', 'in', (select) =>
        select
          .selectFrom(table)
          .select('id')
          .where('due_at', '<=', now)
          .where(isOurs)
          .orderBy('due_at')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .returningAll()
      .execute();
    return rows.map(restore);
  }

  /**
   * Sessions that ran out while nobody looked: nothing happened for `idleMs`, or their absolute end has come.
   * Each is the caller's for `leaseMs`. Those that wait for Hecto are not among them: their worker ends them.
   */
  async function claimRunOut(now: Date, idleMs: number, leaseMs: number, limit: number): Promise<Session[]> {
    const before = (ms: number) => new Date(now.getTime() - ms);
    const rows = await database
      .updateTable(table)
      .set({ due_at: new Date(now.getTime() + leaseMs) })
      .where('id', 'in', (select) =>
        select
          .selectFrom(table)
          .select('id')
          .where('due_at', 'is', null)
          // Written out, so that the index of open sessions fits.
          .where(sql<boolean>`step NOT IN ('done', 'failed', 'cancelled', 'expired')`)
          .where((is) => is.or([is('expires_at', '<=', now), is('last_seen_at', '<=', before(idleMs))]))
          // Of a version without events only what it left open a moment ago.
          .where((is) =>
            is.or([
              is('merchant_id', '=', merchantId),
              is.and([is('merchant_id', 'is', null), is('created_at', '>', before(24 * 3_600_000))]),
            ]),
          )
          .orderBy('created_at')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .returningAll()
      .execute();
    return rows.map(restore);
  }

  /** Those that began last, newest first. */
  async function latest(limit: number): Promise<Session[]> {
    const rows = await database
      .selectFrom(table)
      .selectAll()
      .where('merchant_id', '=', merchantId)
      .orderBy('created_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(restore);
  }

  /**
   * Makes a session that waits for a later moment due at once. `false` when there is none, and when it is due within
   * `leaseMs`: then it is somebody's at this moment, or about to be.
   */
  async function hurry(id: string, now: Date, leaseMs: number): Promise<boolean> {
    const { numUpdatedRows } = await database
      .updateTable(table)
      .set({ due_at: now })
      .where('id', '=', id)
      .where(isOurs)
      .where('due_at', '>', new Date(now.getTime() + leaseMs))
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /**
   * The session once its version is above `sinceVersion` and `isNews` agrees; undefined when nothing came in time. Whoever
   * waits holds nothing of it.
   */
  async function waitForChange(
    id: string,
    sinceVersion: number,
    timeoutMs: number,
    { gone, isNews = () => true }: { gone?: Gone; isNews?: (session: Session) => boolean } = {},
  ): Promise<Session | undefined> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      // Listening starts before reading, so that a change in between is not missed.
      const change = changes.next(id);
      try {
        const news = await readNewer(id, sinceVersion, isNews);
        if (news) return news.session;
        const left = deadline - performance.now();
        if (left <= 0 || gone?.happened || !(await change.within(left, gone))) return undefined;
      } finally {
        change.stop();
      }
    }
  }

  /** That a session is gone is news, too. */
  async function readNewer(
    id: string,
    sinceVersion: number,
    isNews: (session: Session) => boolean,
  ): Promise<{ readonly session: Session | undefined } | undefined> {
    const session = await read(id);
    return session && !(session.version > sinceVersion && isNews(session)) ? undefined : { session };
  }

  return { create, read, readByToken, save, touch, claimDue, claimRunOut, latest, hurry, waitForChange };
}

/** The moment a journey ended; the epoch for one that has not. */
const endedAt = (journey: Journey): Date =>
  new Date('completedAt' in journey ? journey.completedAt : 'endedAt' in journey ? journey.endedAt : 0);

export const customerIndex = (vault: Vault, customerId: string): Buffer =>
  vault.index('customer', customerId);

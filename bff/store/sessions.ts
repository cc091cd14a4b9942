import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import type { CreateOnboardingSession } from '../../shared/api/merchant/onboarding-sessions.ts';
import type { Locale } from '../../shared/api/state.ts';
import { startOfJourney, type Journey } from '../services/onboarding/journey.ts';
import type { Database, Tables } from './database.ts';
import type { SessionChanges } from './session-changes.ts';
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

/** A session found by its token. `takenOver`: a newer token exists, so this one is no longer good. */
export type SessionOfToken = { readonly session: Session; readonly takenOver: boolean };

export type Sessions = ReturnType<typeof sessionStore>;

type Row = Tables['onboarding_sessions'];
const table = 'onboarding_sessions';

/* The three queries of every request are prepared statements; the rest goes through the query builder. */
const columns = `s.id, s.sealed_about, s.sealed_journey, s.version, s.created_at, s.expires_at, s.last_seen_at`;
const readSql = `SELECT ${columns} FROM onboarding_sessions s WHERE s.id = $1`;
const readByTokenSql = `SELECT ${columns}, t.superseded_at IS NOT NULL AS taken_over
  FROM session_tokens t JOIN onboarding_sessions s ON s.id = t.session_id WHERE t.hash = $1`;
const saveSql = `WITH saved AS (
    UPDATE onboarding_sessions s
    SET sealed_journey = $3, step = $4, version = version + 1, due_at = CASE WHEN $5 THEN $6 ELSE due_at END
    WHERE id = $1 AND version = $2 RETURNING ${columns})
  SELECT saved.*, pg_notify('session_changed', id || ' ' || version) FROM saved`;

/** Onboarding sessions. `now` always comes from the caller's clock. */
export function sessionStore(database: Database, pool: pg.Pool, vault: Vault, changes: SessionChanges) {
  type Stored = Omit<Row, 'customer_index' | 'step' | 'due_at'>;

  const sealJourney = (id: string, journey: Journey) =>
    vault.seal(table, 'sealed_journey', id, JSON.stringify(journey));

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
      sealed_journey: sealJourney(id, startOfJourney),
      version: 1,
      created_at: now,
      expires_at: expiresAt,
      last_seen_at: now,
      due_at: null,
    };
    await database.insertInto(table).values(row).execute();
    return restore(row);
  }

  async function read(id: string): Promise<Session | undefined> {
    const { rows } = await pool.query<Stored>({ name: 'session-read', text: readSql, values: [id] });
    return rows[0] && restore(rows[0]);
  }

  async function readByToken(token: string): Promise<SessionOfToken | undefined> {
    const { rows } = await pool.query<Stored & { taken_over: boolean }>({
      name: 'session-by-token',
      text: readByTokenSql,
      values: [hashToken(token)],
    });
    return rows[0] && { session: restore(rows[0]), takenOver: rows[0].taken_over };
  }

  /**
   * Compare-and-swap: stores the journey if nobody else stored one since `session` was read, and wakes those
   * who wait. `dueAt` sets or (with null) clears the moment for the worker; left out, it stays.
   * Answers the session as it is now, or undefined when somebody was faster.
   */
  async function save(
    session: Pick<Session, 'id' | 'version'>,
    journey: Journey,
    options: { readonly dueAt?: Date | null } = {},
  ): Promise<Session | undefined> {
    const { rows } = await pool.query<Stored>({
      name: 'session-save',
      text: saveSql,
      values: [
        session.id,
        session.version,
        sealJourney(session.id, journey),
        journey.step,
        options.dueAt !== undefined,
        options.dueAt ?? null,
      ],
    });
    return rows[0] && restore(rows[0]);
  }

  /** The customer is active: puts off the idle end. Not a change of the journey, so the version stays. */
  async function touch(id: string, now: Date): Promise<void> {
    await database
      .updateTable(table)
      .set({ last_seen_at: now })
      .where('id', '=', id)
      .where('last_seen_at', '<', now)
      .execute();
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
          .orderBy('due_at')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .returningAll()
      .execute();
    return rows.map(restore);
  }

  /** The newest session of a customer wins: tokens of the others no longer open anything (S16). */
  async function endOthers(customerId: string, exceptId: string, now: Date): Promise<void> {
    await sql`
      UPDATE session_tokens SET superseded_at = ${now}
      FROM onboarding_sessions s
      WHERE session_tokens.session_id = s.id AND session_tokens.superseded_at IS NULL
        AND s.customer_index = ${customerIndex(vault, customerId)} AND s.id <> ${exceptId}`.execute(database);
  }

  /** The session once its version is above `sinceVersion`; undefined when nothing changed in time. */
  async function waitForChange(
    id: string,
    sinceVersion: number,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<Session | undefined> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      // Listening starts before reading, so that a change in between is not missed.
      const change = changes.next(id);
      try {
        const session = await read(id);
        if (!session || session.version > sinceVersion) return session;
        const left = deadline - performance.now();
        if (left <= 0 || signal?.aborted || !(await change.within(left, signal))) return undefined;
      } finally {
        change.stop();
      }
    }
  }

  return { create, read, readByToken, save, touch, claimDue, endOthers, waitForChange };
}

export const customerIndex = (vault: Vault, customerId: string): Buffer =>
  vault.index('customer', customerId);

import { randomBytes } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { Database, Tables } from './database.ts';
import { hashToken, type Vault } from './vault.ts';

export type Tokens = ReturnType<typeof tokenStore>;

const newToken = (prefix: 'ct' | 'st') => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** So long an answer that carried a new token may be asked for again. */
const rotationMs = 60_000;

/** Client tokens (one use, minutes) and session tokens. Stored as hashes only, so a dump opens nothing (S13). */
export function tokenStore(database: Database, vault: Vault, merchantId: string) {
  async function issueClientToken(sessionId: string, expiresAt: Date): Promise<string> {
    const token = newToken('ct');
    await database
      .insertInto('client_tokens')
      .values({ hash: hashToken(token), session_id: sessionId, expires_at: expiresAt, used_at: null })
      .execute();
    return token;
  }

  /** The session a client token would open; undefined when it is unknown, used or too old. */
  async function sessionOfClientToken(token: string, now: Date): Promise<string | undefined> {
    const row = await database
      .selectFrom('client_tokens')
      .select('session_id')
      .where('hash', '=', hashToken(token))
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return row?.session_id;
  }

  /** Uses a client token up. Of two who try at once only one gets `true`. */
  async function useClientToken(token: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await database
      .updateTable('client_tokens')
      .set({ used_at: now })
      .where('hash', '=', hashToken(token))
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /**
   * A new session token: all earlier ones of this customer, of this and of any other session, are taken over by it
   * (S11, S16).
   */
  async function issueSessionToken(sessionId: string, now: Date): Promise<string> {
    return database.transaction().execute(async (transaction) => {
      const ids = await lockSessionsOfCustomer(transaction, sessionId);
      await transaction
        .updateTable('session_tokens')
        .set((row) => ({
          superseded_at: sql`coalesce(${row.ref('superseded_at')}, ${now})`,
          rotated_by: null,
        }))
        .where('session_id', 'in', ids)
        .where((is) => is.or([is('superseded_at', 'is', null), is('rotated_by', 'is not', null)]))
        .execute();
      return insert(transaction, sessionId, now, null);
    });
  }

  /**
   * The session goes on under a new token, because the customer has just proven who they are by `command`; the old one
   * opens nothing any more (S11). The answer with the new token may get lost: until that is used, at most for a minute,
   * who holds the old one and repeats the command is given another. Which of them arrived nobody knows, and answers may
   * overtake each other, so the first that is used is the one that stays; see `arrived`. One wrong word ends this, so
   * nobody can guess it. Undefined: the old token is no good, or something newer has taken the session over.
   */
  async function rotateSessionToken(old: string, command: string, now: Date): Promise<string | undefined> {
    const hash = hashToken(old);
    const by = vault.index('token-rotation', command);
    return database.transaction().execute(async (transaction) => {
      const token = transaction.selectFrom('session_tokens').selectAll().where('hash', '=', hash);
      const known = await token.executeTakeFirst();
      if (!known) return undefined;
      await lockSessionsOfCustomer(transaction, known.session_id);
      const {
        session_id: sessionId,
        superseded_at: at,
        rotated_by: rotatedBy,
      } = await token.executeTakeFirstOrThrow();
      const change = transaction.updateTable('session_tokens').where('hash', '=', hash);
      if (at === null) {
        await change.set({ superseded_at: now, rotated_by: by }).execute();
        return insert(transaction, sessionId, now, hash);
      }
      if (!rotatedBy || at.getTime() + rotationMs <= now.getTime()) return undefined;
      if (!rotatedBy.equals(by)) {
        await change.set({ rotated_by: Buffer.alloc(0) }).execute();
        return undefined;
      }
      const unused = await transaction
        .selectFrom('session_tokens')
        .select('hash')
        .where('replaces', '=', hash)
        .where('superseded_at', 'is', null)
        .executeTakeFirst();
      return unused && insert(transaction, sessionId, now, hash);
    });
  }

  /**
   * Notes that a token which replaced another was used for the first time: whatever else was given out in its place
   * is no good from now on. False when one of those was used first, or the session was taken over meanwhile.
   */
  async function arrived(token: string, sessionId: string): Promise<boolean> {
    const hash = hashToken(token);
    return database.transaction().execute(async (transaction) => {
      await lockSessionsOfCustomer(transaction, sessionId);
      const own = await transaction
        .selectFrom('session_tokens')
        .select(['replaces', 'superseded_at'])
        .where('hash', '=', hash)
        .executeTakeFirst();
      if (!own || own.superseded_at) return false;
      if (!own.replaces) return true;
      await transaction
        .deleteFrom('session_tokens')
        .where('replaces', '=', own.replaces)
        .where('hash', '!=', hash)
        .execute();
      await transaction
        .updateTable('session_tokens')
        .set({ replaces: null })
        .where('hash', '=', hash)
        .execute();
      return true;
    });
  }

  /** Makes those who change the tokens of one customer take turns, so that exactly one token stays valid. */
  async function lockSessionsOfCustomer(
    transaction: Transaction<Tables>,
    sessionId: string,
  ): Promise<string[]> {
    const sessions = await transaction
      .selectFrom('onboarding_sessions')
      .select('id')
      .where('customer_index', '=', (select) =>
        select
          .selectFrom('onboarding_sessions as s')
          .select('s.customer_index')
          .where('s.id', '=', sessionId),
      )
      .where((is) => is.or([is('merchant_id', '=', merchantId), is('merchant_id', 'is', null)]))
      .orderBy('id')
      .forUpdate()
      .execute();
    return sessions.map(({ id }) => id);
  }

  async function insert(
    transaction: Transaction<Tables>,
    sessionId: string,
    now: Date,
    replaces: Buffer | null,
  ): Promise<string> {
    const token = newToken('st');
    await transaction
      .insertInto('session_tokens')
      .values({
        hash: hashToken(token),
        session_id: sessionId,
        created_at: now,
        superseded_at: null,
        rotated_by: null,
        replaces,
      })
      .execute();
    return token;
  }

  return {
    issueClientToken,
    sessionOfClientToken,
    useClientToken,
    issueSessionToken,
    rotateSessionToken,
    arrived,
  };
}

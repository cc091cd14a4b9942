import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { hashToken } from './vault.ts';

export type Tokens = ReturnType<typeof tokenStore>;

const newToken = (prefix: 'ct' | 'st') => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** Client tokens (one use, minutes) and session tokens. Stored as hashes only, so a dump opens nothing (S13). */
export function tokenStore(database: Database) {
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

  /** A new session token. All earlier ones of the session are taken over by it. */
  async function issueSessionToken(sessionId: string, now: Date): Promise<string> {
    const token = newToken('st');
    await database.transaction().execute(async (transaction) => {
      // The row lock makes two who exchange at once take turns, so that exactly one token stays valid.
      await transaction
        .selectFrom('onboarding_sessions')
        .select('id')
        .where('id', '=', sessionId)
        .forUpdate()
        .executeTakeFirstOrThrow();
      await transaction
        .updateTable('session_tokens')
        .set({ superseded_at: now })
        .where('session_id', '=', sessionId)
        .where('superseded_at', 'is', null)
        .execute();
      await transaction
        .insertInto('session_tokens')
        .values({ hash: hashToken(token), session_id: sessionId, created_at: now, superseded_at: null })
        .execute();
    });
    return token;
  }

  return { issueClientToken, sessionOfClientToken, useClientToken, issueSessionToken };
}

import type { DrawnKeypad } from '../services/onboarding/keypad.ts';
import type { Database } from './database.ts';
import type { Vault } from './vault.ts';

export type Keypads = ReturnType<typeof keypadStore>;

/** Shuffled pads from drawing until their one use. */
export function keypadStore(database: Database, vault: Vault) {
  /**
   * Keeps a pad, and the two before it: a page that was reloaded may have asked for one that is drawn only after the
   * new page's, and must not take that away.
   */
  async function put(pad: DrawnKeypad, expiresAt: Date): Promise<void> {
    const sealed = vault.seal('keypads', 'sealed_pad', pad.keypadId, JSON.stringify(pad));
    await database.transaction().execute(async (transaction) => {
      const ofSession = transaction.selectFrom('keypads').where('session_id', '=', pad.sessionId);
      await transaction
        .deleteFrom('keypads')
        .where('id', 'in', ofSession.select('id').orderBy('expires_at', 'desc').offset(2))
        .execute();
      await transaction
        .insertInto('keypads')
        .values({ id: pad.keypadId, session_id: pad.sessionId, sealed_pad: sealed, expires_at: expiresAt })
        .execute();
    });
  }

  /** Takes a pad out, once. Undefined when it is unknown, used, too old or of another session. */
  async function consume(keypadId: string, sessionId: string, now: Date): Promise<DrawnKeypad | undefined> {
    const row = await database
      .deleteFrom('keypads')
      .where('id', '=', keypadId)
      .where('session_id', '=', sessionId)
      .returningAll()
      .executeTakeFirst();
    if (!row || row.expires_at <= now) return undefined;
    return JSON.parse(vault.open('keypads', 'sealed_pad', keypadId, row.sealed_pad)) as DrawnKeypad;
  }

  return { put, consume };
}

import { sql, type Transaction } from 'kysely';
import type { Database, Tables } from './database.ts';
import type { Vault } from './vault.ts';

/** At most `max` tries under one key until the window ends. */
export type Limit = {
  /** What is counted, e.g. `sms-of-phone`. */
  readonly scope: string;
  /** Whose tries: a phone number, a session id, ... It is stored as a blind index. */
  readonly key: string;
  readonly max: number;
  /** When the window ends if this try opens it. A window that is open keeps its end. */
  readonly endsAt: Date;
};

export type Taken =
  | { readonly allowed: true; readonly left: number }
  /** Nothing was counted. `opensAt`: when the full limit's window ends. */
  | { readonly allowed: false; readonly left: 0; readonly scope: string; readonly opensAt: Date };

export type Attempts = ReturnType<typeof attemptStore>;

class Refused extends Error {
  readonly limit: Limit;
  constructor(limit: Limit) {
    super('limit reached');
    this.limit = limit;
  }
}

/** A phone and a network address are the same ones in every merchant's shop; a customer's id is each merchant's own. */
const isForAllMerchants = (scope: string) => /-per-(phone|address|network)$/.test(scope);

/** Counts tries, atomically and for all instances (S61). */
export function attemptStore(database: Database, vault: Vault, merchantId: string) {
  const keyOf = ({ scope, key }: Pick<Limit, 'scope' | 'key'>) =>
    isForAllMerchants(scope)
      ? vault.index('attempt', scope, key)
      : vault.index('attempt', merchantId, scope, key);

  async function takeOne(transaction: Transaction<Tables>, limit: Limit, now: Date): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      INSERT INTO attempts AS a (scope, key, n, ends_at)
      VALUES (${limit.scope}, ${keyOf(limit)}, 1, ${limit.endsAt})
      ON CONFLICT (scope, key) DO UPDATE SET
        n = CASE WHEN a.ends_at <= ${now} THEN 1 ELSE a.n + 1 END,
        ends_at = CASE WHEN a.ends_at <= ${now} THEN EXCLUDED.ends_at ELSE a.ends_at END
      WHERE a.ends_at <= ${now} OR a.n < ${limit.max}
      RETURNING n`.execute(transaction);
    const row = rows[0];
    if (!row) throw new Refused(limit);
    return limit.max - row.n;
  }

  /** Counts one try under all limits, or under none when one of them is full: the strictest wins (S62). */
  async function take(limits: Limit | readonly Limit[], now: Date): Promise<Taken> {
    // Always in the same order, so that two requests never wait for each other.
    const order = (limit: Limit) => `${limit.scope} ${keyOf(limit).toString('hex')}`;
    const sorted = [limits].flat().sort((a, b) => (order(a) < order(b) ? -1 : 1));
    try {
      return await database.transaction().execute(async (transaction) => {
        let left = Infinity;
        for (const limit of sorted) left = Math.min(left, await takeOne(transaction, limit, now));
        return { allowed: true, left };
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { scope } = error.limit;
      return { allowed: false, left: 0, scope, opensAt: (await windowOf(error.limit))?.ends_at ?? now };
    }
  }

  function windowOf(limit: Pick<Limit, 'scope' | 'key'>) {
    return database
      .selectFrom('attempts')
      .select(['n', 'ends_at'])
      .where('scope', '=', limit.scope)
      .where('key', '=', keyOf(limit))
      .executeTakeFirst();
  }

  /** How many tries are left, without counting one. */
  async function left(limit: Omit<Limit, 'endsAt'>, now: Date): Promise<number> {
    const row = await windowOf(limit);
    return row && row.ends_at > now ? Math.max(0, limit.max - row.n) : limit.max;
  }

  /** Gives a counted try back: it turned out that nothing was tried. */
  async function giveBack(limits: Limit | readonly Limit[]): Promise<void> {
    for (const limit of [limits].flat()) {
      await database
        .updateTable('attempts')
        .set((row) => ({ n: row('n', '-', 1) }))
        .where('scope', '=', limit.scope)
        .where('key', '=', keyOf(limit))
        .where('n', '>', 0)
        .execute();
    }
  }

  /** Forgets the tries, e.g. after the right password. */
  async function reset(scope: string, key: string): Promise<void> {
    await database
      .deleteFrom('attempts')
      .where('scope', '=', scope)
      .where('key', '=', keyOf({ scope, key }))
      .execute();
  }

  return { take, left, giveBack, reset };
}

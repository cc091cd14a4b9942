import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import type { Vault } from './vault.ts';

/** An answer as it was first given. */
export type StoredAnswer = { readonly status: number; readonly body: unknown };

export type Claimed =
  /** The key is ours: do the work, then `answer` or `release` with this run. */
  | { readonly kind: 'first'; readonly run: string }
  | { readonly kind: 'answered'; readonly answer: StoredAnswer }
  | { readonly kind: 'other-body' }
  | { readonly kind: 'in-flight' }
  /** Whoever held the key is gone without an answer. The key is ours now, as with `first`. */
  | { readonly kind: 'abandoned'; readonly run: string };

export type IdempotencyKeys = ReturnType<typeof idempotencyStore>;

/** Remembers first answers by Idempotency-Key. Keys and bodies are stored as blind indexes, answers sealed. */
export function idempotencyStore(database: Database, vault: Vault) {
  const keyOf = (key: string) => vault.index('idempotency-key', key);
  const rowOf = (route: string, key: string) => `${route} ${keyOf(key).toString('hex')}`;

  /** Claims a key for a request. An unanswered claim older than `abandonedAfterMs` counts as abandoned. */
  async function claim(
    route: string,
    key: string,
    body: string,
    now: Date,
    abandonedAfterMs: number,
  ): Promise<Claimed> {
    const run = randomBytes(12).toString('base64url');
    const fingerprint = vault.index('idempotency-body', body);
    const inserted = await database
      .insertInto('idempotency_keys')
      .values({ route, key: keyOf(key), fingerprint, started_at: now, run, status: null, sealed_body: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 1n) return { kind: 'first', run };

    const row = await database
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('route', '=', route)
      .where('key', '=', keyOf(key))
      .executeTakeFirst();
    // Released in this very moment: the caller tries again soon.
    if (!row) return { kind: 'in-flight' };
    if (!row.fingerprint.equals(fingerprint)) return { kind: 'other-body' };
    if (row.status !== null && row.sealed_body) {
      const body: unknown = JSON.parse(
        vault.open('idempotency_keys', 'sealed_body', rowOf(route, key), row.sealed_body),
      );
      return { kind: 'answered', answer: { status: row.status, body } };
    }
    if (now.getTime() - row.started_at.getTime() < abandonedAfterMs) return { kind: 'in-flight' };
    const { numUpdatedRows } = await database
      .updateTable('idempotency_keys')
      .set({ run, started_at: now })
      .where('route', '=', route)
      .where('key', '=', keyOf(key))
      .where('run', '=', row.run)
      .where('status', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? { kind: 'abandoned', run } : { kind: 'in-flight' };
  }

  /** Stores the answer for everybody who comes with this key again. */
  async function answer(route: string, key: string, run: string, stored: StoredAnswer): Promise<void> {
    const sealed = vault.seal(
      'idempotency_keys',
      'sealed_body',
      rowOf(route, key),
      JSON.stringify(stored.body),
    );
    await database
      .updateTable('idempotency_keys')
      .set({ status: stored.status, sealed_body: sealed })
      .where('route', '=', route)
      .where('key', '=', keyOf(key))
      .where('run', '=', run)
      .execute();
  }

  /** Nothing happened: the key can be used again. */
  async function release(route: string, key: string, run: string): Promise<void> {
    await database
      .deleteFrom('idempotency_keys')
      .where('route', '=', route)
      .where('key', '=', keyOf(key))
      .where('run', '=', run)
      .where('status', 'is', null)
      .execute();
  }

  return { claim, answer, release };
}

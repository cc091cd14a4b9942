import { randomBytes } from 'node:crypto';
import type { Database, Tables } from './database.ts';
import { rowNames } from './sealed-columns.ts';
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

type Row = Tables['idempotency_keys'];

export type IdempotencyKeys = ReturnType<typeof idempotencyStore>;

const rowOf = (route: string, key: Buffer) => rowNames.idempotency_keys({ route, key });

/**
 * Remembers first answers by Idempotency-Key. Keys and bodies are stored as blind indexes, answers sealed.
 * Another merchant's key is another key, even in the same database (R03).
 */
export function idempotencyStore(database: Database, vault: Vault, merchantId: string) {
  const keyOf = (key: string) => vault.index('idempotency-key', merchantId, key);
  /** As a version wrote it that knew one merchant only. What it answered stays answered. */
  const olderKeyOf = (key: string) => vault.index('idempotency-key', key);

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
    const isNew = inserted.numInsertedOrUpdatedRows === 1n;
    const row = await find(route, isNew ? olderKeyOf(key) : keyOf(key));
    // No row that is not new: it was released in this very moment, and the caller tries again soon.
    if (!row) return isNew ? { kind: 'first', run } : { kind: 'in-flight' };

    const said = answerOf(row, fingerprint, now, abandonedAfterMs);
    if (isNew) {
      if (said.kind === 'abandoned') return { kind: 'abandoned', run };
      await release(route, key, run);
      return said;
    }
    if (said.kind !== 'abandoned') return said;
    const { numUpdatedRows } = await database
      .updateTable('idempotency_keys')
      .set({ run, started_at: now })
      .where('route', '=', route)
      .where('key', '=', row.key)
      .where('run', '=', row.run)
      .where('status', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? { kind: 'abandoned', run } : { kind: 'in-flight' };
  }

  const find = (route: string, key: Buffer) =>
    database
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('route', '=', route)
      .where('key', '=', key)
      .executeTakeFirst();

  function answerOf(row: Row, fingerprint: Buffer, now: Date, abandonedAfterMs: number) {
    if (!row.fingerprint.equals(fingerprint)) return { kind: 'other-body' } as const;
    if (row.status !== null && row.sealed_body) {
      const body: unknown = JSON.parse(
        vault.open('idempotency_keys', 'sealed_body', rowOf(row.route, row.key), row.sealed_body),
      );
      return { kind: 'answered', answer: { status: row.status, body } } as const;
    }
    const isAbandoned = now.getTime() - row.started_at.getTime() >= abandonedAfterMs;
    return isAbandoned ? ({ kind: 'abandoned' } as const) : ({ kind: 'in-flight' } as const);
  }

  /** Stores the answer for everybody who comes with this key again. */
  async function answer(route: string, key: string, run: string, stored: StoredAnswer): Promise<void> {
    const sealed = vault.seal(
      'idempotency_keys',
      'sealed_body',
      rowOf(route, keyOf(key)),
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

import { Problem } from '../http/problem.ts';
import type { StoredAnswer } from '../store/idempotency-keys.ts';
import type { Store } from '../store/store.ts';

/** A request that must have one effect only, however often it arrives. */
export type Intent = {
  /** Which call: the same key on another one is another key. */
  readonly route: string;
  readonly key: string;
  readonly body: unknown;
  /** Does the work. An error it throws frees the key only if `mayRepeatAfter` says so. */
  readonly work: () => Promise<StoredAnswer>;
  /** Whether after this error the work may be done again, because nothing came of it. */
  readonly mayRepeatAfter: (error: unknown) => boolean;
  /** What to do when an earlier request was lost half-way: an answer, or the work once more. */
  readonly afterLoss: () => Promise<StoredAnswer>;
};

export type Idempotently = (intent: Intent) => Promise<StoredAnswer & { readonly replayed: boolean }>;

/** Longer than any request can run: Hecto's call ends after 32 s. */
const abandonedAfterMs = 60_000;

/**
 * Runs the work of a key once and answers every repeat with the first answer. Throws the Problems
 * `idempotency-key-reused` (other body) and `idempotency-key-in-flight`.
 */
export function createIdempotently(store: Pick<Store, 'idempotencyKeys'>, clock: () => Date): Idempotently {
  const keys = store.idempotencyKeys;

  return async function idempotently({ route, key, body, work, mayRepeatAfter, afterLoss }) {
    const claimed = await keys.claim(route, key, canonical(body), clock(), abandonedAfterMs);
    switch (claimed.kind) {
      case 'answered':
        return { ...claimed.answer, replayed: true };
      case 'other-body':
        throw new Problem('idempotency-key-reused');
      case 'in-flight':
        throw new Problem('idempotency-key-in-flight', { retryAfter: 2 });
      case 'first':
      case 'abandoned': {
        let answer: StoredAnswer;
        try {
          answer = await (claimed.kind === 'first' ? work() : afterLoss());
        } catch (error) {
          if (mayRepeatAfter(error)) await keys.release(route, key, claimed.run);
          throw error;
        }
        await keys.answer(route, key, claimed.run, answer);
        return { ...answer, replayed: false };
      }
    }
  };
}

/** The same text for the same JSON, whatever the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../http/problem.ts';
import type { Claimed, StoredAnswer } from '../store/idempotency-keys.ts';
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

export type IdempotencyDeps = { readonly store: Pick<Store, 'idempotencyKeys'>; readonly clock: () => Date };

/** Longer than any request can run: Hecto's call ends after 32 s. */
const abandonedAfterMs = 60_000;
/** So long a repeat waits for the first one's answer before it is told to come back. */
const patienceMs = 4_000;

/**
 * Runs the work of a key once and answers every repeat with the first answer; a repeat that comes while the first is
 * running waits a little for it. Throws the Problems `idempotency-key-reused` (other body) and
 * `idempotency-key-in-flight`.
 */
export function createIdempotently({ store, clock }: IdempotencyDeps): Idempotently {
  const keys = store.idempotencyKeys;
  /** What runs in this process, so that repeats need not ask the database again and again. */
  const running = new Map<string, Promise<unknown>>();

  async function claim(route: string, key: string, body: string): Promise<Claimed> {
    const deadline = performance.now() + patienceMs;
    for (let pause = 50; ; pause *= 2) {
      const claimed = await keys.claim(route, key, body, clock(), abandonedAfterMs);
      const left = deadline - performance.now();
      if (claimed.kind !== 'in-flight' || left <= 0) return claimed;
      const here = running.get(nameOf(route, key));
      await (here ? Promise.race([here, sleep(left)]) : sleep(Math.min(pause, left)));
    }
  }

  return async function idempotently({ route, key, body, work, mayRepeatAfter, afterLoss }) {
    const claimed = await claim(route, key, canonical(body));
    switch (claimed.kind) {
      case 'answered':
        return { ...claimed.answer, replayed: true };
      case 'other-body':
        throw new Problem('idempotency-key-reused');
      case 'in-flight':
        throw new Problem('idempotency-key-in-flight', { retryAfter: 2 });
      case 'first':
      case 'abandoned': {
        const answering = answerFirst(claimed.run);
        const name = nameOf(route, key);
        const done = answering.catch(() => undefined).finally(() => running.delete(name));
        running.set(name, done);
        return { ...(await answering), replayed: false };
      }
    }

    async function answerFirst(run: string): Promise<StoredAnswer> {
      let answer: StoredAnswer;
      try {
        answer = await (claimed.kind === 'first' ? work() : afterLoss());
      } catch (error) {
        if (mayRepeatAfter(error)) await keys.release(route, key, run);
        throw error;
      }
      await keys.answer(route, key, run, answer);
      return answer;
    }
  };
}

const nameOf = (route: string, key: string) => `${route} ${key}`;

/** The same text for the same JSON, whatever the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Whether somebody still waits. Whoever finds out that nobody does sets `happened` and calls `tell`. */
export type Gone = { happened: boolean; tell?: (() => void) | undefined };

/** Wakes whoever waits for a session, whichever instance changed it: one connection listens for all. */
export type SessionChanges = {
  /** Listens from now on. `within` tells whether a change came in time; call `stop` in any case. */
  next(id: string): { within(ms: number, gone?: Gone): Promise<boolean>; stop(): void };
  /** How many wait at this moment. */
  readonly waiting: () => number;
  /** Lets everybody go who waits, now and from now on: we are about to stop. */
  readonly release: () => void;
  close(): Promise<void>;
};

const reconnectMs = 500;
/** So many are woken together: each then asks the database, whose connections are few. */
const wokenAtOnce = 100;
const betweenWakingMs = 20;

/** What one of those who wait has: thousands do, so it is no more than this. */
type Watch = { changed: boolean; tell: (() => void) | undefined };

export async function listenForSessionChanges(url: string, onLost: () => void): Promise<SessionChanges> {
  const waiting = new Map<string, Watch[]>();
  let client: pg.Client | undefined;
  let closed = false;
  let released = false;
  let retry: NodeJS.Timeout | undefined;

  function wake(watches: readonly Watch[]): void {
    for (const watch of watches) {
      watch.changed = true;
      watch.tell?.();
    }
  }

  async function wakeAll(): Promise<void> {
    const all = [...waiting.values()].flat();
    for (let first = 0; first < all.length; first += wokenAtOnce) {
      if (first > 0) await sleep(betweenWakingMs);
      wake(all.slice(first, first + wokenAtOnce));
    }
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'hecto-onboarding-changes' });
    next.on('notification', ({ payload = '' }) => wake(waiting.get(payload.split(' ')[0] ?? '') ?? []));
    next.on('error', () => undefined); // followed by 'end'
    await next.connect();
    await next.query('LISTEN session_changed');
    next.once('end', () => {
      client = undefined;
      if (closed) return;
      onLost();
      reconnectLater();
    });
    client = next;
  }

  function reconnectLater(): void {
    retry = setTimeout(() => {
      connect().then(
        // Something may have changed while nobody listened.
        () => void wakeAll(),
        () => {
          if (!closed) reconnectLater();
        },
      );
    }, reconnectMs);
    retry.unref();
  }

  function next(id: string): ReturnType<SessionChanges['next']> {
    const watch: Watch = { changed: false, tell: undefined };
    waiting.set(id, [...(waiting.get(id) ?? []), watch]);
    return {
      within: (ms, gone) =>
        new Promise((resolve) => {
          if (watch.changed || gone?.happened) {
            resolve(watch.changed);
            return;
          }
          const finish = () => {
            clearTimeout(timer);
            resolve(watch.changed && !released);
          };
          // After the release a short pause: whoever asks in a loop must not spin.
          const timer = setTimeout(finish, released ? Math.min(ms, 100) : ms);
          watch.tell = finish;
          if (gone) gone.tell = finish;
        }),
      stop() {
        const others = (waiting.get(id) ?? []).filter((one) => one !== watch);
        if (others.length === 0) waiting.delete(id);
        else waiting.set(id, others);
      },
    };
  }

  function release(): void {
    released = true;
    void wakeAll();
  }

  async function close(): Promise<void> {
    closed = true;
    clearTimeout(retry);
    await client?.end();
  }

  await connect();
  const waitingNow = () => [...waiting.values()].reduce((sum, { length }) => sum + length, 0);
  return { next, waiting: waitingNow, release, close };
}

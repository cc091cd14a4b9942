import pg from 'pg';

/** Wakes whoever waits for a session, whichever instance changed it: one connection listens for all. */
export type SessionChanges = {
  /** Listens from now on. `within` tells whether a change came in time; call `stop` in any case. */
  next(id: string): { within(ms: number, signal?: AbortSignal): Promise<boolean>; stop(): void };
  /** How many wait at this moment. */
  readonly waiting: () => number;
  /** Lets everybody go who waits, now and from now on: we are about to stop. */
  readonly release: () => void;
  close(): Promise<void>;
};

const reconnectMs = 500;

export async function listenForSessionChanges(url: string, onLost: () => void): Promise<SessionChanges> {
  const waiting = new Map<string, Set<() => void>>();
  let client: pg.Client | undefined;
  let closed = false;
  let released = false;
  let retry: NodeJS.Timeout | undefined;

  const wake = (listeners: Iterable<() => void>) => {
    for (const listener of [...listeners]) listener();
  };

  const wakeAll = () => wake([...waiting.values()].flatMap((listeners) => [...listeners]));

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
        wakeAll,
        () => {
          if (!closed) reconnectLater();
        },
      );
    }, reconnectMs);
    retry.unref();
  }

  function next(id: string): ReturnType<SessionChanges['next']> {
    let changed = false;
    let tell: (() => void) | undefined;
    const listener = () => {
      changed = true;
      tell?.();
    };
    const listeners = waiting.get(id) ?? new Set();
    waiting.set(id, listeners.add(listener));

    return {
      within: (ms, signal) =>
        new Promise((resolve) => {
          if (changed || signal?.aborted) {
            resolve(changed);
            return;
          }
          const finish = () => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', finish);
            resolve(changed && !released);
          };
          // After the release a short pause: whoever asks in a loop must not spin.
          const timer = setTimeout(finish, released ? Math.min(ms, 100) : ms);
          tell = finish;
          signal?.addEventListener('abort', finish);
        }),
      stop() {
        listeners.delete(listener);
        if (listeners.size === 0 && waiting.get(id) === listeners) waiting.delete(id);
      },
    };
  }

  function release(): void {
    released = true;
    wakeAll();
  }

  async function close(): Promise<void> {
    closed = true;
    clearTimeout(retry);
    await client?.end();
  }

  await connect();
  const waitingNow = () => [...waiting.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  return { next, waiting: waitingNow, release, close };
}

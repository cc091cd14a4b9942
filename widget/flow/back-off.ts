/** Milliseconds to wait before try number `failures` + 1: 1, 2, 4, 8, then 15 s, spread so that clients do not march in step. */
export function backOffMs(failures: number, random: () => number = Math.random): number {
  return Math.min(15_000, 1000 * 2 ** (failures - 1)) * (0.75 + random() / 2);
}

/** Resolves after `ms`, when the browser comes back online, or when the signal is aborted; never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}

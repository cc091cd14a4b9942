import type { PhoneView } from '../../control/phone-view.ts';

export type Connection = { close(): void };

/** Follows one phone. The browser reconnects by itself; every new stream begins with the whole view. */
export function follow(
  number: string,
  told: { seen: (view: PhoneView) => void; connected: (yes: boolean) => void },
): Connection {
  const source = new EventSource(`/_testbed/phones/${number}/events`);
  source.addEventListener('open', () => told.connected(true));
  source.addEventListener('error', () => told.connected(false));
  source.addEventListener('phone', ({ data }: MessageEvent<string>) => {
    told.seen(JSON.parse(data) as PhoneView);
  });
  return source;
}

let last = Promise.resolve();

/** Tells the testbed what the customer did, one thing after the other: digits must not overtake each other. */
export function act(path: string, body: object): void {
  last = last.then(async () => {
    // A call that ended a moment ago refuses the late digit, and the stream shows why.
    await fetch(`/_testbed${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).catch(() => undefined);
  });
}

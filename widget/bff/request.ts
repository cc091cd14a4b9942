import type { Exchange } from '../../shared/api/widget.ts';

/**
 * Where the BFF is, and how the session is carried to it: by a token in memory, or on our hosted page in a cookie that no
 * script can read (D1). Never both.
 */
export type Way = { readonly bffOrigin: string; readonly transport?: 'cookie' };

export const readMs = 15_000;

/** Proves, where a cookie goes along by itself, that a script of ours asks (S20). */
export const ours = { 'X-Hecto-Onboarding': '1' };

/** Asks the BFF; rejects as `fetch` does. */
export const request = ({ bffOrigin, transport }: Way, path: string, init: RequestInit): Promise<Response> =>
  fetch(`${bffOrigin}/widget-api/v1${path}`, {
    // Without a prototype: nothing that lies on the page's can slip in as an option (S33).
    __proto__: null,
    credentials: transport ? 'same-origin' : 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(readMs),
    ...init,
  } as RequestInit);

/**
 * Trades the single-use client token for a session of this window. The answer is the app's to read, which may still be on
 * its way: a slow network's round trip less until the first screen (W3). Without a token there is nothing to ask.
 */
export const exchange = async (way: Way, clientToken: string | undefined): Promise<Response | undefined> =>
  clientToken
    ? request(way, '/sessions', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ clientToken, transport: way.transport } satisfies Exchange),
      })
    : undefined;

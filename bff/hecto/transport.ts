import { Pool, type Dispatcher } from 'undici';
import type { NotSentReason, UnknownReason } from './errors.ts';

/** How long to wait, in milliseconds. */
export type Timeouts = {
  /** For TCP and TLS. */
  readonly connectMs: number;
  /** For everything, from the moment a call leaves its lane's queue to the last byte of the answer. */
  readonly totalMs: number;
};

/** Two seconds more than Hecto gives itself, so that its own answer wins the race. */
export const defaultTimeouts: Timeouts = { connectMs: 3_000, totalMs: 32_000 };

export const largestAnswer = 256 * 1024;

export type Delivery =
  | {
      readonly kind: 'answered';
      readonly httpStatus: number;
      readonly body: Buffer;
      /** `Retry-After`, if it came as seconds. */
      readonly retryAfterSeconds?: number | undefined;
    }
  /** Certain: not one byte of the request left. */
  | { readonly kind: 'not-sent'; readonly reason: NotSentReason; readonly cause: unknown }
  | { readonly kind: 'lost'; readonly reason: UnknownReason };

export type Transport = {
  post(lane: string, path: string, body: string): Promise<Delivery>;
  close(): Promise<void>;
};

/**
 * Carries a body to Hecto and an answer back, once: no retry, no redirect, no proxy, no header but its own (S92).
 * Each lane has connections of its own, so that a stuck phone verification never holds up a money inquiry (R19).
 * How many a lane may have stands in `sockets`.
 */
export function createTransport(
  baseUrl: string,
  { connectMs, totalMs }: Timeouts,
  sockets: Readonly<Record<string, number>> = {},
): Transport {
  const { origin } = new URL(baseUrl);
  const lanes = new Map<string, Pool>();

  let closing: Promise<unknown> | undefined;

  const poolOf = (lane: string) => {
    const pool = lanes.get(lane) ?? new Pool(origin, options(connectMs, sockets[lane] ?? 32));
    lanes.set(lane, pool);
    return pool;
  };

  return {
    async post(lane, path, body) {
      if (closing) return { kind: 'not-sent', reason: 'closed', cause: new Error('closed') };
      return deliver(poolOf(lane), path, body, totalMs);
    },
    async close() {
      closing ??= Promise.all([...lanes.values()].map((pool) => pool.close()));
      await closing;
    },
  };
}

const options = (connectMs: number, connections: number): Pool.Options => ({
  // Said outright, so that no environment variable can weaken it (S90).
  connect: { timeout: connectMs, rejectUnauthorized: true, minVersion: 'TLSv1.2' },
  connections,
  pipelining: 1,
  allowH2: false,
  // A connection the other side is about to close costs an unknown outcome: do not keep idle ones for long.
  keepAliveTimeout: 2_000,
  keepAliveMaxTimeout: 2_000,
  // One deadline for the whole call instead, below.
  headersTimeout: 0,
  bodyTimeout: 0,
});

function deliver(pool: Pool, path: string, body: string, totalMs: number): Promise<Delivery> {
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined;
    let httpStatus = 0;
    let retryAfterSeconds: number | undefined;
    let size = 0;
    const chunks: Buffer[] = [];

    const settle = (delivery: Delivery) => {
      clearTimeout(deadline);
      resolve(delivery);
    };
    const fail = (reason: UnknownReason, cause: Error) => {
      settle(controller ? { kind: 'lost', reason } : { kind: 'not-sent', reason: 'unreachable', cause });
      controller?.abort(cause);
    };
    let over = false;
    const deadline = setTimeout(() => {
      over = true;
      fail('timeout', new Error('no answer in time'));
    }, totalMs);

    pool.dispatch(
      { method: 'POST', path, body, headers: { 'content-type': 'application/json;charset=UTF-8' } },
      {
        // Called on an open, trusted connection, just before the first byte.
        onRequestStart(started) {
          const again = controller !== undefined;
          // Too late, or about to be written a second time: it must not leave.
          if (over || again) started.abort(new Error('not sent again'));
          else controller = started;
        },
        onResponseStart(_, status, headers) {
          httpStatus = status;
          retryAfterSeconds = secondsOf(headers['retry-after']);
        },
        onResponseData(_, chunk) {
          size += chunk.length;
          if (size > largestAnswer) fail('too-large', new Error('answer too large'));
          else chunks.push(chunk);
        },
        onResponseEnd() {
          settle({ kind: 'answered', httpStatus, body: Buffer.concat(chunks), retryAfterSeconds });
        },
        onResponseError(_, error) {
          fail('connection', error);
        },
      },
    );
  });
}

const secondsOf = (header: string | string[] | undefined): number | undefined =>
  typeof header === 'string' && /^\d{1,5}$/.test(header) ? Number(header) : undefined;

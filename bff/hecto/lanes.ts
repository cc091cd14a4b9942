import type { Endpoint } from '../../shared/hecto/contract.ts';
import type { EndpointName } from '../../shared/hecto/endpoints.ts';
import { createBreaker, type BreakerRules, type BreakerState } from './breaker.ts';
import { NotSent, retryAfter, Unknown, type NotSentReason } from './errors.ts';

/**
 * Calls are kept apart by what they mean to us, so that one kind that hangs never takes another with it (R19).
 * Each lane has sockets, a queue and a breaker of its own.
 */
export const laneNames = ['authentication', 'money', 'inquiry'] as const;
export type LaneName = (typeof laneNames)[number];

/**
 * The lane of a call. Whatever moves money or binds an account is `money`. Proving who somebody is, with its
 * waiting and polling by many customers, is `authentication`: all of that group and the payment password, which
 * Hecto lists among the inquiries. The other questions are `inquiry`, also those that Hecto lists with the money
 * (the balance for remittances, a recurring payment and its history): they tell what became of lost money calls,
 * so they must work while the other lanes do not.
 */
export function laneOf({ group, effect }: Endpoint): LaneName {
  if (effect === 'once') return 'money';
  return group === 'authentication' || effect === 'verify' ? 'authentication' : 'inquiry';
}

export type Resilience = {
  /** How many calls of a lane may be under way, and how many more may wait for their turn. */
  readonly lanes: Readonly<Record<LaneName, { readonly sockets: number; readonly queued: number }>>;
  /** How long a call may wait for its turn. */
  readonly queueMs: number;
  readonly breaker: BreakerRules;
};

export const defaultResilience: Resilience = {
  lanes: {
    authentication: { sockets: 32, queued: 64 },
    money: { sockets: 32, queued: 64 },
    inquiry: { sockets: 16, queued: 64 },
  },
  queueMs: 5_000,
  breaker: { failureShare: 0.5, leastCalls: 20, windowMs: 30_000, openMs: 10_000 },
};

/** Whether a call would be let through now. It is no reservation: the call itself may still be NotSent. */
export type Admission =
  { readonly admitted: true } | { readonly admitted: false; readonly retryAfterSeconds: number };

export type LaneStats = { readonly active: number; readonly queued: number; readonly breaker: BreakerState };

export type Lane = {
  admits(): Admission;
  /** Makes the call when its turn comes; throws NotSent without having made it when there is none. */
  run<T>(endpoint: EndpointName, call: () => Promise<T>): Promise<T>;
  stats(): LaneStats;
  /** Sends away whoever waits or comes later. Calls under way go on. */
  close(): void;
};

export type LaneChange = 'opened' | 'closed';

type Refused = { readonly reason: NotSentReason; readonly retryAfterSeconds: number };
type Waiting = { leave(refused?: Refused): void };

/** `now` is a clock in milliseconds that never jumps. */
export function createLane(
  name: LaneName,
  { lanes, queueMs, breaker: rules }: Resilience,
  now: () => number,
  onChange: (change: LaneChange) => void = () => {},
): Lane {
  const { sockets, queued } = lanes[name];
  const queue = new Set<Waiting>(); // in order of arrival
  let active = 0;
  let closed = false;

  const breaker = createBreaker(rules, now, (change) => {
    if (change === 'opened') sendAway(untilHalfOpen());
    onChange(change);
  });
  const untilHalfOpen = (): Refused => ({
    reason: 'breaker-open',
    retryAfterSeconds: Math.max(1, Math.ceil(breaker.waitMs() / 1_000)),
  });
  const queueFull: Refused = { reason: 'queue-full', retryAfterSeconds: retryAfter.queueFull };
  const gone: Refused = { reason: 'closed', retryAfterSeconds: retryAfter.unreachable };

  const sendAway = (refused: Refused) => {
    for (const waiting of [...queue]) waiting.leave(refused);
  };

  function refusal(): Refused | undefined {
    if (closed) return gone;
    if (breaker.waitMs() > 0) return untilHalfOpen();
    return active >= sockets && queue.size >= queued ? queueFull : undefined;
  }

  /** Resolves when a socket is the caller's own, or with the reason why it will not be. */
  function takeSocket(): Promise<Refused | undefined> | undefined {
    if (active < sockets) {
      active += 1;
      return undefined;
    }
    return new Promise((resolve) => {
      const waiting: Waiting = {
        leave(refused) {
          clearTimeout(tooLong);
          queue.delete(waiting);
          resolve(refused);
        },
      };
      const tooLong = setTimeout(() => waiting.leave(queueFull), queueMs);
      queue.add(waiting);
    });
  }

  /** Hands the socket to the next in the queue, past whoever arrives in this moment. */
  function giveSocketBack(): void {
    const [next] = queue;
    if (next) next.leave();
    else active -= 1;
  }

  return {
    admits() {
      const refused = refusal();
      return refused ? { admitted: false, retryAfterSeconds: refused.retryAfterSeconds } : { admitted: true };
    },

    async run(endpoint, call) {
      const refused = refusal() ?? (await takeSocket());
      if (refused) throw new NotSent(endpoint, refused.reason, refused.retryAfterSeconds);
      try {
        const report = breaker.enter();
        if (!report) {
          const { reason, retryAfterSeconds } = untilHalfOpen();
          throw new NotSent(endpoint, reason, retryAfterSeconds);
        }
        try {
          const result = await call();
          report(false);
          return result;
        } catch (error) {
          report(isOutage(error));
          throw error;
        }
      } finally {
        giveSocketBack();
      }
    },

    stats: () => ({ active, queued: queue.size, breaker: breaker.state }),

    close() {
      closed = true;
      sendAway(gone);
    },
  };
}

/**
 * Whether an error tells that Hecto, or the way to it, is ill. A refusal is an answer and no error here; a client
 * error, a redirect or an answer that repeats something else are mistakes of another kind, which a pause does not
 * mend.
 */
function isOutage(error: unknown): boolean {
  if (error instanceof NotSent) return error.reason === 'unreachable';
  if (!(error instanceof Unknown)) return false;
  const { reason, httpStatus = 0 } = error;
  return reason === 'http-status' ? httpStatus === 429 || httpStatus >= 500 : reason !== 'echo';
}

/** Whether calls are let through: `open` lets none through, `half-open` waits for what comes of a single one. */
export type BreakerState = 'closed' | 'open' | 'half-open';

export type BreakerRules = {
  /** Opens when at least this share of the calls failed ... */
  readonly failureShare: number;
  /** ... among at least so many ... */
  readonly leastCalls: number;
  /** ... that ended within this time. */
  readonly windowMs: number;
  /** How long it then stays open before one call may try again. */
  readonly openMs: number;
};

export type Breaker = {
  readonly state: BreakerState;
  /** Milliseconds until a call has a chance; 0 when it would be let through now. Changes nothing. */
  waitMs(): number;
  /** Lets one call through, which must then report once whether it failed; nothing while open or half-open. */
  enter(): ((failed: boolean) => void) | undefined;
};

const sliceCount = 30;
/** Nobody knows when the one call under way ends: ask again soon. */
const probeWaitMs = 2_000;

/**
 * Stops calling an other side that does not answer, and finds out with one call at a time when it does again
 * (R18). Durations are measured by `now`, which never jumps: a clock that is set back by an hour must not keep
 * it open for an hour (R27). Results of calls let through before it opened or closed say nothing about the time
 * after, and are dropped.
 */
export function createBreaker(
  { failureShare, leastCalls, windowMs, openMs }: BreakerRules,
  now: () => number,
  onChange: (change: 'opened' | 'closed') => void = () => {},
): Breaker {
  let state: BreakerState = 'closed';
  let openedAt = 0;
  /** Counts the changes of state: tells whether a result belongs to the present state. */
  let era = 0;
  let slices: { readonly since: number; calls: number; failures: number }[] = [];

  const become = (next: BreakerState) => {
    const before = state;
    state = next;
    era += 1;
    slices = [];
    if (next === 'open') openedAt = now();
    if (before === 'closed') onChange('opened');
    if (next === 'closed') onChange('closed');
  };

  const waitMs = () => {
    if (state === 'closed') return 0;
    return state === 'half-open' ? probeWaitMs : Math.max(0, openedAt + openMs - now());
  };

  /** Counts one result and tells whether there are too many failures now. */
  function tooMany(failed: boolean): boolean {
    const at = now();
    slices = slices.filter(({ since }) => at - since < windowMs);
    const latest = slices.at(-1);
    const slice =
      latest && at - latest.since < windowMs / sliceCount ? latest : { since: at, calls: 0, failures: 0 };
    if (slice !== latest) slices.push(slice);
    slice.calls += 1;
    if (failed) slice.failures += 1;
    const calls = slices.reduce((sum, each) => sum + each.calls, 0);
    const failures = slices.reduce((sum, each) => sum + each.failures, 0);
    return failed && calls >= leastCalls && failures >= failureShare * calls;
  }

  return {
    get state() {
      return state;
    },
    waitMs,
    enter() {
      if (waitMs() > 0) return undefined;
      if (state === 'open') become('half-open');
      const entered = era;
      return (failed) => {
        if (era !== entered) return;
        if (state === 'half-open') become(failed ? 'open' : 'closed');
        else if (tooMany(failed)) become('open');
      };
    },
  };
}

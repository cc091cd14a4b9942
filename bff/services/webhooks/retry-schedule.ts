const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long after each failed attempt the next one comes, as Standard Webhooks has it: ten attempts in 76 hours. */
const delays = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/** Longer than this nobody may keep us away: an event that waits is an event that may be forgotten. */
const longestRetryAfter = hour;
/** So that receivers that came back do not get everything in the same second. */
const jitter = 0.1;

/**
 * When to try again after a failed attempt (1 is the first), or undefined when it was the last. Never sooner than
 * the receiver asked for with Retry-After, within reason. `random` is from 0 up to 1.
 */
export function nextAttemptAt(
  attempt: number,
  now: Date,
  random: number,
  retryAfterMs = 0,
): Date | undefined {
  const delay = delays[attempt - 1];
  if (delay === undefined) return undefined;
  const wait = Math.max(delay * (1 + jitter * random), Math.min(retryAfterMs, longestRetryAfter));
  return new Date(now.getTime() + Math.ceil(wait));
}

/** Until when the whole endpoint wants to be left alone, or undefined when it did not say. */
export const quietUntil = (now: Date, retryAfterMs: number | undefined): Date | undefined =>
  retryAfterMs === undefined
    ? undefined
    : new Date(now.getTime() + Math.min(retryAfterMs, longestRetryAfter));

/** The header Retry-After, seconds or a date, in milliseconds from now; undefined when it says neither. */
export function retryAfterOf(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * second : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}

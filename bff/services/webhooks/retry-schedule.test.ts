import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextAttemptAt, quietUntil, retryAfterOf } from './retry-schedule.ts';

const now = new Date('2026-11-23T01:00:00Z');
const secondsUntil = (date: Date | undefined) => date && (date.getTime() - now.getTime()) / 1000;
const hour = 3_600;

test('R33 the delays are those of Standard Webhooks, and after the tenth attempt there is none', () => {
  const delays = Array.from({ length: 11 }, (_, index) => secondsUntil(nextAttemptAt(index + 1, now, 0)));
  const hours = [2, 5, 10, 14, 20, 24].map((n) => n * hour);
  expect(delays).toEqual([5, 300, 1_800, ...hours, undefined, undefined]);
});

test('R33 jitter puts an attempt off by a tenth at most, never brings it forward', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), random, (attempt, chance) => {
      const earliest = secondsUntil(nextAttemptAt(attempt, now, 0))!;
      const at = secondsUntil(nextAttemptAt(attempt, now, chance))!;
      expect(at).toBeGreaterThanOrEqual(earliest);
      expect(at).toBeLessThanOrEqual(earliest * 1.1 + 0.001);
    }),
  );
});

test('Retry-After is read as seconds or as a date, and is no reason to come sooner or to stay away for long', () => {
  expect(retryAfterOf('120', now)).toBe(120_000);
  expect(retryAfterOf('Mon, 23 Nov 2026 01:02:00 GMT', now)).toBe(120_000);
  expect(retryAfterOf('Mon, 23 Nov 2020 01:02:00 GMT', now)).toBe(0);
  expect(retryAfterOf('soon', now)).toBeUndefined();
  expect(retryAfterOf(undefined, now)).toBeUndefined();
  expect(secondsUntil(nextAttemptAt(1, now, 0, 120_000))).toBe(120);
  expect(secondsUntil(nextAttemptAt(2, now, 0, 120_000))).toBe(300);
  expect(secondsUntil(nextAttemptAt(1, now, 0, 999_999_000))).toBe(hour);
  expect(secondsUntil(quietUntil(now, 999_999_000))).toBe(hour);
  expect(quietUntil(now, undefined)).toBeUndefined();
});

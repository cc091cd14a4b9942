import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createBreaker, type Breaker } from './breaker.ts';
import { defaultResilience } from './lanes.ts';

const rules = defaultResilience.breaker;
let now: number;
let changes: string[];
let breaker: Breaker;
beforeEach(() => {
  now = 1_000_000;
  changes = [];
  breaker = createBreaker(
    rules,
    () => now,
    (change) => changes.push(change),
  );
});

/** Calls that end at once; whether each was let through. */
const calls = (count: number, failed: boolean) =>
  Array.from({ length: count }, () => {
    const report = breaker.enter();
    report?.(failed);
    return report !== undefined;
  });

test('R18 the rules are half of at least 20 calls in 30 seconds, and a pause of 10', () => {
  expect(rules).toEqual({ failureShare: 0.5, leastCalls: 20, windowMs: 30_000, openMs: 10_000 });
});

describe('R18 it opens', () => {
  test('when half of 20 calls failed, not when 9 did', () => {
    calls(11, false);
    calls(9, true);
    expect(breaker.state).toBe('closed');
    now += 30_000;
    calls(10, false);
    calls(10, true);
    expect(breaker.state).toBe('open');
    expect(changes).toEqual(['opened']);
  });

  test('never before there were 20 calls', () => {
    calls(19, true);
    expect(breaker.waitMs()).toBe(0);
    calls(1, true);
    expect(breaker.waitMs()).toBe(10_000);
  });

  test('only for calls of the last 30 seconds', () => {
    calls(19, true);
    now += 30_000;
    calls(1, true);
    expect(breaker.state).toBe('closed');
    now += 29_000;
    calls(19, true);
    expect(breaker.state).toBe('open');
  });

  test('not for one failure now and then, however long it goes on', () => {
    for (let minute = 0; minute < 60; minute += 1) {
      calls(1, true);
      now += 60_000;
    }
    expect(breaker.state).toBe('closed');
  });

  test('when a failure tips the balance, not when a success reaches the number', () => {
    calls(19, true);
    calls(1, false);
    expect(breaker.state).toBe('closed');
    calls(1, true);
    expect(breaker.state).toBe('open');
  });
});

describe('R18 once open', () => {
  beforeEach(() => void calls(20, true));

  test('it lets nothing through for 10 seconds, and says how long', () => {
    expect(calls(5, false)).toEqual([false, false, false, false, false]);
    now += 9_999;
    expect(breaker.waitMs()).toBe(1);
    expect(breaker.enter()).toBeUndefined();
  });

  test('it lets one call through then, and no other until that has ended', () => {
    now += 10_000;
    expect(breaker.waitMs()).toBe(0);
    const report = breaker.enter();
    expect(breaker.state).toBe('half-open');
    expect(breaker.waitMs()).toBeGreaterThan(0);
    now += 60_000;
    expect(breaker.enter()).toBeUndefined();
    report?.(false);
    expect(breaker.state).toBe('closed');
    expect(changes).toEqual(['opened', 'closed']);
    // What happened before counts no more.
    calls(19, true);
    expect(breaker.state).toBe('closed');
  });

  test('it stays open for 10 more seconds when that one failed', () => {
    now += 10_000;
    calls(1, true);
    expect(breaker.state).toBe('open');
    expect(breaker.waitMs()).toBe(10_000);
    expect(changes).toEqual(['opened']);
  });
});

test('R18 a result that comes late says nothing about the time after', () => {
  const [late, later] = [breaker.enter()!, breaker.enter()!];
  calls(20, true);
  late(false);
  expect(breaker.state).toBe('open');
  now += 10_000;
  const probe = breaker.enter();
  later(true);
  expect(breaker.state).toBe('half-open');
  probe?.(false);
  expect(breaker.state).toBe('closed');
});

test('R21 with nobody there for ten minutes it lets 20 calls through and then one every 10 seconds', () => {
  let through = 0;
  for (let tenths = 0; tenths < 6_000; tenths += 1) {
    if (calls(1, true)[0]) through += 1;
    now += 100;
  }
  expect(through).toBeLessThanOrEqual(20 + 60);
  expect(through).toBeGreaterThan(20 + 50);
  now += 10_000;
  calls(1, false);
  expect(breaker.state).toBe('closed');
});

// The rule once more, in the plainest words: every result is kept and counted anew. Moments lie a thirtieth of the
// time apart, the steps in which the breaker forgets.
test('R18 it opens exactly when the rule says so', () => {
  const steps = fc.array(fc.record({ pause: fc.nat(4), failed: fc.boolean() }), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (given) => {
      let at = 0;
      const tried = createBreaker({ ...rules, windowMs: 600 }, () => at);
      const ended: { at: number; failed: boolean }[] = [];
      for (const { pause, failed } of given) {
        at += pause * 20;
        tried.enter()!(failed);
        ended.push({ at, failed });
        const counted = ended.filter((each) => at - each.at < 600);
        const failures = counted.filter((each) => each.failed).length;
        const opens = failed && counted.length >= 20 && failures / counted.length >= 0.5;
        expect(tried.state).toBe(opens ? 'open' : 'closed');
        if (opens) return;
      }
    }),
  );
});

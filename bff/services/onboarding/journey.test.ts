import { describe, expect, test } from 'vitest';
import { dueAt, fresh, isLegal, isOver, moves, ways, type Command, type Journey } from './journey.ts';

const calls = { placed: 0, nextCallAt: '2026-11-23T01:00:00.000Z' };
const ars = (ars: object): Journey =>
  ({ step: 'ars', consents: [], person: {}, account: {}, calls, ars }) as unknown as Journey;
const registration = { id: 'reg_1', submittedAt: '2026-11-23T01:00:00.000Z' };

describe('the table of moves', () => {
  test('S42 every end is final', () => {
    for (const step of ['done', 'failed', 'cancelled', 'expired'] as const) expect(moves[step]).toEqual({});
  });

  test('S42 nothing but a proven phone leads to the account, and nothing but a registration to the password', () => {
    const leadsTo = (step: string) =>
      Object.entries(moves).flatMap(([from, commands]) =>
        Object.entries(commands)
          .filter(([, ways]) => (ways as readonly string[]).includes(step) && from !== step)
          .map(([command]) => `${from} ${command}`),
      );
    expect(leadsTo('account')).toEqual(['code enter-code', 'pass check-pass', 'ars back-to-account']);
    // A proven phone leads to the password only where the account is registered already. The worker does the rest.
    expect(leadsTo('password')).toEqual(['code enter-code', 'pass check-pass']);
    expect(leadsTo('done')).toEqual(['password enter-password']);
  });

  test('every step that is not an end can be given up', () => {
    for (const step of ['terms', 'identity', 'code', 'pass', 'account', 'ars', 'password'] as const) {
      expect(ways(step, 'cancel')).toEqual(['cancelled']);
    }
  });
});

describe('what is legal now', () => {
  const all: Command[] = ['call', 'back-to-identity', 'back-to-account', 'cancel'];

  test.each([[{ phase: 'registering', registration }], [{ phase: 'confirming', registration }]])(
    'R12 nothing interrupts a registration that is on its way',
    (phase) => {
      for (const command of all) expect(isLegal(ars(phase), command)).toBe(false);
    },
  );

  test('a call that rings can be asked for again, left and given up', () => {
    for (const command of all) expect(isLegal(ars({ phase: 'calling' }), command)).toBe(true);
  });

  test('S66 a locked password leaves only the way over the phone', () => {
    const password = { phase: 'enter' };
    const open = { step: 'password', password } as Journey;
    const locked = { step: 'password', password, locked: true } as Journey;
    expect(isLegal(open, 'enter-password')).toBe(true);
    expect(isLegal(open, 'back-to-identity')).toBe(false);
    expect(isLegal(locked, 'enter-password')).toBe(false);
    expect(isLegal(locked, 'show-keypad')).toBe(false);
    expect(isLegal(locked, 'back-to-identity')).toBe(true);
  });
});

test('the worker looks at a call after 1.5 s, and at a registration once its answer must be lost', () => {
  expect(dueAt(ars({ phase: 'ready' }))).toBeNull();
  expect(dueAt(ars({ phase: 'calling', call: { placedAt: '2026-11-23T01:00:00.000Z' } }))).toEqual(
    new Date('2026-11-23T01:00:01.500Z'),
  );
  expect(dueAt(ars({ phase: 'registering', registration }))).toEqual(new Date('2026-11-23T01:00:35.000Z'));
  expect(isOver({ step: 'terms' })).toBe(false);
});

test('a move starts without the last refusal and without a claim', () => {
  const journey: Journey = {
    step: 'terms',
    refusal: { code: 'too-soon', retryable: true },
    claim: { key: '', until: '' },
  };
  expect(fresh(journey)).toEqual({ step: 'terms' });
});

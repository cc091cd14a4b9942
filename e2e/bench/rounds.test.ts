import { expect, test } from 'vitest';
import { interleaved, median, ratioOf } from './rounds.ts';

test('every variant has its turn in every round, in the opposite order at every other one', async () => {
  const turns: string[] = [];
  const turn = (name: string) => () => Promise.resolve(turns.push(name));
  const figures = await interleaved({ ours: turn('ours'), theirs: turn('theirs') }, 3);
  expect(turns).toEqual(['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs']);
  expect(figures).toEqual({ ours: [1, 4, 5], theirs: [2, 3, 6] });
});

test('ratios are taken inside a round, and the middle one counts', () => {
  expect(ratioOf([10, 40, 30], [10, 20, 60])).toEqual({ median: 1, least: 0.5, most: 2 });
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
])('the median of %j is %d', (figures, expected) => {
  expect(median(figures)).toBe(expected);
});

import { expect, test } from 'vitest';
import { chartOf } from './chart.ts';
import { goals, verdictOn } from './goals.ts';
import { coresIn } from './machine.ts';
import { exactly, tableOf, withFigures } from './report.ts';

test.each([
  ['B1', 1.1, 'stretch'],
  ['B1', 1.2, 'met'],
  ['B1', 1.36, 'not met'],
  ['B2', 1, 'stretch'],
  ['B2', 0.9, 'met'],
  ['B2', 0.79, 'not met'],
] as const)('%s at %d is %s', (id, figure, verdict) => {
  expect(verdictOn(goals[id], figure)).toBe(verdict);
});

test('a line of the table says goal, figure, spread and verdict; what cannot vary has no spread', () => {
  const table = tableOf([
    { id: 'B2', ratio: { median: 0.912, least: 0.85, most: 1.04 } },
    { id: 'W4 inline', ratio: exactly(2) },
  ]);
  expect(table).toContain('| ≥ 0.8 | ≥ 1 | **0.91** | 0.85 to 1.04 | met |');
  expect(table).toContain(
    '| W4 | pages and files until the first screen, `inline` | ≤ 2 |  | **2** |  | met |',
  );
});

test('figures replace what stood between the marks, and a page without marks is refused', () => {
  const page = 'a\n<!-- written by npm run bench -->\nold\n<!-- end of what it has written -->\nb\n';
  const written = withFigures(page, 'new');
  expect(written).toBe(
    'a\n<!-- written by npm run bench -->\n\nnew\n\n<!-- end of what it has written -->\nb\n',
  );
  expect(withFigures(written, 'new')).toBe(written);
  expect(() => withFigures('a', 'new')).toThrow(/no place/);
});

test('the chart draws a point for every load that was not too much, inside its frame', () => {
  const point = (perSecond: number) => ({ perSecond, p50: 0.8, p99: 12 });
  const chart = chartOf({ bff: [point(250), point(4_000)], axios: [point(250)], 'http-proxy': [] });
  expect(chart.match(/<circle/g)).toHaveLength(3);
  for (const [, x, y] of chart.matchAll(/c[xy]="([\d.]+)" cy="([\d.]+)"/g)) {
    expect(Number(x)).toBeLessThanOrEqual(600);
    expect(Number(y)).toBeGreaterThanOrEqual(44);
  }
  expect(chart).not.toMatch(/NaN|undefined/);
});

test('a list of processors is read as the system writes it', () => {
  expect(coresIn('0-2,5')).toEqual([0, 1, 2, 5]);
});

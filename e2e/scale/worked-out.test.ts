import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../bff/project-files.ts';
import { monthlyCost, needsOf } from './model.ts';
import { assumed, daysKept, measured, onboardingsPerDay, workedOut } from './worked-out.ts';

test('rows stay as long as the retention lets them', () => {
  const tables = ['session_tokens', 'idempotency_keys', 'deliveries', 'consents'];
  expect(tables.map(daysKept)).toEqual([1, 30, 90, Infinity]);
});

test.each(['docs/scale.md', 'docs/scale.ko.md'])('%s says what the model comes to', (path) => {
  const page = readFileSync(join(projectFolder, path), 'utf8');
  const [, table = ''] = page.split('<!-- worked out -->');
  const rows = table.trim().split('\n\n')[0]!.split('\n').slice(2);
  expect(rows.map((row) => row.replace(/^\| [^|]+ (?=\|)/, ''))).toEqual(workedOut());
});

test.each(['docs/scale.md', 'docs/scale.ko.md'])('%s reckons its example of a price right', (path) => {
  const [, coreHour = NaN, gbMonth = NaN, ...costs] =
    /`coreHour` ([\d.]+), `gbMonth` ([\d.]+): (\d+), (\d+), (\d+)\./
      .exec(readFileSync(join(projectFolder, path), 'utf8'))
      ?.map(Number) ?? [];
  expect(costs).toEqual(
    onboardingsPerDay.map((perDay) =>
      Math.round(monthlyCost(needsOf(perDay, measured, assumed), { coreHour, gbMonth })),
    ),
  );
});

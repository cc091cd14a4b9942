import { expect, test } from 'vitest';
import { promises } from './promises.ts';
import { tableOf, troublesOf, untrueNames, withTable } from './table.ts';

const all = Object.keys(promises).map((number) => ({
  file: 'a.test.ts',
  name: `${number} holds`,
  passed: true,
}));
const page = '# Security\n<!-- begin of the table -->\n<!-- end of the table -->\nEnd.\n';

test('a run in which every promise has a test that passed has no troubles', () => {
  expect(troublesOf(all)).toEqual([]);
  expect(untrueNames(withTable(page, tableOf(all)), all)).toEqual([]);
});

test('a promise without a test, and one whose test failed, are troubles', () => {
  const tests = all
    .filter(({ name }) => name !== 'S13 holds')
    .map((one) => ({ ...one, passed: one.name !== 'S60 holds' }));
  expect(troublesOf(tests)).toEqual(['S13: no test names it.', 'S60: not passed: a.test.ts: S60 holds']);
  expect(tableOf(tests)).toContain('| S60 holds | **1 not passed** |');
});

test('a page that names what no test proves is found out', () => {
  const tests = [...all, { file: 'b.test.ts', name: 'S41 [a|b] <i> is *refused*', passed: true }];
  const written = withTable(page, tableOf(tests));
  expect(written).toMatch(/^# Security\n[^]+\nEnd\.\n$/);
  expect(untrueNames(written, tests)).toEqual([]);
  expect(untrueNames(written, all)).toHaveLength(1);
});

test('a range of numbers stands for each of them', () => {
  const tests = [
    ...all.filter(({ name }) => !/S8[012]/.test(name)),
    { file: 'c', name: 'S80-S82 holds', passed: true },
  ];
  expect(troublesOf(tests)).toEqual([]);
});

test('a row shows four names and counts the others', () => {
  const tests = 'abcdef'.split('').map((letter) => ({ file: letter, name: `S10 ${letter}`, passed: true }));
  expect(tableOf(tests)).toContain('| S10 a<br>S10 b<br>S10 c<br>S10 d<br>and 2 more | 6 passed |');
});

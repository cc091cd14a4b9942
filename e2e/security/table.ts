import { promises } from './promises.ts';
import type { Ran } from './reports.ts';

/** How many names a row shows; the rest it counts. */
const shown = 4;
const begin = '<!-- begin of the table -->';
const end = '<!-- end of the table -->';

/** The tests of a run by the numbers in their names: `S60`, and `S80-S82` is three of them. */
export function byNumber(tests: readonly Ran[]): ReadonlyMap<string, readonly Ran[]> {
  const found = new Map<string, Ran[]>();
  for (const test of tests)
    for (const number of numbersIn(test.name)) found.set(number, [...(found.get(number) ?? []), test]);
  return found;
}

function numbersIn(name: string): Set<string> {
  const numbers = [...name.matchAll(/\bS(\d\d)(?:-S?(\d\d))?\b/g)].flatMap(([, from = '', to = from]) =>
    Array.from(
      { length: Math.max(0, Number(to) - Number(from)) + 1 },
      (_, step) => `S${pad(Number(from) + step)}`,
    ),
  );
  return new Set(numbers.filter((number) => number in promises));
}

const pad = (number: number) => String(number).padStart(2, '0');

/** What keeps a run from proving the promises, in words; nothing if it does. */
export function troublesOf(tests: readonly Ran[]): string[] {
  const proofs = byNumber(tests);
  return Object.entries(promises).flatMap(([number, { but }]) => {
    const own = proofs.get(number) ?? [];
    const failed = own
      .filter(({ passed }) => !passed)
      .map(({ file, name }) => `${number}: not passed: ${file}: ${name}`);
    return own.length === 0 && but === undefined ? [`${number}: no test names it.`] : failed;
  });
}

/** The table, with a row for each promise. */
export function tableOf(tests: readonly Ran[]): string {
  const proofs = byNumber(tests);
  const rows = Object.entries(promises).map(([number, { says, but }]) => {
    const own = proofs.get(number) ?? [];
    const names = namesOf(own);
    const rest = names.length > shown ? [`and ${names.length - shown} more`] : [];
    const passed = own.filter((test) => test.passed).length;
    const result =
      own.length === 0
        ? ''
        : passed === own.length
          ? `${passed} passed`
          : `**${own.length - passed} not passed**`;
    return `| ${number} | ${says}${but === undefined ? '' : ` *${but}*`} | ${[...names.slice(0, shown), ...rest].join('<br>')} | ${result} |`;
  });
  return [`| | promise | tests | result |`, `| --- | --- | --- | --- |`, ...rows].join('\n');
}

/** Every name once, in the order of files and names, fit for a cell. */
function namesOf(tests: readonly Ran[]): string[] {
  const names = tests
    .toSorted((a, b) => a.file.localeCompare(b.file) || a.name.localeCompare(b.name))
    .map(({ name }) => name.replace(/\s+/g, ' ').replace(/[\\|<>*_`~[\]]/g, '\\$&'));
  return [...new Set(names)];
}

/** The page with another table in it. @throws when the page has no place for one. */
export function withTable(page: string, table: string): string {
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`The page needs the lines ${begin} and ${end}.`);
  return `${page.slice(0, before)}${begin}\n\n${table}\n\n${page.slice(after)}`;
}

/** Names that stand in the page's table and that no test of the run has, or only one that did not pass. */
export function untrueNames(page: string, tests: readonly Ran[]): string[] {
  const table = page.slice(page.indexOf(begin), page.indexOf(end));
  const proven = new Set(namesOf(tests.filter(({ passed }) => passed)));
  return table
    .split('\n')
    .filter((row) => row.startsWith('| S'))
    .flatMap((row) => (row.split(/(?<!\\)\|/)[3] ?? '').trim().split('<br>'))
    .filter((name) => name !== '' && !/^and \d+ more$/.test(name) && !proven.has(name));
}

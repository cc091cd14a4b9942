/**
 * `npm run security:table`: writes the table of docs/security.md from the reports of the last `npm test`. With `--check`
 * it writes nothing, and fails if that run did not prove what the page says.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlaywright, readVitest } from './reports.ts';
import { tableOf, troublesOf, untrueNames, withTable } from './table.ts';

const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/security.md');
const tests = [
  ...readVitest(join(root, 'reports/unit.json'), root),
  ...readPlaywright(join(root, 'reports/e2e.json'), root),
];
const text = readFileSync(page, 'utf8');
const troubles = troublesOf(tests);
if (process.argv.includes('--check'))
  troubles.push(
    ...untrueNames(text, tests).map((name) => `docs/security.md names what did not pass: ${name}`),
  );
else writeFileSync(page, withTable(text, tableOf(tests)));

for (const trouble of troubles) process.stderr.write(`${trouble}\n`);
process.exitCode = troubles.length > 0 ? 1 : 0;

/**
 * The operator's command for keys at rest: which of DATA_KEYS the database needs, and how many values of each table an
 * older key has sealed. Configured by the BFF's own environment; it opens nothing and changes nothing.
 */
import { print } from './run-command.ts';
import { runReport } from './run-report.ts';
import { keyUsage, type KeyUsage } from './store/key-usage.ts';

const usage = `Usage:
  keys   which of DATA_KEYS are needed, and how many values an older key has sealed
It ends with 0 when only the first of DATA_KEYS is needed and no value waits for it, 1 when not yet, 2 when it could not look.
`;

function report({ wrappers, columns }: KeyUsage, first: string): number {
  const needed = [...wrappers.keys()].sort();
  const lines = [
    `Needed of DATA_KEYS: ${needed.join(', ') || 'none yet'}.`,
    `${'values'.padEnd(36)}${'newest key'.padStart(12)}${'older key'.padStart(12)}`,
    ...columns.map(
      ({ name, current, older, stays }) =>
        `${name.padEnd(36)}${String(current).padStart(12)}${String(older).padStart(12)}${stays ? '  stays so: evidence' : ''}`,
    ),
  ];
  const waiting = columns.reduce((sum, { older, stays }) => sum + (stays ? 0 : older), 0);
  const onlyFirst = needed.every((id) => id === first);
  lines.push(
    waiting === 0 ? 'No value waits for the newest key.' : `${waiting} values wait for the newest key.`,
  );
  lines.push(
    onlyFirst
      ? `Keys other than ${first} may be taken off the list.`
      : 'Keys that are needed must stay on the list.',
  );
  print(...lines);
  return onlyFirst && waiting === 0 ? 0 : 1;
}

await runReport(usage, async (database, { dataKeys }) => report(await keyUsage(database), dataKeys[0]!.id));

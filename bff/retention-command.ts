/**
 * The operator's report of what is kept: of each kind how many rows, since when, for how long, and how many whose time is over
 * are still there. Configured by the BFF's own environment; it changes nothing, for the running BFF clears away.
 */
import { print } from './run-command.ts';
import { runReport } from './run-report.ts';
import { holdings, type Holding } from './store/retention.ts';

const usage = `Usage:
  retention   what is kept, for how long, and whether anything is there whose time is over
It ends with 0 when nothing is kept for too long, 1 when something is, 2 when it could not look.
`;

/** What came of age a moment ago goes at the running BFF's next look. */
const graceMs = 30 * 60_000;

function report(found: readonly Holding[]): number {
  const late = found.reduce((sum, { over }) => sum + over, 0);
  const row = (...[table, kept, rows, oldest, over]: readonly string[]) =>
    `${table!.padEnd(24)}${kept!.padStart(12)}${rows!.padStart(12)}${oldest!.padStart(14)}${over!.padStart(10)}`;
  print(
    row('kind', 'kept', 'rows', 'oldest', 'too old'),
    ...found.map(({ table, keptMs, rows, oldest, over }) =>
      row(table, spanOf(keptMs), String(rows), oldest?.toISOString().slice(0, 10) ?? '-', String(over)),
    ),
    late === 0
      ? 'Nothing is kept for too long.'
      : `${late} rows are kept for too long: does a BFF of this version run?`,
  );
  return late === 0 ? 0 : 1;
}

function spanOf(ms: number): string {
  const hours = ms / 3_600_000;
  if (hours === 0) return 'its time';
  if (hours < 24) return `${hours} h`;
  return hours < 24 * 365 ? `${hours / 24} days` : `${Math.floor(hours / 24 / 365)} years`;
}

await runReport(usage, async (database) => report(await holdings(database, new Date(Date.now() - graceMs))));

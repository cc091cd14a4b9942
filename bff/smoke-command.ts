/**
 * The merchant's first calls to Hecto's testbed: five of them, and a table of what was sent, expected and got. Configured by
 * HECTO_ENV and the HECTO_ variables alone, so that it runs before anything else is set.
 */
import { parseTestbedConfig } from './config.ts';
import { Misused, print, readWords, runCommand } from './run-command.ts';
import { runSmoke, type SmokeLine } from './services/smoke/run-smoke.ts';

const usage = `Usage:
  smoke [--json]   five harmless calls to Hecto's testbed, and whether each answer is as its contract says
It ends with 0 when all are, 1 when one is not, 2 when it could not ask.
`;

const options = { json: { type: 'boolean' } } as const;

async function smoke(): Promise<number> {
  const { values, positionals } = readWords(options, usage);
  if (positionals.length > 0) throw new Misused(usage);
  const { hectoEnv, hecto } = parseTestbedConfig(process.env);
  const lines = await runSmoke(hecto, () => new Date());
  const passed = lines.every((line) => line.passed);
  const { host } = new URL(hecto.baseUrl);
  if (values.json) print(JSON.stringify({ passed, hectoEnv, host, lines }, undefined, 2));
  else {
    print(`${hectoEnv}: ${host}`, '');
    print(
      ...tableOf(lines),
      '',
      passed ? 'All as the contract says.' : 'Not as the contract says: see above.',
    );
  }
  return passed ? 0 : 1;
}

/** Columns as wide as their widest cell; a Korean syllable is as wide as two letters. */
function tableOf(lines: readonly SmokeLine[]): string[] {
  const cells = [
    ['', 'call', 'sent', 'expected', 'got', 'ms'],
    ...lines.map((line) => [
      line.passed ? 'ok' : 'FAILED',
      line.call,
      line.sent,
      line.expected,
      line.got,
      String(line.ms),
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column]!))));
  return cells.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column]! - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (/\p{Script=Hangul}/u.test(character) ? 2 : 1), 0);

await runCommand(smoke);

/**
 * The operator's command for keys at rest: which of DATA_KEYS the database needs, and how many values of each table an
 * older key has sealed. Configured by the BFF's own environment; it opens nothing and changes nothing.
 */
import { ConfigError, parseConfig } from './config.ts';
import { Misused, print, runCommand } from './run-command.ts';
import { connect } from './store/database.ts';
import { startEmbeddedPostgres } from './store/embedded-postgres.ts';
import { keyUsage, type KeyUsage } from './store/key-usage.ts';

const usage = `Usage:
  keys   which of DATA_KEYS are needed, and how many values an older key has sealed
It ends with 0 when only the first of DATA_KEYS is needed and no value waits for it, 1 when not yet, 2 when it could not look.
`;

async function keys(): Promise<number> {
  if (process.argv.length > 2) throw new Misused(usage);
  const { databaseUrl, databaseDirectUrl, dataKeys } = parseConfig(process.env);
  const embedded = databaseUrl.startsWith('embedded:')
    ? await startEmbeddedPostgres(databaseUrl.slice('embedded:'.length))
    : undefined;
  const { pool, database } = connect(embedded?.url ?? databaseDirectUrl ?? databaseUrl, () => undefined);
  try {
    await pool.query('SELECT 1').catch(() => {
      throw new ConfigError('DATABASE_URL', 'names a database that cannot be reached');
    });
    return report(await keyUsage(database), dataKeys[0]!.id);
  } finally {
    await database.destroy();
    await embedded?.stop();
  }
}

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

await runCommand(keys);

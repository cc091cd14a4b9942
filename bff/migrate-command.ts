/**
 * The operator's command that brings the schema up to date and gives the BFF's role its rights, so that the running BFF
 * needs neither the owner's password nor the right to define anything. Configured by the BFF's own environment.
 */
import { ConfigError, parseConfig } from './config.ts';
import { print, runCommand } from './run-command.ts';
import { assertUsable, connect } from './store/database.ts';
import { prepareDatabase } from './store/prepare-database.ts';

async function migrate(): Promise<number> {
  const config = parseConfig(process.env);
  if (config.databaseUrl.startsWith('embedded:'))
    throw new ConfigError(
      'DATABASE_URL',
      'must be postgres://...: the embedded database is migrated at the start',
    );
  const pooled = config.databaseDirectUrl !== undefined;
  const { pool, database } = connect(config.databaseUrl, () => undefined, { pooled });
  try {
    await assertUsable(pool, { pooled });
    await prepareDatabase(database, config);
  } finally {
    await database.destroy();
  }
  print('The database is up to date.');
  return 0;
}

await runCommand(migrate);

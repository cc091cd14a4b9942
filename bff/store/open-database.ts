import { ConfigError } from '../config-error.ts';
import type { Config } from '../config.ts';
import { connect, type Database } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

export type OpenDatabase = { readonly database: Database; readonly close: () => Promise<void> };

/**
 * Opens the database of a BFF without being one: no migration, no worker. Throws a ConfigError when it cannot be
 * reached.
 */
export async function openDatabase({
  databaseUrl,
  databaseDirectUrl,
}: Pick<Config, 'databaseUrl' | 'databaseDirectUrl'>): Promise<OpenDatabase> {
  const embedded = databaseUrl.startsWith('embedded:')
    ? await startEmbeddedPostgres(databaseUrl.slice('embedded:'.length))
    : undefined;
  const { pool, database } = connect(embedded?.url ?? databaseDirectUrl ?? databaseUrl, () => undefined);

  async function close(): Promise<void> {
    await database.destroy();
    await embedded?.stop();
  }

  try {
    await pool.query('SELECT 1');
  } catch {
    await close();
    throw new ConfigError('DATABASE_URL', 'names a database that cannot be reached');
  }
  return { database, close };
}

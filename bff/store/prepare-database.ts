import { sql } from 'kysely';
import { ConfigError } from '../config-error.ts';
import type { Config } from '../config.ts';
import { assertUsable, connect, type Database } from './database.ts';
import { migrate, schemaAge } from './migrate.ts';
import { grantPrivileges } from './privileges.ts';

export const permissionDenied = '42501';

/**
 * Brings the schema up to date. With `databaseMigrationUrl` its role does that and gives the role of `database` what the
 * running BFF needs and no more (S49). Without it the role of `database` does it, if it may; when there is nothing to
 * do it needs no right to. Past a pooler, for the lock of a migration belongs to its connection. Throws a ConfigError
 * for what the operator can mend.
 */
export async function prepareDatabase(
  database: Database,
  { databaseMigrationUrl, databaseDirectUrl }: Pick<Config, 'databaseMigrationUrl' | 'databaseDirectUrl'>,
): Promise<void> {
  if (databaseMigrationUrl !== undefined)
    return withDatabase('DATABASE_MIGRATION_URL', databaseMigrationUrl, (owner) =>
      prepareAsOwner(database, owner),
    );
  if (databaseDirectUrl !== undefined)
    return withDatabase('DATABASE_DIRECT_URL', databaseDirectUrl, prepareAsWorker);
  return prepareAsWorker(database);
}

async function prepareAsWorker(database: Database): Promise<void> {
  const age = await schemaAge(database).catch((error: unknown) => {
    if ((error as { code?: string }).code !== permissionDenied) throw error;
    throw new ConfigError('DATABASE_URL', 'names a role without rights: run migrate first');
  });
  if (age !== 'older') return;
  if (!(await mayCreate(database)))
    throw new ConfigError('DATABASE_URL', 'names a schema of an older version: run migrate first');
  await migrate(database);
}

async function prepareAsOwner(database: Database, owner: Database): Promise<void> {
  const { rows } = await sql<{ role: string }>`SELECT current_user AS role`.execute(database);
  await migrate(owner);
  // A newer version has given its own, and an older instance must not take them back.
  if ((await schemaAge(owner)) !== 'newer') await grantPrivileges(owner, rows[0]!.role);
}

/** Connects for a while. `variable` is the one that gave the address. */
async function withDatabase(
  variable: string,
  url: string,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  const { pool, database } = connect(url, () => undefined);
  try {
    await assertUsable(pool, { variable });
    await work(database);
  } finally {
    await database.destroy();
  }
}

/** Whether the role of `database` may bring the schema up to date itself. */
export async function mayCreate(database: Database): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    SELECT has_schema_privilege('public', 'CREATE') AS may`.execute(database);
  return rows[0]?.may === true;
}

import { sql } from 'kysely';
import type { Config } from '../../config.ts';
import { ConfigError } from '../../config-error.ts';
import { connect, connectionsOfOneInstance, type Database } from '../../store/database.ts';
import { FolderInUse, startEmbeddedPostgres } from '../../store/embedded-postgres.ts';
import { schemaAge } from '../../store/migrate.ts';
import { mayCreate, permissionDenied } from '../../store/prepare-database.ts';
import { isPowerful, missingPrivileges } from '../../store/privileges.ts';
import { lostDataKeys } from '../../store/vault.ts';
import { compareClocks } from './compare-clocks.ts';
import { finding, type Finding } from './finding.ts';

type DatabaseConfig = Pick<Config, 'databaseUrl' | 'databaseMigrationUrl' | 'dataKeys' | 'hectoEnv'>;

/** The oldest version that the tests were run on. */
const oldestTested = 15;

/**
 * Looks at the database as a BFF with this configuration would find it, and changes nothing; an embedded one is
 * started and stopped again.
 */
export async function checkDatabase(config: DatabaseConfig, clock: () => Date): Promise<Finding[]> {
  const { databaseUrl, databaseMigrationUrl } = config;
  if (!databaseUrl.startsWith('embedded:'))
    return [
      ...(await lookInto(databaseUrl, config, clock)),
      ...(databaseMigrationUrl === undefined ? [] : await lookForOwner(databaseMigrationUrl)),
    ];
  try {
    const embedded = await startEmbeddedPostgres(databaseUrl.slice('embedded:'.length));
    try {
      const found = await lookInto(embedded.url, config, clock);
      return config.hectoEnv === 'local' ? found : [finding('database.embedded'), ...found];
    } finally {
      await embedded.stop();
    }
  } catch (error) {
    if (error instanceof FolderInUse) return [finding('database.in-use')];
    if (error instanceof ConfigError)
      return [finding('configuration.variable', { variable: error.variable, allowed: error.allowed })];
    throw error;
  }
}

async function lookInto(url: string, config: DatabaseConfig, clock: () => Date): Promise<Finding[]> {
  const { database } = connect(url, () => undefined);
  try {
    const server = await serverOf(database, clock);
    const schema = await schemaOf(database);
    return [
      ...server,
      await connectionsOf(database),
      ...(await roleAndSchema(database, schema, config)),
      ...(schema === 'no-rights' ? [] : await keysOf(database, config)),
    ];
  } catch (error) {
    return [whyNot(error, 'DATABASE_URL')];
  } finally {
    await database.destroy();
  }
}

async function lookForOwner(url: string): Promise<Finding[]> {
  const { database } = connect(url, () => undefined);
  try {
    await sql`SELECT 1`.execute(database);
    return [];
  } catch (error) {
    return [whyNot(error, 'DATABASE_MIGRATION_URL')];
  } finally {
    await database.destroy();
  }
}

/** What PostgreSQL or the system say when there is no connection, in the words of an operator. */
function whyNot(error: unknown, variable: string): Finding {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'getaddrinfo') return finding('database.no-name', { variable });
  if (code === '28P01' || code === '28000') return finding('database.no-login', { variable });
  if (code === '3D000') return finding('database.no-database', { variable });
  if (/^[0-9A-Z]{5}$/.test(code)) return finding('database.error', { variable, code });
  return finding('database.no-connection', { variable });
}

async function serverOf(database: Database, clock: () => Date): Promise<Finding[]> {
  // One without waiting for a connection first: a new one may take a while, and the clocks would seem to differ.
  await sql`SELECT 1`.execute(database);
  const before = clock().getTime();
  const { rows } = await sql<{
    version: string;
    number: number;
    encoding: string;
    standby: boolean;
    now: Date;
  }>`SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
      current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby, clock_timestamp() AS now`.execute(
    database,
  );
  const now = clock();
  const { version, number, encoding, standby, now: theirs } = rows[0]!;
  const aheadMs = theirs.getTime() - (before + now.getTime()) / 2;
  const [short = ''] = version.split(' ');
  return [
    compareClocks('database', aheadMs, now),
    finding(number < oldestTested * 10_000 ? 'database.old' : 'database.answers', {
      version: short,
      oldest: oldestTested,
    }),
    ...(standby ? [finding('database.standby')] : []),
    ...(encoding === 'UTF8' ? [] : [finding('database.encoding', { encoding })]),
  ];
}

/** Whether the limits of server, database and role leave room for one instance, and for a second one in a rolling deploy. */
async function connectionsOf(database: Database): Promise<Finding> {
  const { rows } = await sql<{ room: number }>`
    SELECT least(
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true)::int, 0),
      nullif(d.datconnlimit, -1), nullif(r.rolconnlimit, -1)
    ) - (
      SELECT count(*) FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND coalesce(application_name, '') NOT LIKE 'hecto-onboarding%'
    ) AS room
    FROM pg_database d, pg_roles r WHERE d.datname = current_database() AND r.rolname = current_user`.execute(
    database,
  );
  const room = Math.max(0, rows[0]?.room ?? 0);
  const instances = Math.floor(room / connectionsOfOneInstance);
  const values = { room, instances, needed: connectionsOfOneInstance };
  if (instances === 0) return finding('connections.too-few', values);
  return finding(instances === 1 ? 'connections.one-instance' : 'connections.enough', values);
}

type Schema = 'older' | 'current' | 'newer' | 'no-rights';

const schemaOf = (database: Database): Promise<Schema> =>
  schemaAge(database).catch((error: unknown) => {
    if ((error as { code?: string }).code !== permissionDenied) throw error;
    return 'no-rights' as const;
  });

async function roleAndSchema(
  database: Database,
  schema: Schema,
  { databaseMigrationUrl, hectoEnv }: DatabaseConfig,
): Promise<Finding[]> {
  const { rows } = await sql<{ role: string }>`SELECT current_user AS role`.execute(database);
  const powerful = await isPowerful(database, rows[0]!.role);
  const found: Finding[] = [];
  if (powerful && databaseMigrationUrl !== undefined) found.push(finding('role.owner-refused'));
  else if (powerful && hectoEnv !== 'local') found.push(finding('role.powerful'));

  if (schema === 'no-rights') return [...found, finding('role.no-rights')];
  if (schema === 'older') {
    const isMigratedAtStart = databaseMigrationUrl !== undefined || (await mayCreate(database));
    return [...found, finding(isMigratedAtStart ? 'schema.older' : 'schema.older-for-good')];
  }
  found.push(finding(`schema.${schema}`));
  const missing = await missingPrivileges(database);
  if (missing.length > 0) return [...found, finding('role.rights-missing', { rights: missing.join('; ') })];
  return powerful ? found : [...found, finding('role.defines-nothing')];
}

async function keysOf(database: Database, { dataKeys }: DatabaseConfig): Promise<Finding[]> {
  const { rows } = await sql<{ there: boolean }>`
    SELECT coalesce(has_table_privilege(to_regclass('vault_keys'), 'SELECT'), false) AS there`.execute(
    database,
  );
  if (!rows[0]?.there) return [];
  const lost = await lostDataKeys(database, dataKeys);
  if (lost.length === 0) return [finding('keys.open-everything', { id: dataKeys[0]?.id ?? '' })];
  return lost.map(({ id, isGiven }) => finding(isGiven ? 'keys.other-bytes' : 'keys.missing', { id }));
}

import { sql } from 'kysely';
import { ConfigError } from '../config-error.ts';
import type { Database, Tables } from './database.ts';

export type Privilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

const read: readonly Privilege[] = ['SELECT'];
const add: readonly Privilege[] = [...read, 'INSERT'];
const change: readonly Privilege[] = [...add, 'UPDATE'];
const remove: readonly Privilege[] = [...change, 'DELETE'];

/**
 * What the running BFF may do with each table when it works as a role of its own (S49). A new table is not there for
 * it until it stands here, and without it this does not compile.
 */
export const privileges: Readonly<Record<keyof Tables | 'kysely_migration', readonly Privilege[]>> = {
  kysely_migration: read,
  vault_keys: change,
  onboarding_sessions: remove,
  client_tokens: remove,
  session_tokens: remove,
  attempts: remove,
  keypads: remove,
  pins: remove,
  payment_authorizations: remove,
  // Evidence: what was written once stays.
  consents: add,
  consent_documents: add,
  operator_actions: add,
  intent_transitions: add,
  ledger_balance: read,
  // What became of money and accounts moves on and is never taken away.
  registrations: change,
  intents: change,
  account_cancellations: change,
  reconciliations: change,
  idempotency_keys: remove,
  outbox: remove,
  deliveries: remove,
  webhook_endpoints: remove,
  jobs: remove,
  onboarding_funnel: remove,
  verifications: remove,
  widget_files: change,
};

/**
 * Gives a role exactly what stands above, whatever it had before. `owner` is a connection of the role that owns the
 * tables. Throws a ConfigError when the role could define something or change a ledger all the same.
 */
export async function grantPrivileges(owner: Database, role: string): Promise<void> {
  const who = sql.id(role);
  await owner.transaction().execute(async (transaction) => {
    // One at a time: PostgreSQL refuses two grants on the same table at once.
    await sql`SELECT pg_advisory_xact_lock(hashtext('privileges'))`.execute(transaction);
    // Older servers and careless databases let everybody create.
    await sql`REVOKE CREATE ON SCHEMA public FROM PUBLIC`.execute(transaction);
    const { rows } = await sql<{ name: string }>`SELECT current_database() AS name`.execute(transaction);
    await sql`REVOKE CREATE, TEMPORARY ON DATABASE ${sql.id(rows[0]!.name)} FROM PUBLIC`.execute(transaction);
    await sql`REVOKE CREATE ON SCHEMA public FROM ${who}`.execute(transaction);
    await sql`GRANT USAGE ON SCHEMA public TO ${who}`.execute(transaction);
    for (const [table, allowed] of Object.entries(privileges)) {
      await sql`REVOKE ALL ON ${sql.table(table)} FROM ${who}`.execute(transaction);
      await sql`GRANT ${sql.raw(allowed.join(', '))} ON ${sql.table(table)} TO ${who}`.execute(transaction);
    }
  });
  if (await isPowerful(owner, role))
    throw new ConfigError(
      'DATABASE_URL',
      'must name a role that owns nothing and can create nothing, for DATABASE_MIGRATION_URL is set',
    );
}

/** Whether a role may create, is or can become the owner of a table of ours, or is a superuser, who may do everything. */
export async function isPowerful(database: Database, role: string): Promise<boolean> {
  const { rows } = await sql<{ powerful: boolean }>`
    SELECT has_schema_privilege(r.oid, 'public', 'CREATE')
      OR has_database_privilege(r.oid, current_database(), 'CREATE')
      OR EXISTS (
        SELECT FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'S')
          AND pg_has_role(r.oid, c.relowner, 'MEMBER')
      ) AS powerful
    FROM pg_roles r WHERE r.rolname = ${role}`.execute(database);
  return rows[0]?.powerful ?? true;
}

/** What stands above and the role of `database` may not do, as `table: INSERT, UPDATE`. */
export async function missingPrivileges(database: Database): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const [table, wanted] of Object.entries(privileges)) {
    const { rows } = await sql<{ privilege: string }>`
      SELECT privilege FROM unnest(${[...wanted]}::text[]) AS privilege
      WHERE NOT coalesce(has_table_privilege(to_regclass(${table}), privilege), false)`.execute(database);
    if (rows.length > 0) missing.push(`${table}: ${rows.map(({ privilege }) => privilege).join(', ')}`);
  }
  return missing;
}

import { Migrator, sql, type Migration } from 'kysely';
import type { Database } from './database.ts';
import * as vaultKeys from './migrations/001-vault-keys.ts';
import * as onboardingSessions from './migrations/002-onboarding-sessions.ts';
import * as attempts from './migrations/003-attempts.ts';
import * as paymentPassword from './migrations/004-payment-password.ts';
import * as consents from './migrations/005-consents.ts';
import * as registrations from './migrations/006-registrations.ts';
import * as idempotencyKeys from './migrations/007-idempotency-keys.ts';
import * as intents from './migrations/008-intents.ts';
import * as outbox from './migrations/009-outbox.ts';
import * as verifications from './migrations/010-verifications.ts';
import * as jobs from './migrations/011-jobs.ts';
import * as reconciliations from './migrations/012-reconciliations.ts';
import * as widgetFiles from './migrations/013-widget-files.ts';
import * as vaultKeyGenerations from './migrations/014-vault-key-generations.ts';
import * as paymentAuthorizations from './migrations/020-payment-authorizations.ts';
import * as tokenRotation from './migrations/021-token-rotation.ts';
import * as retention from './migrations/022-retention.ts';
import * as openWork from './migrations/023-open-work.ts';
import * as operatorPage from './migrations/024-operator-page.ts';

const migrations = {
  '001-vault-keys': vaultKeys,
  '002-onboarding-sessions': onboardingSessions,
  '003-attempts': attempts,
  '004-payment-password': paymentPassword,
  '005-consents': consents,
  '006-registrations': registrations,
  '007-idempotency-keys': idempotencyKeys,
  '008-intents': intents,
  '009-outbox': outbox,
  '010-verifications': verifications,
  '011-jobs': jobs,
  '012-reconciliations': reconciliations,
  '013-widget-files': widgetFiles,
  '014-vault-key-generations': vaultKeyGenerations,
  '020-payment-authorizations': paymentAuthorizations,
  '021-token-rotation': tokenRotation,
  '022-retention': retention,
  '023-open-work': openWork,
  '024-operator-page': operatorPage,
};

/**
 * Brings the schema up to date. Instances that start together take turns: Kysely holds a lock meanwhile. Migrations of
 * a newer version than this one are left alone: they only add, so an older instance can start beside newer ones (R37).
 */
export async function migrate(database: Database): Promise<void> {
  const { error } = await (await migratorOf(database)).migrateToLatest();
  if (error) throw new Error('The database could not be brought up to date.', { cause: error });
}

/** Takes back everything after the named migration, newest first. For an operator who goes back a version. */
export async function migrateBackTo(database: Database, name: keyof typeof migrations): Promise<void> {
  const { error } = await (await migratorOf(database)).migrateTo(name);
  if (error) throw new Error('The database could not be taken back.', { cause: error });
}

/** How the schema stands to this version: a newer one was written by a version that this one does not know. */
export async function schemaAge(database: Database): Promise<'older' | 'current' | 'newer'> {
  const there = await applied(database);
  if (Object.keys(migrations).some((name) => !there.includes(name))) return 'older';
  return there.some((name) => !(name in migrations)) ? 'newer' : 'current';
}

async function migratorOf(database: Database): Promise<Migrator> {
  const known: Record<string, Migration> = { ...migrations };
  for (const name of await applied(database)) known[name] ??= { up: () => Promise.resolve() };
  return new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve(known) },
    allowUnorderedMigrations: true,
  });
}

async function applied(database: Database): Promise<string[]> {
  const { rows: tables } = await sql<{ found: string | null }>`
    SELECT to_regclass('kysely_migration') AS found`.execute(database);
  if (!tables[0]?.found) return [];
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(database);
  return rows.map(({ name }) => name);
}

import { Migrator } from 'kysely';
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
import * as jobs from './migrations/011-jobs.ts';
import * as reconciliations from './migrations/012-reconciliations.ts';

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
  '011-jobs': jobs,
  '012-reconciliations': reconciliations,
};

/** Brings the schema up to date. Instances that start together take turns: Kysely holds a lock meanwhile. */
export async function migrate(database: Database): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error('The database could not be brought up to date.', { cause: error });
}

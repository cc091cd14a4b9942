import { Migrator } from 'kysely';
import type { Database } from './database.ts';
import * as vaultKeys from './migrations/001-vault-keys.ts';
import * as onboardingSessions from './migrations/002-onboarding-sessions.ts';
import * as attempts from './migrations/003-attempts.ts';
import * as paymentPassword from './migrations/004-payment-password.ts';
import * as consents from './migrations/005-consents.ts';
import * as registrations from './migrations/006-registrations.ts';
import * as idempotencyKeys from './migrations/007-idempotency-keys.ts';
import * as verifications from './migrations/010-verifications.ts';

const migrations = {
  '001-vault-keys': vaultKeys,
  '002-onboarding-sessions': onboardingSessions,
  '003-attempts': attempts,
  '004-payment-password': paymentPassword,
  '005-consents': consents,
  '006-registrations': registrations,
  '007-idempotency-keys': idempotencyKeys,
  '010-verifications': verifications,
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

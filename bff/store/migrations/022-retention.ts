import { sql, type Kysely } from 'kysely';

const records = ['intents', 'registrations', 'account_cancellations'];
const indexes = {
  onboarding_sessions_ended: `onboarding_sessions (created_at) WHERE step IN ('done', 'failed', 'cancelled', 'expired')`,
  attempts_ends_at: 'attempts (ends_at)',
  idempotency_keys_started_at: 'idempotency_keys (started_at)',
  outbox_created_at: 'outbox (created_at)',
  intents_named: 'intents (created_at) WHERE anonymized_at IS NULL',
  registrations_named: 'registrations (created_at) WHERE anonymized_at IS NULL',
  account_cancellations_named: 'account_cancellations (recorded_at) WHERE anonymized_at IS NULL',
};

/**
 * For deleting what is no longer needed, and for taking the customer out of records that stay. A registration outlives its
 * session, so it names its merchant itself (null in rows of an older version whose session did not either).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('registrations').addColumn('merchant_id', 'text').execute();
  await sql`
    UPDATE registrations r SET merchant_id = s.merchant_id
    FROM onboarding_sessions s WHERE s.id = r.session_id AND s.merchant_id IS NOT NULL`.execute(db);
  for (const table of records)
    await db.schema.alterTable(table).addColumn('anonymized_at', 'timestamptz').execute();
  for (const [name, on] of Object.entries(indexes))
    await sql`CREATE INDEX ${sql.id(name)} ON ${sql.raw(on)}`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const name of Object.keys(indexes)) await db.schema.dropIndex(name).execute();
  for (const table of records) await db.schema.alterTable(table).dropColumn('anonymized_at').execute();
  await db.schema.alterTable('registrations').dropColumn('merchant_id').execute();
}

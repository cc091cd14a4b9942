import { sql, type Kysely } from 'kysely';

/**
 * For the page of the operators. `reached`: how far a session ever came, whatever became of it. Sessions are gone after a
 * day; how many came how far stays, by the hour in which they began. `claimed_until`: somebody is asking Hecto about this
 * intent. And what operators did, which nobody can take back.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('onboarding_sessions')
    .addColumn('reached', 'int2', (c) => c.notNull().defaultTo(0))
    .execute();
  // On columns that never change, so that keeping a session alive stays cheap.
  await sql`CREATE INDEX onboarding_sessions_latest ON onboarding_sessions (merchant_id, created_at)`.execute(
    db,
  );
  await db.schema
    .createTable('onboarding_funnel')
    .addColumn('merchant_id', 'text', (c) => c.notNull())
    .addColumn('hour', 'timestamptz', (c) => c.notNull())
    .addColumn('reached', 'int2', (c) => c.notNull())
    .addColumn('sessions', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('onboarding_funnel_key', ['merchant_id', 'hour', 'reached'])
    .execute();
  await db.schema.alterTable('intents').addColumn('claimed_until', 'timestamptz').execute();
  await db.schema
    .createTable('operator_actions')
    .addColumn('seq', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('merchant_id', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addColumn('operator', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .execute();
  await sql`CREATE INDEX operator_actions_latest ON operator_actions (merchant_id, seq)`.execute(db);
  await sql`
    CREATE TRIGGER operator_actions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON operator_actions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('operator_actions').execute();
  await db.schema.alterTable('intents').dropColumn('claimed_until').execute();
  await db.schema.dropTable('onboarding_funnel').execute();
  await db.schema.dropIndex('onboarding_sessions_latest').execute();
  await db.schema.alterTable('onboarding_sessions').dropColumn('reached').execute();
}

import { sql, type Kysely } from 'kysely';

/**
 * Work that is done once for each Korean day, over all instances, and the accounts that a bank or the clearing
 * institute cancelled. An account's key is a blind index; what names the customer is sealed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('jobs')
    .addColumn('merchant_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('runs', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('due_at', 'timestamptz', (c) => c.notNull())
    .addColumn('locked_until', 'timestamptz')
    .addColumn('finished_at', 'timestamptz')
    .addPrimaryKeyConstraint('jobs_key', ['merchant_id', 'name', 'day'])
    .execute();

  await db.schema
    .createTable('account_cancellations')
    .addColumn('merchant_id', 'text', (c) => c.notNull())
    .addColumn('account_index', 'bytea', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('customer_index', 'bytea', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('cancelled_by', 'text', (c) => c.notNull())
    .addColumn('cancelled_at', 'timestamptz', (c) => c.notNull())
    .addColumn('sealed_about', 'bytea', (c) => c.notNull())
    .addColumn('recorded_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('account_cancellations_key', ['merchant_id', 'account_index', 'day'])
    .execute();
  await sql`
    CREATE INDEX account_cancellations_customer ON account_cancellations (merchant_id, customer_index)`.execute(
    db,
  );
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['account_cancellations', 'jobs']) await db.schema.dropTable(table).execute();
}

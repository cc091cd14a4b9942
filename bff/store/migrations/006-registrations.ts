import { sql, type Kysely } from 'kysely';

/**
 * Intents to register an account, committed before Hecto hears of them:
 * created -> submitting -> registered | failed | unknown -> registered | failed.
 * Order number and Korean date stay as they were at the call, so that an inquiry after midnight finds it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('registrations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) => c.notNull())
    .addColumn('customer_index', 'bytea', (c) => c.notNull())
    .addColumn('order_number', 'text', (c) => c.notNull().unique())
    .addColumn('kst_date', 'text', (c) => c.notNull())
    .addColumn('kst_time', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('sealed_result', 'bytea')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull())
    .execute();
  // One that is not final blocks another one of the same session.
  await sql`
    CREATE UNIQUE INDEX registrations_open ON registrations (session_id)
    WHERE state IN ('created', 'submitting', 'unknown')`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('registrations').execute();
}

import { sql, type Kysely } from 'kysely';

/**
 * What each customer was shown and agreed to. Rows are only ever added: the database itself refuses changes,
 * and each row's link covers the row before it, so that a gap or an edit shows.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('consents')
    .addColumn('seq', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('session_id', 'text', (c) => c.notNull())
    .addColumn('customer_index', 'bytea', (c) => c.notNull())
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('document_version', 'text', (c) => c.notNull())
    .addColumn('locale', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('agreed', 'boolean', (c) => c.notNull())
    .addColumn('opened', 'boolean', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addColumn('previous', 'bytea', (c) => c.notNull())
    .addColumn('link', 'bytea', (c) => c.notNull().unique())
    .execute();
  await sql`CREATE INDEX consents_customer ON consents (customer_index)`.execute(db);
  await sql`
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'consents are append-only'; END $$`.execute(db);
  await sql`
    CREATE TRIGGER consents_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON consents
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('consents').execute();
  await sql`DROP FUNCTION refuse_change`.execute(db);
}

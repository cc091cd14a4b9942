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
    .addColumn('sealed_evidence', 'bytea', (c) => c.notNull())
    .addColumn('previous', 'bytea', (c) => c.notNull())
    .addColumn('link', 'bytea', (c) => c.notNull().unique())
    .execute();
  // The texts themselves, once for each: a record can be shown with the exact bytes the customer saw.
  await db.schema
    .createTable('consent_documents')
    .addColumn('sha256', 'text', (c) => c.primaryKey())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .execute();
  await sql`CREATE INDEX consents_customer ON consents (customer_index)`.execute(db);
  await sql`
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'consents are append-only'; END $$`.execute(db);
  for (const table of ['consents', 'consent_documents']) {
    await sql`
      CREATE TRIGGER ${sql.id(`${table}_append_only`)} BEFORE UPDATE OR DELETE OR TRUNCATE ON ${sql.table(table)}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`.execute(db);
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('consents').execute();
  await db.schema.dropTable('consent_documents').execute();
  await sql`DROP FUNCTION refuse_change`.execute(db);
}

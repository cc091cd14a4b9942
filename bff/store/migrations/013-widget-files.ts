import type { Kysely } from 'kysely';

/** Every file of every release of the widget that ran on this database: pages ask for them long afterwards. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('widget_files')
    .addColumn('merchant_id', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('sealed_content', 'bytea', (c) => c.notNull())
    .addColumn('kept_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('widget_files_key', ['merchant_id', 'version', 'path'])
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('widget_files').execute();
}

import type { Kysely } from 'kysely';

/** The keys of the vault, each wrapped by one of DATA_KEYS. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('vault_keys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('purpose', 'text', (c) => c.notNull().unique())
    .addColumn('wrapped_by', 'text', (c) => c.notNull())
    .addColumn('wrapped', 'bytea', (c) => c.notNull())
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('vault_keys').execute();
}

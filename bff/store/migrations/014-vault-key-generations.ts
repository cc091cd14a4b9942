import { sql, type Kysely } from 'kysely';

/** Each key of DATA_KEYS that ever stood first has a sealing key of its own; the newest of them seals. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('vault_keys')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    // Null in rows that a version wrote which knew one sealing key only.
    .addColumn('made_for', 'text')
    .execute();
  await sql`UPDATE vault_keys SET made_for = wrapped_by WHERE purpose = 'seal'`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('vault_keys').dropColumn('created_at').dropColumn('made_for').execute();
}

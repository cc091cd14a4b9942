import type { Kysely } from 'kysely';

/** First answers of calls that must not happen twice. `run` tells which request holds an unanswered key. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('idempotency_keys')
    .addColumn('route', 'text', (c) => c.notNull())
    .addColumn('key', 'bytea', (c) => c.notNull())
    .addColumn('fingerprint', 'bytea', (c) => c.notNull())
    .addColumn('started_at', 'timestamptz', (c) => c.notNull())
    .addColumn('run', 'text', (c) => c.notNull())
    .addColumn('status', 'integer')
    .addColumn('sealed_body', 'bytea')
    .addPrimaryKeyConstraint('idempotency_keys_key', ['route', 'key'])
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('idempotency_keys').execute();
}

import type { Kysely } from 'kysely';

/** Shuffled pads that are on a screen right now, and the payment passwords of customers who have none at Hecto. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('keypads')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) =>
      c.notNull().references('onboarding_sessions.id').onDelete('cascade'),
    )
    .addColumn('sealed_pad', 'bytea', (c) => c.notNull())
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('keypads_session').on('keypads').column('session_id').execute();

  await db.schema
    .createTable('pins')
    .addColumn('customer_index', 'bytea', (c) => c.primaryKey())
    .addColumn('sealed_hash', 'bytea', (c) => c.notNull())
    .addColumn('saved_at', 'timestamptz', (c) => c.notNull())
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('pins').execute();
  await db.schema.dropTable('keypads').execute();
}

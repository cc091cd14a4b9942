import type { Kysely } from 'kysely';

/** Payments that customers approved with the payment password and that were not made yet: one row, one payment. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('payment_authorizations')
    .addColumn('hash', 'bytea', (c) => c.primaryKey())
    .addColumn('merchant_id', 'text', (c) => c.notNull())
    .addColumn('payment_index', 'bytea', (c) => c.notNull())
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('payment_authorizations_expiry')
    .on('payment_authorizations')
    .columns(['merchant_id', 'expires_at'])
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('payment_authorizations').execute();
}

import { sql, type Kysely } from 'kysely';

/**
 * What the merchant's server has to hear of, written in the same transaction as the change itself.
 * pending -> delivered | failed; held while no address is configured; a replay makes it pending again.
 * `subject` is what changed: its events are delivered in the order of `seq`. `attempts` only grows, and tells who
 * holds the lease; the retry schedule counts from `schedule_start`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outbox')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('seq', 'bigint', (c) => c.notNull().unique().generatedAlwaysAsIdentity())
    .addColumn('merchant_id', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('sealed_body', 'bytea', (c) => c.notNull())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('schedule_start', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('due_at', 'timestamptz', (c) => c.notNull())
    .addColumn('locked_until', 'timestamptz')
    .addColumn('delivered_at', 'timestamptz')
    // One change is one event, however often the code runs that writes it.
    .addUniqueConstraint('outbox_once', ['merchant_id', 'subject', 'type'])
    .execute();
  await sql`CREATE INDEX outbox_due ON outbox (merchant_id, due_at) WHERE state = 'pending'`.execute(db);
  await sql`CREATE INDEX outbox_order ON outbox (merchant_id, subject, seq) WHERE state = 'pending'`.execute(
    db,
  );
  await sql`CREATE INDEX outbox_list ON outbox (merchant_id, seq)`.execute(db);

  await db.schema
    .createTable('deliveries')
    .addColumn('event_id', 'text', (c) => c.notNull().references('outbox.id').onDelete('cascade'))
    .addColumn('attempt', 'integer', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addColumn('http_status', 'integer')
    .addColumn('error', 'text')
    .addColumn('ms', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('deliveries_key', ['event_id', 'attempt'])
    .execute();

  // By a blind index of the address, which may hold a secret. Another address starts anew.
  await db.schema
    .createTable('webhook_endpoints')
    .addColumn('merchant_id', 'text', (c) => c.notNull())
    .addColumn('url_index', 'bytea', (c) => c.notNull())
    .addColumn('failing_since', 'timestamptz')
    .addColumn('quiet_until', 'timestamptz')
    .addColumn('disabled_at', 'timestamptz')
    .addColumn('disabled_because', 'text')
    .addPrimaryKeyConstraint('webhook_endpoints_key', ['merchant_id', 'url_index'])
    .execute();

  // Null in rows of an older version, which knew one merchant only.
  await db.schema.alterTable('onboarding_sessions').addColumn('merchant_id', 'text').execute();
  // Those that may still run out. On a column that never changes, so that keeping a session alive stays cheap.
  await sql`
    CREATE INDEX onboarding_sessions_open ON onboarding_sessions (created_at)
    WHERE due_at IS NULL AND step NOT IN ('done', 'failed', 'cancelled', 'expired')`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`DROP INDEX onboarding_sessions_open`.execute(db);
  await db.schema.alterTable('onboarding_sessions').dropColumn('merchant_id').execute();
  for (const table of ['webhook_endpoints', 'deliveries', 'outbox']) {
    await db.schema.dropTable(table).execute();
  }
}

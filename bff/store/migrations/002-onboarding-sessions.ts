import { sql, type Kysely } from 'kysely';

/**
 * A customer's journey. Everything personal is sealed; `step` and the customer's blind index are the only
 * clear facts. `version` is for compare-and-swap, `due_at` tells the worker when to look again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('onboarding_sessions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('customer_index', 'bytea', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('sealed_about', 'bytea', (c) => c.notNull())
    .addColumn('sealed_journey', 'bytea', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .addColumn('last_seen_at', 'timestamptz', (c) => c.notNull())
    .addColumn('due_at', 'timestamptz')
    .execute();
  await sql`CREATE INDEX onboarding_sessions_customer ON onboarding_sessions (customer_index)`.execute(db);
  await sql`CREATE INDEX onboarding_sessions_due ON onboarding_sessions (due_at) WHERE due_at IS NOT NULL`.execute(
    db,
  );

  await db.schema
    .createTable('client_tokens')
    .addColumn('hash', 'bytea', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) =>
      c.notNull().references('onboarding_sessions.id').onDelete('cascade'),
    )
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .addColumn('used_at', 'timestamptz')
    .execute();
  await sql`CREATE INDEX client_tokens_session ON client_tokens (session_id)`.execute(db);

  await db.schema
    .createTable('session_tokens')
    .addColumn('hash', 'bytea', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) =>
      c.notNull().references('onboarding_sessions.id').onDelete('cascade'),
    )
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .addColumn('superseded_at', 'timestamptz')
    .execute();
  await sql`CREATE INDEX session_tokens_session ON session_tokens (session_id)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['session_tokens', 'client_tokens', 'onboarding_sessions']) {
    await db.schema.dropTable(table).execute();
  }
}

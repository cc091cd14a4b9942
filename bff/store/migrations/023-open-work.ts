import { sql, type Kysely } from 'kysely';

/** For counting what is not final without reading what is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE INDEX intents_open ON intents (merchant_id, state, created_at)
    WHERE state IN ('submitting', 'unknown', 'needs_review')`.execute(db);
  await sql`
    CREATE INDEX outbox_undelivered ON outbox (merchant_id, state)
    WHERE state IN ('failed', 'held')`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const index of ['intents_open', 'outbox_undelivered']) await db.schema.dropIndex(index).execute();
}

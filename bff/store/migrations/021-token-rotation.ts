import type { Kysely } from 'kysely';

/**
 * A session token that was replaced within its window: what must be said again to get the replacement, should the
 * answer that carried it have been lost, and (with the replacement, until it is used) whose place it took.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('session_tokens')
    .addColumn('rotated_by', 'bytea')
    .addColumn('replaces', 'bytea')
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('session_tokens').dropColumn('rotated_by').dropColumn('replaces').execute();
}

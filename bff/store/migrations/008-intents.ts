import { sql, type Kysely } from 'kysely';

/**
 * Intents to move money or bind an account, committed before Hecto hears of them, and the ledger of their
 * transitions: rows that are only ever added, each one's link covering the row before it. `seq` orders lists,
 * `version` is for compare-and-swap, `due_at` tells the worker when to look, `locked_until` who looks now.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('intents')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('seq', 'bigint', (c) => c.generatedAlwaysAsIdentity().notNull().unique())
    .addColumn('merchant_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('endpoint', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('order_number', 'text', (c) => c.notNull())
    .addColumn('customer_index', 'bytea')
    .addColumn('parent_id', 'text')
    .addColumn('amount', 'bigint')
    // The key of the request that made it, for replays, and what that request said.
    .addColumn('request_key', 'bytea', (c) => c.notNull())
    .addColumn('fingerprint', 'bytea', (c) => c.notNull())
    .addColumn('sealed_request', 'bytea', (c) => c.notNull())
    .addColumn('sealed_result', 'bytea')
    // Why it failed, or what Hecto said last while it is open.
    .addColumn('refusal', 'text')
    .addColumn('hecto_status', 'text')
    .addColumn('hecto_code', 'text')
    // Korean date and time of the order as they were sent: an inquiry after midnight must name them.
    .addColumn('kst_date', 'text')
    .addColumn('kst_time', 'text')
    .addColumn('inquiries', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('absences', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('due_at', 'timestamptz')
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .addColumn('submitted_at', 'timestamptz')
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull())
    .addUniqueConstraint('intents_order_number', ['merchant_id', 'order_number'])
    .addUniqueConstraint('intents_request_key', ['merchant_id', 'request_key'])
    .execute();
  await sql`CREATE INDEX intents_due ON intents (due_at) WHERE due_at IS NOT NULL`.execute(db);
  await sql`CREATE INDEX intents_parent ON intents (parent_id) WHERE parent_id IS NOT NULL`.execute(db);
  await sql`CREATE INDEX intents_customer ON intents (customer_index, seq)`.execute(db);
  await sql`CREATE INDEX intents_kind ON intents (merchant_id, kind, seq)`.execute(db);
  await sql`CREATE INDEX intents_day ON intents (merchant_id, kst_date)`.execute(db);

  await db.schema
    .createTable('intent_transitions')
    .addColumn('seq', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('merchant_id', 'text', (c) => c.notNull())
    .addColumn('intent_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('from_state', 'text')
    .addColumn('to_state', 'text', (c) => c.notNull())
    .addColumn('amount', 'bigint')
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addColumn('previous', 'bytea', (c) => c.notNull())
    .addColumn('link', 'bytea', (c) => c.notNull().unique())
    .execute();
  await sql`CREATE INDEX intent_transitions_intent ON intent_transitions (intent_id, seq)`.execute(db);
  await sql`
    CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$`.execute(db);
  await sql`
    CREATE TRIGGER intent_transitions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON intent_transitions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()`.execute(db);
  // What customers have paid, have been given back, and what the merchant sent: by the ledger alone.
  await sql`
    CREATE VIEW ledger_balance AS
    SELECT merchant_id,
      COALESCE(SUM(amount) FILTER (WHERE kind IN ('payment', 'charge')), 0)::bigint AS debits,
      COALESCE(SUM(amount) FILTER (WHERE kind = 'refund'), 0)::bigint AS refunds,
      COALESCE(SUM(amount) FILTER (WHERE kind = 'remittance'), 0)::bigint AS remittances,
      (COALESCE(SUM(amount) FILTER (WHERE kind IN ('payment', 'charge')), 0)
        - COALESCE(SUM(amount) FILTER (WHERE kind = 'refund'), 0))::bigint AS balance
    FROM intent_transitions WHERE to_state = 'succeeded' GROUP BY merchant_id`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`DROP VIEW ledger_balance`.execute(db);
  await db.schema.dropTable('intent_transitions').execute();
  await db.schema.dropTable('intents').execute();
  await sql`DROP FUNCTION refuse_ledger_change`.execute(db);
}

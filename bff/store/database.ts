import { Kysely, PostgresDialect, type Generated } from 'kysely';
import pg from 'pg';
import type { RefusalCode } from '../../shared/api/refusals.ts';
import { ConfigError } from '../config-error.ts';
import type { IntentEndpoint, IntentKind, IntentState } from './intents.ts';
import type { OperatorAction } from './operator-actions.ts';

/** Every table as it is after all migrations. Columns called `sealed...` hold what only the vault can read. */
export type Tables = {
  vault_keys: {
    id: string;
    /** The first sealing key, a later one with the data key it was made for, or the one that makes blind indexes. */
    purpose: 'seal' | `seal:${string}` | 'index';
    wrapped_by: string;
    wrapped: Buffer;
    created_at: Generated<Date>;
    /** Null in rows of an older version. */
    made_for: string | null;
  };
  onboarding_sessions: {
    id: string;
    customer_index: Buffer;
    step: string;
    sealed_about: Buffer;
    sealed_journey: Buffer;
    version: number;
    created_at: Date;
    expires_at: Date;
    last_seen_at: Date;
    due_at: Date | null;
    /** Null in rows of a version that knew one merchant only. */
    merchant_id: string | null;
    /** See `stages`. */
    reached: Generated<number>;
  };
  client_tokens: { hash: Buffer; session_id: string; expires_at: Date; used_at: Date | null };
  session_tokens: {
    hash: Buffer;
    session_id: string;
    created_at: Date;
    superseded_at: Date | null;
    rotated_by: Buffer | null;
    replaces: Buffer | null;
  };
  attempts: { scope: string; key: Buffer; n: number; ends_at: Date };
  keypads: { id: string; session_id: string; sealed_pad: Buffer; expires_at: Date };
  payment_authorizations: { hash: Buffer; merchant_id: string; payment_index: Buffer; expires_at: Date };
  pins: { customer_index: Buffer; sealed_hash: Buffer; saved_at: Date };
  consents: {
    seq: Generated<number>;
    session_id: string;
    customer_index: Buffer;
    document_id: string;
    document_version: string;
    locale: string;
    sha256: string;
    agreed: boolean;
    opened: boolean;
    at: Date;
    sealed_evidence: Buffer;
    previous: Buffer;
    link: Buffer;
  };
  consent_documents: { sha256: string; title: string; text: string };
  registrations: {
    id: string;
    session_id: string;
    customer_index: Buffer;
    order_number: string;
    kst_date: string;
    kst_time: string;
    state: 'created' | 'submitting' | 'registered' | 'failed' | 'unknown';
    sealed_result: Buffer | null;
    created_at: Date;
    updated_at: Date;
    /** Null in rows of an older version: their session tells. */
    merchant_id: string | null;
    anonymized_at: Date | null;
  };
  idempotency_keys: {
    route: string;
    key: Buffer;
    fingerprint: Buffer;
    started_at: Date;
    run: string;
    status: number | null;
    sealed_body: Buffer | null;
  };
  intents: {
    id: string;
    seq: Generated<number>;
    merchant_id: string;
    kind: IntentKind;
    endpoint: IntentEndpoint;
    state: IntentState;
    order_number: string;
    customer_index: Buffer | null;
    parent_id: string | null;
    amount: number | null;
    request_key: Buffer;
    fingerprint: Buffer;
    sealed_request: Buffer;
    sealed_result: Buffer | null;
    refusal: RefusalCode | null;
    hecto_status: string | null;
    hecto_code: string | null;
    kst_date: string | null;
    kst_time: string | null;
    inquiries: Generated<number>;
    absences: Generated<number>;
    due_at: Date | null;
    version: Generated<number>;
    created_at: Date;
    submitted_at: Date | null;
    updated_at: Date;
    anonymized_at: Date | null;
    claimed_until: Date | null;
  };
  onboarding_funnel: { merchant_id: string; hour: Date; reached: number; sessions: number };
  operator_actions: {
    seq: Generated<number>;
    merchant_id: string;
    at: Date;
    operator: string;
    action: OperatorAction['action'];
    subject: string;
    outcome: OperatorAction['outcome'];
  };
  intent_transitions: {
    seq: Generated<number>;
    merchant_id: string;
    intent_id: string;
    kind: IntentKind;
    from_state: IntentState | null;
    to_state: IntentState;
    amount: number | null;
    reason: string;
    at: Date;
    previous: Buffer;
    link: Buffer;
  };
  ledger_balance: {
    merchant_id: string;
    debits: number;
    refunds: number;
    remittances: number;
    balance: number;
  };
  outbox: {
    id: string;
    seq: Generated<number>;
    merchant_id: string;
    type: string;
    subject: string;
    sealed_body: Buffer;
    created_at: Date;
    state: 'pending' | 'delivered' | 'failed' | 'held';
    attempts: Generated<number>;
    schedule_start: Generated<number>;
    due_at: Date;
    locked_until: Date | null;
    delivered_at: Date | null;
  };
  deliveries: {
    event_id: string;
    attempt: number;
    at: Date;
    http_status: number | null;
    error: 'timeout' | 'connection' | 'address-refused' | null;
    ms: number;
  };
  jobs: {
    merchant_id: string;
    name: string;
    day: string;
    state: 'open' | 'done';
    runs: Generated<number>;
    due_at: Date;
    locked_until: Date | null;
    finished_at: Date | null;
  };
  account_cancellations: {
    merchant_id: string;
    account_index: Buffer;
    day: string;
    customer_index: Buffer;
    reason: string;
    cancelled_by: string;
    cancelled_at: Date;
    sealed_about: Buffer;
    recorded_at: Date;
    anonymized_at: Date | null;
  };
  reconciliations: { merchant_id: string; day: string; report: string; made_at: Date };
  webhook_endpoints: {
    merchant_id: string;
    url_index: Buffer;
    failing_since: Date | null;
    quiet_until: Date | null;
    disabled_at: Date | null;
    disabled_because: 'gone' | 'failing' | null;
  };
  verifications: {
    id: string;
    merchant_id: string;
    kind: 'phone' | 'ownership' | 'ars';
    sealed_data: Buffer;
    created_at: Date;
    expires_at: Date;
  };
  widget_files: { merchant_id: string; version: string; path: string; sealed_content: Buffer; kept_at: Date };
};

export type Database = Kysely<Tables>;

// Won and sequence numbers are bigint in the database and fit a number: thirteen digits at most.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const poolSize = 20;
/** Those of the pool, and the one that listens for changes of sessions. */
export const connectionsOfOneInstance = poolSize + 1;

/** Runs one of the statements that every request needs, and answers its rows. */
export type QueryOften = <Row extends pg.QueryResultRow>(
  name: string,
  text: string,
  values: readonly unknown[],
) => Promise<Row[]>;

export type Connected = {
  readonly pool: pg.Pool;
  readonly database: Database;
  readonly queryOften: QueryOften;
};

/** So long a statement may run: behind a pooler the role says it, for nothing of a connection is ours there. */
const statementMs = 15_000;

/**
 * One pool of connections and the query builder on top of it. `pooled`: the address is that of a pooler which lends a
 * connection for one transaction. Then nothing may be left behind on it: no prepared statement, no setting.
 */
export function connect(url: string, onLost: () => void, { pooled = false } = {}): Connected {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    ...(pooled ? {} : { statement_timeout: statementMs }),
    application_name: 'hecto-onboarding-bff',
  });
  // A connection that breaks while idle is replaced at the next query; without a listener it ends the process.
  pool.on('error', onLost);
  // One that breaks between two queries of a transaction would end it too; the next query says what happened.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    pool,
    database: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    async queryOften<Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]) {
      const query = pooled ? { text, values: [...values] } : { name, text, values: [...values] };
      return (await pool.query<Row>(query)).rows;
    },
  };
}

/**
 * Throws a ConfigError in the operator's words when the database that `variable` names cannot be worked with, be it for
 * a pooler that nobody told us of.
 */
export async function assertUsable(
  pool: pg.Pool,
  { variable = 'DATABASE_URL', pooled = false } = {},
): Promise<void> {
  const { rows } = await pool
    .query<{ limit: string }>(`SELECT current_setting('statement_timeout') AS limit`)
    .catch((error: unknown) => {
      // What PgBouncer says to a setting it would have to keep for us.
      if (!/unsupported startup parameter/.test((error as Error).message))
        throw new ConfigError(variable, 'names a database that cannot be reached');
      throw variable === 'DATABASE_URL'
        ? new ConfigError(variable, 'names a pooler: set DATABASE_POOLER=transaction')
        : new ConfigError(variable, 'must be the address of the server itself, past the pooler');
    });
  if (pooled && rows[0]?.limit === '0')
    throw new ConfigError(
      'DATABASE_POOLER',
      `needs a role whose statements end: ALTER ROLE … SET statement_timeout = '${statementMs / 1000}s'`,
    );
}

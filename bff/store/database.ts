import { Kysely, PostgresDialect, type Generated } from 'kysely';
import pg from 'pg';

/** Every table as it is after all migrations. Columns called `sealed...` hold what only the vault can read. */
export type Tables = {
  vault_keys: { id: string; purpose: 'seal' | 'index'; wrapped_by: string; wrapped: Buffer };
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
  };
  client_tokens: { hash: Buffer; session_id: string; expires_at: Date; used_at: Date | null };
  session_tokens: { hash: Buffer; session_id: string; created_at: Date; superseded_at: Date | null };
  attempts: { scope: string; key: Buffer; n: number; ends_at: Date };
  keypads: { id: string; session_id: string; sealed_pad: Buffer; expires_at: Date };
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
  verifications: {
    id: string;
    merchant_id: string;
    kind: 'phone' | 'ownership' | 'ars';
    sealed_data: Buffer;
    created_at: Date;
    expires_at: Date;
  };
};

export type Database = Kysely<Tables>;

/** One pool of connections and the query builder on top of it. */
export function connect(url: string, onLost: () => void): { pool: pg.Pool; database: Database } {
  const pool = new pg.Pool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    application_name: 'hecto-onboarding-bff',
  });
  // A connection that breaks while idle is replaced at the next query; without a listener it ends the process.
  pool.on('error', onLost);
  return { pool, database: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) };
}

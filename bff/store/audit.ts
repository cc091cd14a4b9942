import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from './database.ts';

type Sums = { readonly debits: number; readonly refunds: number; readonly remittances: number };

/** Won of one merchant, by the ledger's view and by the states of the intents. */
export type MerchantSums = { readonly merchantId: string; readonly ledger: Sums; readonly intents: Sums };

type SumsRow = { readonly merchant_id: string } & {
  readonly [C in `${'ledger' | 'intent'}_${keyof Sums}`]: number;
};

/** How many there are, and one of them to begin with. */
export type Found = { readonly count: number; readonly first?: string };

/** Compares what a chain alone does not cover: the tables beside it, of all merchants who share the database. */
export function auditStore(database: Database) {
  async function sums(): Promise<MerchantSums[]> {
    const { rows } = await sql<SumsRow>`
      SELECT merchant_id,
        COALESCE(l.debits, 0)::bigint AS ledger_debits,
        COALESCE(l.refunds, 0)::bigint AS ledger_refunds,
        COALESCE(l.remittances, 0)::bigint AS ledger_remittances,
        COALESCE(i.debits, 0)::bigint AS intent_debits,
        COALESCE(i.refunds, 0)::bigint AS intent_refunds,
        COALESCE(i.remittances, 0)::bigint AS intent_remittances
      FROM ledger_balance l FULL JOIN (
        SELECT merchant_id,
          SUM(amount) FILTER (WHERE kind IN ('payment', 'charge')) AS debits,
          SUM(amount) FILTER (WHERE kind = 'refund') AS refunds,
          SUM(amount) FILTER (WHERE kind = 'remittance') AS remittances
        FROM intents WHERE state = 'succeeded' GROUP BY merchant_id
      ) i USING (merchant_id) ORDER BY merchant_id`.execute(database);
    return rows.map((row) => ({
      merchantId: row.merchant_id,
      ledger: { debits: row.ledger_debits, refunds: row.ledger_refunds, remittances: row.ledger_remittances },
      intents: {
        debits: row.intent_debits,
        refunds: row.intent_refunds,
        remittances: row.intent_remittances,
      },
    }));
  }

  /** Intents that are not where their last step in the ledger left them, and steps of intents that are gone. */
  const strayIntents = (): Promise<Found> =>
    found(sql`
      SELECT i.id FROM intents i LEFT JOIN LATERAL (
        SELECT merchant_id, kind, amount, to_state FROM intent_transitions t
        WHERE t.intent_id = i.id ORDER BY seq DESC LIMIT 1
      ) last ON true
      WHERE (i.merchant_id, i.kind, i.amount, i.state)
        IS DISTINCT FROM (last.merchant_id, last.kind, last.amount, last.to_state)
      UNION
      SELECT t.intent_id FROM intent_transitions t
      WHERE NOT EXISTS (SELECT FROM intents i WHERE i.id = t.intent_id)
        AND NOT EXISTS (SELECT FROM registrations r WHERE r.id = t.intent_id)`);

  /** Registrations of onboarding sessions that moved on without a step in the ledger: an older version did that. */
  const unrecordedRegistrations = (): Promise<Found> =>
    found(sql`
      SELECT r.id FROM registrations r LEFT JOIN LATERAL (
        SELECT to_state FROM intent_transitions t WHERE t.intent_id = r.id ORDER BY seq DESC LIMIT 1
      ) last ON true
      WHERE CASE r.state WHEN 'registered' THEN 'succeeded' ELSE r.state END IS DISTINCT FROM last.to_state`);

  async function found(ids: ReturnType<typeof sql>): Promise<Found> {
    const { rows } = await sql<{ count: number; first: string | null }>`
      SELECT count(*)::integer AS count, min(id) AS first FROM (${ids}) found`.execute(database);
    const { count = 0, first } = rows[0] ?? {};
    return { count, ...(typeof first === 'string' && { first }) };
  }

  /** How many documents customers were shown, and which of them are missing or not what their hash says. */
  async function documents(): Promise<{ readonly count: number; readonly wrong: readonly string[] }> {
    const shown = await database
      .selectFrom('consents')
      .leftJoin('consent_documents', 'consent_documents.sha256', 'consents.sha256')
      .select(['consents.sha256', 'text'])
      .distinct()
      .execute();
    const isWrong = ({ sha256, text }: (typeof shown)[number]) =>
      text === null || createHash('sha256').update(text, 'utf8').digest('hex') !== sha256;
    return { count: shown.length, wrong: shown.filter(isWrong).map(({ sha256 }) => sha256) };
  }

  return { sums, strayIntents, unrecordedRegistrations, documents };
}

export type Audit = ReturnType<typeof auditStore>;

import { sql, type Selectable, type Transaction } from 'kysely';
import type { Database, Tables } from './database.ts';
import { followChain, startOfChain, type ChainCheck } from './hash-chain.ts';
import type { Vault } from './vault.ts';

/** One step of an intent, as it stands in the ledger. */
export type Transition = {
  readonly intentId: string;
  readonly kind: Tables['intents']['kind'];
  readonly from: Tables['intents']['state'] | null;
  readonly to: Tables['intents']['state'];
  readonly amount: number | null;
  /** A word of ours: what brought it about. */
  readonly reason: string;
  readonly at: Date;
};

/** A step with its place in the chain. */
export type RecordedTransition = Transition & { readonly seq: number; readonly link: Buffer };

/** What the ledger alone says of all money, in won. */
export type LedgerBalance = {
  readonly debits: number;
  readonly refunds: number;
  readonly remittances: number;
  /** Debits less refunds. */
  readonly balance: number;
};

type Row = Omit<Tables['intent_transitions'], 'seq' | 'link'>;

/** The ledger of money: append-only, each link a keyed hash over its row and the link before (R36). */
export function ledgerStore(database: Database, vault: Vault, merchantId: string) {
  const linkOf = (row: Row) =>
    vault.index(
      'intent-transition',
      row.previous.toString('hex'),
      row.merchant_id,
      row.intent_id,
      row.kind,
      row.from_state ?? '',
      row.to_state,
      row.amount === null ? '' : String(row.amount),
      row.reason,
      row.at.toISOString(),
    );

  /** Adds steps within the transaction that takes them; at its end, for nobody else can add until it commits. */
  async function append(transaction: Transaction<Tables>, transitions: readonly Transition[]): Promise<void> {
    // One writer at a time: two rows must not follow the same one.
    await sql`SELECT pg_advisory_xact_lock(hashtext('intent_transitions'))`.execute(transaction);
    const last = await transaction
      .selectFrom('intent_transitions')
      .select('link')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    let previous: Buffer = last?.link ?? startOfChain;
    for (const { intentId, kind, from, to, amount, reason, at } of transitions) {
      const row: Row = {
        merchant_id: merchantId,
        intent_id: intentId,
        kind,
        from_state: from,
        to_state: to,
        amount,
        reason,
        at,
        previous,
      };
      previous = linkOf(row);
      await transaction
        .insertInto('intent_transitions')
        .values({ ...row, link: previous })
        .execute();
    }
  }

  /** Follows the whole chain, of all merchants who share the database. */
  const check = (): Promise<ChainCheck> =>
    followChain<Selectable<Tables['intent_transitions']>>((after, limit) => {
      const rows = database.selectFrom('intent_transitions').selectAll().orderBy('seq').limit(limit);
      return (after === undefined ? rows : rows.where('seq', '>', after)).execute();
    }, linkOf);

  /** The number of the first row that was changed, or that follows a missing one; undefined when all is well. */
  const firstBroken = async (): Promise<number | undefined> => (await check()).brokenAt;

  /** The number of the row that ends with this link. */
  async function seqOf(link: Buffer): Promise<number | undefined> {
    const row = await database
      .selectFrom('intent_transitions')
      .select('seq')
      .where('link', '=', link)
      .executeTakeFirst();
    return row?.seq;
  }

  /** The steps of one intent, oldest first. */
  async function of(intentId: string): Promise<RecordedTransition[]> {
    const rows = await database
      .selectFrom('intent_transitions')
      .selectAll()
      .where('merchant_id', '=', merchantId)
      .where('intent_id', '=', intentId)
      .orderBy('seq')
      .execute();
    return rows.map((row) => ({
      intentId: row.intent_id,
      kind: row.kind,
      from: row.from_state,
      to: row.to_state,
      amount: row.amount,
      reason: row.reason,
      at: row.at,
      seq: row.seq,
      link: row.link,
    }));
  }

  async function balance(): Promise<LedgerBalance> {
    const row = await database
      .selectFrom('ledger_balance')
      .select(['debits', 'refunds', 'remittances', 'balance'])
      .where('merchant_id', '=', merchantId)
      .executeTakeFirst();
    return row ?? { debits: 0, refunds: 0, remittances: 0, balance: 0 };
  }

  return { append, check, firstBroken, seqOf, of, balance };
}

export type Ledger = ReturnType<typeof ledgerStore>;

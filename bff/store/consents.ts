import { sql, type Selectable } from 'kysely';
import type { Locale } from '../../shared/api/state.ts';
import { kstStamp } from '../../shared/values/kst.ts';
import type { Database, Tables } from './database.ts';
import { followChain, startOfChain, type ChainCheck } from './hash-chain.ts';
import { rowNames } from './sealed-columns.ts';
import { customerIndex } from './sessions.ts';
import type { Vault } from './vault.ts';

/** One document a customer was shown, and the answer. `text` is what `sha256` was made of. */
export type ConsentRecord = {
  readonly title: string;
  readonly text: string;
  readonly documentId: string;
  readonly version: string;
  readonly locale: Locale;
  readonly sha256: string;
  readonly agreed: boolean;
  readonly opened: boolean;
};

/** Where the answer came from: personal data, so it is stored sealed. */
export type ConsentEvidence = { readonly address: string; readonly userAgent: string };

/** A record as it stands in the chain. */
export type RecordedConsent = ConsentRecord & {
  readonly sessionId: string;
  readonly at: Date;
  /** Undefined when it can no longer be opened. */
  readonly evidence: ConsentEvidence | undefined;
  readonly seq: number;
  readonly link: Buffer;
};

export type Consents = ReturnType<typeof consentStore>;

/** The ledger of consents: append-only, each link covering its row and the link before. */
export function consentStore(database: Database, vault: Vault, merchantId: string) {
  type Row = Omit<Tables['consents'], 'seq' | 'link'>;

  const linkOf = (row: Row) =>
    vault.index(
      'consent',
      row.previous.toString('hex'),
      row.session_id,
      row.customer_index.toString('hex'),
      row.document_id,
      row.document_version,
      row.locale,
      row.sha256,
      String(row.agreed),
      String(row.opened),
      row.at.toISOString(),
      row.sealed_evidence.toString('hex'),
    );

  /** Adds one link for each record, in the order in which they were on screen. */
  async function append(
    session: { readonly id: string; readonly customerId: string },
    evidence: ConsentEvidence,
    records: readonly ConsentRecord[],
    now: Date,
  ): Promise<void> {
    if (records.length === 0) return;
    const { date, time } = kstStamp(now);
    const rows = records.map((record, order) => {
      // Sealed, and so covered by the link: also whose customer agreed.
      const about = JSON.stringify({ ...evidence, order, korean: `${date} ${time}`, merchantId });
      return {
        session_id: session.id,
        customer_index: customerIndex(vault, session.customerId),
        document_id: record.documentId,
        document_version: record.version,
        locale: record.locale,
        sha256: record.sha256,
        agreed: record.agreed,
        opened: record.opened,
        at: now,
        sealed_evidence: vault.seal(
          'consents',
          'sealed_evidence',
          rowNames.consents({ session_id: session.id, document_id: record.documentId }),
          about,
        ),
      };
    });
    await database.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('consent_documents')
        // Always in the same order, so that two customers who are the first to see them never wait for each other.
        .values(
          records
            .map(({ sha256, title, text }) => ({ sha256, title, text }))
            .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      // One writer at a time: two rows must not follow the same one. All instances wait for it, so it is held for as
      // little as can be.
      await sql`SELECT pg_advisory_xact_lock(hashtext('consents'))`.execute(transaction);
      const last = await transaction
        .selectFrom('consents')
        .select('link')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      let previous: Buffer = last?.link ?? startOfChain;
      const linked = rows.map((row) => {
        const link = linkOf({ ...row, previous });
        const whole = { ...row, previous, link };
        previous = link;
        return whole;
      });
      await transaction.insertInto('consents').values(linked).execute();
    });
  }

  /** Follows the whole chain, of all merchants who share the database. */
  const check = (): Promise<ChainCheck> =>
    followChain<Selectable<Tables['consents']>>((after, limit) => {
      const rows = database.selectFrom('consents').selectAll().orderBy('seq').limit(limit);
      return (after === undefined ? rows : rows.where('seq', '>', after)).execute();
    }, linkOf);

  /** The number of the first row that was changed, or that follows a missing one; undefined when all is well. */
  const firstBroken = async (): Promise<number | undefined> => (await check()).brokenAt;

  /** The number of the row that ends with this link. */
  async function seqOf(link: Buffer): Promise<number | undefined> {
    const row = await database
      .selectFrom('consents')
      .select('seq')
      .where('link', '=', link)
      .executeTakeFirst();
    return row?.seq;
  }

  /** Everything a customer was shown and answered, oldest first. */
  async function ofCustomer(customerId: string): Promise<RecordedConsent[]> {
    const rows = await database
      .selectFrom('consents')
      .innerJoin('consent_documents', 'consent_documents.sha256', 'consents.sha256')
      .leftJoin('onboarding_sessions', 'onboarding_sessions.id', 'consents.session_id')
      .selectAll('consents')
      .select(['title', 'text', 'onboarding_sessions.merchant_id'])
      .where('consents.customer_index', '=', customerIndex(vault, customerId))
      .orderBy('seq')
      .execute();
    return rows.flatMap((row) => {
      const about = open(row);
      // Records of an older version do not name the merchant, but their session may.
      const owner = about?.merchantId ?? row.merchant_id ?? merchantId;
      if (owner !== merchantId) return [];
      return {
        sessionId: row.session_id,
        documentId: row.document_id,
        version: row.document_version,
        locale: row.locale as Locale,
        title: row.title,
        text: row.text,
        sha256: row.sha256,
        agreed: row.agreed,
        opened: row.opened,
        at: row.at,
        evidence: about && { address: about.address, userAgent: about.userAgent },
        seq: row.seq,
        link: row.link,
      };
    });
  }

  type About = ConsentEvidence & { readonly merchantId?: string };

  function open(row: Row): About | undefined {
    try {
      const about = vault.open('consents', 'sealed_evidence', rowNames.consents(row), row.sealed_evidence);
      return JSON.parse(about) as About;
    } catch {
      return undefined;
    }
  }

  return { append, check, firstBroken, seqOf, ofCustomer };
}

import { sql } from 'kysely';
import type { Locale } from '../../shared/api/state.ts';
import { kstStamp } from '../../shared/values/kst.ts';
import type { Database, Tables } from './database.ts';
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

export type Consents = ReturnType<typeof consentStore>;

const start = Buffer.alloc(32);

/** The ledger of consents: append-only, each link covering its row and the link before. */
export function consentStore(database: Database, vault: Vault) {
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
    await database.transaction().execute(async (transaction) => {
      // One writer at a time: two rows must not follow the same one.
      await sql`SELECT pg_advisory_xact_lock(hashtext('consents'))`.execute(transaction);
      const last = await transaction
        .selectFrom('consents')
        .select('link')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      let previous: Buffer = last?.link ?? start;
      const { date, time } = kstStamp(now);
      for (const [order, record] of records.entries()) {
        const { sha256, title, text } = record;
        await transaction
          .insertInto('consent_documents')
          .values({ sha256, title, text })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        const about = JSON.stringify({ ...evidence, order, korean: `${date} ${time}` });
        const row: Row = {
          session_id: session.id,
          customer_index: customerIndex(vault, session.customerId),
          document_id: record.documentId,
          document_version: record.version,
          locale: record.locale,
          sha256,
          agreed: record.agreed,
          opened: record.opened,
          at: now,
          sealed_evidence: vault.seal(
            'consents',
            'sealed_evidence',
            `${session.id} ${record.documentId}`,
            about,
          ),
          previous,
        };
        previous = linkOf(row);
        await transaction
          .insertInto('consents')
          .values({ ...row, link: previous })
          .execute();
      }
    });
  }

  /** The number of the first row that was changed, or that follows a missing one; undefined when all is well. */
  async function firstBroken(): Promise<number | undefined> {
    const rows = await database.selectFrom('consents').selectAll().orderBy('seq').execute();
    let previous: Buffer = start;
    for (const row of rows) {
      if (!row.previous.equals(previous) || !row.link.equals(linkOf(row))) return row.seq;
      previous = row.link;
    }
    return undefined;
  }

  return { append, firstBroken };
}

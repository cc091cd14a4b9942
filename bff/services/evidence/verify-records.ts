import type { Found, MerchantSums } from '../../store/audit.ts';
import type { ChainCheck } from '../../store/hash-chain.ts';
import type { Records } from '../../store/open-records.ts';

/** A link that was written down earlier, and where it stands now: nowhere, if rows were cut off or rewritten. */
export type Anchor = {
  readonly link: string;
  readonly at?: { readonly chain: 'consents' | 'transitions'; readonly seq: number };
};

/** What can be said of the records as a whole. */
export type Verification = {
  readonly isSound: boolean;
  readonly consents: ChainCheck;
  readonly transitions: ChainCheck;
  readonly documents: { readonly count: number; readonly wrong: readonly string[] };
  readonly sums: readonly MerchantSums[];
  readonly strayIntents: Found;
  /** No break: an older version does not write these steps. */
  readonly unrecordedRegistrations: Found;
  readonly anchors: readonly Anchor[];
};

/**
 * Follows both chains row by row and compares them with the tables beside them (R36). A chain alone cannot show that
 * its end was cut off: the intents' own states can, for what moved money, and so can an earlier last link (`anchors`,
 * in hex) that is no longer there.
 */
export async function verifyRecords(
  { consents, ledger, audit }: Records,
  anchors: readonly string[] = [],
): Promise<Verification> {
  async function find(link: string): Promise<Anchor> {
    const bytes = Buffer.from(link, 'hex');
    const consent = await consents.seqOf(bytes);
    if (consent !== undefined) return { link, at: { chain: 'consents', seq: consent } };
    const transition = await ledger.seqOf(bytes);
    return transition === undefined ? { link } : { link, at: { chain: 'transitions', seq: transition } };
  }

  // One after the other: they share the connection of one snapshot.
  const verified = {
    consents: await consents.check(),
    transitions: await ledger.check(),
    documents: await audit.documents(),
    sums: await audit.sums(),
    strayIntents: await audit.strayIntents(),
    unrecordedRegistrations: await audit.unrecordedRegistrations(),
  };
  const found: Anchor[] = [];
  for (const link of anchors) found.push(await find(link));

  const isSound =
    verified.consents.brokenAt === undefined &&
    verified.transitions.brokenAt === undefined &&
    verified.documents.wrong.length === 0 &&
    verified.sums.every(isEven) &&
    verified.strayIntents.count === 0 &&
    found.every(({ at }) => at !== undefined);
  return { isSound, ...verified, anchors: found };
}

/** Whether the ledger and the intents say the same. */
export const isEven = ({ ledger, intents }: MerchantSums): boolean =>
  ledger.debits === intents.debits &&
  ledger.refunds === intents.refunds &&
  ledger.remittances === intents.remittances;

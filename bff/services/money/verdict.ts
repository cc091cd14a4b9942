import { isAboutTheService, refusalOf, status } from '../../../shared/hecto/codes.ts';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import type { IntentRefusal, IntentResult } from '../../store/intents.ts';

/** What an answer of Hecto's says about an intent. `reason` is the word that the ledger keeps. */
export type Verdict =
  | { readonly kind: 'succeeded'; readonly reason: string; readonly result: IntentResult }
  | { readonly kind: 'failed'; readonly reason: string; readonly refusal: IntentRefusal }
  /** Not told: still going on, or said in words that prove nothing. */
  | {
      readonly kind: 'open';
      readonly reason: string;
      readonly refusal?: IntentRefusal;
      /** The answer speaks of something else: it is not believed, and a person should know. */
      readonly alert?: true;
    }
  /** An inquiry's answer: Hecto does not know of it. */
  | { readonly kind: 'absent' }
  /** An inquiry without an answer. */
  | { readonly kind: 'no-answer' }
  /** Hecto speaks of something else under the same number. Only a person can tell. */
  | { readonly kind: 'contradiction'; readonly reason: string };

export const succeeded = (reason: string, result: IntentResult): Verdict => ({
  kind: 'succeeded',
  reason,
  result,
});

/** A refusal by code, as the endpoint means it: final, or open where the money may have moved all the same. */
export function refused(
  endpoint: EndpointName,
  outStatCd: string,
  outRsltCd: string,
  reason: string,
): Verdict {
  const { code, terminal } = refusalOf(endpoint, outRsltCd);
  const refusal: IntentRefusal = { code, hecto: { outStatCd, outRsltCd } };
  return terminal ? { kind: 'failed', reason, refusal } : { kind: 'open', reason, refusal };
}

/** How Hecto says that it has no such order. */
const noSuchOrder = 'ST06';
/** How Hecto says that the order number came to it before ours did. */
export const wasUsedBefore = ({ refusal }: { readonly refusal?: IntentRefusal }): boolean =>
  refusal?.hecto?.outRsltCd === 'ST50';
/** It happened, and was then taken back: nothing that an intent of ours can have done by itself. */
const takenBack: readonly string[] = ['ST25', 'ST37'];
/** Refused because of how we asked, so nothing was said about the order. */
const badInquiry = 'ST09';

/**
 * A refusal that an inquiry answers, about the order or about the inquiry itself. Maintenance and the like are
 * about the inquiry: the order is still to be asked about when they are over.
 */
export function refusedOnInquiry(
  endpoint: 'transactionResult' | 'transactionHistory',
  outStatCd: string,
  outRsltCd: string,
): Verdict {
  if (outRsltCd === noSuchOrder) return { kind: 'absent' };
  if (takenBack.includes(outRsltCd)) return { kind: 'contradiction', reason: 'taken-back' };
  const verdict = refused(endpoint, outStatCd, outRsltCd, 'inquiry-refused');
  const aboutInquiry = outRsltCd === badInquiry || isAboutTheService(refusalOf(endpoint, outRsltCd));
  if (verdict.kind !== 'failed' || !aboutInquiry) return verdict;
  return { kind: 'open', reason: 'inquiry-not-possible', refusal: verdict.refusal };
}

export const isAccepted = (outStatCd: string | undefined): boolean => outStatCd === status.accepted;

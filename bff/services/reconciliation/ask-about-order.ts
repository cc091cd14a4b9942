import type { Difference } from '../../../shared/api/merchant/reconciliation.ts';
import { refusalOf } from '../../../shared/hecto/codes.ts';
import type { RefusalCode } from '../../../shared/api/refusals.ts';
import type { HectoClient } from '../../hecto/client.ts';
import type { Intent } from '../../store/intents.ts';
import { askHecto } from '../ask-hecto.ts';
import { isAccepted, refusedOnInquiry } from '../money/verdict.ts';

/** What Hecto has on record of an order. */
export type Theirs = Difference['theirs'];

const notAnswered: Theirs = { outcome: 'not-answered' };

/** Hecto speaks of the order, and does not call it final. */
const aboutTheOrder: readonly RefusalCode[] = [
  'request-pending',
  'earlier-request-pending',
  'refund-pending',
  'refund-already-pending',
  'double-withdrawal-check',
  'double-remittance-check',
];

/**
 * Asks Hecto about an order that was sent: payments, charges and refunds by their record with its amount, remittances
 * by their result, for there is no record of them to ask for.
 */
export async function askAboutOrder(hecto: HectoClient, intent: Intent): Promise<Theirs> {
  const { kind, orderNumber, sent } = intent;
  if (!sent) throw new Error('An intent that was never sent cannot be reconciled.');
  const order = { mchtTrdNo: orderNumber, mchtTrdDt: sent.date };
  if (kind === 'remittance') {
    const reply = await askHecto(hecto, 'transactionResult', { pktDivCd: 'AR', ...order });
    if (reply.kind === 'accepted') return { outcome: 'succeeded' };
    return reply.kind === 'refused'
      ? refusedInquiry('transactionResult', reply.status, reply.code)
      : notAnswered;
  }

  const pktDivCd = kind === 'refund' ? 'RT' : 'RP';
  const reply = await askHecto(hecto, 'transactionHistory', { pktDivCd, ...order });
  if (reply.kind === 'refused') return refusedInquiry('transactionHistory', reply.status, reply.code);
  if (reply.kind !== 'accepted') return notAnswered;
  const [record, another] = (reply.answer.trRecords ?? []).filter(
    ({ recordMchtTrdNo }) => recordMchtTrdNo === orderNumber,
  );
  if (!record) return { outcome: 'absent' };
  const { recordOutStatCd = '', recordOutRsltCd = '', recordTrdAmt = '' } = record;
  // A record whose amount cannot be read tells nothing.
  if (!/^\d{1,13}$/.test(recordTrdAmt)) return notAnswered;
  const about = { amount: Number(recordTrdAmt), resultCode: recordOutRsltCd };
  if (another) return { outcome: 'more-than-once', ...about };
  // Given back before, by whatever: the customer has the money (ST25).
  if (isAccepted(recordOutStatCd) || (kind === 'refund' && recordOutRsltCd === 'ST25'))
    return { outcome: 'succeeded', ...about };
  const verdict = refusedOnInquiry('transactionHistory', recordOutStatCd, recordOutRsltCd);
  const outcomes = { failed: 'failed', contradiction: 'taken-back', absent: 'absent' } as const;
  return { outcome: isKeyOf(outcomes, verdict.kind) ? outcomes[verdict.kind] : 'not-certain', ...about };
}

/** A refusal in place of a record: about the order, or about our asking. */
function refusedInquiry(
  endpoint: 'transactionResult' | 'transactionHistory',
  outStatCd: string,
  resultCode: string,
): Theirs {
  const verdict = refusedOnInquiry(endpoint, outStatCd, resultCode);
  switch (verdict.kind) {
    case 'absent':
      return { outcome: 'absent' };
    case 'failed':
      return { outcome: 'failed', resultCode };
    case 'contradiction':
      return { outcome: 'taken-back', resultCode };
    default:
      return {
        outcome: aboutTheOrder.includes(refusalOf(endpoint, resultCode).code)
          ? 'not-certain'
          : 'not-answered',
        resultCode,
      };
  }
}

const isKeyOf = <T extends object>(table: T, key: PropertyKey): key is keyof T => Object.hasOwn(table, key);

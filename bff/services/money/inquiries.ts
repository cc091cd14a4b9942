import type { HectoClient } from '../../hecto/client.ts';
import type { Intent } from '../../store/intents.ts';
import { askHecto, type Reply } from '../ask-hecto.ts';
import { isSameAccount, mayBeSameAccount } from '../onboarding/same-account.ts';
import { isAccepted, refusedOnInquiry, succeeded, wasUsedBefore, type Verdict } from './verdict.ts';
import type { AccountNumber } from '../../../shared/values/account-number.ts';

/** Asks Hecto what became of an intent that was sent. Moves nothing. */
export type Inquiry = (hecto: HectoClient, intent: Intent) => Promise<Verdict>;

/** Of payments, charges (RP) and remittances (AR): under the very day on which they were sent (R29). */
export const askResult =
  (pktDivCd: 'RP' | 'AR'): Inquiry =>
  async (hecto, intent) => {
    const reply = await askHecto(hecto, 'transactionResult', { pktDivCd, ...orderOf(intent) });
    if (reply.kind === 'refused') return refusedOnInquiry('transactionResult', reply.status, reply.code);
    if (reply.kind !== 'accepted') return { kind: 'no-answer' };
    const { trdNo, bankCd } = reply.answer;
    const bank = intent.request?.['bankCd'];
    if (bankCd !== undefined && bank !== undefined && bankCd !== bank) {
      // Perhaps only this answer is somebody else's; under a number that had been used before, all of them are.
      return wasUsedBefore(intent)
        ? { kind: 'contradiction', reason: 'other-bank' }
        : { kind: 'open', reason: 'other-bank', alert: true };
    }
    const found = succeeded('inquiry-accepted', trdNo === undefined ? {} : { transactionNumber: trdNo });
    return (pktDivCd === 'RP' ? await otherAmount(hecto, intent) : otherRemittance(intent)) ?? found;
  };

/**
 * Whether the number had been used before ours arrived: the answer does not say how much moved, and that we were
 * told so (ST50) may be what was lost. Where the history says nothing, only an intent that was not told so is ours.
 */
async function otherAmount(hecto: HectoClient, intent: Intent): Promise<Verdict | undefined> {
  const reply = await askHecto(hecto, 'transactionHistory', { pktDivCd: 'RP', ...orderOf(intent) });
  const told = reply.kind === 'accepted' || (reply.kind === 'refused' && nothingThere.includes(reply.code));
  if (!told) return { kind: 'no-answer' };
  const records = reply.kind === 'accepted' ? (reply.answer.trRecords ?? []) : [];
  if (records.length === 0) return wasUsedBefore(intent) ? { kind: 'no-answer' } : undefined;
  const ours = records.some(({ recordTrdAmt }) => Number(recordTrdAmt) === intent.amount);
  return ours ? undefined : { kind: 'contradiction', reason: 'other-amount' };
}

/** There is no history of remittances: what was sent under a number that had been used before, a person has to see. */
const otherRemittance = (intent: Intent): Verdict | undefined =>
  wasUsedBefore(intent) ? { kind: 'contradiction', reason: 'number-used-before' } : undefined;

/** Of refunds: by the refund's own number in the history of refunds (R13). */
export const askRefund: Inquiry = async (hecto, intent) => {
  const reply = await askHecto(hecto, 'transactionHistory', { pktDivCd: 'RT', ...orderOf(intent) });
  if (reply.kind === 'refused') return refusedOnInquiry('transactionHistory', reply.status, reply.code);
  if (reply.kind !== 'accepted') return { kind: 'no-answer' };
  const records = (reply.answer.trRecords ?? []).filter(
    ({ recordMchtTrdNo }) => recordMchtTrdNo === intent.orderNumber,
  );
  const [record] = records;
  if (!record) return { kind: 'absent' };
  if (records.length > 1) return { kind: 'contradiction', reason: 'more-than-once' };
  const { recordOutStatCd = '', recordOutRsltCd = '', recordTrdAmt, recordTrdNo } = record;
  if (Number(recordTrdAmt) !== intent.amount) return { kind: 'contradiction', reason: 'other-amount' };
  // Refunded already, by whatever went before: the customer has the money (ST25).
  if (isAccepted(recordOutStatCd) || recordOutRsltCd === 'ST25') {
    return succeeded('inquiry-accepted', recordTrdNo === undefined ? {} : { transactionNumber: recordTrdNo });
  }
  return refusedOnInquiry('transactionHistory', recordOutStatCd, recordOutRsltCd);
};

/** Of registrations: in the customer's list of accounts (R12). */
export const askAccounts: Inquiry = async (hecto, { customerId = '', request = {} }) => {
  const { bankCd: bankCode = '', custAcntNo = '' } = request;
  const account = { bankCode, accountNumber: custAcntNo as AccountNumber };
  const reply = await askHecto(hecto, 'accountList', { mchtCustId: customerId, bankCd: bankCode });
  if (!isListing(reply)) return { kind: 'no-answer' };
  const live =
    reply.kind === 'accepted' ? (reply.answer.acntRecords ?? []).filter((one) => !one.recordUnregDt) : [];
  const described = live.map((record) => ({
    record,
    as: { bankCode: record.recordBankCd, mask: record.recordCustAcntNoMask },
  }));
  const [found] = described
    .filter(({ record, as }) => record.recordCustAcntKey && isSameAccount(account, as))
    // Two accounts can look alike behind their stars; ours is the latest.
    .sort((a, b) => (b.record.recordTrdDt ?? '').localeCompare(a.record.recordTrdDt ?? ''));
  if (found?.record.recordCustAcntKey) {
    const { recordCustAcntKey: accountKey, recordCustAcntNoMask: mask } = found.record;
    return succeeded('inquiry-accepted', { accountKey, ...(mask && { maskedAccountNumber: mask }) });
  }
  // A record that may be ours and cannot be told apart proves neither.
  return described.some(({ as }) => mayBeSameAccount(account, as))
    ? { kind: 'open', reason: 'not-told-apart' }
    : { kind: 'absent' };
};

/** How Hecto refuses to list when there is nothing: no such customer, no such transaction. */
const nothingThere: readonly string[] = ['ST01', 'ST06'];
const isListing = (
  reply: Reply<'accountList'>,
): reply is Extract<typeof reply, { kind: 'accepted' | 'refused' }> =>
  reply.kind === 'accepted' || (reply.kind === 'refused' && nothingThere.includes(reply.code));

const orderOf = ({ orderNumber, sent }: Intent) => {
  if (!sent) throw new Error('An intent that was never sent has no outcome to ask for.');
  return { mchtTrdNo: orderNumber, mchtTrdDt: sent.date };
};

import type { AccountCancelled } from '../../../shared/api/merchant/events.ts';
import type { AnswerOf } from '../../../shared/hecto/endpoints.ts';
import { isBusinessDay } from '../../../shared/hecto/opening-hours.ts';
import { instantOfKst, kstDay, nextKstMidnight } from '../../../shared/values/kst.ts';
import type { HectoClient } from '../../hecto/client.ts';
import type { AccountCancellation } from '../../store/account-cancellations.ts';
import type { Store } from '../../store/store.ts';
import { askHecto } from '../ask-hecto.ts';
import type { DailyJob } from './daily-worker.ts';

type Deps = {
  readonly store: Pick<Store, 'accountCancellations'>;
  readonly hecto: HectoClient;
  readonly clock: () => Date;
};

/** Hecto's list of a day is there from then on. */
const from = '11:00';

/* Hecto's tables of who cancelled and why. */
const cancelledBy: Readonly<Record<string, AccountCancelled['cancelledBy']>> = {
  '1': 'bank',
  '4': 'clearing-institute',
};
const reasons: Readonly<Record<string, AccountCancelled['reason']>> = {
  '0': 'customer-request',
  '1': 'bank-decision',
  '2': 'account-changed',
  '9': 'other',
  N: 'no-consent-on-file',
};

/**
 * Asks Hecto which accounts a bank or the clearing institute cancelled on a day, marks them and tells the merchant
 * (R34). A cancellation reaches Hecto one business day later, so a Friday is asked about until Monday's list.
 */
export function cancelledAccountsJob({ store, hecto, clock }: Deps): DailyJob {
  async function run(day: string) {
    const askedAt = clock();
    const reply = await askHecto(hecto, 'institutionCancelledAccounts', { unregDt: day });
    if (reply.kind !== 'accepted') return 'failed';
    const records = reply.answer.unregAcntRecords ?? [];
    const readable = records.flatMap((record) => cancellationOf(record, day) ?? []);
    for (const cancellation of readable) await store.accountCancellations.record(cancellation, clock());
    // What could be read is told; for the rest the day stays open, and the log says so.
    if (readable.length < records.length) return 'failed';
    if (askedAt >= completeAt(day)) return 'done';
    return { lookAgainAt: instantOfKst(dayAfter(askedAt), from) };
  }

  return { name: 'cancelled-accounts', from, run };
}

/** From when on nothing can be added to the list of a day. */
function completeAt(day: string): Date {
  let next = dayAfter(instantOfKst(day, '00:00'));
  while (!isBusinessDay(next)) next = dayAfter(instantOfKst(next, '00:00'));
  return instantOfKst(next, from);
}

const dayAfter = (moment: Date): string => kstDay(nextKstMidnight(moment));

type Listed = NonNullable<AnswerOf<'institutionCancelledAccounts'>['unregAcntRecords']>[number];

/** Undefined for a record that does not say whose account it is. */
function cancellationOf(record: Listed, day: string): AccountCancellation | undefined {
  const { recordMchtCustId: customerId, recordCustAcntKey: accountKey } = record;
  if (!customerId || !accountKey) return undefined;
  return {
    customerId,
    accountKey,
    bankCode: record.recordBankCd ?? '',
    maskedAccountNumber: masked(record.recordCustAcntNo ?? ''),
    cancelledAt: momentOf(record.recordUnregDtm ?? '') ?? instantOfKst(day, '00:00'),
    cancelledBy: cancelledBy[record.recordUnregOcuIstt ?? ''] ?? 'unknown',
    reason: reasons[record.recordUnregDivCd ?? ''] ?? 'unknown',
    day,
  };
}

/** `yyyyMMddHHmmss`; undefined for what is no moment. */
function momentOf(stamp: string): Date | undefined {
  try {
    return instantOfKst(stamp.slice(0, 8), stamp.slice(8));
  } catch {
    return undefined;
  }
}

/** Hecto masks the number already; should it ever not, no more than the last four digits get out. */
const masked = (accountNumber: string): string =>
  accountNumber.includes('*') ? accountNumber : `****${accountNumber.slice(-4)}`;

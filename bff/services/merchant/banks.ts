import { randomBytes } from 'node:crypto';
import type { BankTask } from '../../../shared/api/merchant/banks.ts';
import { maintenanceAt } from '../../../shared/hecto/opening-hours.ts';
import { kstIso, plainDay } from '../../../shared/values/kst.ts';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import { acceptedByHecto, acceptedIn, askHectoChecked } from '../accepted-by-hecto.ts';
import { offersIn } from '../onboarding/list-banks.ts';
import { accountFields, given, momentOf } from './from-hecto.ts';
import type { MerchantDeps } from './merchant-deps.ts';
import { pageOfList } from './page-of-list.ts';

const tasks: Record<Exclude<BankTask, 'ownership-check'>, string> = {
  'account-registration': 'RE',
  'account-cancellation': 'DE',
  payment: 'RP',
  refund: 'RT',
  remittance: 'AR',
  'account-holder-check': 'NA',
  'account-holder-check-with-birth-date': 'NN',
};
const cancelledBy = { '1': 'bank', '4': 'integrated-account-management' } as const;
const reasons = { '0': 'customer', '1': 'bank', '2': 'account-changed', N: 'no-consent' } as const;

/** What Hecto and the banks tell of themselves. */
export function createBanks({ hecto, clock }: MerchantDeps) {
  /** In Hecto's order, with those that are closed right now by the published hours. */
  async function list() {
    const { bankRecords = [] } = await acceptedByHecto(hecto, 'bankList', {});
    return offersIn(bankRecords).map((offer) => ({ ...offer, ...closedNow(offer.code) }));
  }

  /** Whether a bank does a task now. Hecto's word rules; our table only says until when. */
  async function maintenance(bankCode: string, task: BankTask) {
    if (task === 'ownership-check') {
      const request = { pktDivCd: 'AA', bankCd: bankCode };
      const { bankChkYn, stDtm, edDtm } = await acceptedByHecto(hecto, 'ownershipBankMaintenance', request);
      if (bankChkYn !== 'Y') return { bankCode, task, available: true };
      const window = { ...given('from', momentOf(stDtm)), ...given('opensAt', momentOf(edDtm)) };
      return { bankCode, task, available: false, maintenance: window };
    }
    const request = { pktDivCd: tasks[task], bankCd: bankCode };
    const reply = await askHectoChecked(hecto, 'bankMaintenance', request);
    if (reply.kind === 'refused' && reply.meaning.code === 'bank-maintenance') {
      return { bankCode, task, available: false, ...closedNow(bankCode) };
    }
    acceptedIn('bankMaintenance', reply);
    return { bankCode, task, available: true };
  }

  function closedNow(bankCode: string) {
    const closed = maintenanceAt(bankCode, clock());
    return closed ? { maintenance: { opensAt: kstIso(closed.opensAt) } } : {};
  }

  /** A page of the accounts that banks cancelled on a day. */
  async function cancelledAccounts(
    date: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ) {
    const { unregAcntRecords = [] } = await acceptedByHecto(hecto, 'institutionCancelledAccounts', {
      unregDt: plainDay(date),
    });
    const { data, ...next } = pageOfList(unregAcntRecords, page);
    return {
      ...next,
      data: data.map((record) => ({
        ...given('customerId', record.recordMchtCustId),
        ...given('accountKey', record.recordCustAcntKey),
        ...accountFields(record.recordBankCd, record.recordCustAcntNo),
        ...given('cancelledAt', momentOf(record.recordUnregDtm)),
        cancelledBy: wordOf(cancelledBy, record.recordUnregOcuIstt),
        reason: wordOf(reasons, record.recordUnregDivCd),
      })),
    };
  }

  /** Whether Hecto answers. */
  async function testCall(): Promise<void> {
    await acceptedByHecto(hecto, 'testCall', { mchtTrdNo: newOrderNumber('TST', clock(), randomBytes) });
  }

  return { list, maintenance, cancelledAccounts, testCall };
}

const wordOf = <W extends string>(words: Readonly<Record<string, W>>, code = ''): W | 'other' =>
  (Object.hasOwn(words, code) ? words[code] : undefined) ?? 'other';

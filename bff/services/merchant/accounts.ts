import { randomBytes } from 'node:crypto';
import type { Account } from '../../../shared/api/merchant/accounts.ts';
import { kstIso } from '../../../shared/values/kst.ts';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import { acceptedByHecto } from '../accepted-by-hecto.ts';
import { endAtHecto } from './end-at-hecto.ts';
import { accountFields, bankNameOf, given, momentOf } from './from-hecto.ts';
import type { MerchantDeps } from './merchant-deps.ts';

/** The accounts of a customer, as Hecto keeps them. */
export function createAccounts({ hecto, clock }: MerchantDeps) {
  /** All of them, or those at one bank. */
  async function list(customerId: string, bankCode?: string): Promise<Account[]> {
    const { acntRecords = [] } = await acceptedByHecto(hecto, 'accountList', {
      mchtCustId: customerId,
      bankCd: bankCode,
    });
    return acntRecords.flatMap((record): Account[] => {
      const { recordCustAcntKey: accountKey, recordBankCd: bankCode } = record;
      if (accountKey === undefined || bankCode === undefined) return [];
      return [
        {
          accountKey,
          bankCode,
          bankName: bankNameOf(bankCode),
          ...accountFields(bankCode, record.recordCustAcntNoMask),
          status: record.recordUnregDt === undefined ? 'active' : 'cancelled',
          ...given('registeredAt', momentOf(record.recordTrdDt)),
          ...given('cancelledAt', momentOf(record.recordUnregDt)),
        },
      ];
    });
  }

  /** Ends a registration; see `endAtHecto`. The bank is looked up where it is not given. */
  function cancel(customerId: string, accountKey: string, bankCode?: string): Promise<Account> {
    return endAtHecto(hecto, {
      call: 'accountCancellation',
      request: (account) => ({
        bankCd: account.bankCode,
        custAcntKey: accountKey,
        mchtTrdNo: newOrderNumber('DEL', clock(), randomBytes),
        mchtCustId: customerId,
      }),
      look: async () => (await list(customerId, bankCode)).find((one) => one.accountKey === accountKey),
      isOver: ({ status }) => status === 'cancelled',
      over: (account) => ({ ...account, status: 'cancelled', cancelledAt: kstIso(clock()) }),
      endedBefore: 'account-already-cancelled',
    });
  }

  return { list, cancel };
}

import { randomBytes } from 'node:crypto';
import type { Transaction } from '../../../shared/api/merchant/transactions.ts';
import { isAboutTheService } from '../../../shared/hecto/codes.ts';
import { plainDay } from '../../../shared/values/kst.ts';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import { acceptedByHecto, acceptedIn, askHectoChecked } from '../accepted-by-hecto.ts';
import { heldUnknown } from '../call-hecto-raw.ts';
import { accountFields, dayOf, given, orderStatus, wonOf } from './from-hecto.ts';
import type { MerchantDeps } from './merchant-deps.ts';

/** What Hecto has on record for an order now. */
export function createTransactions({ hecto, clock }: MerchantDeps) {
  /** The payment of an order, or refunds by their own number or their payment's. */
  async function ofHistory(
    type: 'payment' | 'refund',
    orderNumber: string,
    date: string,
  ): Promise<Transaction[]> {
    const reply = await askHectoChecked(hecto, 'transactionHistory', {
      pktDivCd: type === 'payment' ? 'RP' : 'RT',
      mchtTrdNo: orderNumber,
      mchtTrdDt: plainDay(date),
    });
    if (reply.kind === 'refused' && reply.meaning.code === 'transaction-not-found') return [];
    const { trRecords = [] } = acceptedIn('transactionHistory', reply);
    return trRecords.map((record) => {
      const { recordBankCd, recordCustAcntNo } = record;
      const { bankName: _, ...account } = accountFields(recordBankCd, recordCustAcntNo);
      return {
        type,
        orderNumber: record.recordMchtTrdNo ?? orderNumber,
        ...given('date', dayOf(record.recordTrdDt)),
        ...orderStatus('transactionHistory', record.recordOutStatCd, record.recordOutRsltCd),
        ...given('amount', wonOf(record.recordTrdAmt)),
        ...account,
      };
    });
  }

  /** Hecto keeps no list of remittances: only how one stands. A refusal is the order's own, if it is about it. */
  async function ofRemittance(orderNumber: string, date: string): Promise<Transaction[]> {
    const reply = await askHectoChecked(hecto, 'transactionResult', {
      pktDivCd: 'AR',
      mchtTrdNo: orderNumber,
      mchtTrdDt: plainDay(date),
    });
    if (reply.kind === 'refused') {
      const { meaning, status, code } = reply;
      if (meaning.code === 'transaction-not-found') return [];
      if (!isAboutTheService(meaning) && meaning.code !== 'request-not-accepted') {
        return [{ ...remittance(orderNumber, date), ...orderStatus('transactionResult', status, code) }];
      }
    }
    const { bankCd } = acceptedIn('transactionResult', reply);
    return [{ ...remittance(orderNumber, date), status: 'succeeded', ...given('bankCode', bankCd) }];
  }

  /** What is left on the account that remittances are paid from, in won. */
  async function remittanceBalance(): Promise<number> {
    const { blcAmt } = await acceptedByHecto(hecto, 'remittanceBalance', {
      mchtTrdNo: newOrderNumber('BAL', clock(), randomBytes),
    });
    const balance = wonOf(blcAmt);
    if (balance === undefined) throw heldUnknown('remittanceBalance');
    return balance;
  }

  return { ofHistory, ofRemittance, remittanceBalance };
}

const remittance = (orderNumber: string, date: string) => ({
  type: 'remittance' as const,
  orderNumber,
  date,
});

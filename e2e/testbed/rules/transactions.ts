import { maskOf } from '../state/accounts.ts';
import { isWithdrawal, type Order } from '../state/ledger.ts';
import { messageOf, success } from '../wire/result-messages.ts';
import { firmBanking } from './payments.ts';
import { accepted, refused, type Rule } from './rule.ts';

/**
 * What really became of a payment (RP) or remittance (AR). The date must be the order's own. While it is
 * processing that is ST38, or ST11 when its bank is closed and cannot be asked.
 */
export const transactionResult: Rule<'transactionResult'> = (request, state) => {
  const { pktDivCd, mchtTrdNo, mchtTrdDt } = request;
  const order = state.ledger
    .withNumber(mchtTrdNo)
    .find(
      (one) => one.day === mchtTrdDt && (pktDivCd === 'RP' ? isWithdrawal(one) : one.kind === 'remittance'),
    );
  if (!order) return refused('ST06');
  const fields = { trdNo: order.trdNo, bankCd: order.bankCode, svcDivCd: firmBanking };
  if (order.state === 'processing') {
    return refused(state.maintenance.at(order.bankCode) ? 'ST11' : 'ST38', fields);
  }
  return order.code === success ? accepted(fields) : refused(order.code, fields);
};

/** The payment of an order number (RP), or refunds (RT): by their own number or by their payment's. */
export const transactionHistory: Rule<'transactionHistory'> = (request, state) => {
  const { pktDivCd, mchtTrdNo, mchtTrdDt } = request;
  const named = state.ledger.withNumber(mchtTrdNo).filter(({ day }) => day === mchtTrdDt);
  const payments = named.filter(isWithdrawal);
  const found: readonly Order[] =
    pktDivCd === 'RP'
      ? payments
      : [
          ...named.filter(({ kind }) => kind === 'refund'),
          ...payments.flatMap(({ trdNo }) => state.ledger.refundsOf(trdNo)),
        ];
  if (found.length === 0) return refused('ST06');
  return accepted({
    dataCnt: String(found.length),
    trRecords: found.map((order) => ({
      // Printed as ST00 here and as 0000 in recurringPaymentHistory.
      recordOutRsltCd: order.code === success ? 'ST00' : order.code,
      recordOutRsltMsg: messageOf(order.code),
      recordOutStatCd: order.code === success ? '0021' : '0031',
      recordPktDivCd: pktDivCd,
      recordMchtTrdNo: order.orderNumber,
      recordTrdNo: order.trdNo,
      recordTrdDt: order.day,
      recordTrdAmt: String(order.amount),
      recordBankCd: order.bankCode,
      recordCustAcntNo: maskOf(order.accountNumber),
      recordSvcDivCd: firmBanking,
    })),
  });
};

import { instantOfKst, kstDay } from '../../../shared/values/kst.ts';
import { maskOf } from '../state/accounts.ts';
import { bankName } from '../state/banks.ts';
import { stampOf } from '../state/korean-time.ts';
import { isWithdrawal, type Order } from '../state/ledger.ts';
import type { RecurringPayment } from '../state/recurring-payments.ts';
import type { TestbedState } from '../state/testbed-state.ts';
import { messageOf, success } from '../wire/result-messages.ts';
import { firmBanking, isDone, withdraw } from './payments.ts';
import { accepted, bankRefusal, refused, unfinished, type Rule } from './rule.ts';

/** What to do about an instalment that failed: try it again, or end the recurring payment. */
const tryAgain = 'R';
const giveUp = 'C';

const isOver = ({ endedAt, until }: RecurringPayment, state: TestbedState) =>
  endedAt !== undefined || kstDay(state.now()) > until;

export const recurringPaymentApproval: Rule<'recurringPaymentApproval'> = (request, state) => {
  const { mchtCustId, mchtTrdNo, rglChrgKey, trdAmt } = request;
  if (Number(trdAmt) < 1) return refused('ST09');
  if (state.ledger.isTaken(mchtTrdNo)) return refused('ST50');
  const recurring = state.recurringPayments.of(rglChrgKey, mchtCustId);
  if (!recurring) return refused('ST06');
  if (isOver(recurring, state)) return refused('ST37', { mchtTrdNo, rglPmtProcStatCd: giveUp });
  const closed = bankRefusal(recurring.bankCode, state);
  if (closed) return refused(closed, { mchtTrdNo, rglPmtProcStatCd: tryAgain });

  const { bankCode, accountNumber, accountKey } = recurring;
  const placed = withdraw(
    {
      kind: 'instalment',
      orderNumber: mchtTrdNo,
      customerId: mchtCustId,
      bankCode,
      accountNumber,
      amount: Number(trdAmt),
      day: request.reqDt,
      recurringKey: rglChrgKey,
    },
    state.registrations.byKey(accountKey),
    request.custAcntSumry ?? '헥토파이낸셜',
    state,
  );
  const { order } = placed;
  if (order && isDone(placed)) {
    return accepted({ mchtTrdNo, trdNo: order.trdNo, trdAmt, svcDivCd: firmBanking });
  }
  // While the outcome is open there is nothing to advise.
  const advice = placed.answered === 'ST15' ? giveUp : tryAgain;
  const open = order?.state !== 'final' || order.moves > 0;
  return unfinished(placed, { mchtTrdNo, ...(open ? {} : { rglPmtProcStatCd: advice }) });
};

export const recurringPaymentCancel: Rule<'recurringPaymentCancel'> = (request, state) => {
  const { mchtCustId, mchtTrdNo, rglChrgKey } = request;
  const recurring = state.recurringPayments.of(rglChrgKey, mchtCustId);
  if (!recurring) return refused('ST06');
  if (recurring.endedAt) return refused('ST37');
  recurring.endedAt = state.now();
  return accepted({ mchtCustId, mchtTrdNo, trdNo: state.numbers.transaction() });
};

export const recurringPaymentInfo: Rule<'recurringPaymentInfo'> = ({ mchtCustId, rglChrgKey }, state) => {
  const recurring = state.recurringPayments.of(rglChrgKey, mchtCustId);
  if (!recurring) return refused('ST06');
  const paid = state.ledger
    .ofRecurring(rglChrgKey)
    .filter((order) => isWithdrawal(order) && order.code === success);
  const ended = recurring.endedAt
    ? { unregDt: stampOf(recurring.endedAt), unregStatCd: 'CANCEL' }
    : isOver(recurring, state)
      ? { unregDt: stampOf(instantOfKst(recurring.until, '24:00')), unregStatCd: 'EXPIRE' }
      : {};
  return accepted({
    bankCd: recurring.bankCode,
    bankNm: bankName(recurring.bankCode),
    custAcntNo: maskOf(recurring.accountNumber),
    useStDt: recurring.from,
    useEdDt: recurring.until,
    rglPmtAmt: String(recurring.firstAmount),
    pmtAcmAmt: String(paid.reduce((sum, { amount }) => sum + amount, 0)),
    pmtAcmOrd: String(paid.length),
    ...ended,
  });
};

const longestPeriod = 365 * 24 * 3600_000;

export const recurringPaymentHistory: Rule<'recurringPaymentHistory'> = (request, state) => {
  const { mchtCustId, rglChrgKey, useStDt, useEdDt } = request;
  const length = instantOfKst(useEdDt, '00:00').getTime() - instantOfKst(useStDt, '00:00').getTime();
  if (length < 0 || length > longestPeriod) return refused('ST09');
  const recurring = state.recurringPayments.of(rglChrgKey, mchtCustId);
  if (!recurring) return refused('ST06');

  const all = state.ledger.ofRecurring(rglChrgKey);
  const instalments = all.filter(isWithdrawal);
  const place = (order: Order) =>
    1 + instalments.findIndex(({ trdNo }) => trdNo === (order.refundOf ?? order.trdNo));
  const found = all.filter(({ at }) => kstDay(at) >= useStDt && kstDay(at) <= useEdDt);
  return accepted({
    dataCnt: String(found.length),
    trRecords: found.map((order) => ({
      recordTrdDt: stampOf(order.at),
      recordBankCd: order.bankCode,
      recordBankNm: bankName(order.bankCode),
      recordCustAcntNo: maskOf(order.accountNumber),
      recordRglChrgKey: rglChrgKey,
      recordTrdNo: order.trdNo,
      recordMchtTrdNo: order.orderNumber,
      recordTrdAmt: String(order.amount),
      recordUseOrd: String(place(order)),
      recordOutStatCd: order.code === success ? '0021' : '0031',
      recordOutRsltCd: order.code,
      recordOutRsltMsg: messageOf(order.code),
    })),
  });
};

import { kstDay } from '../../../shared/values/kst.ts';
import { magic } from '../magic-values.ts';
import { maskOf } from '../state/accounts.ts';
import type { Order } from '../state/ledger.ts';
import type { Registration } from '../state/registrations.ts';
import type { TestbedState } from '../state/testbed-state.ts';
import { success, unclear } from '../wire/result-messages.ts';
import { accepted, bankRefusal, refused, type Rule } from './rule.ts';

export const firmBanking = '1';
const neverEnds = '20991231';

/** Takes the money, or says why not; the order is on record either way. */
export function withdraw(
  order: Omit<Order, 'trdNo' | 'at' | 'code'>,
  registration: Registration | undefined,
  passbookText: string,
  state: TestbedState,
): { order: Order; answered: string } {
  const account = registration && state.accounts.at(order.bankCode, order.accountNumber);
  const ordered = magic.payment(order.accountNumber);
  const refusal =
    (account ? undefined : 'ST01') ??
    (registration?.ended ? 'ST15' : undefined) ??
    (ordered !== undefined && !unclear.has(ordered) ? ordered : undefined) ??
    (account && account.balance < order.amount ? 'ST12' : undefined);
  const at = state.now();
  if (!refusal && account) state.accounts.move(account, { at, amount: -order.amount, text: passbookText });
  const code = refusal ?? success;
  const recorded = state.ledger.record({ ...order, trdNo: state.numbers.transaction(), at, code });
  // With an unclear code the money has moved, yet the answer does not say so.
  return { order: recorded, answered: refusal ?? ordered ?? success };
}

/** Withdraws from a registered account. Without a key it means the customer's account at the bank. */
export const payment: Rule<'payment'> = (request, state) => {
  const { mchtCustId, mchtTrdNo, bankCd, custAcntKey, trdAmt } = request;
  const amount = Number(trdAmt);
  if (amount < 1 || Number(request.cupDepositAmt ?? 0) > amount) return refused('ST09');
  if (state.ledger.isTaken(mchtTrdNo)) return refused('ST50');
  const closed = bankRefusal(bankCd, state);
  if (closed) return refused(closed);

  const candidates = state.registrations
    .of(mchtCustId)
    .filter((one) => one.bankCode === bankCd && (custAcntKey === undefined || one.key === custAcntKey));
  const registration = candidates.find((one) => !one.ended) ?? candidates[0];
  const recurringKey = request.rglPmtYn === 'Y' ? state.numbers.recurringKey() : undefined;
  const accountNumber = registration?.accountNumber ?? '';
  const { order, answered } = withdraw(
    {
      kind: 'payment',
      orderNumber: mchtTrdNo,
      customerId: mchtCustId,
      bankCode: bankCd,
      accountNumber,
      amount,
      day: request.reqDt,
      recurringKey,
    },
    registration,
    request.custAcntSumry ?? '헥토파이낸셜',
    state,
  );
  if (recurringKey !== undefined && registration && order.code === success) {
    state.recurringPayments.begin({
      key: recurringKey,
      customerId: mchtCustId,
      bankCode: bankCd,
      accountNumber,
      accountKey: registration.key,
      firstAmount: amount,
      from: kstDay(order.at),
      until: request.rglEdDt ?? neverEnds,
    });
  }
  if (answered !== success) return refused(answered, { mchtTrdNo });
  return accepted({
    trdNo: order.trdNo,
    trdAmt,
    mchtTrdNo,
    rglChrgKey: recurringKey,
    svcDivCd: firmBanking,
    custAcntNo: maskOf(accountNumber),
  });
};

/** Gives money of one payment back, at most what is left of it, under an order number of its own. */
export const paymentCancel: Rule<'paymentCancel'> = (request, state) => {
  const { mchtCustId, mchtTrdNo, trdNo, trdAmt } = request;
  const amount = Number(trdAmt);
  if (state.ledger.isTaken(mchtTrdNo)) return refused('ST50');
  const paid = state.ledger.withdrawal(trdNo);
  if (!paid || paid.customerId !== mchtCustId) return refused('ST06');
  const closed = bankRefusal(paid.bankCode, state);
  if (closed) return refused(closed);

  const left = paid.amount - state.ledger.refunded(trdNo);
  const refusal = left === 0 ? 'ST25' : amount < 1 || amount > left ? 'ST26' : undefined;
  const at = state.now();
  const { bankCode, accountNumber } = paid;
  const refund = state.ledger.record({
    kind: 'refund',
    orderNumber: mchtTrdNo,
    trdNo: state.numbers.transaction(),
    customerId: mchtCustId,
    bankCode,
    accountNumber,
    amount,
    at,
    day: request.mchtTrdDt,
    code: refusal ?? success,
    recurringKey: paid.recurringKey,
    refundOf: trdNo,
  });
  if (refusal) return refused(refusal, { mchtTrdNo });
  const account = state.accounts.at(bankCode, accountNumber);
  state.accounts.move(account, { at, amount, text: request.custAcntSumry ?? '환불' });
  return accepted({ mchtTrdNo, trdNo: refund.trdNo, trdAmt, svcDivCd: firmBanking });
};

import { magic } from '../magic-values.ts';
import { success, unclear } from '../wire/result-messages.ts';
import { firmBanking } from './payments.ts';
import { accepted, bankRefusal, isAccountNumber, refused, type Rule } from './rule.ts';

const most = 1_000_000_000;

/** Sends the merchant's money to any account; more than a billion won at once is ST61. */
export const remittance: Rule<'remittance'> = (request, state) => {
  const { mchtTrdNo, mchtCustId, bankCd: bankCode, custAcntNo: accountNumber, trdAmt } = request;
  const amount = Number(trdAmt);
  if (!isAccountNumber(accountNumber) || amount < 1) return refused('ST09');
  if (state.ledger.isTaken(mchtTrdNo)) return refused('ST50');
  const closed = bankRefusal(bankCode, state);
  if (closed) return refused(closed);

  const ordered = magic.payment(accountNumber);
  const refusal =
    (ordered !== undefined && !unclear.has(ordered) ? ordered : undefined) ??
    (amount > most ? 'ST61' : undefined) ??
    (amount > state.ledger.remittanceBalance ? 'ST12' : undefined);
  const at = state.now();
  const order = state.ledger.record({
    kind: 'remittance',
    orderNumber: mchtTrdNo,
    trdNo: state.numbers.transaction(),
    customerId: mchtCustId,
    bankCode,
    accountNumber,
    amount,
    at,
    day: request.trdDt,
    code: refusal ?? success,
  });
  if (!refusal) {
    state.ledger.remittanceBalance -= amount;
    const account = state.accounts.at(bankCode, accountNumber);
    state.accounts.move(account, { at, amount, text: request.custAcntSumry });
  }
  const answered = refusal ?? ordered;
  if (answered !== undefined) return refused(answered, { mchtTrdNo });
  return accepted({ mchtTrdNo, trdNo: order.trdNo, trdAmt, svcDivCd: firmBanking });
};

export const remittanceBalance: Rule<'remittanceBalance'> = ({ mchtTrdNo }, state) =>
  accepted({ mchtTrdNo, trdNo: state.numbers.transaction(), blcAmt: String(state.ledger.remittanceBalance) });

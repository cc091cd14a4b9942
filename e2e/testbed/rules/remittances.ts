import { magic } from '../magic-values.ts';
import { move } from '../state/accounts.ts';
import { place } from './orders.ts';
import { firmBanking, isDone } from './payments.ts';
import { accepted, bankRefusal, isAccountNumber, refused, unfinished, type Rule } from './rule.ts';

const most = 1_000_000_000;

/** Sends the merchant's money to any account; more than a billion won at once is ST61. */
export const remittance: Rule<'remittance'> = (request, state) => {
  const { mchtTrdNo, mchtCustId, bankCd: bankCode, custAcntNo: accountNumber, trdAmt } = request;
  const amount = Number(trdAmt);
  if (!isAccountNumber(accountNumber) || amount < 1) return refused('ST09');
  if (state.ledger.isTaken(mchtTrdNo)) return refused('ST50');
  const closed = bankRefusal(bankCode, state);
  if (closed) return refused(closed);

  const purse = state.ledger.remittances;
  const placed = place(
    {
      kind: 'remittance',
      orderNumber: mchtTrdNo,
      customerId: mchtCustId,
      bankCode,
      accountNumber,
      amount,
      day: request.trdDt,
      wrong: undefined,
      ordered: magic.payment(accountNumber),
      refusal: (_, times) => (amount > most ? 'ST61' : amount * times > purse.balance ? 'ST12' : undefined),
      move: (_, at) => {
        const entry = { at, text: request.custAcntSumry, orderNumber: mchtTrdNo };
        move(purse, { ...entry, amount: -amount });
        move(state.accounts.at(bankCode, accountNumber), { ...entry, amount });
      },
    },
    state,
  );
  if (!isDone(placed)) return unfinished(placed, { mchtTrdNo });
  return accepted({ mchtTrdNo, trdNo: placed.order.trdNo, trdAmt, svcDivCd: firmBanking });
};

export const remittanceBalance: Rule<'remittanceBalance'> = ({ mchtTrdNo }, state) =>
  accepted({
    mchtTrdNo,
    trdNo: state.numbers.transaction(),
    blcAmt: String(state.ledger.remittances.balance),
  });

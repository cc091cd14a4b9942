import { kstDay } from '../../../shared/values/kst.ts';
import { magic } from '../magic-values.ts';
import { maskOf, move } from '../state/accounts.ts';
import type { Order, OrderFacts } from '../state/ledger.ts';
import type { Registration } from '../state/registrations.ts';
import type { TestbedState } from '../state/testbed-state.ts';
import { success } from '../wire/result-messages.ts';
import { place, type Placed } from './orders.ts';
import { accepted, bankRefusal, refused, unfinished, type Rule } from './rule.ts';

export const firmBanking = '1';
const neverEnds = '20991231';

/** Whether the answer is that the money moved. */
export const isDone = (placed: Placed): placed is Placed & { order: Order } =>
  placed.order?.code === success && placed.answered === success && !placed.lost;

/** Takes the money, or says why not; the order is on record either way. */
export function withdraw(
  facts: OrderFacts,
  registration: Registration | undefined,
  text: string,
  state: TestbedState,
  succeeded: (order: Order) => void = () => {},
): Placed {
  const { bankCode, accountNumber, amount, orderNumber } = facts;
  return place(
    {
      ...facts,
      wrong: registration ? (registration.ended ? 'ST15' : undefined) : 'ST01',
      ordered: magic.payment(accountNumber),
      refusal: (order, times) =>
        state.limits.refusal(order) ??
        (state.accounts.at(bankCode, accountNumber).balance < amount * times ? 'ST12' : undefined),
      move: (order, at) => {
        move(state.accounts.at(bankCode, accountNumber), { at, amount: -amount, text, orderNumber });
        state.limits.count(order);
      },
      succeeded,
    },
    state,
  );
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
  const placed = withdraw(
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
    ({ finalAt }) => {
      if (recurringKey === undefined || !registration) return;
      state.recurringPayments.begin({
        key: recurringKey,
        customerId: mchtCustId,
        bankCode: bankCd,
        accountNumber,
        accountKey: registration.key,
        firstAmount: amount,
        from: kstDay(finalAt),
        until: request.rglEdDt ?? neverEnds,
      });
    },
  );
  if (!isDone(placed)) return unfinished(placed, { mchtTrdNo });
  return accepted({
    trdNo: placed.order.trdNo,
    trdAmt,
    mchtTrdNo,
    rglChrgKey: recurringKey,
    svcDivCd: firmBanking,
    custAcntNo: maskOf(accountNumber),
  });
};

/**
 * Gives money of one payment back, at most what is left of it, under an order number of its own. One refund of
 * a payment at a time: while one is processing another is ST39, and while the payment itself is, ST40.
 */
export const paymentCancel: Rule<'paymentCancel'> = (request, state) => {
  const { mchtCustId, mchtTrdNo, trdNo, trdAmt } = request;
  const amount = Number(trdAmt);
  if (state.ledger.isTaken(mchtTrdNo)) return refused('ST50');
  const paid = state.ledger.withdrawal(trdNo);
  if (!paid || paid.customerId !== mchtCustId) return refused('ST06');
  if (paid.state === 'processing') return refused('ST40');
  if (paid.moves === 0) return refused('ST06');
  const closed = bankRefusal(paid.bankCode, state);
  if (closed) return refused(closed);
  if (state.ledger.refundsOf(trdNo).some((one) => one.state === 'processing')) return refused('ST39');

  const ordered = magic.refund(paid.accountNumber);
  if (ordered === 'ST25') refundBefore(paid, state);
  const placed = refund(
    paid,
    { orderNumber: mchtTrdNo, amount, day: request.mchtTrdDt },
    request.custAcntSumry ?? '환불',
    state,
    ordered,
  );
  if (!isDone(placed)) return unfinished(placed, { mchtTrdNo });
  return accepted({ mchtTrdNo, trdNo: placed.order.trdNo, trdAmt, svcDivCd: firmBanking });
};

function refund(
  paid: Order,
  { orderNumber, amount, day }: Pick<OrderFacts, 'orderNumber' | 'amount' | 'day'>,
  text: string,
  state: TestbedState,
  ordered?: string,
): Placed {
  const { customerId, bankCode, accountNumber, recurringKey, trdNo } = paid;
  const refusal = () => {
    const left = state.ledger.leftOf(paid);
    return left <= 0 ? 'ST25' : amount < 1 || amount > left ? 'ST26' : undefined;
  };
  return place(
    {
      kind: 'refund',
      orderNumber,
      customerId,
      bankCode,
      accountNumber,
      amount,
      day,
      recurringKey,
      refundOf: trdNo,
      wrong: refusal(),
      ordered,
      refusal,
      move: (_, at) => {
        move(state.accounts.at(bankCode, accountNumber), { at, amount, text, orderNumber });
      },
    },
    state,
  );
}

/** Somebody at Hecto's desk has given back what is left already. */
function refundBefore(paid: Order, state: TestbedState): void {
  const amount = state.ledger.leftOf(paid);
  if (amount > 0) refund(paid, { orderNumber: `DESK-${paid.trdNo}`, amount, day: paid.day }, '환불', state);
}

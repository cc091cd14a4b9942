import { magic } from '../magic-values.ts';
import type { Order, OrderFacts } from '../state/ledger.ts';
import type { OrderCall } from '../state/processing.ts';
import type { TestbedState } from '../state/testbed-state.ts';
import { doubled, notTakenIn, success, unclear } from '../wire/result-messages.ts';

const calls: Record<OrderFacts['kind'], OrderCall> = {
  payment: 'payment',
  instalment: 'recurringPaymentApproval',
  refund: 'paymentCancel',
  remittance: 'remittance',
};

export type Wish = OrderFacts & {
  /** What is wrong with the order itself: it is refused at once. */
  wrong: string | undefined;
  /** The code that a magic number asks for. */
  ordered: string | undefined;
  /** Why the bank says no to moving the money so many times; asked when the money would move. */
  refusal: (order: Order, times: number) => string | undefined;
  /** Moves the money once. */
  move: (order: Order, at: Date) => void;
  /** What follows when the money moved as it should. */
  succeeded?: (order: Order) => void;
};

/** What Hecto answers an order with. `order` is missing when it was not taken in: then nobody knows of it. */
export type Placed = { readonly order?: Order; readonly answered: string; readonly lost?: true };

/** Takes an order in and carries it out: at once, or later when a magic number or a test says so. */
export function place(wish: Wish, state: TestbedState): Placed {
  const { wrong, ordered, refusal, move, succeeded, ...facts } = wish;
  if (wrong === undefined && ordered !== undefined && notTakenIn.has(ordered)) return { answered: ordered };

  const at = state.now();
  const delay =
    wrong === undefined
      ? (magic.delay(facts.accountNumber) ?? state.processing.take(calls[facts.kind], facts.orderNumber))
      : undefined;
  const pending = facts.kind === 'refund' ? 'ST30' : 'ST38';
  const order = state.ledger.record({
    ...facts,
    trdNo: state.numbers.transaction(),
    at,
    state: 'processing',
    code: pending,
    finalAt: new Date(at.getTime() + (delay?.seconds ?? 0) * 1000),
    moves: 0,
  });
  const unclearly = ordered !== undefined && unclear.has(ordered) ? ordered : undefined;
  const decided = wrong ?? delay?.outcome ?? (unclearly === undefined ? ordered : undefined);

  if (!delay) {
    finish(at);
    // With an unclear code the money has moved, yet the answer does not say so.
    return { order, answered: order.code === success ? (unclearly ?? success) : order.code };
  }
  state.ledger.finishLater(order, finish);
  const { answer = unclearly ?? pending } = delay;
  if (answer === 'lost') return { order, answered: pending, lost: true };
  if (answer !== success) order.code = answer;
  return { order, answered: answer };

  function finish(finalAt: Date): void {
    const blunder = decided !== undefined && doubled.has(decided);
    const times = blunder ? 2 : 1;
    order.code =
      (blunder ? undefined : decided) ?? refusal(order, times) ?? (blunder ? decided : undefined) ?? success;
    order.state = 'final';
    order.finalAt = finalAt;
    if (order.code !== success && !doubled.has(order.code)) return;
    for (; order.moves < times; order.moves++) move(order, finalAt);
    if (order.code === success) succeeded?.(order);
  }
}

import { openPurse, type Purse } from './accounts.ts';
import { Groups } from './groups.ts';
import type { Maintenance } from './maintenance.ts';

/** What is known about an order when it arrives. */
export type OrderFacts = {
  readonly kind: 'payment' | 'instalment' | 'refund' | 'remittance';
  readonly orderNumber: string;
  readonly customerId?: string | undefined;
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly amount: number;
  /** The date the merchant gave it (`yyyyMMdd`): inquiries must name it. */
  readonly day: string;
  /** Of an instalment and of the payment that began it. */
  readonly recurringKey?: string | undefined;
  /** Of a refund: the payment's `trdNo`. */
  readonly refundOf?: string;
};

/** Something that moved money, or was meant to. */
export type Order = OrderFacts & {
  readonly trdNo: string;
  readonly at: Date;
  /** While it is processing nothing has moved, and the bank may still say no. */
  state: 'processing' | 'final';
  /** `0000`, or why not; the pending code that lists show while it is processing. */
  code: string;
  /** When it became final; while it is processing, when it will at the earliest. */
  finalAt: Date;
  /** How often the money moved: twice when the bank blundered (ST03, ST31). */
  moves: number;
};

type Waiting = { readonly order: Order; readonly finish: (at: Date) => void };

const remittanceAccount = 10_000_000_000;

/**
 * Every money order in the order of arrival, refused ones too: an order number is used up either way. Orders
 * that are processing become final when somebody looks and their time has come, never twice.
 */
export class Ledger {
  readonly #orders: Order[] = [];
  readonly #byNumber = new Groups<Order>();
  readonly #byTransaction = new Map<string, Order>();
  readonly #byCustomer = new Groups<Order>();
  readonly #byRecurringKey = new Groups<Order>();
  readonly #refunds = new Groups<Order>();
  #waiting: Waiting[] = [];
  readonly #now: () => Date;
  readonly #maintenance: Maintenance;
  /** What remittances are paid from. */
  readonly remittances: Purse = openPurse(remittanceAccount);

  constructor(now: () => Date, maintenance: Maintenance) {
    this.#now = now;
    this.#maintenance = maintenance;
  }

  record(order: Order): Order {
    this.#orders.push(order);
    this.#byNumber.add(order.orderNumber, order);
    this.#byTransaction.set(order.trdNo, order);
    if (order.customerId !== undefined) this.#byCustomer.add(order.customerId, order);
    if (order.recurringKey !== undefined) this.#byRecurringKey.add(order.recurringKey, order);
    if (order.refundOf !== undefined) this.#refunds.add(order.refundOf, order);
    return order;
  }

  /** Has `finish` called once, at the order's time or, should its bank be closed then, when that opens. */
  finishLater(order: Order, finish: Waiting['finish']): void {
    this.#waiting.push({ order, finish });
  }

  /** Finishes whatever is due, in the order in which it became due. */
  settle(): void {
    const due = this.#waiting
      .flatMap((one) => {
        const at = this.#dueAt(one.order);
        return at ? [{ ...one, at }] : [];
      })
      .toSorted((a, b) => a.at.getTime() - b.at.getTime());
    if (due.length === 0) return;
    const finished = new Set(due.map(({ order }) => order));
    this.#waiting = this.#waiting.filter(({ order }) => !finished.has(order));
    for (const { finish, at } of due) finish(at);
  }

  /** When the order became due; `undefined` if that is still to come. */
  #dueAt({ bankCode, finalAt }: Order): Date | undefined {
    const now = this.#now();
    let at = finalAt;
    while (at <= now) {
      const closed = this.#maintenance.at(bankCode, at);
      if (!closed) return at;
      if (closed.endless) return undefined;
      at = closed.until;
    }
    return undefined;
  }

  isTaken = (orderNumber: string): boolean => this.#byNumber.of(orderNumber).length > 0;

  withNumber(orderNumber: string): readonly Order[] {
    this.settle();
    return this.#byNumber.of(orderNumber);
  }
  ofCustomer(customerId: string): readonly Order[] {
    this.settle();
    return this.#byCustomer.of(customerId);
  }
  ofRecurring(key: string): readonly Order[] {
    this.settle();
    return this.#byRecurringKey.of(key);
  }
  refundsOf(trdNo: string): readonly Order[] {
    this.settle();
    return this.#refunds.of(trdNo);
  }
  /** The payment or instalment behind a transaction number. */
  withdrawal(trdNo: string): Order | undefined {
    this.settle();
    const order = this.#byTransaction.get(trdNo);
    return order && isWithdrawal(order) ? order : undefined;
  }
  /** What a payment has left to give back. */
  leftOf({ trdNo, amount, moves }: Order): number {
    return this.refundsOf(trdNo).reduce(
      (left, refund) => left - refund.amount * refund.moves,
      amount * moves,
    );
  }
  all(): readonly Order[] {
    this.settle();
    return this.#orders;
  }
}

export const isWithdrawal = ({ kind }: OrderFacts): boolean => kind === 'payment' || kind === 'instalment';

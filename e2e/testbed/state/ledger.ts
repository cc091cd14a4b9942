/** Something that moved money, or was meant to. */
export type Order = {
  readonly kind: 'payment' | 'instalment' | 'refund' | 'remittance';
  readonly orderNumber: string;
  readonly trdNo: string;
  readonly customerId?: string | undefined;
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly amount: number;
  readonly at: Date;
  /** The date the merchant gave it (`yyyyMMdd`): inquiries must name it. */
  readonly day: string;
  /** `0000`, or why not. */
  readonly code: string;
  /** Of an instalment and of the payment that began it. */
  readonly recurringKey?: string | undefined;
  /** Of a refund: the payment's `trdNo`. */
  readonly refundOf?: string;
};

const remittanceAccount = 10_000_000_000;

/** Every money order in the order of arrival, refused ones too: an order number is used up either way. */
export class Ledger {
  readonly #orders: Order[] = [];
  /** What is left on the account that remittances are paid from. */
  remittanceBalance = remittanceAccount;

  record(order: Order): Order {
    this.#orders.push(order);
    return order;
  }
  find(test: (order: Order) => boolean): Order[] {
    return this.#orders.filter(test);
  }
  isTaken(orderNumber: string): boolean {
    return this.#orders.some((order) => order.orderNumber === orderNumber);
  }
  withdrawal(trdNo: string): Order | undefined {
    return this.#orders.find(
      (order) => order.trdNo === trdNo && isWithdrawal(order) && order.code === '0000',
    );
  }
  refunded(trdNo: string): number {
    return this.find((order) => order.refundOf === trdNo && order.code === '0000').reduce(
      (sum, { amount }) => sum + amount,
      0,
    );
  }
  all = (): readonly Order[] => this.#orders;
}

export const isWithdrawal = ({ kind }: Order): boolean => kind === 'payment' || kind === 'instalment';

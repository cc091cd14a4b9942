export type RecurringPayment = {
  readonly key: string;
  readonly customerId: string;
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly accountKey: string;
  readonly firstAmount: number;
  readonly from: string;
  /** Last day, `yyyyMMdd`. */
  readonly until: string;
  endedAt?: Date;
};

/** Payments that repeat without the customer. */
export class RecurringPayments {
  readonly #all = new Map<string, RecurringPayment>();

  begin(payment: RecurringPayment): void {
    this.#all.set(payment.key, payment);
  }
  of(key: string, customerId: string): RecurringPayment | undefined {
    const found = this.#all.get(key);
    return found?.customerId === customerId ? found : undefined;
  }
}

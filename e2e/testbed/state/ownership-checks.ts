export type OwnershipCheck = {
  readonly orderNumber: string;
  readonly trdNo: string;
  readonly customerId: string;
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly code: string;
  readonly passbookText: string;
  readonly at: Date;
  readonly validFor: number;
  /** How long another request for the account deposits nothing. */
  readonly quietFor: number;
  tries: number;
  checked?: { at: Date; code: string };
};

/** One-won deposits whose code the customer reads back. */
export class OwnershipChecks {
  readonly #all: OwnershipCheck[] = [];

  start(check: OwnershipCheck): void {
    this.#all.push(check);
  }
  find(orderNumber: string, trdNo: string): OwnershipCheck | undefined {
    return this.#all.find((one) => one.orderNumber === orderNumber && one.trdNo === trdNo);
  }
  isTaken(orderNumber: string): boolean {
    return this.#all.some((one) => one.orderNumber === orderNumber);
  }
  /** The last deposit for the account, if it was not long enough ago. */
  underWay(bankCode: string, accountNumber: string, now: Date): OwnershipCheck | undefined {
    return this.#all.findLast(
      (one) =>
        one.bankCode === bankCode &&
        one.accountNumber === accountNumber &&
        now.getTime() - one.at.getTime() < one.quietFor,
    );
  }
}

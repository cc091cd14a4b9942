import { Groups } from './groups.ts';

export type PhoneVerification = {
  readonly tid: string;
  readonly trdNo: string;
  readonly number: string;
  readonly customerId: string;
  readonly name: string;
  readonly birth: string;
  readonly at: Date;
  /** The texted code; absent with PASS. */
  readonly code?: string;
  state: 'waiting' | 'approved' | 'declined' | 'done';
};

/** A code, and an approval in the app, are good for three minutes. */
export const verificationLasts = 180_000;

/** Checks of a customer's identity on their phone, and what came of them. */
export class PhoneVerifications {
  readonly #byTid = new Map<string, PhoneVerification>();
  readonly #byNumber = new Groups<PhoneVerification>();
  readonly #byCustomer = new Groups<PhoneVerification>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  start(verification: PhoneVerification): void {
    this.#byTid.set(verification.tid, verification);
    this.#byNumber.add(verification.number, verification);
    this.#byCustomer.add(verification.customerId, verification);
  }
  find(tid: string, trdNo: string): PhoneVerification | undefined {
    const found = this.#byTid.get(tid);
    return found?.trdNo === trdNo ? found : undefined;
  }
  isOver(verification: PhoneVerification): boolean {
    return this.#now().getTime() - verification.at.getTime() >= verificationLasts;
  }

  /** The newest approval that PASS on this phone is asked for, in whatever state. */
  passOf(number: string): PhoneVerification | undefined {
    return this.#byNumber.of(number).findLast((one) => one.code === undefined);
  }
  /** The customer's last finished verification. */
  doneBy(customerId: string): PhoneVerification | undefined {
    return this.#byCustomer.of(customerId).findLast(({ state }) => state === 'done');
  }
  /** The last one begun for the customer: where a bank would send its notifications. */
  latestOf(customerId: string): PhoneVerification | undefined {
    return this.#byCustomer.of(customerId).at(-1);
  }
}

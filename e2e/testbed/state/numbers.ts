import { randomBytes, randomInt } from 'node:crypto';
import { stampOf } from './korean-time.ts';

/** Makes the numbers that Hecto gives to things. */
export class Numbers {
  #count = 0;
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  #next = () => String(++this.#count % 1_000_000).padStart(6, '0');

  transaction = (): string => `SFP_FIRM${stampOf(this.#now())}${this.#next()}`;
  phoneVerification = (): string => `settlebank${stampOf(this.#now())}${this.#next()}`;
  accountKey = (): string => randomBytes(8).toString('hex');
  recurringKey = (): string => randomBytes(16).toString('hex');
  /** An id for the control API and the phone. */
  id = (prefix: string): string => `${prefix}_${this.#next()}`;
}

export const randomDigits = (length: number): string =>
  Array.from({ length }, () => String(randomInt(10))).join('');

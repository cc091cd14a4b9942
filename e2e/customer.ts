import { randomInt } from 'node:crypto';
import type { Carrier } from '../shared/api/state.ts';

/** Somebody who registers an account in a test. The phone number is the one the shop handed out. */
export type Customer = {
  readonly name: string;
  readonly birth: string;
  readonly genderDigit: string;
  readonly carrier: Carrier;
  readonly phone: string;
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly pin: string;
};

/** A customer nobody else is. Numbers keep clear of the testbed's magic endings. */
export function newCustomer(phone: string): Customer {
  return {
    name: '서하늘',
    birth: '900412',
    genderDigit: '2',
    carrier: 'kt',
    phone,
    bankCode: '004',
    accountNumber: `62${randomInt(1e6, 1e7)}${randomInt(2000, 8000)}`,
    pin: `${randomInt(3, 6)}91${randomInt(4, 8)}02`,
  };
}

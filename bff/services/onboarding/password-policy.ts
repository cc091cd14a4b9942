import { createHmac } from 'node:crypto';

/**
 * Which six digits may become a payment password (S67). Digits come as a buffer of ASCII codes, so that
 * the caller can zero it; nothing here turns them into a string.
 */

const length = 6;

/** Often chosen, and not caught by the patterns below. */
const common = new Set([
  10203, 101112, 102030, 112211, 112233, 121314, 123321, 123654, 135790, 142536, 147258, 147852, 159357,
  159753, 246810, 258369, 369258, 456123, 654123, 789456,
]);

/** Three equal digits in a row, a run of four up or down (9 and 0 are neighbours), a repeated pair or triple. */
export function isTooSimple(digits: Uint8Array): boolean {
  const step = (index: number) => (digits[index + 1]! - digits[index]! + 10) % 10;
  const steps = Array.from({ length: length - 1 }, (_, index) => step(index));
  const inARow = (step: number, times: number) =>
    steps.some(
      (_, from) => from + times <= steps.length && steps.slice(from, from + times).every((s) => s === step),
    );
  const repeats = (period: number) => digits.every((digit, index) => digit === digits[index % period]);
  const value = digits.reduce((sum, digit) => sum * 10 + (digit - 48), 0);
  return inARow(0, 2) || inARow(1, 3) || inARow(9, 3) || repeats(2) || repeats(3) || common.has(value);
}

/** Every stretch of six digits in a number: a phone or account number must not lend its digits. */
export const stretches = (number: string): string[] =>
  Array.from({ length: Math.max(0, number.length - length + 1) }, (_, from) =>
    number.slice(from, from + length),
  );

/** A birth date (yyMMdd) in the three orders people write it. */
export function datesOf(birth: string): string[] {
  const [year, month, day] = [birth.slice(0, 2), birth.slice(2, 4), birth.slice(4, 6)];
  return [`${year}${month}${day}`, `${month}${day}${year}`, `${day}${month}${year}`];
}

/**
 * What is left of birth date, phone and account number for the policy once the numbers themselves are
 * dropped: keyed fingerprints, useless without the pepper.
 */
export const fingerprint = (pepper: string, digits: Uint8Array | string): string =>
  createHmac('sha256', pepper).update('password policy\0').update(digits).digest('base64url');

export function fingerprintsOf(
  pepper: string,
  own: { readonly birth: string; readonly phone: string; readonly accountNumber: string },
): string[] {
  const numbers = [...datesOf(own.birth), ...stretches(own.phone), ...stretches(own.accountNumber)];
  return [...new Set(numbers)].map((digits) => fingerprint(pepper, digits));
}

import type { Branded } from './brand.ts';

/** A Korean account number: 9 to 15 digits without hyphens. */
export type AccountNumber = Branded<string, 'AccountNumber'>;

/** Reads a number as printed in a passbook, with spaces and hyphens (rule: S41). */
export function parseAccountNumber(input: string): AccountNumber | undefined {
  const digits = input.replace(/[\s-]/g, '');
  return /^\d{9,15}$/.test(digits) ? (digits as AccountNumber) : undefined;
}

/** `****1234`, whatever the length. */
export const maskAccountNumber = (account: AccountNumber): string => `****${account.slice(-4)}`;

import type { Account } from './journey.ts';

/** How Hecto describes an account: bank and a number with stars, e.g. `110******890`. */
export type Described = { readonly bankCode: string | undefined; readonly mask: string | undefined };

/**
 * Whether Hecto speaks of this account: the digits before the stars begin it, those behind them end it, and at least
 * three show, for a mask of stars alone fits everything. How many stars stand between is not promised anywhere.
 */
export function isSameAccount({ bankCode, accountNumber }: Account, described: Described): boolean {
  const [, start, end] = /^(\d*)\D+(\d*)$/.exec(described.mask ?? '') ?? [];
  if (described.bankCode !== bankCode) return false;
  if (start === undefined || end === undefined) return described.mask === accountNumber;
  return start.length + end.length >= 3 && accountNumber.startsWith(start) && accountNumber.endsWith(end);
}

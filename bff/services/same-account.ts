import type { Account } from './journey.ts';

/** How Hecto describes an account: bank and a number with stars, e.g. `110******890`. */
export type Described = { readonly bankCode: string | undefined; readonly mask: string | undefined };

/**
 * Whether Hecto speaks of this account. Every digit it shows must fit its place, and at least three must show:
 * a mask of stars alone fits everything and proves nothing.
 */
export function isSameAccount({ bankCode, accountNumber }: Account, described: Described): boolean {
  const mask = described.mask ?? '';
  const shown = mask.replace(/\D/g, '').length;
  return (
    described.bankCode === bankCode &&
    mask.length === accountNumber.length &&
    shown >= 3 &&
    [...mask].every((sign, place) => sign === '*' || sign === accountNumber[place])
  );
}

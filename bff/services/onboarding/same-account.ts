import type { Account } from './journey.ts';

/** How Hecto describes an account: bank and a number with stars, e.g. `110******890`. */
export type Described = { readonly bankCode: string | undefined; readonly mask: string | undefined };

/**
 * Whether Hecto speaks of this account: the digits that show stand in its number in the same order, and at least
 * three show, for a mask of stars alone fits everything. Where the stars are and how many is not promised anywhere.
 */
export function isSameAccount({ bankCode, accountNumber }: Account, described: Described): boolean {
  const shown = shownBy(described);
  if (described.bankCode !== bankCode || !shown) return false;
  return new RegExp(`^${shown.join('\\d*')}$`).test(accountNumber);
}

/** Whether Hecto may speak of this account: nothing that it tells says otherwise. */
export function mayBeSameAccount(account: Account, described: Described): boolean {
  const { bankCode = account.bankCode } = described;
  if (bankCode !== account.bankCode) return false;
  return !shownBy(described) || isSameAccount(account, { ...described, bankCode });
}

/** The groups of digits between the stars and hyphens; undefined when they are too few to tell accounts apart. */
function shownBy({ mask = '' }: Described): string[] | undefined {
  const shown = mask.split(/\D+/);
  return shown.join('').length >= 3 ? shown : undefined;
}

import { parseAccountNumber, type AccountNumber } from '../../../shared/values/account-number.ts';
import type { Bank } from '../../../shared/api/widget.ts';
import { digitsOf } from '../digits.ts';

/** As banks' words are: lower-case letters alone. */
const letters = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');

/** The banks that `query` is a part of a word of. */
export const findBanks = (banks: readonly Bank[], query: string): readonly Bank[] =>
  banks.filter(({ words }) => words.some((word) => word.includes(letters(query))));

export type Pasted = { readonly bank?: Bank; readonly number: AccountNumber };

/**
 * Reads an account as banking apps copy it, `국민 123-45-678901`. The bank is the one with the longest word in the
 * text; account numbers of different banks look alike, so the digits alone never choose one.
 */
export function readAccount(text: string, banks: readonly Bank[]): Pasted | undefined {
  const number = parseAccountNumber(digitsOf(text));
  if (!number) return undefined;
  const match = ({ words }: Bank) =>
    Math.max(0, ...words.map((word) => (letters(text).includes(word) ? word.length : 0)));
  const [bank] = banks.filter(match).sort((a, b) => match(b) - match(a));
  return bank ? { bank, number } : { number };
}

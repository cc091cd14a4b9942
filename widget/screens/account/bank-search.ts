import { parseAccountNumber, type AccountNumber } from '../../../shared/values/account-number.ts';
import type { Bank } from '../../../shared/api/widget.ts';
import { digitsOf } from '../digits.ts';

const initials = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';

/** `국민` as `ㄱㅁ`: people search by the first consonants. */
const initialsOf = (name: string) =>
  name.replace(/[가-힣]/g, (syllable) => initials[Math.floor((syllable.charCodeAt(0) - 0xac00) / 588)]!);

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');

/** The banks whose name holds `query`, in either language or by first consonants. */
export function findBanks(banks: readonly Bank[], query: string): readonly Bank[] {
  const wanted = query.trim().toLowerCase();
  return banks.filter(({ name }) =>
    [name.ko, name.en, initialsOf(name.ko)].some((known) => known.toLowerCase().includes(wanted)),
  );
}

/** What people call a bank: without 은행 or Bank behind the name. */
const nicknames = ({ name }: Bank) =>
  [name.ko, name.en]
    .map((full) => plain(full).replace(/(은행|증권|뱅크|bank|securities)$/, ''))
    .filter(Boolean);

export type Pasted = { readonly bank?: Bank; readonly number: AccountNumber };

/**
 * Reads an account as banking apps copy it, `국민 123-45-678901`. The bank is the one with the longest name in the
 * text; account numbers of different banks look alike, so the digits alone never choose one.
 */
export function readAccount(text: string, banks: readonly Bank[]): Pasted | undefined {
  const number = parseAccountNumber(digitsOf(text));
  if (!number) return undefined;
  const words = plain(text);
  const match = (bank: Bank) =>
    Math.max(0, ...nicknames(bank).map((name) => (words.includes(name) ? name.length : 0)));
  const [bank] = banks.filter(match).sort((a, b) => match(b) - match(a));
  return bank ? { bank, number } : { number };
}

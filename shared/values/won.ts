import type { Branded } from './brand.ts';

/** A whole, positive number of won that fits Hecto's thirteen digits. */
export type Won = Branded<number, 'Won'>;

const most = 9_999_999_999_999;

/** Reads digits without sign, separators, decimals or exponent. */
export function parseWon(input: string | number): Won | undefined {
  const text = String(input);
  if (!/^[1-9]\d{0,12}$/.test(text)) return undefined;
  const amount = Number(text);
  return amount <= most ? (amount as Won) : undefined;
}

/** `12,000원`, or `₩12,000` in English. */
export function formatWon(amount: Won, locale: 'ko' | 'en' = 'ko'): string {
  const digits = amount.toLocaleString('en');
  return locale === 'ko' ? `${digits}원` : `₩${digits}`;
}

import type { HectoField } from '../parts/hecto-field.ts';

/**
 * The digits in what was typed or pasted; full-width ones (Korean and Japanese keyboards) count too. A phone number
 * with `+82` in front, as address books keep it, begins with 0.
 */
export const digitsOf = (input: string): string =>
  input
    .normalize('NFKC')
    .replace(/^\+82\D*0?/, '0')
    .replace(/\D/g, '');

/** Digits in groups, for reading: `grouped('01012345678', [3, 4, 4], '-')` is `010-1234-5678`. */
export function grouped(digits: string, sizes: readonly number[], separator: string): string {
  let from = 0;
  const groups = sizes.map((size) => digits.slice(from, (from += size)));
  return [...groups, digits.slice(from)].filter(Boolean).join(separator);
}

/** Groups the digits in a field while the customer types at its end; elsewhere it would move the caret. */
export function groupAtEnd(
  field: HectoField,
  sizes: readonly number[],
  separator: string,
  max: number,
): string {
  if (field.input?.selectionStart === field.value.length)
    field.value = grouped(digitsOf(field.value).slice(0, max), sizes, separator);
  return field.value;
}

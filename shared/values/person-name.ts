import type { Branded } from './brand.ts';

/** A person's name as a bank may hold it: NFC, 1 to 60 UTF-8 bytes. */
export type PersonName = Branded<string, 'PersonName'>;

// Hecto forbids these in every value; control, format and surrogate characters are never part of a name.
const forbidden = /[:&?'<>\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

/** Trims, composes (a name typed as loose jamo is one name) and checks (rule: S41). */
export function parsePersonName(input: string): PersonName | undefined {
  const name = input.normalize('NFC').trim();
  if (name === '' || forbidden.test(name)) return undefined;
  return new TextEncoder().encode(name).length <= 60 ? (name as PersonName) : undefined;
}

/** `홍*동`, `홍*`, `선**은`; a Latin name keeps its first word and initials, `Kim M*****`. */
export function maskPersonName(name: PersonName): string {
  const letters = [...name];
  if (letters.length === 1) return '*';
  if (/\p{Script=Latin}/u.test(name)) {
    const words = name.split(/\s+/);
    const [first = ''] = words;
    if (words.length === 1) return initial(first);
    return [first, ...words.slice(1).map(initial)].join(' ');
  }
  if (letters.length === 2) return `${letters[0]}*`;
  return `${letters[0]}${'*'.repeat(letters.length - 2)}${letters.at(-1)}`;
}

function initial(word: string): string {
  const [first, ...rest] = word;
  return `${first ?? ''}${'*'.repeat(rest.length)}`;
}

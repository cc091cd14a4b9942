import type { Locale } from '../../shared/api/state.ts';
import ko from './ko.ts';

/** Everything the widget says in one language. Korean is the original; the others have its shape. */
export type Text = typeof ko;

/** A merchant's own words for some of the texts: the same tree with only what differs. */
export type Messages<T = Text> = { readonly [K in keyof T]?: T[K] extends string ? string : Messages<T[K]> };

/**
 * The texts of a language, with the merchant's own words where there are some. Korean is at hand at once, others
 * come on demand.
 * @throws when the other language's file cannot be loaded.
 */
export async function loadText(locale: Locale, messages?: Messages): Promise<Text> {
  const text = locale === 'en' ? inShape((await import('./en.ts')).default) : ko;
  return messages ? worded(text, messages, (own, ours) => (typeof own === 'string' ? own : ours)) : text;
}

/** The build ships other languages as their bare words in the order of the Korean ones: the keys are there already. */
function inShape(words: Text | readonly string[]): Text {
  if (!Array.isArray(words)) return words as Text;
  const next = (words as readonly string[]).values();
  return worded(ko, undefined, (_own, ours) => next.next().value ?? ours);
}

/** A text with other words. Walks our own keys only, so that nothing foreign can come in with the words (S33). */
function worded<T>(text: T, own: unknown, word: (own: unknown, ours: string) => string): T {
  if (typeof text === 'string') return word(own, text) as T;
  const entries = Object.entries(text as object).map(([key, value]: [string, unknown]) => [
    key,
    worded(
      value,
      Object.hasOwn(Object(own) as object, key) ? Reflect.get(own as object, key) : undefined,
      word,
    ),
  ]);
  return (Array.isArray(text) ? entries.map(([, value]) => value) : Object.fromEntries(entries)) as T;
}

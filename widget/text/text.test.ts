import { expect, test } from 'vitest';
import { phrases } from '../../bff/text/phrases.ts';
import { refusalTexts } from '../../bff/text/refusal-texts.ts';
import { refusalCodes } from '../../shared/api/refusals.ts';
import en from './en.ts';
import { fill } from '../../shared/values/fill.ts';
import ko from './ko.ts';

/** Every text of a language with the path to it. */
function texts(tree: unknown, path = ''): [path: string, text: string][] {
  if (typeof tree === 'string') return [[path, tree]];
  return Object.entries(tree as object).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

const refusals = (locale: 'ko' | 'en') =>
  Object.fromEntries(refusalCodes.map((code) => [code, refusalTexts[code][locale]]));
const said = (locale: 'ko' | 'en') =>
  Object.fromEntries(Object.entries(phrases).map(([name, words]) => [name, words[locale]]));
const korean = texts({ ...ko, refusals: refusals('ko'), phrases: said('ko') });
const english = texts({ ...en, refusals: refusals('en'), phrases: said('en') });
const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test('every Korean sentence is in 해요체', () => {
  for (const [path, text] of korean.filter(([, text]) => /[.?!]/.test(text)))
    for (const sentence of text.split(/(?<=[.?!])\s+/))
      expect([path, sentence]).toEqual([path, expect.stringMatching(/요[.?]$/)]);
});

test('every Korean text is short and plain', () => {
  for (const [path, text] of korean) {
    expect([path, text.length <= 70]).toEqual([path, true]);
    expect([path, text]).toEqual([path, expect.not.stringMatching(/니다|십시오|하세요/)]);
  }
});

test('no text shows one of Hecto’s codes', () => {
  for (const [, text] of [...korean, ...english]) expect(text).not.toMatch(/\b(ST|SE)\d\d|VTIM|\b00\d\d\b/);
});

test('every refusal has a text that is a whole sentence, in both languages', () => {
  for (const code of refusalCodes) {
    expect(refusalTexts[code].ko).toMatch(/요\.$/);
    expect(refusalTexts[code].en).toMatch(/\.$/);
  }
});

test('English has every text that Korean has, with the same places to fill in', () => {
  expect(english.map(([path]) => path).sort()).toEqual(korean.map(([path]) => path).sort());
  const other = new Map(english);
  for (const [path, text] of korean) expect([path, places(other.get(path)!)]).toEqual([path, places(text)]);
});

test('while an outcome is open nobody is told to try again', () => {
  for (const code of ['result-pending', 'result-unknown', 'busy-pending', 'transaction-not-found'] as const)
    expect(refusalTexts[code].ko).toMatch(/다시 (시도|결제)하지 말고/);
});

test('places are filled in; unknown ones stay', () => {
  expect(fill('{count}번 더', { count: 3 })).toBe('3번 더');
  expect(fill('{from}-{to}', { from: '23:50' })).toBe('23:50-{to}');
});

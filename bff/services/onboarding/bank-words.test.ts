import { describe, expect, test } from 'vitest';
import { banks } from '../../../shared/hecto/banks.ts';
import { bankWords } from './bank-words.ts';

const wordsOf = (code: string) => {
  const { ko, en } = banks.find((bank) => bank.code === code)!;
  return bankWords(code, ko, en);
};

describe('a bank is found', () => {
  test.each([
    ['004', ['국민은행', '국민', 'kb국민', 'kookminbank', 'kookmin', 'ㄱㅁㅇㅎ']],
    ['011', ['nh농협은행', 'nh농협', '농협']],
    ['045', ['새마을금고', '새마을', 'mg새마을']],
    ['090', ['카카오뱅크', '카카오', '카뱅', 'kakao']],
    ['278', ['신한투자증권', '신한투자']],
  ])('%s by %s', (code, words) =>
    expect(wordsOf(code)).toEqual(expect.arrayContaining(words.map((word) => word.normalize('NFKC')))),
  );
  test('by words of lower-case letters alone, each once', () => {
    for (const { code } of banks) {
      const words = wordsOf(code);
      expect(new Set(words).size).toBe(words.length);
      for (const word of words) expect(word).toMatch(/^[\p{Ll}\p{Lo}]+$/u);
    }
  });
  test('no word stands for two banks, so that a pasted name chooses one', () => {
    const all = banks.flatMap(({ code }) => wordsOf(code).filter((word) => /[가-힣]/.test(word)));
    expect(all.filter((word, index) => all.indexOf(word) !== index)).toEqual([]);
  });
});

test('a bank that our table lacks has the words of Hecto’s name', () => {
  expect(bankWords('999', '새은행', '새은행')).toEqual(['새은행', '새', 'ㅅㅇㅎ'.normalize('NFKC')]);
});

import { expect, test } from 'vitest';
import { banks } from '../stage.ts';
import { findBanks, readAccount } from './bank-search.ts';

const names = (query: string) => findBanks(banks, query).map(({ name }) => name.ko);

test('banks are found by any part of their name, in either language, or by first consonants', () => {
  expect(names('국민')).toEqual(['국민은행']);
  expect(names('woori')).toEqual(['우리은행']);
  expect(names('ㅅㅎ')).toEqual(['신한은행', '신한투자증권']);
  expect(names('없는곳')).toEqual([]);
});

test.each([
  ['국민 123-45-6789012', '004', '123456789012'],
  ['국민은행 123456789012 홍길동', '004', '123456789012'],
  ['신한투자 110-123-456789', '278', '110123456789'],
  ['[Shinhan Bank] 110 123 456789', '088', '110123456789'],
  ['１１０－１２３－４５６７８９', undefined, '110123456789'],
])('%s is read as bank and number', (text, code, number) => {
  expect(readAccount(text, banks)).toMatchObject({ number });
  expect(readAccount(text, banks)?.bank?.code).toBe(code);
});

test('what holds no account number is left alone, and digits alone never choose a bank', () => {
  expect(readAccount('국민', banks)).toBeUndefined();
  expect(readAccount('12345678', banks)).toBeUndefined();
  expect(readAccount('123456789012', banks)).not.toHaveProperty('bank');
});

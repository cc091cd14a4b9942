import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskAccountNumber, parseAccountNumber } from './account-number.ts';
import { parseBirth } from './birth.ts';
import { newOrderNumber } from './order-number.ts';
import { maskPersonName, parsePersonName } from './person-name.ts';
import { formatPhoneNumber, maskPhoneNumber, parsePhoneNumber } from './phone-number.ts';
import { formatWon, parseWon } from './won.ts';

const now = new Date('2026-11-23T10:00:00+09:00');

describe('phone numbers', () => {
  test.each([
    ['010-1234-5678', '01012345678'],
    [' 010 1234 5678 ', '01012345678'],
    ['010.1234.5678', '01012345678'],
    ['+82 10-1234-5678', '01012345678'],
    ['+82 010-1234-5678', '01012345678'],
    ['011-234-5678', '0112345678'],
  ])('S41 %s is read as people write it', (input, digits) => {
    expect(parsePhoneNumber(input)).toBe(digits);
  });

  test.each([
    '',
    '0101234567890',
    '010123456',
    '01212345678',
    '02-1234-5678',
    '０１０１２３４５６７８',
    '010-1234-567a',
    '+1 10-1234-5678',
  ])('S41 %j is not a mobile number', (input) => expect(parsePhoneNumber(input)).toBeUndefined());

  test('S84 a shown number hides its middle', () => {
    expect(maskPhoneNumber(parsePhoneNumber('01012345678')!)).toBe('010-****-5678');
    expect(maskPhoneNumber(parsePhoneNumber('0112345678')!)).toBe('011-***-5678');
    expect(formatPhoneNumber(parsePhoneNumber('01012345678')!)).toBe('010-1234-5678');
  });
});

describe('names', () => {
  test('S41 a name typed as loose jamo is the same name', () => {
    expect(parsePersonName('홍길동'.normalize('NFD'))).toBe('홍길동');
    expect(parsePersonName('  홍길동\u00a0')).toBe('홍길동');
  });

  test('S41 sixty bytes are the most, counted in UTF-8', () => {
    expect(parsePersonName('가'.repeat(20))).toBe('가'.repeat(20));
    expect(parsePersonName('가'.repeat(20) + 'a')).toBeUndefined();
    expect(parsePersonName('😀'.repeat(15))).toBeDefined();
    expect(parsePersonName('😀'.repeat(16))).toBeUndefined();
  });

  test.each([':', '&', '?', "'", '<', '>', '\n', '\r', '\t', '\0', '\x1b', '\u202e', '\u200b', '\ud800'])(
    'S41 %j is not part of a name',
    (character) => expect(parsePersonName(`홍${character}길동`)).toBeUndefined(),
  );

  test('an empty name is no name', () => expect(parsePersonName(' \n ')).toBeUndefined());

  test.each([
    ['홍길동', '홍*동'],
    ['홍길', '홍*'],
    ['홍', '*'],
    ['선우다은', '선**은'],
    ['Kim Minseo', 'Kim M*****'],
    ['Minseo', 'M*****'],
    ['Ana Maria Cruz', 'Ana M**** C***'],
  ])('S84 %s is shown as %s', (name, masked) => {
    expect(maskPersonName(parsePersonName(name)!)).toBe(masked);
  });
});

describe('birth dates', () => {
  test.each([
    ['920315', '2'],
    ['040229', '3'],
    ['000101', '4'],
    ['851231', '5'],
    ['261123', '3'],
  ])('S41 %s-%s is a birth date', (birth, genderDigit) => {
    expect(parseBirth(birth, genderDigit, now)).toEqual({ birth, genderDigit });
  });

  test.each([
    ['920230', '2', 'no such day'],
    ['000229', '1', 'no leap year: 1900'],
    ['050229', '3', 'no leap year: 2005'],
    ['261124', '3', 'tomorrow in Korea'],
    ['920315', '3', '2092 lies ahead'],
    ['920315', '9', 'the 1800s'],
    ['920315', '0', 'the 1800s'],
    ['92031', '1', 'too short'],
    ['9203151234567', '1', 'a whole resident number (S83)'],
    ['920315', '12', 'two digits'],
  ])('S41 %s-%s is refused: %s', (birth, genderDigit) => {
    expect(parseBirth(birth, genderDigit, now)).toBeUndefined();
  });
});

describe('account numbers', () => {
  test('S41 nine to fifteen digits, hyphens and spaces aside', () => {
    expect(parseAccountNumber('110-432-109 876')).toBe('110432109876');
    expect(parseAccountNumber('123456789')).toBeDefined();
    expect(parseAccountNumber('123456789012345')).toBeDefined();
    for (const wrong of ['12345678', '1234567890123456', '１１０４３２１０９８７６', '110432109x'])
      expect(parseAccountNumber(wrong)).toBeUndefined();
  });

  test('S84 only the last four digits are shown', () => {
    expect(maskAccountNumber(parseAccountNumber('110432109876')!)).toBe('****9876');
  });
});

describe('won', () => {
  test.each(['1', '9999999999999', 12000])('S41 %s is an amount', (input) =>
    expect(parseWon(input)).toBe(Number(input)),
  );
  test.each(['0', '01', '-1', '+1', '1.0', '1e3', '1,000', ' 1', '', '10000000000000', 1.5, NaN, 1e21])(
    'S41 %j is not an amount',
    (input) => expect(parseWon(input)).toBeUndefined(),
  );
  test('is shown with separators', () => {
    expect(formatWon(parseWon(1234567)!)).toBe('1,234,567원');
    expect(formatWon(parseWon(999)!, 'en')).toBe('₩999');
  });
});

test('an order number is ASCII, dated in Korea, short enough for Hecto and never the same twice', () => {
  const midnight = new Date('2026-12-31T15:00:00Z');
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z]{0,8}$/), (prefix) => {
      const order = newOrderNumber(prefix, midnight, randomBytes);
      expect(order).toMatch(new RegExp(`^${prefix}20270101000000[0-9A-Z]{16}$`));
    }),
  );
  const orders = new Set(Array.from({ length: 5000 }, () => newOrderNumber('', midnight, randomBytes)));
  expect(orders.size).toBe(5000);
});

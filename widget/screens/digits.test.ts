import { expect, test } from 'vitest';
import { digitsOf, grouped } from './digits.ts';

test.each([
  '+82 10-1234-5678',
  '+821012345678',
  '+82 (0)10-1234-5678',
  '＋８２ １０－１２３４－５６７８',
  '010.1234.5678',
])('S41 the phone number %s begins with 0', (input) =>
  expect(grouped(digitsOf(input), [3, 4], '-')).toBe('010-1234-5678'),
);

test.each([
  ['821012345678', '821012345678'],
  ['국민 82-1012-345678', '821012345678'],
  ['820 123', '820123'],
])('digits that only look like it stay as they are: %s', (input, digits) =>
  expect(digitsOf(input)).toBe(digits),
);

import { expect, test } from 'vitest';
import { parseAccountNumber } from '../../../shared/values/account-number.ts';
import { isSameAccount, mayBeSameAccount } from './same-account.ts';

const account = { bankCode: '088', accountNumber: parseAccountNumber('110432109876')! };

test.each([
  ['088', '110******876', true],
  ['088', '110432109876', true],
  ['004', '110******876', false],
  ['088', '110******877', false],
  ['088', '110*****876', true],
  ['088', '****9876', true],
  ['088', '111******876', false],
  ['088', '110432109875', false],
  ['088', '110-***-***876', true],
  ['088', '110-432-109876', true],
  ['088', '110-***-***877', false],
  ['088', '***432******', true],
  ['088', '***433******', false],
  ['088', '11**32****76', true],
  ['088', '11**76****32', false],
  ['088', '11*********', false],
  ['088', '************', false],
  ['088', '', false],
  ['088', undefined, false],
  [undefined, '110******876', false],
])('R12 bank %s and mask %s speak of the account: %s', (bankCode, mask, same) => {
  expect(isSameAccount(account, { bankCode, mask })).toBe(same);
});

test.each([
  ['088', '************', true],
  ['088', '1**********6', true],
  ['088', undefined, true],
  [undefined, '110******876', true],
  ['088', '110******876', true],
  ['088', '110******877', false],
  ['004', '************', false],
])('R12 bank %s and mask %s may speak of the account: %s', (bankCode, mask, same) => {
  expect(mayBeSameAccount(account, { bankCode, mask })).toBe(same);
});

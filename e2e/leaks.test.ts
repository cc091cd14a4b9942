import { expect, test } from 'vitest';
import { findLeaks } from './leaks.ts';

const phone = '01048123077';
const name = '서하늘';
const token = '~~~???~~~???';

test.each([
  ['plain text', `{"to":"${phone}"}`],
  ['URL encoding', `/?name=${encodeURIComponent(name)}`],
  ['JSON escapes', '{"name":"\\uc11c\\ud558\\ub298"}'],
  ['hexadecimal', `\\x00${Buffer.from(name).toString('hex').toUpperCase()}ff`],
  ['base64', Buffer.from(`.${phone}.`).toString('base64')],
  ['base64', Buffer.from(`..${phone}..`).toString('base64')],
  ['base64url', Buffer.from(JSON.stringify({ token })).toString('base64url')],
])('a secret is found as %s', (form, text) => {
  expect(findLeaks({ phone, name, token }, { log: text }).join()).toContain(`as ${form} in log`);
});

test('six digits inside a longer number are chance, by themselves they are a leak', () => {
  expect(findLeaks({ birth: '900412' }, { log: '"time":1790041255,"hash":"ab900412cd"' })).toEqual([]);
  expect(findLeaks({ birth: '900412' }, { log: '"b":"900412"' })).toEqual(['birth as plain text in log']);
});

test('what was found is named, never printed', () => {
  expect(findLeaks({ phone }, { log: phone }).join()).not.toContain(phone);
});

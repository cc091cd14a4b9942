import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fill } from '../../../shared/values/fill.ts';
import ko from '../../text/ko.ts';
import { banks, paste, Service, settled, show, refused } from '../stage.ts';
import { refusalTexts } from '../../../bff/text/refusal-texts.ts';

const { account } = ko;
const search = page.getByLabelText(account.search);
const number = page.getByLabelText(account.number, { exact: true });
const check = page.getByRole('button', { name: account.check });
const bank = (name: string) => page.getByRole('button', { name });
const sent = { type: 'account', bankCode: '004', accountNumber: '123456789012' };

test('pasting 국민 123-45-6789012 fills bank and number', async () => {
  const { commands, screen } = await show({ step: 'account' });
  expect(paste(search.element(), '국민 123-45-6789012')).toBe(true);
  await settled(screen);
  await expect.element(number).toHaveValue('1234 5678 9012');
  await expect.element(bank('국민은행')).toBeVisible();
  await check.click();
  expect(commands).toEqual([sent]);
});

test('from the number the back button leads to the banks, and what was typed stays', async () => {
  const { screen } = await show({ step: 'account' });
  await bank('국민은행').click();
  await number.fill('123456789012');
  expect(screen.undo()).toBe(true);
  await settled(screen);
  await expect.element(search).toBeVisible();
  expect(screen.undo()).toBe(false);
  await bank('국민은행').click();
  await expect.element(number).toHaveValue('1234 5678 9012');
});

test('a number that is typed is taken at Enter, not before its last digit', async () => {
  const { root } = await show({ step: 'account' });
  await search.click();
  await userEvent.keyboard('123456789012');
  await expect.element(search).toHaveValue('123456789012');
  await userEvent.keyboard('{Enter}');
  await expect.element(search).toHaveValue('');
  await bank('국민은행').click();
  await expect.poll(() => root.activeElement?.id).toBe('number');
  await expect.element(number).toHaveValue('1234 5678 9012');
});

test('a number that comes at once, filled in by the device, is taken at once', async () => {
  await show({ step: 'account' });
  await search.fill('국민 123-45-6789012');
  await expect.element(number).toHaveValue('1234 5678 9012');
});

test('pasted into the number field it changes the bank as well', async () => {
  const { commands, screen } = await show({ step: 'account' });
  await bank('신한은행').click();
  paste(number.element(), '국민은행 123-45-6789012');
  await settled(screen);
  await check.click();
  expect(commands).toEqual([sent]);
});

test('bank, then number: the focus goes along and the digits stand in groups', async () => {
  const { commands, root } = await show({ step: 'account' });
  await bank('국민은행').click();
  await expect.poll(() => root.activeElement?.id).toBe('number');
  await userEvent.keyboard('123456789012{Enter}');
  await expect.element(number).toHaveValue('1234 5678 9012');
  expect(commands).toEqual([sent]);
});

test('a closed bank stays readable and says until when, instead of being chosen', async () => {
  const { commands } = await show({ step: 'account' });
  await expect.element(bank('우리은행')).toHaveTextContent('23:50-00:12 점검 중');
  await bank('우리은행').click();
  await expect.element(page.getByText(banks[1]!.closed!.text.ko)).toBeVisible();
  expect(commands).toEqual([]);
});

test('securities firms have their own tab, also by arrow keys; searching looks through both', async () => {
  await show({ step: 'account' });
  await expect.element(bank('신한투자증권')).not.toBeInTheDocument();
  await page.getByRole('tab', { name: account.kinds.bank }).click();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(bank('신한투자증권')).toBeVisible();
  await search.fill('국민');
  await expect.element(bank('국민은행')).toBeVisible();
  await search.fill('없는곳');
  await expect.element(page.getByText(account.none)).toBeVisible();
});

test('a number that cannot be one is told under its field and not sent', async () => {
  const { commands } = await show({ step: 'account' });
  await bank('국민은행').click();
  await number.fill('1234');
  await check.click();
  await expect.element(page.getByText(account.numberError)).toBeVisible();
  expect(commands).toEqual([]);
});

test('whose account it must be is said with the verified name, masked', async () => {
  await show({ step: 'account' });
  await expect.element(page.getByText(fill(account.lead, { name: '홍*동' }))).toBeVisible();
});

test('a refused account keeps what was typed; a closed bank names the time', async () => {
  const { answer } = await show({ step: 'account' });
  await bank('국민은행').click();
  await number.fill('123456789012');
  await answer({ ...refused('account-not-confirmed') });
  await expect.element(page.getByText(refusalTexts['account-not-confirmed'].ko)).toBeVisible();
  await expect.element(number).toHaveValue('1234 5678 9012');
  const opensAt = '2026-11-23T15:12:00.000Z';
  await answer({ ...refused('bank-maintenance', { opensAt }) });
  await expect.element(page.getByText('11월 24일 00:12 이후에 다시 할 수 있어요.')).toBeVisible();
});

test('A07 coming back from the call keeps bank and number', async () => {
  const service = new Service();
  await show({ step: 'account' }, { service });
  await bank('국민은행').click();
  await number.fill('123456789012');
  const again = await show({ step: 'account' }, { service });
  await check.click();
  expect(again.commands).toEqual([sent]);
});

test('S27 a name from outside is shown as the text it is', async () => {
  const name = '<img src=x onerror="document.title=1">은행';
  const service = new Service();
  service.banks = () =>
    Promise.resolve([
      { code: '999', name: { ko: name, en: name }, words: [name], kind: 'bank' as const, usable: true },
    ]);
  const { root } = await show({ step: 'account' }, { service });
  await expect.element(bank(name)).toBeVisible();
  expect(root.querySelector('img')).toBeNull();
});

import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { doneAt } from '../../../bff/text/wording.ts';
import { fill } from '../../../shared/values/fill.ts';
import ko from '../../text/ko.ts';
import { account, now, show } from '../stage.ts';

const step = {
  step: 'done',
  account,
  alreadyRegistered: false,
  completedAt: now,
  completedText: doneAt(now),
} as const;
const merchant = { merchant: '달빛상점' };

test('it says what was registered, when, that it can be used, and how to take it back', async () => {
  const { commands, root } = await show(step);
  const { textContent } = root;
  for (const words of ['국민은행', '****1234', '2026년 11월 23일', fill(ko.done.lead, merchant)])
    expect(textContent).toContain(words);
  await expect.element(page.getByText(fill(ko.done.withdraw, merchant))).toBeVisible();
  await page.getByRole('button', { name: ko.done.close }).click();
  expect(commands).toEqual([{ type: 'close' }]);
});

test('an account that had been registered before is not claimed to be new', async () => {
  await show({ ...step, alreadyRegistered: true });
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(ko.done.alreadyTitle);
  await expect.element(page.getByText(ko.done.at)).not.toBeInTheDocument();
});

test('with somewhere to return to, the button says so', async () => {
  await show({ ...step, returnUrl: 'https://shop.example/return' });
  await expect.element(page.getByRole('button', { name: ko.done.back })).toBeVisible();
});

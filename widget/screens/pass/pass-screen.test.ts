import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import ko from '../../text/ko.ts';
import { later, show, refused } from '../stage.ts';
import { refusalTexts } from '../../../bff/text/refusal-texts.ts';

const step = { step: 'pass', expiresAt: later(180), resendAt: later(-1) } as const;

test('the customer says when PASS is done, asks again, or takes the text message', async () => {
  const { commands } = await show(step);
  for (const name of [ko.pass.check, ko.pass.resend, ko.pass.toSms])
    await page.getByRole('button', { name }).click();
  expect(commands).toEqual([{ type: 'check-pass' }, { type: 'resend' }, { type: 'back', to: 'identity' }]);
});

test('PASS that is not finished is told as such', async () => {
  await show({ ...step, ...refused('pass-not-finished') });
  await expect.element(page.getByText(refusalTexts['pass-not-finished'].ko)).toBeVisible();
});

import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import ko from '../../text/ko.ts';
import { passAppOf } from '../../../shared/values/pass-apps.ts';
import { later, show, refused } from '../stage.ts';
import { refusalTexts } from '../../../bff/text/refusal-texts.ts';

const step = {
  step: 'pass',
  expiresAt: later(180),
  resendAt: later(-1),
  app: passAppOf('lgu-mvno'),
} as const;

test('the customer says when PASS is done, asks again, or takes the text message', async () => {
  const { commands } = await show(step);
  for (const name of [ko.pass.check, ko.pass.resend, ko.pass.toSms])
    await page.getByRole('button', { name }).click();
  expect(commands).toEqual([{ type: 'pass' }, { type: 'resend' }, { type: 'back', to: 'identity' }]);
});

test('PASS that is not finished is told to whoever said it was, and not when we asked by ourselves', async () => {
  await show({ ...step, ...refused('pass-not-finished') });
  const told = page.getByText(refusalTexts['pass-not-finished'].ko);
  await expect.element(told).not.toBeInTheDocument();
  const { answer } = await show({ ...step });
  await page.getByRole('button', { name: ko.pass.check }).click();
  await answer(refused('pass-not-finished'));
  await expect.element(told).toBeVisible();
});

test('on a phone the app of the own carrier can be opened from here, or found in the store', async () => {
  const { commands, root } = await show({ ...step, known: { carrier: 'lgu-mvno', phone: '010-****-5678' } });
  root.querySelector<HTMLElement>('.app button')?.click();
  const app = {
    carrier: 'lgu-mvno',
    url: 'upluscorporation://',
    storeUrl: 'market://details?id=com.lguplus.smartotp',
  };
  expect(commands).toEqual([{ type: 'open-app', app }]);
  const store = root.querySelector<HTMLAnchorElement>('.app a');
  // A merchant's policy for frames would not let the frame itself go there.
  expect([store?.href, store?.target]).toEqual([app.storeUrl, '_top']);
});

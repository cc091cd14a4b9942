import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import ko from '../../text/ko.ts';
import { later, paste, settled, show, refused } from '../stage.ts';
import { refusalTexts } from '../../../bff/text/refusal-texts.ts';

const step = {
  step: 'code',
  expiresAt: later(180),
  resendAt: later(-1),
  triesLeft: 5,
  sendsLeft: 4,
} as const;
const input = page.getByLabelText(ko.code.label);

test('the sixth digit sends the code, once', async () => {
  const { commands, screen } = await show(step);
  await input.click();
  await userEvent.keyboard('48291');
  expect(commands).toEqual([]);
  await userEvent.keyboard('3');
  await settled(screen);
  await userEvent.keyboard('7');
  await settled(screen);
  expect(commands).toEqual([{ type: 'code', code: '482913' }]);
});

test('it is one real field that the phone can fill from the message', async () => {
  const { root } = await show(step);
  const [field, ...others] = root.querySelectorAll('input');
  expect(others).toEqual([]);
  expect(field?.autocomplete).toBe('one-time-code');
  expect(field?.inputMode).toBe('numeric');
});

test('a pasted message gives its six digits', async () => {
  const { commands } = await show(step);
  paste(input.element(), '[482913]');
  expect(commands).toEqual([{ type: 'code', code: '482913' }]);
});

test('a wrong code is told under the field with the tries left, and typing replaces it', async () => {
  const { answer, commands } = await show(step);
  await input.fill('111111');
  await answer({ ...refused('code-wrong', { triesLeft: 4 }) });
  const { selectionStart, selectionEnd } = input.element() as HTMLInputElement;
  expect([selectionStart, selectionEnd]).toEqual([0, 6]);
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(`${refusalTexts['code-wrong'].ko} 4번 더 할 수 있어요.`);
  await userEvent.keyboard('2');
  await expect.element(input).toHaveValue('2');
  await expect.element(page.getByRole('alert')).toBeEmptyDOMElement();
  await userEvent.keyboard('22222');
  expect(commands.at(-1)).toEqual({ type: 'code', code: '222222' });
});

test('S60 a new code can be asked for only after the pause', async () => {
  const { answer, commands } = await show({ ...step, resendAt: later(30) });
  const resend = page.getByRole('button', { name: ko.code.resend });
  await expect.element(resend).toHaveAttribute('aria-disabled', 'true');
  await answer({ resendAt: later(0) });
  await resend.click();
  expect(commands).toEqual([{ type: 'resend' }]);
});

test('a new code empties the field and says that it was sent', async () => {
  const { answer } = await show(step);
  await input.fill('123');
  await answer({ expiresAt: later(200) });
  await expect.element(input).toHaveValue('');
  await expect.element(page.getByText(ko.code.resent)).toBeVisible();
});

test('a code whose time is over is not sent any more', async () => {
  const { commands } = await show({ ...step, expiresAt: later(-1) });
  await expect.element(page.getByRole('alert')).toHaveTextContent(ko.code.expired);
  await input.fill('482913');
  expect(commands).toEqual([]);
});

test('a mistyped number is not the end', async () => {
  const { commands } = await show(step);
  await page.getByRole('button', { name: ko.code.back }).click();
  expect(commands).toEqual([{ type: 'back', to: 'identity' }]);
});

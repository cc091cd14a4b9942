import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import ko from '../../text/ko.ts';
import type { State } from '../../../shared/api/state.ts';
import { account, show, refused } from '../stage.ts';
import { refusalTexts } from '../../../bff/text/refusal-texts.ts';

const heading = page.getByRole('heading', { level: 1 });
const close = page.getByRole('button', { name: ko.shell.close });

test.each(['failed', 'cancelled', 'expired'] as const)(
  '%s: says what happened and what to do',
  async (step) => {
    const { commands } = await show({ step, known: {} });
    await expect.element(heading).toHaveTextContent(ko.ended[step].title);
    await expect.element(page.getByText(ko.ended[step].text)).toBeVisible();
    await close.click();
    expect(commands).toEqual([{ type: 'close' }]);
  },
);

test('a failure gives its reason', async () => {
  await show({ step: 'failed', ...refused('account-not-accepted', { retryable: false }) });
  await expect.element(page.getByText(refusalTexts['account-not-accepted'].ko)).toBeVisible();
});

test('a result that nobody knows yet is never called a failure', async () => {
  await show({ step: 'failed', known: {}, ...refused('result-unknown', { retryable: false }) });
  await expect.element(heading).toHaveTextContent(ko.ars.confirmingTitle);
  await expect.element(page.getByText(refusalTexts['result-unknown'].ko)).toBeVisible();
});

test.each(['failed', 'cancelled', 'expired'] as const)(
  '%s with a registered account: nobody is told that there is none',
  async (step) => {
    await show({ step, known: { account } });
    await expect.element(heading).toHaveTextContent(ko.done.title);
    await expect.element(page.getByText(ko.ended.noPassword)).toBeVisible();
  },
);

test.each([
  ['taken-over', 'take-over', ko.ended.here],
  ['unavailable', 'retry', ko.shell.retry],
] as const)('%s: there is a way to go on here', async (ending, type, name) => {
  const { commands } = await show({ step: 'expired' }, { ending });
  await page.getByRole('button', { name }).click();
  expect(commands).toEqual([{ type }]);
});

test('it can be drawn before anything is known of the session', async () => {
  const { screen } = await show({ step: 'expired' }, { ending: 'unavailable' });
  (screen as { state: State | undefined }).state = undefined;
  await screen.updateComplete;
  await expect.element(close).toBeVisible();
});

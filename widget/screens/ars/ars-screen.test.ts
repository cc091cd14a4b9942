import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { fill } from '../../../shared/values/fill.ts';
import ko from '../../text/ko.ts';
import { later, show, refused } from '../stage.ts';
import { refusalTexts } from '../../../bff/text/refusal-texts.ts';

const step = { step: 'ars', ars: { phase: 'ready' }, callsLeft: 3, nextCallAt: later(-1) } as const;
const calling = { phase: 'calling', digits: '37', callEndsAt: later(90) } as const;
const heading = page.getByRole('heading', { level: 1 });
const call = page.getByRole('button', { name: ko.ars.call });
const again = page.getByRole('button', { name: ko.ars.again });

test('before the call: whose account, which one, and what will happen', async () => {
  const { commands, root } = await show(step);
  await expect.element(heading).toHaveTextContent(fill(ko.ars.readyTitle, { name: '홍*동' }));
  expect(root.textContent).toContain('국민은행');
  expect(root.textContent).toContain('****1234');
  await call.click();
  await page.getByRole('button', { name: ko.ars.other }).click();
  expect(commands).toEqual([{ type: 'ars-calls' }, { type: 'back', to: 'account' }]);
});

test('A09 the number is large, and read out digit by digit', async () => {
  const { root } = await show({ ...step, ars: calling });
  const digits = root.querySelector<HTMLElement>('.digits')!;
  expect(digits.textContent).toBe('37');
  expect(parseFloat(getComputedStyle(digits).fontSize)).toBeGreaterThanOrEqual(40);
  await expect.element(page.getByText('삼 칠')).toBeVisible();
  await expect.element(page.getByText(ko.ars.warning)).toBeVisible();
});

test('six digits fit on one line of a small phone', async () => {
  await page.viewport(360, 740);
  const { root } = await show({ ...step, ars: { ...calling, digits: '370915' } });
  const digits = root.querySelector<HTMLElement>('.digits')!;
  const { fontSize } = getComputedStyle(digits);
  expect(parseFloat(fontSize)).toBeGreaterThanOrEqual(40);
  expect(digits.getBoundingClientRect().height).toBeLessThan(1.5 * parseFloat(fontSize));
});

test('no call yet: reasons to check, and another call as soon as the server allows it', async () => {
  const { answer, commands } = await show({ ...step, ars: calling, nextCallAt: later(40) });
  await page.getByRole('button', { name: ko.ars.notComing }).click();
  await expect.element(page.getByText(ko.ars.reasons[0]!)).toBeVisible();
  await expect.element(again).toHaveAttribute('aria-disabled', 'true');
  await answer({ nextCallAt: later(0) });
  await again.click();
  expect(commands).toEqual([{ type: 'ars-calls' }]);
});

test('another call that is refused while one rings says why', async () => {
  const { answer } = await show({ ...step, ars: calling });
  await answer(refused('too-soon'));
  await expect.element(page.getByText(refusalTexts['too-soon'].ko)).toBeVisible();
});

test('S64 when all calls are used up there is no button for one more', async () => {
  await show({ ...step, callsLeft: 0, ...refused('call-wrong-digits', { retryable: false }) });
  await expect.element(page.getByText(ko.ars.exhausted)).toBeVisible();
  await expect.element(call).not.toBeInTheDocument();
});

test('a call that failed says why and offers another', async () => {
  const { answer } = await show({ ...step, ars: calling });
  await answer({ ars: { phase: 'ready' }, ...refused('call-declined') });
  await expect.element(page.getByText(refusalTexts['call-declined'].ko)).toBeVisible();
  await expect.element(call).toBeVisible();
});

test('S65 the number leaves the screen with the call', async () => {
  const { answer, root } = await show({ ...step, ars: calling });
  await answer({ ars: { phase: 'registering' } });
  expect(root.textContent).not.toContain('37');
  expect(root.activeElement).toBe(heading.element());
  await expect.element(heading).toHaveTextContent(ko.ars.registeringTitle);
});

test('a lost answer is shown as waiting, never as a failure, and offers nothing to press', async () => {
  const { root } = await show({ ...step, ars: { phase: 'confirming' } });
  await expect.element(heading).toHaveTextContent(ko.ars.confirmingTitle);
  expect(root.querySelectorAll('button, .notice, [role=alert]')).toHaveLength(0);
});

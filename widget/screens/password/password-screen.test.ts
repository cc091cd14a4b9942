import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import ko from '../../text/ko.ts';
import { keys, Service, settled, show, refused } from '../stage.ts';
import { refusalTexts } from '../../../bff/text/refusal-texts.ts';

const step = { step: 'password', phase: 'enter', triesLeft: 5 } as const;
const key = (name: string) => page.getByRole('button', { name, exact: true });
const positions = (digits: string) => [...digits].map((digit) => keys.indexOf(digit));

async function press(digits: string) {
  for (const digit of digits) await key(digit).click();
}

test('S68 the pad sends positions, not digits', async () => {
  const service = new Service();
  const { commands } = await show(step, { service });
  await press('135792');
  expect(commands).toEqual([
    { type: 'password', keypad: service.keypads[0], positions: positions('135792') },
  ]);
});

test('A08 the digit keys of a keyboard work at once, and what is said is how many, not which', async () => {
  const { commands, screen, root } = await show(step);
  await userEvent.keyboard('46');
  await settled(screen);
  expect(root.querySelector('[role=status]')?.textContent).toBe('2자리 입력');
  await userEvent.keyboard('{Backspace}1357');
  await settled(screen);
  expect(root.querySelectorAll('.full')).toHaveLength(5);
  await userEvent.keyboard('9');
  expect(commands).toMatchObject([{ positions: positions('413579') }]);
});

test('the pad has two empty places, and no key says that it was pressed', async () => {
  const { root } = await show(step);
  expect(root.querySelectorAll('.pad button:not(.word)')).toHaveLength(10);
  const button = key('7').element();
  const before = getComputedStyle(button).backgroundColor;
  await key('7').hover();
  await key('7').click();
  expect(getComputedStyle(button).backgroundColor).toBe(before);
});

test('every try gets a pad of its own', async () => {
  const service = new Service();
  const { answer, root } = await show(step, { service });
  await press('135792');
  await answer({ ...refused('password-wrong', { triesLeft: 4 }) });
  expect(service.keypads).toHaveLength(2);
  expect(root.querySelectorAll('.full')).toHaveLength(0);
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(`${refusalTexts['password-wrong'].ko} 4번 더 할 수 있어요.`);
});

test('a try that got lost on the way leaves no digits behind either', async () => {
  const service = new Service();
  const { screen, root } = await show(step, { service });
  await press('135792');
  screen.busy = true;
  await settled(screen);
  screen.busy = false;
  await settled(screen);
  expect(root.querySelectorAll('.full')).toHaveLength(0);
  expect(service.keypads).toHaveLength(2);
});

test('a screen that comes while its command is ending asks for one pad', async () => {
  const service = new Service();
  const { screen } = await show(step, { service, busy: true });
  screen.busy = false;
  await settled(screen);
  expect(service.keypads).toHaveLength(1);
});

test('shuffling starts over with a new pad', async () => {
  const service = new Service();
  const { screen, root } = await show(step, { service });
  await press('13');
  await key(ko.password.shuffle).click();
  await settled(screen);
  expect(service.keypads).toHaveLength(2);
  expect(root.querySelectorAll('.full')).toHaveLength(0);
});

test('a pad that gets too old is renewed, but never in a loop', async () => {
  const service = new Service();
  service.keypadFor = 1;
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    await show(step, { service });
    await vi.advanceTimersByTimeAsync(8_500);
    expect(service.keypads).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(600);
    expect(service.keypads).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

test('S66 locked: the way on is by the phone, and no pad is asked for', async () => {
  const service = new Service();
  const { answer, commands, root } = await show(step, { service });
  await answer({ triesLeft: 0, ...refused('password-locked', { retryable: false, triesLeft: 0 }) });
  await expect.element(page.getByText(refusalTexts['password-locked'].ko)).toBeVisible();
  expect(root.querySelector('.pad')).toBeNull();
  expect(service.keypads).toHaveLength(1);
  await page.getByRole('button', { name: ko.pass.toSms }).click();
  expect(commands).toEqual([{ type: 'back', to: 'identity' }]);
});

test('A08 who has forgotten it goes by the phone, where that leads to a new one', async () => {
  const { answer, commands } = await show({ ...step, replaceable: true });
  await page.getByRole('button', { name: ko.password.forgotten }).click();
  expect(commands).toEqual([{ type: 'back', to: 'identity' }]);
  await answer({ replaceable: false });
  expect(page.getByRole('button', { name: ko.password.forgotten }).elements()).toEqual([]);
});

test('choosing a password begins with the rules, and each phase asks for its own pad', async () => {
  const service = new Service();
  const { answer, root } = await show({ ...step, phase: 'set' }, { service });
  for (const rule of ko.password.rules) await expect.element(page.getByText(rule)).toBeVisible();
  await answer({ phase: 'repeat' });
  const heading = page.getByRole('heading', { level: 1 });
  await expect.element(heading).toHaveTextContent(ko.password.titles.repeat);
  expect(root.activeElement).toBe(heading.element());
  expect(service.keypads.map(({ purpose }) => purpose)).toEqual(['set', 'repeat']);
});

test('nothing is taken while a try is on its way', async () => {
  const { screen, commands } = await show(step);
  screen.busy = true;
  await settled(screen);
  await press('1357924680');
  expect(commands).toEqual([]);
});

test('a pad that does not come can be asked for again', async () => {
  const service = new Service();
  const keypad = () => Promise.reject(new Error('lost'));
  await show(step, { service: Object.assign(service, { keypad }) });
  await expect.element(page.getByRole('button', { name: ko.shell.retry })).toBeVisible();
});

import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import ko from '../../text/ko.ts';
import { paste, Service, settled, show, type Shown, refused } from '../stage.ts';
import { refusalTexts } from '../../../bff/text/refusal-texts.ts';

const { identity, common } = ko;
const field = (name: string) => page.getByLabelText(name, { exact: true });
const next = page.getByRole('button', { name: common.next });
const heading = page.getByRole('heading', { level: 1 });

async function answerAll() {
  await field(identity.name).fill('홍길동');
  await next.click();
  await field(identity.birth).fill('900101');
  await field(identity.gender).fill('1');
  await page.getByRole('button', { name: 'LG U+ 알뜰폰' }).click();
  await field(identity.phone).fill('01012345678');
  await expect.element(heading).toHaveTextContent(identity.titles.method);
}

test('one question at a time, the newest on top, and each full answer leads to the next', async () => {
  const { commands, root } = await show({ step: 'identity' });
  await expect.element(heading).toHaveTextContent(identity.titles.name);
  await answerAll();
  const names = [...root.querySelectorAll('.stack [id]')].map(({ id }) => id);
  expect(names.filter((id) => ['phone', 'carrier', 'birth', 'name'].includes(id))).toEqual([
    'phone',
    'carrier',
    'birth',
    'name',
  ]);
  await page.getByRole('button', { name: identity.sms }).click();
  expect(commands).toEqual([
    {
      type: 'identity',
      name: '홍길동',
      birth: '900101',
      genderDigit: '1',
      carrier: 'lgu-mvno',
      phone: '01012345678',
      method: 'sms',
    },
  ]);
});

test('the keyboard follows: birth, seventh digit, phone', async () => {
  const { root } = await show({ step: 'identity' });
  await field(identity.name).fill('홍길동');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => root.activeElement?.id).toBe('birth');
  await userEvent.keyboard('900101');
  expect(root.activeElement?.id).toBe('gender');
  await userEvent.keyboard('1');
  await page.getByRole('button', { name: 'KT', exact: true }).click();
  await expect.poll(() => root.activeElement?.id).toBe('phone');
});

test('S83 a 13-digit number is cut to seven before it gets into the field', async () => {
  const { root, screen } = await show({ step: 'identity' });
  await field(identity.name).fill('홍길동');
  await next.click();
  const input = field(identity.birth).element() as HTMLInputElement;
  expect(paste(input, '900101-1234567')).toBe(true);
  await settled(screen);
  const held = [...root.querySelectorAll('hecto-field')].map(({ value }) => value);
  expect(held).toContain('900101');
  expect(held).toContain('1');
  expect(held.join('')).not.toContain('234567');
});

test('S83 typing on does not get more than seven digits in either', async () => {
  const { root, screen } = await show({ step: 'identity' });
  await field(identity.name).fill('홍길동');
  await next.click();
  await field(identity.birth).click();
  await userEvent.keyboard('9001011234567');
  await settled(screen);
  expect([...root.querySelectorAll('hecto-field')].map(({ value }) => value)).toEqual([
    '900101',
    '1',
    '홍길동',
  ]);
});

test('a day that does not exist is refused under its field', async () => {
  const { commands } = await show({ step: 'identity' });
  await field(identity.name).fill('홍길동');
  await next.click();
  await field(identity.birth).fill('991311');
  await field(identity.gender).fill('1');
  await expect.element(page.getByText(identity.birthError)).toBeVisible();
  await expect.element(heading).toHaveTextContent(identity.titles.birth);
  expect(commands).toEqual([]);
});

test('Hangul in the middle of being composed is left alone', async () => {
  const { screen } = await show({ step: 'identity' });
  const input = field(identity.name).element() as HTMLInputElement;
  input.value = '홍ㄱ';
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, isComposing: true }));
  const enter = { key: 'Enter', isComposing: true, bubbles: true, composed: true };
  input.dispatchEvent(new KeyboardEvent('keydown', enter));
  await settled(screen);
  expect(input.value).toBe('홍ㄱ');
  await expect.element(heading).toHaveTextContent(identity.titles.name);
});

test('an earlier answer can be changed; a bad one is found before anything is sent', async () => {
  const { commands, root } = await show({ step: 'identity' });
  await answerAll();
  await field(identity.name).fill('<홍>');
  await page.getByRole('button', { name: identity.pass }).click();
  expect(commands).toEqual([]);
  await expect.element(page.getByText(identity.nameError)).toBeVisible();
  expect(root.activeElement?.id).toBe('name');
});

test('A07 coming back does not mean typing everything again', async () => {
  const service = new Service();
  await show({ step: 'identity' }, { service });
  await answerAll();
  const again: Shown<'identity'> = await show({ step: 'identity' }, { service });
  await page.getByRole('button', { name: identity.pass }).click();
  expect(again.commands).toMatchObject([{ name: '홍길동', phone: '01012345678', method: 'pass' }]);
});

test('what the merchant knew is filled in and still the customer’s to change', async () => {
  await show({ step: 'identity', prefill: { name: '김민서', phone: '01099998888' } });
  await expect.element(field(identity.name)).toHaveValue('김민서');
});

test('a refused verification says so and keeps what was typed', async () => {
  const { answer } = await show({ step: 'identity' });
  await answerAll();
  await answer({ ...refused('phone-not-verified') });
  await expect.element(page.getByText(refusalTexts['phone-not-verified'].ko)).toBeVisible();
  await expect.element(field(identity.phone)).toHaveValue('010-1234-5678');
});

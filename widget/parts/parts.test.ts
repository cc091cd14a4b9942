import { userEvent } from 'vitest/browser';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { tokens } from '../styles/tokens.ts';
import { TagTaken, define } from './define.ts';
import { defineParts } from './parts.ts';

beforeAll(() => {
  defineParts();
  document.adoptedStyleSheets = [tokens.styleSheet as CSSStyleSheet];
});
afterEach(() => document.body.replaceChildren());

type PartTag = Extract<
  keyof HTMLElementTagNameMap,
  `hecto-${'button' | 'field' | 'sheet' | 'notice' | 'countdown'}`
>;

/** Puts a form with one element into a shadow root, as a screen would. */
async function show<T extends PartTag>(
  tag: T,
  properties: Partial<HTMLElementTagNameMap[T]> = {},
  within = 'form',
) {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const form = document.createElement(within);
  const element = document.createElement(tag);
  Object.assign(element, properties);
  form.append(element);
  root.append(form);
  document.body.append(host);
  await element.updateComplete;
  const part = <E extends Element>(selector: string) => element.renderRoot.querySelector<E>(selector) as E;
  return { element, form: form as HTMLFormElement, part };
}

const name = (text: string) => (element: Element) => element.append(text);

describe('hecto-button', () => {
  test('submits the form around it, once for each press', async () => {
    const { element, form, part } = await show('hecto-button', { type: 'submit' });
    const submitted = vi.fn((event: Event) => event.preventDefault());
    form.addEventListener('submit', submitted);
    name('다음')(element);
    await userEvent.click(part('button'));
    expect(submitted).toHaveBeenCalledOnce();
  });

  test('does nothing while busy, and keeps its focus and name', async () => {
    const { element, part } = await show('hecto-button');
    const pressed = vi.fn();
    element.addEventListener('click', pressed);
    name('다음')(element);
    element.focus();
    element.busy = true;
    await element.updateComplete;
    part<HTMLButtonElement>('button').click();
    expect(pressed).not.toHaveBeenCalled();
    expect(element.matches(':focus')).toBe(true);
    expect(part('button').getAttribute('aria-busy')).toBe('true');
  });

  test('A01 is at least 44 px high, also the quiet one', async () => {
    for (const kind of ['primary', 'secondary', 'quiet'] as const) {
      const { element } = await show('hecto-button', { kind });
      expect(element.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
    }
  });
});

describe('hecto-field', () => {
  test('A04 an error is spoken, described and marked, not only coloured', async () => {
    const { part } = await show('hecto-field', {
      label: '이름',
      hint: '신분증에 있는 이름',
      error: '이름을 다시 확인해 주세요.',
    });
    const input = part<HTMLInputElement>('input');
    const described = (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => part(`#${id}`));
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(described.map((element) => element.textContent)).toEqual([
      '이름을 다시 확인해 주세요.',
      '신분증에 있는 이름',
    ]);
    expect(described[0]?.getAttribute('role')).toBe('alert');
    expect(input.labels?.[0]?.textContent).toBe('이름');
  });

  test('hands its value to listeners outside and submits on Enter', async () => {
    const { element, form, part } = await show('hecto-field');
    const values: string[] = [];
    element.addEventListener('input', (event) => values.push((event.target as typeof element).value));
    const submitted = vi.fn((event: Event) => event.preventDefault());
    form.addEventListener('submit', submitted);
    await userEvent.type(part('input'), '010{Enter}');
    expect(values).toEqual(['0', '01', '010']);
    expect(submitted).toHaveBeenCalledOnce();
  });

  test('never submits in the middle of composing Hangul', async () => {
    const { form, part } = await show('hecto-field');
    const submitted = vi.fn((event: Event) => event.preventDefault());
    form.addEventListener('submit', submitted);
    part('input').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }),
    );
    expect(submitted).not.toHaveBeenCalled();
  });

  test('the type is at least 16 px, so that iOS does not zoom', async () => {
    const { part } = await show('hecto-field');
    expect(parseFloat(getComputedStyle(part('input')).fontSize)).toBeGreaterThanOrEqual(16);
  });
});

describe('hecto-sheet', () => {
  const opened = async () => {
    const opener = document.body.appendChild(document.createElement('button'));
    opener.focus();
    const sheet = await show('hecto-sheet', { label: '은행', closeLabel: '닫기' }, 'div');
    sheet.element.append(Object.assign(document.createElement('button'), { textContent: '국민' }));
    sheet.element.open = true;
    await sheet.element.updateComplete;
    return { ...sheet, opener };
  };

  test('A05 takes the focus in, makes the rest inert, closes on Esc and gives the focus back', async () => {
    const { element, part, opener } = await opened();
    const closed = vi.fn();
    element.addEventListener('sheet-closed', closed);
    expect(element.matches(':focus-within') || part('dialog').matches(':focus-within')).toBe(true);
    opener.focus();
    expect(document.activeElement).not.toBe(opener);
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => closed.mock.calls.length).toBe(1);
    expect(element.open).toBe(false);
    expect(document.activeElement).toBe(opener);
  });

  test('what does not fit can be scrolled with the keyboard', async () => {
    const { part } = await opened();
    expect(part<HTMLElement>('.content').tabIndex).toBe(0);
  });

  test('closes by its button, and can be opened again', async () => {
    const { element, part } = await opened();
    await userEvent.click(part('.head button'));
    await expect.poll(() => element.open).toBe(false);
    element.open = true;
    await element.updateComplete;
    expect(part<HTMLDialogElement>('dialog').open).toBe(true);
  });
});

describe('hecto-notice', () => {
  test('an error is spoken at once, a warning when there is a pause', async () => {
    const error = await show('hecto-notice', { kind: 'error' });
    const warning = await show('hecto-notice');
    expect([error.part('div').role, warning.part('div').role]).toEqual(['alert', 'status']);
  });
});

describe('hecto-countdown', () => {
  const start = Date.parse('2026-11-23T01:00:00Z');
  const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();

  test('counts by the clock it is given, never by the device', async () => {
    const { part } = await show('hecto-countdown', { to: at(180), now: () => start });
    expect(part('[role=timer]').textContent).toBe('3:00');
  });

  test('A03 speaks at 1:00, 0:30 and 0:10 only, and tells once that it is over', async () => {
    let now = start;
    const { element, part } = await show('hecto-countdown', {
      to: at(62),
      now: () => now,
      spoken: (left) => `${left}초 남았어요`,
    });
    const ended = vi.fn();
    element.addEventListener('countdown-ended', ended);
    const heard = new Set<string>();
    for (let second = 0; second <= 70; second++) {
      now = start + second * 1000;
      element.requestUpdate();
      await element.updateComplete;
      heard.add(part('[aria-live]').textContent);
    }
    expect([...heard]).toEqual(['', '60초 남았어요', '30초 남았어요', '10초 남았어요']);
    expect(part('[role=timer]').textContent).toBe('0:00');
    expect(ended).toHaveBeenCalledOnce();
  });
});

describe('registration', () => {
  test('S34 a tag that another script holds stops the widget by name', () => {
    customElements.define('hecto-taken', class extends HTMLElement {});
    expect(() => define({ 'hecto-taken': class extends HTMLElement {} })).toThrow(TagTaken);
  });

  test('registering twice changes nothing', () => {
    expect(defineParts).not.toThrow();
  });
});

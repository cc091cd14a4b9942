import { html, render, type TemplateResult } from 'lit';
import { userEvent } from 'vitest/browser';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { shared } from '../styles/shared.ts';
import { tokens } from '../styles/tokens.ts';
import { button } from './button.ts';
import { TagTaken, define } from './define.ts';
import { notice, trouble } from './notice.ts';
import { defineParts } from './parts.ts';

beforeAll(() => {
  defineParts();
  document.adoptedStyleSheets = [tokens.styleSheet as CSSStyleSheet];
});
afterEach(() => document.body.replaceChildren());

type PartTag = Extract<keyof HTMLElementTagNameMap, `hecto-${'field' | 'sheet' | 'countdown'}`>;

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

/** Puts a template into a form, as a screen would. */
function draw(template: TemplateResult): HTMLFormElement {
  const host = document.body.appendChild(document.createElement('div'));
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [shared.styleSheet as CSSStyleSheet];
  const form = root.appendChild(document.createElement('form'));
  render(template, form);
  return form;
}

describe('button', () => {
  test('without an action of its own submits the form around it, once for each press', async () => {
    const form = draw(button('다음'));
    const submitted = vi.fn((event: Event) => event.preventDefault());
    form.addEventListener('submit', submitted);
    await userEvent.click(form.querySelector('button')!);
    expect(submitted).toHaveBeenCalledOnce();
  });

  test('does nothing while busy or disabled, and keeps its focus and name', () => {
    for (const state of [{ busy: true }, { disabled: true }]) {
      const pressed = vi.fn();
      const form = draw(html`${button('다음', pressed, state)} ${button('보내기', undefined, state)}`);
      form.addEventListener('submit', pressed);
      for (const element of form.querySelectorAll('button')) {
        element.focus();
        element.click();
        expect(element.matches(':focus')).toBe(true);
        expect(element.ariaDisabled).toBe('true');
      }
      expect(form.textContent).toContain('다음');
      expect(pressed).not.toHaveBeenCalled();
    }
  });

  test('A01 is at least 44 px high, also the quiet one', () => {
    for (const kind of ['', 'secondary', 'quiet'] as const)
      expect(
        draw(button('다음', undefined, { kind }))
          .querySelector('button')!
          .getBoundingClientRect().height,
      ).toBeGreaterThanOrEqual(44);
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

describe('notice', () => {
  test('an error is spoken at once, a warning when there is a pause', () => {
    const [error, warning] = draw(html`${trouble('틀렸어요')}${notice('점검 중이에요')}`).children;
    expect([error?.role, warning?.role]).toEqual(['alert', 'status']);
  });
  test('without words there is none', () => {
    expect(draw(html`${trouble('')}`).children).toHaveLength(0);
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

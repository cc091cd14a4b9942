import { afterEach, expect, test } from 'vitest';
import { HectoOnboarding } from './hecto-onboarding.ts';
import './index.ts';

afterEach(() => document.body.replaceChildren());

const place = (attributes: Record<string, string> = {}) => {
  const element = document.createElement('hecto-onboarding');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  return element;
};
const frameOf = (element: Element) => element.shadowRoot?.querySelector('iframe') ?? null;

test('starts by itself once it has a client token, in a frame', async () => {
  const element = place();
  await Promise.resolve();
  expect(frameOf(element)).toBeNull();
  element.clientToken = 'ct_1';
  await expect
    .poll(() => frameOf(element)?.src)
    .toContain(`/widget/1/frame?origin=${encodeURIComponent(location.origin)}`);
});

test('S15 the client token is in no address and no attribute that we set', async () => {
  const element = place();
  element.clientToken = 'ct_secret';
  await expect.poll(() => frameOf(element)).not.toBeNull();
  expect(new XMLSerializer().serializeToString(frameOf(element) as Node)).not.toContain('ct_secret');
  expect(new XMLSerializer().serializeToString(element)).not.toContain('ct_secret');
});

test('open() rejects on misuse only: off the page, or without any way to a token', async () => {
  await expect(document.createElement('hecto-onboarding').open()).rejects.toThrow('not on the page');
  await expect(place().open()).rejects.toThrow('fetchClientToken');
});

test('open() resolves also when the element is taken off the page', async () => {
  const element = place({ 'client-token': 'ct_1' });
  const result = element.open();
  element.remove();
  expect(await result).toEqual({ type: 'exit', reason: 'closed', step: null, lastError: null });
});

test('a surface that does not exist is told to the merchant, and open() resolves with it', async () => {
  const errors: unknown[] = [];
  document.body.addEventListener('hecto-error', (event) => errors.push(event.detail.error.code), {
    once: true,
  });
  const result = await place({ 'client-token': 'ct_1', surface: 'constructor' }).open();
  expect(result).toMatchObject({ type: 'error', error: { code: 'not-started' } });
  expect(errors).toEqual(['not-started']);
});

test('properties set before the script was there are not lost', () => {
  const element = document.createElement('hecto-onboarding');
  Object.defineProperty(element, 'messages', { value: { shell: {} }, configurable: true, writable: true });
  document.body.append(element);
  expect(Object.hasOwn(element, 'messages')).toBe(false);
  expect(element.messages).toEqual({ shell: {} });
});

test('the imperative twin puts an element on the page and takes it away at the end', async () => {
  const seen: string[] = [];
  const widget = HectoOnboarding.create({
    fetchClientToken: () => Promise.resolve('ct_1'),
    theme: 'dark',
    onEvent: (name) => seen.push(name),
  });
  const result = widget.open();
  const element = document.querySelector('hecto-onboarding');
  expect(element?.theme).toBe('dark');
  element?.remove();
  expect(await result).toMatchObject({ type: 'exit' });
  expect(document.querySelector('hecto-onboarding')).toBeNull();
});

test('S34 loading the script a second time changes nothing', async () => {
  const again = './index.ts?again';
  await expect(import(/* @vite-ignore */ again)).resolves.toBeDefined();
  expect(customElements.get('hecto-onboarding')).toBe(HectoOnboarding);
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import { HectoOnboarding } from './hecto-onboarding.ts';
import { openLine } from './host/envelope.ts';
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

/** Speaks in the place of the frame's page: says hello and gets the line. */
async function lineOf(element: Element) {
  await expect.poll(() => frameOf(element)).not.toBeNull();
  const source = frameOf(element)?.contentWindow as Window;
  const post = vi.spyOn(source, 'postMessage').mockImplementation(() => undefined);
  const data = { hecto: 1, seq: 0, type: 'hello' };
  dispatchEvent(new MessageEvent('message', { source, origin: location.origin, data }));
  const [port] = (post.mock.calls as unknown as [unknown, string, MessagePort[]][])[0]?.[2] ?? [];
  return openLine(port as MessagePort, () => undefined);
}
const success = { sessionId: 'obs_1', account: { maskedNumber: '****1234' } };

test('a page that takes the element away in hecto-success has its success', async () => {
  const element = place({ 'client-token': 'ct_1' });
  const result = element.open();
  element.addEventListener('hecto-success', () => element.remove());
  (await lineOf(element))('hecto-success', success);
  expect(await result).toMatchObject({ type: 'success', sessionId: 'obs_1' });
});

test('a page that starts again in hecto-exit gets a new run, not the end of the old one', async () => {
  const element = place({ 'client-token': 'ct_1' });
  const first = element.open();
  let second: Promise<unknown> | undefined;
  element.addEventListener('hecto-exit', () => {
    element.clientToken = 'ct_2';
    second ??= element.open();
  });
  (await lineOf(element))('hecto-exit', { reason: 'closed', step: null, lastError: null });
  expect(await first).toMatchObject({ type: 'exit' });
  (await lineOf(element))('hecto-success', success);
  element.addEventListener('hecto-success', () => element.remove());
  expect(await second).toMatchObject({ type: 'success' });
});

test('a page may open the PASS app itself', async () => {
  const element = place({ 'client-token': 'ct_1' });
  void element.open();
  const asked: boolean[] = [];
  element.addEventListener('hecto-external-app', (event) => {
    event.preventDefault();
    asked.push(event.defaultPrevented);
  });
  const before = location.href;
  // Not prevented, this would leave for another address of this very page.
  const url = '#left';
  (await lineOf(element))('hecto-external-app', { carrier: 'kt', url, storeUrl: '' });
  await expect.poll(() => asked).toEqual([true]);
  expect(location.href).toBe(before);
  element.remove();
});

test('by default the address of the PASS app is followed', async () => {
  const element = place({ 'client-token': 'ct_1' });
  void element.open();
  const before = location.href;
  (await lineOf(element))('hecto-external-app', { carrier: 'kt', url: '#opened', storeUrl: '' });
  await expect.poll(() => location.hash).toBe('#opened');
  history.replaceState(null, '', before);
  element.remove();
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

describe('hecto-exit', () => {
  const exits = (element: HectoOnboarding) => {
    const heard: unknown[] = [];
    element.addEventListener('hecto-exit', (event) => heard.push(event.detail));
    return heard;
  };

  test('is also told when the element leaves the page, once', async () => {
    const element = place({ 'client-token': 'ct_1' });
    const heard = exits(element);
    (await lineOf(element))('hecto-step', { previous: null, current: 'identity' });
    await new Promise((resolve) => element.addEventListener('hecto-step', resolve));
    element.remove();
    expect(heard).toEqual([{ reason: 'closed', step: 'identity', lastError: null }]);
  });

  test('is told when the tab is closed, but not when the page only rests in the back-forward cache', async () => {
    const element = place({ 'client-token': 'ct_1' });
    const heard = exits(element);
    await lineOf(element);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(heard).toEqual([]);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }));
    expect(heard).toEqual([{ reason: 'closed', step: null, lastError: null }]);
  });

  test('after success it says completed', async () => {
    const element = place({ 'client-token': 'ct_1' });
    const heard = exits(element);
    const told = new Promise((resolve) => element.addEventListener('hecto-success', resolve));
    (await lineOf(element))('hecto-success', success);
    await told;
    element.remove();
    expect(heard).toMatchObject([{ reason: 'completed' }]);
  });

  test('an element that never started says nothing', () => {
    const element = place();
    const heard = exits(element);
    element.remove();
    expect(heard).toEqual([]);
  });
});

describe('a modal widget', () => {
  const dialogOf = (element: Element) => element.shadowRoot?.querySelector('dialog') ?? null;

  test('opens with open() alone, and has a name in the language of the page', async () => {
    const element = place({ surface: 'modal', 'client-token': 'ct_1', locale: 'en' });
    await new Promise((resolve) => setTimeout(resolve));
    expect(dialogOf(element)).toBeNull();
    void element.open();
    await expect.poll(() => dialogOf(element)?.matches(':modal')).toBe(true);
    expect(dialogOf(element)?.ariaLabel).toBe('Bank account registration');
    expect(frameOf(element)?.closest('dialog')).toBe(dialogOf(element));
  });

  test('tells its exit once, also when the page takes the element away while history is put back', async () => {
    const element = place({ surface: 'modal', 'client-token': 'ct_1' });
    const heard: string[] = [];
    element.addEventListener('hecto-exit', ({ detail }) => heard.push(detail.reason));
    const result = element.open();
    const back = vi.spyOn(history, 'back').mockImplementation(() => element.remove());
    (await lineOf(element))('hecto-exit', { reason: 'cancelled', step: 'terms', lastError: null });
    expect(await result).toMatchObject({ type: 'exit' });
    dispatchEvent(new PopStateEvent('popstate'));
    await new Promise((resolve) => setTimeout(resolve));
    expect(heard).toEqual(['closed']);
    expect(back).toHaveBeenCalledOnce();
    back.mockRestore();
  });

  test('leaves nothing behind when the element is taken away', async () => {
    const element = place({ surface: 'modal', 'client-token': 'ct_1' });
    const result = element.open();
    await expect.poll(() => dialogOf(element)).not.toBeNull();
    element.remove();
    expect(await result).toMatchObject({ type: 'exit', reason: 'closed' });
    expect(element.shadowRoot?.childElementCount).toBe(0);
  });
});

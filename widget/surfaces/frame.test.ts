import { afterEach, expect, test, vi } from 'vitest';
import { openLine } from '../host/envelope.ts';
import type { Settings } from '../host/settings.ts';
import { startFrame } from './frame.ts';
import { bffOrigin, type Surface } from './surface.ts';

const settings: Settings = {
  locale: 'ko',
  theme: 'dark',
  appearance: undefined,
  messages: undefined,
  modal: false,
};
let surface: Surface | undefined;
afterEach(() => {
  surface?.remove();
  document.body.replaceChildren();
});

/** Starts a frame whose page does nothing; the test speaks in its place. */
function started(clientToken = () => Promise.resolve<string | undefined>('ct_secret')) {
  const host = document.body.appendChild(document.createElement('div'));
  const root = host.attachShadow({ mode: 'open' });
  const emit = vi.fn();
  surface = startFrame({ root, place: root, clientToken, emit }, settings);
  const iframe = root.querySelector('iframe') as HTMLIFrameElement;
  const frame = iframe.contentWindow as Window;
  const sent: { data: { type: string; detail: unknown }; origin: string; port: MessagePort | undefined }[] =
    [];
  vi.spyOn(frame, 'postMessage').mockImplementation(((data: never, origin: string, ports?: MessagePort[]) =>
    sent.push({ data, origin, port: ports?.[0] })) as never);
  const hello = (
    source: Window | null = frame,
    origin = bffOrigin,
    data: unknown = { hecto: 1, seq: 0, type: 'hello' },
  ) => dispatchEvent(new MessageEvent('message', { source, origin, data }));
  return { emit, iframe, sent, hello };
}

test('S30 only the frame itself, on the origin of the BFF, is given a channel', () => {
  const { sent, hello } = started();
  hello(window);
  hello(null);
  hello(undefined, 'https://evil.example');
  hello(undefined, undefined, { hecto: 1, seq: 0, type: 'other' });
  hello(undefined, undefined, 'hello');
  expect(sent).toHaveLength(0);
  hello();
  expect(sent).toMatchObject([{ origin: bffOrigin, data: { type: 'connect', detail: { theme: 'dark' } } }]);
});

test('S30 the client token goes over the channel alone, when the frame asks for it', async () => {
  const { sent, hello } = started();
  hello();
  expect(JSON.stringify(sent)).not.toContain('ct_secret');
  const heard: unknown[] = [];
  const send = openLine(sent[0]?.port as MessagePort, (type, detail) => heard.push([type, detail]));
  send('token-wanted', { why: 'start', id: 1 });
  await expect.poll(() => heard).toEqual([['token', { id: 1, token: 'ct_secret' }]]);
});

test('a merchant whose server fails does not leave the frame waiting, and is not one without a token', async () => {
  const { sent, hello } = started(() => Promise.reject(new Error('the shop is down')));
  hello();
  const heard: unknown[] = [];
  openLine(sent[0]?.port as MessagePort, (_type, detail) => heard.push(detail))('token-wanted', {
    why: 'start',
    id: 4,
  });
  await expect.poll(() => heard).toEqual([{ id: 4, failed: true }]);
});

test('settings that cannot be cloned, a framework’s proxies, arrive as plain values', async () => {
  const { sent, hello } = started();
  const appearance = new Proxy({ '--hecto-color-accent': '#123456' }, {});
  surface?.apply({ ...settings, appearance });
  hello();
  expect(structuredClone(sent[0]?.data.detail)).toMatchObject({ appearance: { ...appearance } });
  const heard: unknown[] = [];
  openLine(sent[0]?.port as MessagePort, (_type, detail) => heard.push(detail));
  surface?.apply({ ...settings, appearance });
  await expect.poll(() => heard).toMatchObject([{ appearance: { ...appearance } }]);
});

test('a keyboard over the page makes the frame shorter, so that its button stays in view', () => {
  const { iframe } = started();
  const viewport = visualViewport as VisualViewport;
  viewport.dispatchEvent(new Event('resize'));
  expect(parseFloat(iframe.style.maxHeight)).toBeCloseTo(viewport.height * viewport.scale, 0);
  iframe.style.maxHeight = '';
  surface?.remove();
  viewport.dispatchEvent(new Event('resize'));
  expect(iframe.style.maxHeight).toBe('');
});

test('S30 of what the frame says only the known events become events', async () => {
  const { sent, emit, hello } = started();
  hello();
  const send = openLine(sent[0]?.port as MessagePort, () => undefined);
  send('click', {});
  send('__proto__', {});
  send('hecto-network', { online: false });
  send('hecto-external-app', { url: 'tauthlink://' });
  await expect
    .poll(() => emit.mock.calls)
    .toEqual([
      ['hecto-network', { online: false }],
      ['hecto-external-app', { url: 'tauthlink://' }],
    ]);
});

test('A10 the frame has a name, and nothing of it is left after removal', () => {
  const { iframe, sent, hello } = started();
  expect(iframe.title).not.toBe('');
  surface?.remove();
  hello();
  expect(sent).toHaveLength(0);
  expect(iframe.isConnected).toBe(false);
});

test('a frame that never answers is told to the merchant, and the widget leaves', () => {
  vi.useFakeTimers();
  try {
    const { emit } = started();
    vi.advanceTimersByTime(20_000);
    expect(emit.mock.calls).toMatchObject([
      ['hecto-error', { error: { code: 'frame-not-loaded' } }],
      ['hecto-exit', { reason: 'unavailable', lastError: { code: 'frame-not-loaded' } }],
    ]);
  } finally {
    vi.useRealTimers();
  }
});

test('a page whose app never arrives is told as well: that it asks for the token does not count', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { emit, sent, hello } = started();
    hello();
    const heard: unknown[] = [];
    openLine(sent[0]?.port as MessagePort, (type) => heard.push(type))('token-wanted', {
      why: 'start',
      id: 1,
    });
    await vi.waitUntil(() => heard.includes('token'), { interval: 1 });
    vi.advanceTimersByTime(20_000);
    expect(emit.mock.calls).toMatchObject([
      ['hecto-error', { error: { code: 'frame-not-loaded' } }],
      ['hecto-exit', {}],
    ]);
  } finally {
    vi.useRealTimers();
  }
});

test('once the app has arrived nothing is late any more', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { emit, sent, hello, iframe } = started();
    hello();
    const root = iframe.parentNode as ShadowRoot;
    expect(root.querySelector('.waiting')).not.toBeNull();
    openLine(sent[0]?.port as MessagePort, () => undefined)('arrived', null);
    await new Promise<void>((done) => {
      const look = () => (root.querySelector('.waiting') ? requestAnimationFrame(look) : done());
      look();
    });
    vi.advanceTimersByTime(20_000);
    expect(emit).not.toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
  }
});

test('can be closed before the frame has answered', () => {
  const { emit } = started();
  surface?.close(false);
  expect(emit).toHaveBeenCalledWith('hecto-exit', { reason: 'closed', step: null, lastError: null });
});

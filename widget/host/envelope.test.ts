import { expect, test } from 'vitest';
import { openLine, readEnvelope } from './envelope.ts';
import { dress, readSettings } from './settings.ts';

test('S30 what is no envelope is dropped silently', () => {
  for (const data of [
    null,
    'hecto',
    7,
    {},
    [],
    { hecto: 2, seq: 1, type: 'x' },
    { hecto: 1, seq: '1', type: 'x' },
  ])
    expect(readEnvelope(data)).toBeUndefined();
  expect(readEnvelope({ hecto: 1, seq: 1, type: 'x', detail: 3 })).toEqual({
    hecto: 1,
    seq: 1,
    type: 'x',
    detail: 3,
  });
});

test('S33 a polluted Object.prototype makes no envelope', () => {
  Object.assign(Object.prototype, { hecto: 1, seq: 1, type: 'hello' });
  try {
    expect(readEnvelope({})).toBeUndefined();
  } finally {
    for (const key of ['hecto', 'seq', 'type']) Reflect.deleteProperty(Object.prototype, key);
  }
});

test('S30 a repeated message is heard once', async () => {
  const { port1, port2 } = new MessageChannel();
  const heard: string[] = [];
  openLine(port1, (type) => heard.push(type));
  for (const seq of [1, 1, 2, 1]) port2.postMessage({ hecto: 1, seq, type: `message ${seq}`, detail: null });
  await expect.poll(() => heard).toEqual(['message 1', 'message 2']);
});

test('S30 settings from outside are read by name, and unknown values fall back', () => {
  expect(readSettings({ theme: 'pink', locale: 'fr', evil: 1 })).toEqual({
    locale: undefined,
    theme: 'auto',
    appearance: undefined,
    messages: undefined,
    modal: false,
  });
});

test('S98 a merchant dresses the widget by tokens that cannot load anything', () => {
  const element = document.createElement('div');
  dress(element, {
    '--hecto-color-accent': '#123456',
    '--hecto-x': 'url(https://evil.example)',
    color: 'red',
  });
  expect(element.style.cssText).toBe('--hecto-color-accent: #123456;');
});

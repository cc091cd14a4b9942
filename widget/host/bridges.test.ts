import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Envelope } from './envelope.ts';
import schema from './envelope.schema.json' with { type: 'json' };
import { speakToHosts } from './bridges.ts';
import type { HectoEventName, HectoEvents } from './events.ts';

const conforms = new Ajv2020({ allErrors: true }).compile<Envelope>(schema);

/** One of every event, as a journey could bring them. */
const events: { readonly [N in HectoEventName]: HectoEvents[N] } = {
  'hecto-ready': { sessionId: 'obs_aaaaaaaaaaaaaaaaaaaaaaaa' },
  'hecto-step': { previous: null, current: 'pass' },
  'hecto-external-app': {
    carrier: 'kt-mvno',
    url: 'ktauthexternalcall://',
    storeUrl: 'market://details?id=com.kt.ktauth',
  },
  'hecto-network': { online: false },
  'hecto-error': { error: { code: 'unavailable', message: 'The onboarding stopped.' } },
  'hecto-success': {
    sessionId: 'obs_aaaaaaaaaaaaaaaaaaaaaaaa',
    account: { bankCode: '004', bankName: { ko: '국민은행', en: 'Kookmin Bank' }, maskedNumber: '****1234' },
  },
  'hecto-exit': { reason: 'completed', step: 'done', lastError: null },
};
const names = Object.keys(events) as HectoEventName[];

const merchant = 'https://shop.example';
const place = (name: string, value: unknown) =>
  Object.defineProperty(window, name, { value, configurable: true });
afterEach(() => {
  for (const name of ['webkit', 'HectoOnboardingAndroid', 'ReactNativeWebView', 'HectoOnboardingFlutter'])
    Reflect.deleteProperty(window, name);
  window.opener = null;
});

type Fake = (hear: (said: unknown) => void) => void;
const text: (name: string) => Fake = (name) => (hear) => {
  place(name, {
    // Android's and Flutter's bridges take one string and nothing else.
    postMessage(...said: unknown[]) {
      expect(said).toEqual([expect.any(String)]);
      hear(JSON.parse(said[0] as string));
    },
  });
};
const transports: Readonly<Record<string, Fake>> = {
  'WKWebView, as an object': (hear) =>
    place('webkit', { messageHandlers: { hectoOnboarding: { postMessage: hear } } }),
  'Android, as text': text('HectoOnboardingAndroid'),
  'React Native, as text': text('ReactNativeWebView'),
  'Flutter, as text': text('HectoOnboardingFlutter'),
  'the opener, at the one allowed origin': (hear) => {
    window.opener = {
      postMessage(said: unknown, ...target: unknown[]) {
        expect(target).toEqual([merchant]);
        hear(structuredClone(said));
      },
    };
  },
};

/** Says every event twice, to whoever listens. */
function sayAll(origin: () => string | undefined = () => merchant) {
  const say = speakToHosts(origin);
  for (const name of [...names, ...names]) say(name, events[name]);
}

describe.each(Object.entries(transports))('to %s', (_name, listen) => {
  test('every event arrives once, in order, in an envelope of the schema, with growing seq', () => {
    const heard: Envelope[] = [];
    listen((said) => heard.push(said as Envelope));
    sayAll();
    expect(heard.map(({ type }) => type)).toEqual([...names, ...names]);
    expect(heard.map(({ seq }) => seq)).toEqual(heard.map((_, index) => index + 1));
    for (const envelope of heard) {
      conforms(envelope);
      expect([envelope.type, conforms.errors]).toEqual([envelope.type, null]);
      expect(envelope.detail).toEqual(events[envelope.type as HectoEventName]);
    }
  });

  test('a host that fails hinders neither the page nor the other hosts', () => {
    const heard: unknown[] = [];
    text('ReactNativeWebView')((said) => heard.push(said));
    listen(() => {
      throw new Error('the app is gone');
    });
    expect(() => sayAll()).not.toThrow();
    if (!_name.startsWith('React')) expect(heard).toHaveLength(2 * names.length);
  });
});

test('S30 before the origin is known nothing goes to the opener, then all of it, once', () => {
  const heard: Envelope[] = [];
  transports['the opener, at the one allowed origin']!((said) => heard.push(said as Envelope));
  const session: { origin?: string } = {};
  const say = speakToHosts(() => session.origin);
  say('hecto-network', { online: false });
  expect(heard).toEqual([]);
  session.origin = merchant;
  say('hecto-ready', events['hecto-ready']);
  say('hecto-network', { online: true });
  expect(heard.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('S30 an origin that is none reaches nobody', () => {
  window.opener = window;
  const heard = vi.fn();
  addEventListener('message', heard);
  sayAll(() => 'no origin');
  removeEventListener('message', heard);
  expect(heard).not.toHaveBeenCalled();
});

test('with nobody around, or things of the same name that are no bridges, nothing happens', () => {
  sayAll();
  place('webkit', { messageHandlers: {} });
  place('ReactNativeWebView', 'something else');
  place('HectoOnboardingAndroid', null);
  expect(() => sayAll()).not.toThrow();
});

test('the schema refuses what is not ours', () => {
  const good = { hecto: 1, seq: 1, type: 'hecto-network', detail: { online: true } };
  expect(conforms(good)).toBe(true);
  for (const change of [
    { hecto: 2 },
    { seq: 0 },
    { seq: '1' },
    { type: 'hecto-other' },
    { type: 'hecto-ready' },
    { detail: null },
    { detail: { online: true, phone: '01012345678' } },
    { more: true },
  ])
    expect([change, conforms({ ...good, ...change })]).toEqual([change, false]);
  const { account, ...success } = events['hecto-success'];
  const told = (detail: unknown) => conforms({ hecto: 1, seq: 1, type: 'hecto-success', detail });
  expect(told({ ...success, account })).toBe(true);
  expect(told({ ...success, account: { ...account, maskedNumber: '62123456781234' } })).toBe(false);
});

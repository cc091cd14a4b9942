import { passAppOf } from '../../shared/values/pass-apps.ts';
import { afterEach, beforeEach, expect, test, vi, type Mock } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { State, StepView } from '../../shared/api/state.ts';
import type { Emit } from '../host/events.ts';
import { account } from '../screens/stage.ts';
import ko from '../text/ko.ts';
import { mount, type Mounted } from './mount.ts';

/** The network's edge: what the BFF answers, by route. */
let answers: Record<string, State>;
let refusals: Record<string, string>;
let app: Mounted | undefined;
let emit: Mock<Emit>;
let version = 0;

const at = (view: StepView, more: Partial<State> = {}): State => ({
  id: 'obs_1',
  version: ++version,
  locale: 'ko',
  merchant: { name: '새벽콩 로스터스' },
  now: new Date().toISOString(),
  sessionEndsAt: new Date(Date.now() + 600_000).toISOString(),
  known: {},
  ...more,
  ...view,
});

beforeEach(() => {
  answers = {};
  refusals = {};
  emit = vi.fn<Emit>();
  vi.stubGlobal('fetch', (url: string) => {
    const route = new URL(url).pathname.replace('/widget-api/v1', '');
    if (route === '/session/terms') return Promise.resolve(Response.json({ documents: [] }));
    const code = refusals[route];
    if (code) return Promise.resolve(Response.json({ code }, { status: 409 }));
    const state = answers[route];
    return Promise.resolve(
      state ? Response.json({ state }) : Response.json({ code: 'session-taken-over' }, { status: 401 }),
    );
  });
});
afterEach(() => {
  app?.remove();
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

async function shown(first: State, settings: { locale?: 'ko' | 'en' } = {}) {
  answers['/sessions'] = first;
  const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
  app = mount(
    { root, bffOrigin: 'https://bff.example', clientToken: () => Promise.resolve('ct'), emit },
    { locale: settings.locale, theme: 'auto', appearance: undefined, messages: undefined, modal: false },
  );
  const shell = root.querySelector('hecto-onboarding-app')?.shadowRoot as ShadowRoot;
  await expect.poll(() => shell.querySelector('#main :is([class~=starting], :defined)')).not.toBeNull();
  const screen = () => shell.querySelector('#main')?.firstElementChild as HTMLElement;
  const heading = () => screen().shadowRoot?.querySelector('h1') ?? null;
  await expect.poll(heading).not.toBeNull();
  const part = <E extends Element>(selector: string) => shell.querySelector<E>(selector) as E;
  return { root, screen, heading, part };
}
const said = (name: string) =>
  emit.mock.calls.filter(([type]) => type === name).map(([, detail]) => detail as unknown);

const identity = () => at({ step: 'identity' });

test('the first screen leaves the focus of the page alone, the next takes it to its headline', async () => {
  const { screen, heading } = await shown(at({ step: 'terms' }));
  expect(document.activeElement).toBe(document.body);
  answers['/session/consents'] = identity();
  screen().dispatchEvent(
    Object.assign(new Event('commanded', { bubbles: true }), { command: { type: 'consents', items: [] } }),
  );
  await expect.poll(() => screen().localName).toBe('hecto-identity-screen');
  await expect.poll(() => screen().matches(':focus-within') || heading()?.matches(':focus')).toBe(true);
  expect(said('hecto-step')).toEqual([
    { previous: null, current: 'terms' },
    { previous: 'terms', current: 'identity' },
  ]);
});

test('says who asks, how far along one is, and where help is', async () => {
  const { part } = await shown(identity());
  expect(part('header').textContent).toContain('새벽콩 로스터스');
  expect(part('[role=progressbar]').ariaLabel).toBe('6단계 중 2단계');
  expect(part<HTMLAnchorElement>('footer a').href).toBe('tel:16005220');
});

test('leaving asks once; staying keeps everything, giving up cancels the session', async () => {
  const { part } = await shown(identity());
  const sheet = part<HTMLElementTagNameMap['hecto-sheet']>('hecto-sheet');
  await userEvent.click(part('header button'));
  await expect.poll(() => sheet.open).toBe(true);
  await userEvent.click(part('hecto-sheet .button:not(.quiet)'));
  await expect.poll(() => sheet.open).toBe(false);
  expect(said('hecto-exit')).toEqual([]);
  answers['/session/cancel'] = at({ step: 'cancelled' });
  await userEvent.click(part('header button'));
  await userEvent.click(part('hecto-sheet .quiet'));
  await expect
    .poll(() => said('hecto-exit'))
    .toEqual([{ reason: 'cancelled', step: 'cancelled', lastError: null }]);
});

/** The customer gives up. */
async function giveUp(part: <E extends Element>(selector: string) => E) {
  await userEvent.click(part('header button'));
  await userEvent.click(part('hecto-sheet .quiet'));
}

test('giving up that the server refuses, because the account is being registered, goes on here', async () => {
  const { part, screen } = await shown(at({ step: 'account' }));
  refusals['/session/cancel'] = 'wrong-step';
  answers['/session'] = at({ step: 'ars', ars: { phase: 'registering' }, callsLeft: 2, nextCallAt: '' });
  await giveUp(part);
  await expect.poll(() => screen().localName).toBe('hecto-ars-screen');
  expect(said('hecto-exit')).toEqual([]);
});

test('giving up after the account was registered shows that it is, before leaving', async () => {
  const { part, heading } = await shown(identity());
  answers['/session/cancel'] = at({ step: 'cancelled' }, { known: { account } });
  await giveUp(part);
  await expect.poll(() => heading()?.textContent).toBe(ko.done.title);
  expect(said('hecto-exit')).toEqual([]);
  app?.close(false);
  expect(said('hecto-exit')).toMatchObject([{ reason: 'cancelled' }]);
});

test('the page’s back button goes to the step before, and asks before it leaves the first one', async () => {
  const { part, screen } = await shown(at({ step: 'account' }));
  answers['/session/back'] = identity();
  app?.back();
  await expect.poll(() => screen().localName).toBe('hecto-identity-screen');
  app?.back();
  await expect.poll(() => part<HTMLElementTagNameMap['hecto-sheet']>('hecto-sheet').open).toBe(true);
  expect(said('hecto-exit')).toEqual([]);
});

test('the back button first closes what is open over the screen', async () => {
  const { part, screen } = await shown(identity());
  const sheet = (root: ParentNode) =>
    root.querySelector('hecto-sheet') as HTMLElementTagNameMap['hecto-sheet'];
  const choice = sheet(screen().shadowRoot as ShadowRoot);
  choice.open = true;
  await choice.updateComplete;
  app?.back();
  await expect.poll(() => choice.open).toBe(false);
  const leave = part<HTMLElementTagNameMap['hecto-sheet']>('hecto-sheet');
  expect(leave.open).toBeFalsy();
  app?.back();
  await expect.poll(() => leave.open).toBe(true);
  app?.back();
  await expect.poll(() => leave.open).toBe(false);
  expect(said('hecto-exit')).toEqual([]);
});

test('A03 a minute before the session ends there is a way to get more time', async () => {
  const soon = { sessionEndsAt: new Date(Date.now() + 50_000).toISOString() };
  const { part } = await shown(at({ step: 'terms' }, soon));
  await expect.poll(() => part('.notice').textContent).toBe(ko.shell.endsSoon);
  answers['/session'] = at({ step: 'terms' });
  part<HTMLElement>('.notice ~ .button').click();
  await expect.poll(() => part('.notice')).toBeNull();
});

test('the PASS app is opened by whoever is around us', async () => {
  const later = new Date(Date.now() + 300_000).toISOString();
  const { screen } = await shown(
    at(
      { step: 'pass', app: passAppOf('skt'), expiresAt: later, resendAt: later },
      { known: { carrier: 'skt' } },
    ),
  );
  screen().shadowRoot?.querySelector<HTMLElement>('.app button')?.click();
  expect(said('hecto-external-app')).toMatchObject([{ carrier: 'skt', url: 'tauthlink://' }]);
});

test('where to go back to is known also after the flow has stopped', async () => {
  const { screen } = await shown(at({ step: 'terms' }, { returnUrl: 'https://shop.example/' }));
  screen().dispatchEvent(
    Object.assign(new Event('commanded', { bubbles: true }), { command: { type: 'consents', items: [] } }),
  );
  await expect.poll(() => screen().localName).toBe('hecto-ended-screen');
  expect(app?.state?.returnUrl).toBe('https://shop.example/');
});

test('S93 success tells bank and masked number, and leaving then asks nothing', async () => {
  await shown(
    at({
      step: 'done',
      account,
      alreadyRegistered: false,
      completedAt: new Date().toISOString(),
      completedText: { ko: '지금', en: 'now' },
    }),
  );
  expect(said('hecto-success')).toEqual([{ sessionId: 'obs_1', account }]);
  app?.close(false);
  expect(said('hecto-exit')).toEqual([{ reason: 'completed', step: 'done', lastError: null }]);
});

test('a session that has expired is shown as such, and told', async () => {
  const { screen, heading } = await shown(at({ step: 'terms' }));
  refusals['/session/consents'] = 'wrong-step';
  answers['/session'] = at({ step: 'expired' });
  screen().dispatchEvent(
    Object.assign(new Event('commanded', { bubbles: true }), { command: { type: 'consents', items: [] } }),
  );
  await expect.poll(() => screen().localName).toBe('hecto-ended-screen');
  await expect.poll(() => heading()?.textContent).toBe('시간이 지나서 멈췄어요');
  app?.close(false);
  expect(said('hecto-exit')).toMatchObject([{ reason: 'expired' }]);
});

test('offline is said in words and told to the host', async () => {
  const { part } = await shown(identity());
  dispatchEvent(new Event('offline'));
  await expect.poll(() => part('.notice').textContent).toContain('인터넷 연결이 끊겼어요');
  expect(said('hecto-network')).toEqual([{ online: false }]);
});

test('English is English as a whole, and says so to screen readers', async () => {
  const { root, heading } = await shown(identity(), { locale: 'en' });
  expect(root.querySelector<HTMLElement>('hecto-onboarding-app')?.lang).toBe('en');
  expect(heading()?.textContent).not.toMatch(/[가-힣]/);
});

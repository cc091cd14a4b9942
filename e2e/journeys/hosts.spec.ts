import type { Page } from '@playwright/test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../widget/host/envelope.schema.json' with { type: 'json' };
import type { Envelope } from '../../widget/host/envelope.ts';
import { expect, test } from '../fixtures.ts';

const conforms = new Ajv2020({ allErrors: true }).compile<Envelope>(schema);
const bridges = ['webkit', 'HectoOnboardingAndroid', 'ReactNativeWebView', 'HectoOnboardingFlutter'] as const;
type Bridge = (typeof bridges)[number];

/**
 * An app around the page, with these bridges; returns what it hears on each. As every app does, it takes the addresses
 * of other apps for itself: this browser would ask what to open, and be deaf until somebody answers.
 */
async function appAround(page: Page, names: readonly Bridge[]): Promise<Record<Bridge, Envelope[]>> {
  const heard = Object.fromEntries(bridges.map((name) => [name, [] as Envelope[]]));
  await page.exposeFunction('toApp', (name: Bridge, said: string) => {
    heard[name]?.push(JSON.parse(said) as Envelope);
  });
  await page.addInitScript((names) => {
    const { navigation } = window as unknown as { navigation: EventTarget };
    navigation.addEventListener('navigate', (event) => {
      const { url } = (event as Event & { destination: { url: string } }).destination;
      if (!/^(https?|about):/.test(url)) event.preventDefault();
    });
    const { toApp } = window as unknown as { toApp: (name: string, said: string) => void };
    for (const name of names) {
      const bridge = {
        postMessage(said: unknown) {
          if ((name === 'webkit') === (typeof said === 'string'))
            throw new Error('not what this bridge takes');
          toApp(name, typeof said === 'string' ? said : JSON.stringify(said));
        },
      };
      const value = name === 'webkit' ? { messageHandlers: { hectoOnboarding: bridge } } : bridge;
      Object.defineProperty(window, name, { value });
    }
  }, names);
  return heard as Record<Bridge, Envelope[]>;
}

const openApp = (page: Page) => page.getByRole('button', { name: 'PASS 앱 열기' });

test.describe('on the hosted page', () => {
  test.use({ variant: { surface: 'hosted', locale: 'ko', theme: 'light' } });

  test('every event of a journey reaches the app over every bridge: in order, once, by the schema', async ({
    page,
    walk,
    shop,
    phone,
    customer,
  }) => {
    const heard = await appAround(page, bridges);
    const widget = await walk.toPass();
    await openApp(page).click();
    await page.context().setOffline(true);
    await expect(page.getByText(widget.text.shell.offline)).toBeVisible();
    await page.context().setOffline(false);
    await phone.pass(true);
    await widget.comeBack();
    await widget.account.choose(walk.bankName(widget), customer.accountNumber);
    await widget.ars.call.click();
    await phone.answer(await widget.ars.digits());
    await walk.setPassword(widget);
    await widget.done.back.click();
    await expect(shop.account).toBeVisible();

    const said = heard.webkit;
    expect(said.map(({ type }) => type)).toEqual([
      'hecto-ready',
      'hecto-step', // terms
      'hecto-step', // identity
      'hecto-step', // pass
      'hecto-external-app',
      'hecto-network',
      'hecto-network',
      'hecto-step', // account
      'hecto-step', // ars
      'hecto-step', // password
      'hecto-step', // done
      'hecto-success',
      'hecto-exit',
    ]);
    expect(said.map(({ seq }) => seq)).toEqual(said.map((_, index) => index + 1));
    for (const name of bridges) expect(heard[name]).toEqual(said);
    for (const envelope of said) {
      conforms(envelope);
      expect([envelope.type, conforms.errors]).toEqual([envelope.type, null]);
    }
    expect(said[4]?.detail).toMatchObject({ carrier: 'kt', url: 'ktauthexternalcall://' });
  });

  test('back goes to the step before, asks once before it leaves, and no token stays in the history', async ({
    page,
    walk,
    shop,
    customer,
  }) => {
    const widget = await walk.toCall();
    await page.reload();
    await widget.ars.heading.waitFor();
    await page.goBack();
    await widget.account.numberHeading.or(widget.account.heading).first().waitFor();
    await page.goBack();
    await widget.identity.heading.waitFor();
    await widget.identity.name.fill(customer.name);

    await page.goBack();
    await widget.stay.click();
    await expect(widget.leave).toBeHidden();
    await expect(widget.identity.name).toHaveValue(customer.name);

    const client = await page.context().newCDPSession(page);
    const { entries } = await client.send('Page.getNavigationHistory');
    expect(entries.filter(({ url }) => url.includes('/onboarding/')).length).toBeGreaterThan(1);
    for (const { url } of entries) expect(url).not.toMatch(/#./);

    await page.goBack();
    await expect(widget.leave).toBeVisible();
    await page.goBack();
    await expect(shop.start).toBeVisible();
  });

  test('S30 messages of other windows, and forged ones of this one, change nothing', async ({
    page,
    walk,
  }) => {
    const heard = await appAround(page, ['ReactNativeWebView']);
    const widget = await walk.toIdentity();
    const before = heard.ReactNativeWebView.length;
    await page.evaluate(() => {
      for (const type of ['connect', 'close', 'apply', 'hecto-success', 'hecto-exit', 'token'])
        for (const origin of [location.origin, 'https://evil.example', 'null'])
          dispatchEvent(
            new MessageEvent('message', {
              origin,
              source: window,
              data: { hecto: 1, seq: 99, type, detail: { force: true, token: 'ct_evil', theme: 'dark' } },
              ports: [new MessageChannel().port1],
            }),
          );
    });
    await expect(widget.identity.heading).toBeVisible();
    expect(heard.ReactNativeWebView).toHaveLength(before);
  });
});

test.describe('where the merchant gave no place to go back to', () => {
  for (const [where, names] of [
    ['an app that listens closes its WebView itself', ['ReactNativeWebView']],
    ['a browser goes back to where the customer came from', []],
  ] as const) {
    test(where, async ({ page, shop }) => {
      const heard = await appAround(page, names);
      const answer = await page.request.post(new URL('/bank-account/sessions', page.url()).href);
      const { hostedUrl } = (await answer.json()) as { hostedUrl: string };
      await page.goto(hostedUrl);
      const { widget } = shop;
      await page.getByRole('heading', { name: widget.text.terms.title }).waitFor();
      await page.getByRole('button', { name: widget.text.shell.close, exact: true }).click();
      await page.getByRole('button', { name: widget.text.shell.leave.confirm, exact: true }).click();
      if (names.length) {
        await expect.poll(() => heard.ReactNativeWebView.at(-1)?.type).toBe('hecto-exit');
        expect(page.url()).toContain('/onboarding/obs_');
      } else await expect(shop.start).toBeVisible();
    });
  }
});

for (const surface of ['frame', 'inline'] as const) {
  test.describe(`on the surface ${surface}`, () => {
    test.use({ variant: { surface, locale: 'ko', theme: 'light' } });

    test('the merchant’s page may open the PASS app itself, and its history is left alone', async ({
      page,
      walk,
      shop,
      phone,
    }) => {
      await page.evaluate(() =>
        addEventListener('hecto-external-app', (event) => {
          event.preventDefault();
          document.title = JSON.stringify((event as CustomEvent).detail);
        }),
      );
      const asked: string[] = [];
      const client = await page.context().newCDPSession(page);
      await client.send('Page.enable');
      client.on('Page.frameRequestedNavigation', ({ url }) => {
        if (!url.startsWith('http')) asked.push(url);
      });
      const before = await page.evaluate(() => history.length);

      const widget = await walk.toPass();
      await widget.root.getByRole('button', { name: widget.text.pass.open }).click();
      await expect(page).toHaveTitle(/"url":"ktauthexternalcall:/);
      expect(asked).toEqual([]);
      expect(await page.evaluate(() => history.length)).toBe(before);

      // S30 what is forged on the page is no event and moves nothing in the frame.
      await page.evaluate(() => {
        addEventListener('hecto-success', () => (document.title = 'forged'));
        const data = { hecto: 1, seq: 99, type: 'hecto-success', detail: { sessionId: 'obs_forged' } };
        postMessage(data, location.origin);
        for (const frame of Array.from(window.frames, (_, index) => window.frames[index]))
          for (const type of ['connect', 'close', 'token']) {
            const message = { ...data, type, detail: { force: true } };
            frame?.postMessage(message, '*', [new MessageChannel().port1]);
          }
      });
      await expect(widget.pass.heading).toBeVisible();
      expect(await page.title()).not.toBe('forged');

      await phone.pass(true);
      await widget.comeBack();
      await expect(widget.account.heading).toBeVisible();
      await expect(shop.start).toBeHidden();
    });
  });
}

test('the self-test tells an app’s developer what is missing, and sends the app a message', async ({
  page,
  system,
  violations,
}, testInfo) => {
  const heard = await appAround(page, ['HectoOnboardingAndroid']);
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(system.bffUrl) && !request.url().startsWith('data:'))
      foreign.push(request.url());
  });
  await page.goto(`${system.bffUrl}/onboarding/self-test?locale=ko`);
  await expect(page.getByText('계좌 등록에 필요한 것을 모두 갖췄어요.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: '앱 브리지' })).toContainText(
    'HectoOnboardingAndroid',
  );
  await page.screenshot({ path: testInfo.outputPath('self-test-ko.png'), fullPage: true });
  await page.getByRole('button', { name: '시험 메시지 보내기' }).click();
  await expect.poll(() => heard.HectoOnboardingAndroid.length).toBe(1);
  expect(conforms(heard.HectoOnboardingAndroid[0])).toBe(true);

  await page.addInitScript(() => {
    Object.defineProperty(window, 'isSecureContext', { value: false });
    Object.defineProperty(document, 'cookie', { get: () => '', set: () => undefined });
  });
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByText('To mend: 2.')).toBeVisible();
  await expect(page.getByText('Turn cookies on in the WebView.')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('self-test-en.png'), fullPage: true });
  expect([foreign, violations]).toEqual([[], []]);
});

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import type * as loader from '../../widget/package/loader.ts';
import { project, version } from './readme.ts';
import { bff, files, serve } from './static-page.ts';

type Package = typeof loader;
const integrity = files['hecto-onboarding.classic.js']!;

/** Calls the loader of the package in the page: the version it got, or why it did not. */
const load = (page: Page, options: object = {}) =>
  page.evaluate(
    async (all) => {
      const address = '/loader.js';
      const { loadHectoOnboarding } = (await import(address)) as Package;
      return loadHectoOnboarding(all).then(
        ({ version: got }) => got,
        (error: unknown) => (error as Error).message,
      );
    },
    { bffUrl: bff, ...options },
  );
const scripts = (page: Page) => page.locator('script').count();

test('loads once, however often and at once it is asked', async ({ page }) => {
  const { loads } = await serve(page);
  expect(await Promise.all([load(page), load(page), load(page)])).toEqual([version, version, version]);
  expect(loads).toEqual(['hecto-onboarding.classic.js']);
  expect(await scripts(page)).toBe(1);
});

test('a failed load is told, leaves nothing behind, and can be tried again', async ({ page }) => {
  const state = await serve(page);
  state.down = true;
  const wrong = `Could not load ${bff}/widget/1/hecto-onboarding.classic.js.`;
  expect(await load(page)).toBe(wrong);
  expect(await load(page)).toBe(wrong);
  expect(await scripts(page)).toBe(0);
  state.down = false;
  expect(await load(page)).toBe(version);
});

test('S28 runs only the file whose integrity was given', async ({ page }) => {
  await serve(page);
  const other = files['hecto-onboarding.js'];
  expect(await load(page, { version, integrity: other })).toContain('Could not load');
  expect(await page.evaluate(() => customElements.get('hecto-onboarding'))).toBeUndefined();
  expect(await load(page, { integrity })).toContain('integrity needs a full version');
  expect(await load(page, { version, integrity })).toBe(version);
});

test('a page has one BFF and one version', async ({ page }) => {
  await serve(page);
  expect(await load(page)).toBe(version);
  expect(await load(page, { bffUrl: 'https://other.example.com' })).toContain(`This page uses ${bff}`);
  expect(await load(page, { version })).toContain('so it cannot use');
});

test('S34 does not hand out the class of a script that took the tag', async ({ page }) => {
  await serve(page);
  await page.evaluate(() => customElements.define('hecto-onboarding', class extends HTMLElement {}));
  expect(await load(page)).toBe('<hecto-onboarding> is not defined by our script.');
});

test('S25 works under the strictest policy that lists its Trusted Types policy', async ({ page }) => {
  await serve(page, {
    policy: `default-src 'none'; script-src 'self' ${bff}; require-trusted-types-for 'script'; trusted-types hecto-onboarding`,
  });
  expect(await load(page)).toBe(version);
});

test('importing it on a server does nothing; calling it there says what is wrong', async () => {
  const address = pathToFileURL(join(project, 'dist/package/index.js')).href;
  const { loadHectoOnboarding } = (await import(address)) as Package;
  await expect(loadHectoOnboarding({ bffUrl: bff })).rejects.toThrow('needs a page');
});

test('module, classic script and loader on one page are one element, which can be made', async ({ page }) => {
  await serve(page);
  // An element of that name must not be taken for the script that is running (S33).
  await page.evaluate(() => {
    document.body.innerHTML = '<img name="currentScript" src="data:,">';
  });
  await page.addScriptTag({ url: `${bff}/widget/${version}/hecto-onboarding.classic.js` });
  await page.addScriptTag({ url: `${bff}/widget/1/hecto-onboarding.classic.js` });
  await load(page);
  const same = await page.evaluate(async (address) => {
    const module = (await import(address)) as { HectoOnboarding: unknown };
    const ours = [module.HectoOnboarding, Reflect.get(window, 'HectoOnboarding')];
    return ours.every((one) => one === customElements.get('hecto-onboarding'));
  }, `${bff}/widget/1.0/hecto-onboarding.js`);
  expect(same).toBe(true);
  const source = await page.evaluate(async () => {
    const element = document.createElement('hecto-onboarding');
    element.setAttribute('client-token', 'ct_1');
    document.body.append(element);
    await new Promise((later) => setTimeout(later));
    return element.shadowRoot?.querySelector('iframe')?.src;
  });
  expect(source).toContain(`${bff}/widget/1/frame?origin=`);
});

test('the classic script finds the app for a widget in the page itself', async ({ page }) => {
  const { loads } = await serve(page);
  await page.addScriptTag({ url: `${bff}/widget/1/hecto-onboarding.classic.js` });
  await page.evaluate(() => {
    const element = document.createElement('hecto-onboarding');
    element.setAttribute('surface', 'inline');
    element.setAttribute('client-token', 'ct_1');
    document.body.append(element);
  });
  await expect(page.locator('hecto-onboarding-app')).toBeAttached();
  expect(loads[1]).toMatch(/^chunks\//);
});

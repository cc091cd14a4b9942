import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { cells, expect, test } from '../gallery/fixture.ts';

const require = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
/** Put into the page once; after that every cell is looked at there. */
const axePath = require.resolve('axe-core/axe.min.js');

type Axe = { readonly run: (options: object) => Promise<AxeResults> };

/** Looked at again in dark and in forced colours, where the same things have other colours. */
const colours = { runOnly: ['color-contrast', 'link-in-text-block'] };

async function barriersOn(page: Page, options: object): Promise<string[]> {
  const { violations } = await page.evaluate(
    (options) => (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'], ...options }),
    options,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

for (const [which, some] of [
  ['every screen and end', cells.filter(({ group }) => group !== 'refusals')],
  ['every refusal', cells.filter(({ group }) => group === 'refusals')],
] as const) {
  test(`${which} is without barriers, light, dark and in forced colours`, async ({ gallery, page }) => {
    test.slow();
    await gallery.show('terms/first');
    await page.addScriptTag({ path: axePath });
    for (const cell of some) {
      await gallery.show(cell, { theme: 'light' });
      // Before anything is there, there is nothing to head.
      const rules = { 'page-has-heading-one': { enabled: cell.bff.start !== 'never' } };
      const light = await barriersOn(page, { rules });
      await page.emulateMedia({ forcedColors: 'active' });
      const forced = await barriersOn(page, colours);
      await page.emulateMedia({ forcedColors: 'none' });
      await page.evaluate(() => document.documentElement.setAttribute('theme', 'dark'));
      const dark = await barriersOn(page, colours);
      expect.soft({ light, dark, forced }, cell.id).toEqual({ light: [], dark: [], forced: [] });
    }
  });
}

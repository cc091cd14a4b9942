import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { cells, expect, test } from '../gallery/fixture.ts';

const require = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
/** Put into the page once; after that every cell is looked at there. */
const axePath = require.resolve('axe-core/axe.min.js');

type Axe = { readonly run: (options: object) => Promise<AxeResults> };

async function barriersOn(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

for (const [which, some] of [
  ['every screen and end', cells.filter(({ group }) => group !== 'refusals')],
  ['every refusal', cells.filter(({ group }) => group === 'refusals')],
] as const) {
  test(`${which} is without barriers, light, dark and in forced colours`, async ({ gallery, page }) => {
    await gallery.show('terms/first');
    await page.addScriptTag({ path: axePath });
    for (const cell of some) {
      await gallery.show(cell, { theme: 'light' });
      const light = await barriersOn(page);
      await page.emulateMedia({ forcedColors: 'active' });
      const forced = await barriersOn(page);
      await page.emulateMedia({ forcedColors: 'none' });
      await page.evaluate(() => document.documentElement.setAttribute('theme', 'dark'));
      const dark = await barriersOn(page);
      expect.soft({ light, dark, forced }, cell.id).toEqual({ light: [], dark: [], forced: [] });
    }
  });
}

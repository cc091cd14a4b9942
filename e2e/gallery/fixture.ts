import { test as base, expect } from '@playwright/test';
import { freePort } from '../ports.ts';
import { cells } from './cells.ts';
import { Gallery } from './gallery.ts';
import { measureAll, type Measures } from './measures.ts';
import { startBuiltGallery } from './server.ts';
import en from '../../widget/text/en.ts';
import ko from '../../widget/text/ko.ts';

export { cells, en, expect, ko };
export type { Looks } from './gallery.ts';

type Shared = {
  galleryUrl: string;
  /** Every cell, measured once for all tests of a file. */
  measures: readonly Measures[];
};

export const test = base.extend<{ gallery: Gallery }, Shared>({
  galleryUrl: [
    async ({}, use) => {
      const server = await startBuiltGallery(await freePort());
      await use(server.url);
      await server.close();
    },
    { scope: 'worker' },
  ],
  measures: [
    async ({ browser, galleryUrl }, use) => {
      const page = await browser.newPage({ reducedMotion: 'reduce' });
      const measures = await measureAll(new Gallery(page, galleryUrl));
      await page.close();
      await use(measures);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  gallery: async ({ page, galleryUrl }, use) => use(new Gallery(page, galleryUrl)),
});

import { expect, test } from '../fixtures.ts';

/** What a browser fetches of ours, calls of the BFF's API aside, until there is something to read. */
const expected = { inline: 2, frame: 2, hosted: 1 } as const;

for (const [surface, count] of Object.entries(expected)) {
  test.describe(`on the surface ${surface}`, () => {
    test.use({ variant: { surface: surface as keyof typeof expected, locale: 'ko', theme: 'light' } });

    test(`W4 pages, scripts, styles and pictures until the first screen: ${count}`, async ({
      page,
      shop,
      system,
    }) => {
      const fetched: string[] = [];
      page.on('request', (request) => {
        const isOurs = new URL(request.url()).origin === system.bffUrl;
        if (isOurs && !['fetch', 'xhr'].includes(request.resourceType())) fetched.push(request.url());
      });
      // The shop has the entry on its page; the hosted page is reached from there and does without.
      if (surface !== 'hosted') await page.reload();
      await shop.begin();
      expect(fetched).toHaveLength(count);
    });
  });
}

/** For those who see little or use colours of their own: the focus ring (A02), the digits of the call (A09). */
import { colourOf, contrast } from './contrast.ts';
import { ringOf } from './ink.ts';
import { en, expect, ko, test } from '../gallery/fixture.ts';
import { sightOf } from '../gallery/sight.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`A02 wherever the focus goes by keyboard, a ring stands out, ${theme}`, async ({ gallery, page }) => {
    const places = [
      'terms/first',
      'identity/method',
      'code/first',
      'account/number',
      'ars/help',
      'password/enter',
    ];
    for (const id of places) {
      await gallery.show(id, { theme });
      for (let presses = 0; presses < 12; presses++) {
        await page.keyboard.press('Tab');
        const ring = await page.evaluate(ringOf);
        if (!ring) continue; // around the end of the page
        const reached = contrast(colourOf(ring.ink), colourOf(ring.ground));
        expect.soft(reached, `${id}: ring of ${ring.name}`).toBeGreaterThanOrEqual(3);
      }
    }
  });
}

test.describe('A09 at 400 % (1280x1024 becomes 320x256)', () => {
  test.use({ viewport: { width: 320, height: 256 } });

  for (const [locale, text] of [
    ['ko', ko],
    ['en', en],
  ] as const) {
    test(`the digits of the call are large, whole and heard one by one, ${locale}`, async ({
      gallery,
      page,
    }) => {
      for (const [id, digits] of Object.entries({ 'ars/calling': '37', 'ars/calling-six': '370195' })) {
        await gallery.show(id, { locale });
        const shown = page.getByText(digits, { exact: true });
        const size = await shown.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
        expect(size).toBeGreaterThanOrEqual(40);
        const { cutOff, sidewaysBy } = await page.evaluate(sightOf);
        expect({ cutOff, sidewaysBy }).toEqual({ cutOff: [], sidewaysBy: 0 });
        const numerals = text.ars.numerals.split(' ');
        const words = [...digits].map((digit) => numerals[Number(digit)]).join(' ');
        await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
      }
    });
  }
});

test('in forced colours the way gone so far is still drawn', async ({ gallery, page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await gallery.show('terms/first');
  const bar = page.getByRole('progressbar').locator('div');
  expect(await bar.evaluate((element) => getComputedStyle(element).borderTopWidth)).toBe('4px');
});

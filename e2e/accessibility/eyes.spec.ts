/** For those who see little or use colours of their own: the focus ring (A02), the digits of the call (A09). */
import type { Locator } from '@playwright/test';
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

test.describe('in forced colours', () => {
  test.use({ contextOptions: { forcedColors: 'active' } });

  test('the way gone so far is still drawn', async ({ gallery, page }) => {
    await gallery.show('terms/first');
    const bar = page.getByRole('progressbar').locator('div');
    expect(await bar.evaluate((element) => getComputedStyle(element).borderTopWidth)).toBe('4px');
  });

  /** What is seen of it must differ, however it is drawn. */
  const looksOf = async (thing: Locator) => (await thing.screenshot()).toString('base64');

  test('a digit that is entered is told from one that is not', async ({ gallery, page }) => {
    await gallery.show('password/typing');
    const dots = page.locator('.dots span');
    expect(await looksOf(dots.nth(2))).not.toBe(await looksOf(dots.nth(3)));
    expect(await looksOf(dots.nth(1))).toBe(await looksOf(dots.nth(2)));
  });

  test('the chosen kind of bank and the chosen carrier are told from the others', async ({
    gallery,
    page,
  }) => {
    const banks = page.getByRole('tab', { name: ko.account.kinds.bank });
    await gallery.show('account/banks');
    const chosen = await looksOf(banks);
    await gallery.show('account/securities');
    expect(await looksOf(banks)).not.toBe(chosen);

    const carrier = page.getByRole('button', { name: ko.identity.carriers['lgu-mvno'], exact: true });
    await gallery.show('identity/carriers');
    const offered = await looksOf(carrier);
    await gallery.show('identity/carriers-again');
    expect(await looksOf(carrier)).not.toBe(offered);
    expect(await carrier.evaluate((button) => getComputedStyle(button).borderTopStyle)).toBe('solid');
  });

  test('a button that rests is told from one that can be pressed', async ({ gallery, page }) => {
    const check = page.getByRole('button', { name: ko.common.confirm, exact: true });
    await gallery.show('code/busy');
    const awake = await check.evaluate((button) => getComputedStyle(button).borderTopStyle);
    await gallery.show('code/typing');
    expect([awake, await check.evaluate((button) => getComputedStyle(button).borderTopStyle)]).toEqual([
      'solid',
      'dashed',
    ]);
  });

  test('the code is seen in its boxes alone, and what turns has a gap to be seen turning', async ({
    gallery,
    page,
  }) => {
    await gallery.show('code/busy');
    const field = page.getByLabel(ko.code.label);
    expect(await field.evaluate((input) => getComputedStyle(input).color)).toBe('rgba(0, 0, 0, 0)');
    const busy = page.getByRole('button', { name: ko.common.confirm, exact: true });
    const gap = await busy.evaluate((button) => getComputedStyle(button, '::after').borderRightWidth);
    expect(gap).toBe('0px');
  });

  test('what stands in a box has an edge around it', async ({ gallery, page }) => {
    for (const [cell, boxes] of [
      ['account/number', '.box, .card, .button'],
      ['ars/ready', '.card, .button:not(.quiet)'],
      ['code/first', '.box'],
      ['refusals/pass-expired', '.notice'],
    ] as const) {
      await gallery.show(cell);
      const edges = await page.locator(boxes).evaluateAll((all) =>
        all.map((box) => {
          const { borderTopStyle, borderTopColor, borderTopWidth } = getComputedStyle(box);
          return { borderTopStyle, isSeen: borderTopColor !== 'rgba(0, 0, 0, 0)', borderTopWidth };
        }),
      );
      expect(edges.length, cell).toBeGreaterThan(0);
      for (const { isSeen, borderTopWidth } of edges)
        expect({ isSeen, borderTopWidth }, cell).toEqual({ isSeen: true, borderTopWidth: '1px' });
    }
  });
});

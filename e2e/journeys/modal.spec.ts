import { expect, test } from '../fixtures.ts';

for (const surface of ['modal', 'modal-inline'] as const) {
  test.describe(`on the surface ${surface}`, () => {
    test.use({ variant: { surface, locale: 'ko', theme: 'light' } });

    test('A05 the dialog has a name, takes the focus and gives it back', async ({ page, shop, walk }) => {
      await shop.start.focus();
      const widget = await walk.toIdentity();
      const dialog = page.getByRole('dialog', { name: '계좌 등록' });
      await expect(dialog).toBeVisible();
      await page.keyboard.type('김');
      await expect(widget.identity.name).toHaveValue('김');

      await widget.closeButton.click();
      await widget.reallyLeave.click();
      await expect(dialog).toHaveCount(0);
      await expect(shop.start).toBeFocused();
      expect(await shop.sessionStatus()).toBe('cancelled');
    });

    test('Esc asks before it leaves, and closes a sheet before it asks', async ({ page, shop, walk }) => {
      const widget = await walk.toIdentity();
      await widget.identity.name.fill('김민서');
      await page.keyboard.press('Escape');
      await expect(widget.leave).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(widget.leave).toBeHidden();
      await expect(widget.identity.name).toHaveValue('김민서');
      // Pressed again and again, as browsers that give in after the first time are asked.
      for (let again = 0; again < 4; again++) await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog', { name: '계좌 등록', exact: true })).toBeVisible();
      await expect(widget.identity.name).toHaveValue('김민서');
      expect(await shop.sessionStatus()).toBe('open');
    });

    test('the back button asks before it leaves, and history is afterwards as before', async ({
      page,
      shop,
      walk,
    }) => {
      const before = await page.evaluate(() => JSON.stringify(history.state));
      const widget = await walk.toIdentity();
      const address = await page.evaluate(() => location.href);
      await page.goBack();
      await expect(widget.leave).toBeVisible();
      await widget.stay.click();
      await expect(widget.identity.heading).toBeVisible();
      await page.goBack();
      await widget.reallyLeave.click();
      await expect(shop.start).toBeFocused();
      expect(await page.evaluate(() => location.href)).toBe(address);
      expect(await page.evaluate(() => JSON.stringify(history.state))).toBe(before);
      expect(await shop.sessionStatus()).toBe('cancelled');
    });
  });
}

test.describe('a modal widget', () => {
  test.use({ variant: { surface: 'modal', locale: 'ko', theme: 'light' } });

  test('a page that goes on by itself at success is not taken back', async ({ page, shop, walk }) => {
    await shop.page.evaluate(() =>
      document.addEventListener('hecto-success', () => history.pushState(null, '', '/?thanks')),
    );
    const widget = await walk.toDone();
    await widget.done.close.click();
    await expect(shop.account).toBeVisible();
    expect(await page.evaluate(() => location.href)).toContain('?thanks');
  });
});

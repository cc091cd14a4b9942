import { expect, test } from '../fixtures.ts';

for (const surface of ['frame', 'inline', 'modal', 'modal-inline'] as const) {
  test.describe(`on the surface ${surface}`, () => {
    test.use({ variant: { surface, locale: 'ko', theme: 'light' } });

    test('a customer registers an account and sets a password', async ({ walk, shop, customer }) => {
      const widget = await walk.toDone();
      await expect(widget.root.getByText(`****${customer.accountNumber.slice(-4)}`)).toBeVisible();
      // Drawn, and not only there: the build once swallowed what stands behind a shape.
      await expect(widget.root.locator('.emblem path')).toBeVisible();

      await widget.done.close.click();
      await expect(shop.account).toHaveText(`국민은행 ****${customer.accountNumber.slice(-4)}`);
      await expect(shop.subscribed).toBeVisible();
    });
  });
}

test.describe('on the hosted page', () => {
  test.use({ variant: { surface: 'hosted', locale: 'ko', theme: 'light' } });

  test('a customer registers an account and comes back to the shop', async ({ walk, shop, customer }) => {
    const widget = await walk.toDone();
    await widget.done.back.click();
    await expect(shop.account).toHaveText(`국민은행 ****${customer.accountNumber.slice(-4)}`);
  });
});

test('a customer verifies with the PASS app', async ({ walk, phone }) => {
  const widget = await walk.toPass();
  await widget.pass.check.click();
  await expect(widget.refusal('pass-not-finished')).toBeVisible();

  // Pressing again is not needed: the widget asks every ten seconds.
  await phone.pass(true);
  await expect(widget.account.heading).toBeVisible({ timeout: 20_000 });
});

test('a customer whose PASS app is of no use goes on by text message', async ({ walk, phone, clock }) => {
  const widget = await walk.toPass();
  await widget.pass.toSms.click();
  await expect(widget.identity.methodHeading).toBeVisible();

  clock.advance(60_000);
  await widget.identity.sms.click();
  await widget.code.enter(await phone.code());
  await expect(widget.account.heading).toBeVisible();
});

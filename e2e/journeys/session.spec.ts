import { expect, minutes, test } from '../fixtures.ts';
import { ShopPage } from '../screens/shop.ts';
import { surfaces } from '../shop/page.ts';

test('a customer who changes their mind is asked once and leaves nothing behind', async ({
  walk,
  shop,
  testbed,
}) => {
  const widget = await walk.toAccount();
  await widget.closeButton.click();
  await widget.stay.click();
  await expect(widget.account.heading).toBeVisible();

  await widget.closeButton.click();
  await widget.reallyLeave.click();
  await expect(shop.start).toBeVisible();
  expect(await shop.sessionStatus()).toBe('cancelled');
  expect(await testbed.countOf('accountRegistration')).toBe(0);
});

test('a session that nobody used for too long ends and says so', async ({ walk, customer, clock }) => {
  const widget = await walk.toAccount();
  clock.advance(minutes(11));
  await widget.account.choose(walk.bankName(widget), customer.accountNumber);
  await expect(widget.ended.saying('expired')).toBeVisible();
});

for (const surface of surfaces) {
  test.describe(`on the surface ${surface}`, () => {
    test.use({ variant: { surface, locale: 'ko', theme: 'light' } });

    test('R39 a reload at every step goes on there', async ({
      page,
      walk,
      phone,
      customer,
      testbed,
      shop,
    }) => {
      const widget = await shop.begin();
      await page.reload();
      await widget.terms.agreeToAll();
      await widget.identity.heading.waitFor();
      await page.reload();
      await widget.identity.introduce(customer);
      await widget.identity.sms.click();
      await widget.code.heading.waitFor();
      await page.reload();
      await widget.code.enter(await phone.code());
      await widget.account.heading.waitFor();
      await page.reload();
      await widget.account.choose(walk.bankName(widget), customer.accountNumber);
      await widget.ars.heading.waitFor();
      await page.reload();
      await widget.ars.call.click();
      const digits = await widget.ars.digits();
      await page.reload();
      expect(await widget.ars.digits()).toBe(digits);
      await phone.answer(digits);
      await widget.password.enter('enter', customer.pin);
      await widget.password.asking('repeat').waitFor();
      await page.reload();
      await widget.password.enter('repeat', customer.pin);
      await expect(widget.done.heading).toBeVisible();

      expect(await testbed.countOf('mobileVerificationRequest')).toBe(1);
      expect(await testbed.countOf('arsRequest')).toBe(1);
      expect(await testbed.countOf('accountRegistration')).toBe(1);
    });
  });
}

test('R39 a reload while the PASS app is open goes on there', async ({ page, walk, phone, testbed }) => {
  const widget = await walk.toPass();
  await page.reload();
  await widget.pass.heading.waitFor();
  await phone.pass(true);
  // The widget asks every ten seconds.
  await expect(widget.account.heading).toBeVisible({ timeout: 20_000 });
  expect(await testbed.countOf('mobileVerificationRequest')).toBe(1);
});

test('S16 a second tab takes over, the first one says so and can take it back', async ({
  walk,
  shop,
  system,
  variant,
}) => {
  const first = await walk.toAccount();
  const otherTab = await shop.page.context().newPage();
  const second = new ShopPage(otherTab, system.shopUrl, variant);
  await second.open();
  await expect(second.widget.account.heading).toBeVisible();

  await shop.page.bringToFront();
  await first.account.choose(walk.bankName(first), '110222333444');
  await expect(first.ended.saying('taken-over')).toBeVisible();
  await first.ended.takeOver.click();
  await expect(first.account.number).toHaveValue(/^1102 2233 3444$/);
});

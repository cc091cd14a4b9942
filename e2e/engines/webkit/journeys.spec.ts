import { newCustomer } from '../../customer.ts';
import { expect, systemTest } from '../../fixtures.ts';
import { ShopPage, type Variant } from '../../screens/shop.ts';
import { surfaces } from '../../shop/page.ts';
import { VirtualPhone } from '../../virtual-phone.ts';
import { Walk } from '../../walk.ts';
import { startWebKit, type WebKit } from './browser.ts';
import { pageOf } from './page.ts';

type Visit = { readonly shop: ShopPage; readonly walk: Walk; readonly phone: VirtualPhone };

/** The shop in WebKit, and somebody who came there. */
const test = systemTest.extend<{ visit: Visit }, { webkit: WebKit }>({
  webkit: [
    async ({}, use) => {
      const webkit = await startWebKit();
      await use(webkit);
      await webkit.close();
    },
    { scope: 'worker' },
  ],
  visit: async ({ webkit, system, variant, testbed }, use) => {
    const shop = new ShopPage(pageOf(webkit.driver), system.shopUrl, variant);
    await shop.open();
    const customer = newCustomer(await shop.phoneNumber());
    const phone = new VirtualPhone(testbed, customer.phone);
    await use({ shop, phone, walk: new Walk(() => shop.begin(), customer, phone) });
  },
});

for (const surface of surfaces) {
  test.describe(`on the surface ${surface}`, () => {
    const variant: Variant = { surface, locale: 'ko', theme: 'light' };
    test.use({ variant });

    test('a customer registers an account and sets a password', async ({ visit, testbed }) => {
      await visit.walk.toDone();
      expect(await testbed.countOf('accountRegistration')).toBe(1);
    });

    test('R39 a reload while the phone rings goes on there', async ({ visit, testbed }) => {
      const widget = await visit.walk.toCall();
      await widget.ars.call.click();
      const digits = await widget.ars.digits();
      await visit.shop.page.reload();
      expect(await widget.ars.digits()).toBe(digits);
      await visit.phone.answer(digits);
      await visit.walk.setPassword(widget);
      await widget.done.heading.waitFor();
      expect(await testbed.countOf('arsRequest')).toBe(1);
    });
  });
}

test('a customer verifies with the PASS app', async ({ visit }) => {
  const widget = await visit.walk.toPass();
  await visit.phone.pass(true);
  await widget.pass.check.click();
  await widget.account.heading.waitFor();
});

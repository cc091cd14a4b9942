import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

/** Presses Tab until the focus is there; a customer who cannot get there gives up. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target.toString()}`);
}

test('the whole journey without a mouse', async ({ page, shop, phone, customer, walk }) => {
  const { keyboard } = page;
  const { widget } = shop;
  await shop.start.focus();
  await keyboard.press('Enter');

  await widget.terms.heading.waitFor();
  await tabTo(page, widget.terms.all);
  await keyboard.press('Space');
  await tabTo(page, widget.terms.agree);
  await keyboard.press('Enter');

  await widget.identity.heading.waitFor();
  await expect(widget.identity.name).toBeFocused();
  await keyboard.type(customer.name);
  await keyboard.press('Enter');
  await expect(widget.identity.birth).toBeFocused();
  await keyboard.type(customer.birth);
  await keyboard.type(customer.genderDigit);
  await tabTo(page, widget.identity.carrier(customer.carrier));
  await keyboard.press('Enter');
  await expect(widget.identity.phone).toBeFocused();
  await keyboard.press('Control+A');
  await keyboard.type(customer.phone);
  await tabTo(page, widget.identity.sms);
  await keyboard.press('Enter');

  await expect(widget.code.field).toBeFocused();
  await keyboard.type(await phone.code());

  await widget.account.heading.waitFor();
  await tabTo(page, widget.account.bank(walk.bankName(widget)));
  await keyboard.press('Enter');
  await expect(widget.account.number).toBeFocused();
  await keyboard.type(customer.accountNumber);
  await keyboard.press('Enter');

  await widget.ars.heading.waitFor();
  await tabTo(page, widget.ars.call);
  await keyboard.press('Enter');
  await phone.answer(await widget.ars.digits());

  await widget.password.ready('enter');
  await keyboard.type(customer.pin);
  await widget.password.ready('repeat');
  await keyboard.type(customer.pin);
  await widget.done.heading.waitFor();
  await tabTo(page, widget.done.close);
  await keyboard.press('Enter');
  await expect(shop.subscribed).toBeVisible();
});

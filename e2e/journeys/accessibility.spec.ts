import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, minutes, test } from '../fixtures.ts';

/** Everything axe can see on the page and in its frames, the widget's included. */
async function expectNoBarriers(page: Page, screen: string): Promise<void> {
  // A frame has landmarks of its own, as every document; axe counts them together with the page's.
  const axe = new AxeBuilder({ page }).exclude('aside').disableRules('landmark-unique');
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' ')}`,
  );
  expect.soft(found, `barriers on the screen ${screen}`).toEqual([]);
}

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ variant: { surface: 'frame', locale: 'ko', theme } });

    test('every screen of the journey is without barriers', async ({ page, shop, walk, phone, customer }) => {
      const widget = await shop.begin();
      await widget.terms.all.waitFor();
      await expectNoBarriers(page, 'terms');
      await widget.terms.read.first().click();
      await expectNoBarriers(page, 'terms, one opened');
      await page.keyboard.press('Escape');

      await widget.terms.agreeToAll();
      await widget.identity.heading.waitFor();
      await expectNoBarriers(page, 'identity, name');
      await widget.identity.name.fill(customer.name);
      await widget.identity.next.click();
      await widget.identity.birth.fill(customer.birth);
      await widget.identity.gender.fill(customer.genderDigit);
      await widget.identity.carrier(customer.carrier).waitFor();
      await expectNoBarriers(page, 'identity, carriers');
      await widget.identity.carrier(customer.carrier).click();
      await widget.identity.phone.fill(customer.phone);
      await widget.identity.methodHeading.waitFor();
      await expectNoBarriers(page, 'identity, method');

      await widget.identity.sms.click();
      const code = await phone.code();
      await widget.code.enter(code === '000000' ? '111111' : '000000');
      await widget.refusal('code-wrong').waitFor();
      await expectNoBarriers(page, 'code, refused');
      await widget.code.enter(code);

      await widget.account.bank(walk.bankName(widget)).waitFor();
      await expectNoBarriers(page, 'account, banks');
      await widget.account.bank(walk.bankName(widget)).click();
      await widget.account.number.waitFor();
      await expectNoBarriers(page, 'account, number');
      await widget.account.enter(customer.accountNumber);

      await widget.ars.heading.waitFor();
      await expectNoBarriers(page, 'call, before');
      await widget.ars.call.click();
      const digits = await widget.ars.digits();
      await expectNoBarriers(page, 'call, ringing');
      await widget.ars.notComing.click();
      await widget.ars.again.waitFor();
      await expectNoBarriers(page, 'call, help');
      await page.keyboard.press('Escape');
      await phone.answer(digits);

      await widget.password.ready('enter');
      await expectNoBarriers(page, 'password');
      await widget.password.enter('enter', customer.pin);
      await widget.password.ready('repeat');
      await expectNoBarriers(page, 'password, again');
      await widget.password.enter('repeat', customer.pin);
      await widget.done.heading.waitFor();
      await expectNoBarriers(page, 'done');
    });

    test('waiting for PASS and the ends are without barriers', async ({ page, walk, clock }) => {
      const widget = await walk.toPass();
      await expectNoBarriers(page, 'PASS');
      await widget.closeButton.click();
      await widget.leave.waitFor();
      await expectNoBarriers(page, 'leaving');
      await widget.stay.click();

      clock.advance(minutes(11));
      await widget.comeBack();
      await widget.ended.saying('expired').waitFor();
      await expectNoBarriers(page, 'expired');
    });
  });
}

test.describe('in the merchant’s own page', () => {
  test.use({ variant: { surface: 'inline', locale: 'en', theme: 'light' } });

  test('landmarks and headings fit in with the page around', async ({ page, walk }) => {
    await walk.toCode();
    await expectNoBarriers(page, 'code');
  });
});

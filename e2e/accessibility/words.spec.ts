/** For those who listen: A03 timers, A04 errors, A10 names and languages, and each screen as a screen reader has it. */
import { en, expect, ko, test } from '../gallery/fixture.ts';
import { now } from '../gallery/states.ts';

for (const [locale, text] of [
  ['ko', ko],
  ['en', en],
] as const) {
  test(`A03 the time left is said at 1:00, 0:30 and 0:10 only, ${locale}`, async ({ gallery, page }) => {
    await page.clock.install({ time: now });
    await gallery.show('code/first', { clock: 'running', locale });
    const timer = page.getByRole('timer', { name: text.code.timeLeft });
    const said = await timer.evaluateHandle((element) => {
      const heard: string[] = [];
      const region = element.parentNode!.querySelector('[aria-live]')!;
      new MutationObserver(() => heard.push(region.textContent.trim())).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      return heard;
    });
    for (let second = 0; second < 175; second += 5) await page.clock.runFor(5_000);
    const moments = [60, 30, 10].map((time) => text.shell.timeLeft.replace('{time}', String(time)));
    expect(await said.jsonValue()).toEqual(moments);
    // Over: it is said so, and another code can be asked for.
    await expect(page.getByRole('alert').filter({ hasText: text.code.expired })).toBeVisible();
    await expect(page.getByRole('button', { name: text.code.resend })).toBeEnabled();
  });
}

test('A03 every wait can be begun again', async ({ gallery, page }) => {
  await gallery.show('code/typing');
  await expect(page.getByRole('button', { name: ko.code.resend })).toBeEnabled();
  await gallery.show('pass/again');
  await expect(page.getByRole('button', { name: ko.pass.resend })).toBeEnabled();
  await gallery.show('ars/help');
  await expect(page.getByRole('button', { name: ko.ars.again })).toBeEnabled();
});

const mistakes = [
  { cell: 'identity/name-wrong', field: ko.identity.name, error: ko.identity.nameError },
  { cell: 'identity/birth-wrong', field: ko.identity.birth, error: ko.identity.birthError },
  { cell: 'identity/phone-wrong', field: ko.identity.phone, error: ko.identity.phoneError },
  { cell: 'account/number-wrong', field: ko.account.number, error: ko.account.numberError },
];
test('A04 a mistake is said at once, belongs to its field and gets the focus', async ({ gallery, page }) => {
  for (const { cell, field, error } of mistakes) {
    await gallery.show(cell);
    const input = page.getByLabel(field, { exact: true });
    await expect(page.getByRole('alert').filter({ hasText: error })).toBeVisible();
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await expect(input).toHaveAccessibleDescription(new RegExp(error.replaceAll('.', '\\.')));
    await page.keyboard.press('Enter');
    await expect(input, cell).toBeFocused();
  }
});

test('A04 a refused code belongs to its field, and what is missing is said and gets the focus', async ({
  gallery,
  page,
}) => {
  await gallery.show('refusals/code-wrong');
  await expect(page.getByLabel(ko.code.label)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel(ko.code.label)).toHaveAccessibleDescription(/번호/);
  await gallery.show('terms/missing');
  await expect(page.getByRole('alert').filter({ hasText: ko.terms.missing })).toBeVisible();
  await expect(page.getByRole('checkbox').nth(1)).toBeFocused();
});

const screens = [
  'terms/first',
  'terms/document',
  'identity/name',
  'identity/carriers',
  'identity/method',
  'refusals/code-wrong',
  'pass/again',
  'account/banks',
  'account/number-wrong',
  'ars/ready',
  'ars/calling',
  'ars/help',
  'ars/confirming',
  'password/set',
  'password/locked',
  'done/first',
  'ends/expired',
  'ends/taken-over',
  'shell/leaving',
  'shell/offline',
];
test('every screen as a screen reader has it', async ({ gallery, page }) => {
  for (const cell of screens) {
    await gallery.show(cell);
    await expect
      .soft(page.locator('body'), cell)
      .toMatchAriaSnapshot({ name: `${cell.replace('/', '-')}.aria.yml` });
  }
});

test('A10 what is read on a control is in its name; each language is marked; no words are pictures', async ({
  gallery,
  page,
}) => {
  for (const cell of screens) {
    for (const locale of ['ko', 'en'] as const) {
      await gallery.show(cell, { locale });
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.locator('hecto-onboarding-app')).toHaveAttribute('lang', locale);
      expect(await page.locator('img, canvas').count(), cell).toBe(0);
      const otherwiseNamed = await page.getByRole('button').evaluateAll((buttons) =>
        (buttons as HTMLElement[])
          .filter(({ ariaLabel }) => ariaLabel)
          .filter(
            ({ ariaLabel, innerText }) => !ariaLabel!.includes(innerText.trim()) && innerText.trim() !== '×',
          )
          .map(({ ariaLabel }) => ariaLabel),
      );
      expect(otherwiseNamed, cell).toEqual([]);
    }
  }
});

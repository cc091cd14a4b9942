/** For those who use a keyboard: A05 sheets, A06 what has the focus is seen, A07 pasting, A08 the PIN pad. */
import type { Page } from '@playwright/test';
import { expect, ko, test } from '../gallery/fixture.ts';

const sheets = [
  {
    what: 'a document',
    cell: 'terms/first',
    opener: ko.terms.read.replace('{title} ', ''),
    title: '전자금융거래 이용약관',
  },
  { what: 'the way out', cell: 'ars/calling', opener: ko.shell.close, title: ko.shell.leave.title },
  {
    what: 'the carriers',
    cell: 'identity/phone',
    opener: ko.identity.carrier,
    title: ko.identity.titles.carrier,
  },
  { what: 'help with the call', cell: 'ars/calling', opener: ko.ars.notComing, title: ko.ars.reasonsTitle },
];
for (const { what, cell, opener, title } of sheets) {
  test(`A05 the sheet with ${what} keeps the focus, closes by Esc and gives it back`, async ({
    gallery,
    page,
  }) => {
    await gallery.show(cell);
    const button = page.getByRole('button', { name: opener }).first();
    await button.focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: title });
    await expect(sheet).toBeVisible();
    await expect(page.getByRole('heading', { name: title, level: 2 })).toBeFocused();

    for (let presses = 0; presses < 15; presses++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(focusIsOnThePageBehind), `after ${presses + 1} times Tab`).toBe(false);
    }
    // Behind it nothing can be reached, by nobody.
    const help = page.locator('footer a');
    expect(await help.evaluate((link) => (link.focus(), link.matches(':focus')))).toBe(false);

    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await expect(button).toBeFocused();
  });
}

/** Whether what has the focus is neither in the open sheet nor outside the page. */
function focusIsOnThePageBehind(): boolean {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (!focused || focused === document.body) return false;
  const { host } = focused.getRootNode() as Partial<ShadowRoot>;
  return (focused.closest('hecto-sheet') ?? host)?.localName !== 'hecto-sheet';
}

for (const [how, width, height] of [
  ['upright', 360, 740],
  ['lying on its side', 740, 360],
  ['at 400 %', 320, 256],
] as const) {
  test.describe(`A06 on a screen ${how}`, () => {
    test.use({ viewport: { width, height } });

    test('whatever the focus goes to can be seen, above the buttons at the bottom', async ({
      gallery,
      page,
    }) => {
      const some = [
        'terms/first',
        'terms/missing',
        'identity/method',
        'account/banks',
        'account/number',
        'pass/again',
        'ars/calling',
        'password/set',
      ];
      for (const cell of some) {
        await gallery.show(cell);
        for (const key of ['Tab', 'Shift+Tab']) {
          for (let presses = 0; presses < 30; presses++) {
            await page.keyboard.press(key);
            const covered = await page.evaluate(coveredFocus);
            if (covered === 'the end') break;
            expect.soft(covered, `${cell}, after ${key}`).toBeUndefined();
          }
        }
      }
    });
  });
}

/** What has the focus, if its middle is not to be seen; `the end` of the page. */
function coveredFocus(): string | undefined {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (!focused || focused === document.body) return 'the end';
  const { left, top, width, height } = focused.getBoundingClientRect();
  if (height > innerHeight / 2) return undefined; // a text to scroll
  const middle = [left + width / 2, top + height / 2] as const;
  let seen = document.elementFromPoint(...middle);
  while (seen?.shadowRoot) {
    const inner = seen.shadowRoot.elementFromPoint(...middle);
    if (!inner || inner === seen) break;
    seen = inner;
  }
  const belongs =
    seen && (focused.contains(seen) || seen.contains(focused) || seen.closest('label')?.contains(focused));
  return belongs ? undefined : `${focused.localName} ${focused.ariaLabel ?? focused.textContent.trim()}`;
}

test.describe('A07', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  async function paste(page: Page, text: string): Promise<void> {
    await page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await page.keyboard.press('Control+V');
  }

  test('A07 phone number, code and account can be pasted as they come', async ({ gallery, page }) => {
    await gallery.show('identity/phone');
    await paste(page, '+82 10-9876-5432');
    await expect(page.getByLabel(ko.identity.phone)).toHaveValue('010-9876-5432');

    await gallery.show('code/first');
    await page.getByLabel(ko.code.label).focus();
    await paste(page, '[Web발신] 인증번호 [482913]');
    await expect(page.getByLabel(ko.code.label)).toHaveValue('482913');

    await gallery.show('account/banks');
    await page.getByLabel(ko.account.search).focus();
    await paste(page, '신한 110-123-456789');
    await expect(page.getByLabel(ko.account.number)).toHaveValue('1101 2345 6789');
    await expect(page.getByText('신한은행')).toBeVisible();
  });
});

test('A07 what was given is still there and need not be given again', async ({ gallery, page }) => {
  await gallery.show('refusals/phone-not-verified');
  await expect(page.getByLabel(ko.identity.name)).toHaveValue('홍길동');
  await expect(page.getByLabel(ko.identity.birth)).toHaveValue('900101');
  await expect(page.getByLabel(ko.identity.phone)).toHaveValue('010-1234-5678');
  await gallery.show('refusals/account-not-confirmed');
  await expect(page.getByLabel(ko.account.number)).toHaveValue('1234 5678 9012');
});

test.describe('A08 the PIN pad', () => {
  const counted = (count: number) => ko.password.entered.replace('{count}', String(count));

  test('A08 takes digits from a keyboard, and says how many there are, never which', async ({
    gallery,
    page,
  }) => {
    await gallery.show('password/enter');
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.type('370');
    const said = page.getByRole('status').filter({ hasText: counted(3) });
    await expect(said).toHaveText(counted(3));
    await page.keyboard.press('Backspace');
    await expect(page.getByRole('status').filter({ hasText: counted(2) })).toBeAttached();
    const tree = await page.getByRole('main').ariaSnapshot();
    const besidesThePad = tree.slice(0, tree.indexOf(`group "${ko.password.pad}"`));
    expect(besidesThePad).not.toMatch(/\b[370]{1,3}\b/);
  });

  test('A08 has a name on every key, and all of them can be reached', async ({ gallery, page }) => {
    await gallery.show('password/enter');
    const pad = page.getByRole('group', { name: ko.password.pad });
    for (const name of [
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
      ko.password.remove,
      ko.password.shuffle,
    ])
      await expect(pad.getByRole('button', { name, exact: true })).toHaveCount(1);
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: counted(1) })).toBeAttached();
  });

  test('A08 who does not remember it proves the phone instead, once it is locked', async ({
    gallery,
    page,
  }) => {
    await gallery.show('refusals/password-locked');
    await expect(page.getByRole('button', { name: ko.pass.toSms })).toBeVisible();
    await expect(page.getByRole('group', { name: ko.password.pad })).toHaveCount(0);
  });
});

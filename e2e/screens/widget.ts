import type { Locator, Page } from '@playwright/test';
import { phrases } from '../../bff/text/phrases.ts';
import { refusalTexts } from '../../bff/text/refusal-texts.ts';
import type { RefusalCode } from '../../shared/api/refusals.ts';
import { AccountPage } from './account.ts';
import { ArsPage } from './ars.ts';
import { CodePage } from './code.ts';
import { DonePage } from './done.ts';
import { EndedPage } from './ended.ts';
import { IdentityPage } from './identity.ts';
import { PassPage } from './pass.ts';
import { PasswordPage } from './password.ts';
import type { Root } from './screen.ts';
import type { Variant } from './shop.ts';
import { TermsPage } from './terms.ts';
import en from '../../widget/text/en.ts';
import { fill } from '../../shared/values/fill.ts';
import ko from '../../widget/text/ko.ts';
import type { Text } from '../../widget/text/text.ts';

/** The widget as a customer meets it, wherever it is drawn. */
export class Widget {
  readonly text: Text;
  readonly root: Root;
  readonly terms: TermsPage;
  readonly identity: IdentityPage;
  readonly code: CodePage;
  readonly pass: PassPage;
  readonly account: AccountPage;
  readonly ars: ArsPage;
  readonly password: PasswordPage;
  readonly done: DonePage;
  readonly ended: EndedPage;
  readonly #page: Page;
  readonly #locale: Variant['locale'];

  constructor(page: Page, { surface, locale }: Variant) {
    this.#page = page;
    this.#locale = locale;
    this.text = locale === 'en' ? en : ko;
    this.root = {
      frame: page.frameLocator('hecto-onboarding iframe'),
      modal: page.frameLocator('hecto-onboarding iframe'),
      inline: page.locator('hecto-onboarding'),
      'modal-inline': page.locator('hecto-onboarding'),
      hosted: page,
    }[surface];
    this.terms = new TermsPage(this.root, this.text);
    this.identity = new IdentityPage(this.root, this.text);
    this.code = new CodePage(this.root, this.text);
    this.pass = new PassPage(this.root, this.text);
    this.account = new AccountPage(this.root, this.text);
    this.ars = new ArsPage(this.root, this.text);
    this.password = new PasswordPage(this.root, this.text);
    this.done = new DonePage(this.root, this.text);
    this.ended = new EndedPage(this.root, this.text);
  }

  get closeButton(): Locator {
    return this.root.getByRole('button', { name: this.text.shell.close, exact: true });
  }
  get leave(): Locator {
    return this.root.getByRole('dialog', { name: this.text.shell.leave.title });
  }

  get stay(): Locator {
    return this.root.getByRole('button', { name: this.text.shell.leave.stay, exact: true });
  }
  get reallyLeave(): Locator {
    return this.root.getByRole('button', { name: this.text.shell.leave.confirm, exact: true });
  }

  /** A refusal in the customer's words. */
  refusal(code: RefusalCode): Locator {
    return this.root.getByText(refusalTexts[code][this.#locale]);
  }

  /** How many tries the last refusal leaves. */
  triesLeft(count: number): Locator {
    return this.root.getByText(fill(phrases.triesLeft[this.#locale], { count }));
  }

  /** The customer was in another app and comes back: the widget asks how things stand. */
  async comeBack(): Promise<void> {
    for (const frame of this.#page.frames()) {
      await frame.evaluate(() => window.dispatchEvent(new Event('focus')));
    }
  }
}

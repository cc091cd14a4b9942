import type { Locator, Page } from '@playwright/test';
import { shopText } from '../shop/text.ts';
import type { Surface } from '../shop/page.ts';
import { Widget } from './widget.ts';

/** How a journey wants the widget. */
export type Variant = {
  readonly surface: Surface;
  readonly locale: 'ko' | 'en';
  readonly theme: 'light' | 'dark';
};

/** The demo shop in one browser tab. */
export class ShopPage {
  readonly page: Page;
  readonly widget: Widget;
  readonly #url: string;
  readonly #text: (typeof shopText)['ko' | 'en'];

  constructor(page: Page, url: string, variant: Variant) {
    this.page = page;
    this.#url = `${url}/?${new URLSearchParams(variant).toString()}`;
    this.#text = shopText[variant.locale];
    this.widget = new Widget(page, variant);
  }

  get start(): Locator {
    return this.page.getByRole('button', { name: this.#text.start });
  }
  /** What the shop's own server says about the account. */
  get account(): Locator {
    return this.page.getByRole('status').filter({ hasNotText: this.#text.noAccount });
  }
  get subscribed(): Locator {
    return this.page.getByText(this.#text.subscribed);
  }

  async open(): Promise<void> {
    await this.page.goto(this.#url);
  }

  /** Presses the shop's button and waits for the widget's first screen. */
  async begin(): Promise<Widget> {
    await this.start.click();
    await this.widget.terms.heading.waitFor();
    return this.widget;
  }

  /** What the shop calls this visitor at the BFF. */
  async customerId(): Promise<string> {
    const cookies = await this.page.context().cookies();
    return cookies.find(({ name }) => name === 'shop_visitor')?.value ?? '';
  }

  /** A session without the shop's page. */
  async newSession(): Promise<{ clientToken: string }> {
    const answer = await this.page.request.post(new URL('/bank-account/sessions', this.#url).href);
    return (await answer.json()) as { clientToken: string };
  }

  /** How the session stands, as the shop's server hears from the BFF. */
  async sessionStatus(): Promise<string> {
    const answer = await this.page.request.get(new URL('/bank-account', this.#url).href);
    return ((await answer.json()) as { status: string }).status;
  }

  /** The number this visitor was given, as digits. */
  async phoneNumber(): Promise<string> {
    const heading = this.page.getByRole('heading', { name: this.#text.phone });
    return ((await heading.textContent()) ?? '').replace(/\D/g, '');
  }
}

import type { Page } from '@playwright/test';
import type { Cell } from './cells.ts';

export type Looks = {
  readonly theme?: 'light' | 'dark';
  readonly locale?: 'ko' | 'en';
  readonly clock?: 'running';
};

/** The gallery in one browser tab, one cell at a time. */
export class Gallery {
  readonly page: Page;
  readonly #url: string;
  readonly #complaints: string[] = [];

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
    page.on('pageerror', (error) => this.#complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(message.text());
    });
  }

  /** Shows a cell and waits until it is all there. */
  async show(cell: Cell | Cell['id'], looks: Looks = {}): Promise<void> {
    const id = typeof cell === 'string' ? cell : cell.id;
    const hash = new URLSearchParams({ cell: id, ...looks }).toString().replaceAll('%2F', '/');
    const isOpen = this.page.url().startsWith(this.#url);
    if (isOpen && !looks.clock) await this.page.evaluate((to) => (location.hash = to), hash);
    else await this.page.goto(`${this.#url}/cell.html#${hash}`);
    await this.page.locator(`html[data-shown="${hash}"]`).waitFor({ state: 'attached' });
  }

  /** What the page complained about since the last time: uncaught errors, and errors in the console. */
  complaints(): string[] {
    return this.#complaints.splice(0);
  }
}

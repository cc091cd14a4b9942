import type { Page } from '@playwright/test';
import type { WebDriver, WebElement } from 'selenium-webdriver';
import { find, type Query } from './find.ts';

const patienceMs = 10_000;

type Name = string | RegExp;
type Options = { readonly name?: Name; readonly exact?: boolean; readonly level?: number };

const named = (name: Name | undefined, exact = false) =>
  name === undefined ? {} : name instanceof RegExp ? { name: name.source, isPattern: true } : { name, exact };

/** Where to look: the page, the frame that a selector names, or inside an element. */
class Place {
  protected readonly driver: WebDriver;
  readonly #frame: string | undefined;
  readonly #within: string | undefined;

  constructor(driver: WebDriver, frame?: string, within?: string) {
    this.driver = driver;
    this.#frame = frame;
    this.#within = within;
  }

  getByRole(what: string, { name, exact, level }: Options = {}): Thing {
    return this.#thing({ by: 'role', what, ...named(name, exact), ...(level ? { level } : {}) });
  }
  getByLabel(name: Name, { exact }: Options = {}): Thing {
    return this.#thing({ by: 'label', what: '', ...named(name, exact) });
  }

  #thing(query: Query): Thing {
    const within = this.#within ? { within: this.#within } : {};
    return new Thing(this.driver, this.#frame, { ...query, ...within });
  }
}

/** Something on screen. Every use waits until it is there. */
class Thing {
  readonly #driver: WebDriver;
  readonly #frame: string | undefined;
  readonly #query: Query;

  constructor(driver: WebDriver, frame: string | undefined, query: Query) {
    this.#driver = driver;
    this.#frame = frame;
    this.#query = query;
  }

  filter({ hasText }: { hasText: RegExp }): Thing {
    return new Thing(this.#driver, this.#frame, { ...this.#query, hasText: hasText.source });
  } /** A key of the pad. Our names are unique, so the place does not narrow it further. */
  getByRole(what: string, { name, exact }: Options = {}): Thing {
    return new Thing(this.#driver, this.#frame, { by: 'role', what, ...named(name, exact) });
  }

  async waitFor(): Promise<void> {
    await this.#found();
  }
  async textContent(): Promise<string> {
    return (await this.#found()).getText();
  }
  async click(): Promise<void> {
    await this.#use(async (element) => {
      await this.#driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', element);
      await this.#driver.actions().move({ origin: element }).click().perform();
    });
  }
  check(): Promise<void> {
    return this.click();
  }
  async fill(text: string): Promise<void> {
    await this.#use(async (element) => {
      await element.clear();
      await element.sendKeys(text);
    });
  }

  /** Does it, and once more when the screen was drawn anew in between. */
  async #use(act: (element: WebElement) => Promise<void>): Promise<void> {
    try {
      await act(await this.#found());
    } catch (error) {
      if (!/stale|no such element|not interactable/i.test(String(error))) throw error;
      await act(await this.#found());
    }
  }

  async #found(): Promise<WebElement> {
    for (const end = Date.now() + patienceMs; Date.now() < end;) {
      const element = await this.#look();
      if (element) return element;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`WebKit never showed ${JSON.stringify(this.#query)}.`);
  }

  async #look(): Promise<WebElement | null> {
    await this.#driver.switchTo().defaultContent();
    if (this.#frame) {
      const frame = await this.#driver.executeScript<WebElement | null>(look, {
        by: 'css',
        what: this.#frame,
      });
      if (!frame) return null;
      await this.#driver.switchTo().frame(frame);
    }
    // Between two pages there is nobody to ask.
    return this.#driver.executeScript<WebElement | null>(look, this.#query).catch(() => null);
  }
}

const look = `return (${find.toString()})(arguments[0])`;

/**
 * As much of Playwright's page as the page objects of the journeys use, on WebKit: so that one journey is written
 * once and walked on every engine.
 */
class WebKitPage extends Place {
  async goto(url: string): Promise<void> {
    await this.driver.get(url);
  }
  async reload(): Promise<void> {
    await this.driver.switchTo().defaultContent();
    await this.driver.navigate().refresh();
  }
  frameLocator(selector: string): Place {
    // Our frame stands in a shadow root, which Playwright's selectors look through and a page's own do not.
    return new Place(this.driver, selector.split(' ').at(-1));
  }
  locator(selector: string): Place {
    return new Place(this.driver, undefined, selector);
  }
}

export const pageOf = (driver: WebDriver): Page => new WebKitPage(driver) as unknown as Page;

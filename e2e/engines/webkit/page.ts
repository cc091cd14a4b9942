import { Key, type WebDriver, type WebElement } from 'selenium-webdriver';
import { find, type Query } from './find.ts';

const patienceMs = 10_000;

type Name = string | RegExp;
type Options = { readonly name?: Name; readonly exact?: boolean; readonly level?: number };

const named = (name: Name | undefined, exact = false) =>
  name === undefined ? {} : name instanceof RegExp ? { name: name.source, isPattern: true } : { name, exact };

const look = `return (${find.toString()})(...arguments)`;

/** The one window that commands go to, and the frame in it. */
export class Tab {
  readonly driver: WebDriver;
  readonly #handle: string;

  constructor(driver: WebDriver, handle: string) {
    this.driver = driver;
    this.#handle = handle;
  }

  /** Goes to the page or to a frame of it. False where there is no such frame. */
  async go(frame?: string): Promise<boolean> {
    await this.driver.switchTo().window(this.#handle);
    await this.driver.switchTo().defaultContent();
    if (!frame) return true;
    const element = await this.driver.executeScript<WebElement | null>(look, { by: 'css', what: frame });
    if (element) await this.driver.switchTo().frame(element);
    return element !== null;
  }
}

/** Where to look: the page, the frame that a selector names, or inside an element. */
class Place {
  protected readonly tab: Tab;
  readonly #frame: string | undefined;
  readonly #within: string | undefined;

  constructor(tab: Tab, frame?: string, within?: string) {
    this.tab = tab;
    this.#frame = frame;
    this.#within = within;
  }

  getByRole(what: string, { name, exact, level }: Options = {}): Thing {
    return this.#thing({ by: 'role', what, ...named(name, exact), ...(level ? { level } : {}) });
  }
  getByLabel(name: Name, { exact }: Options = {}): Thing {
    return this.#thing({ by: 'label', what: '', ...named(name, exact) });
  }
  getByText(name: Name): Thing {
    return this.#thing({ by: 'text', what: '', ...named(name) });
  }
  locator(selector: string): Thing {
    return this.#thing({ by: 'css', what: selector });
  }

  #thing(query: Query): Thing {
    const within = this.#within ? { within: this.#within } : {};
    return new Thing(this.tab, this.#frame, { ...query, ...within });
  }
}

/** Something on screen. What uses it waits until it is there; what asks about it does not. */
export class Thing {
  readonly #tab: Tab;
  readonly #frame: string | undefined;
  readonly #queries: readonly Query[];

  constructor(tab: Tab, frame: string | undefined, ...queries: readonly Query[]) {
    this.#tab = tab;
    this.#frame = frame;
    this.#queries = queries;
  }

  filter({ hasText, hasNotText }: { hasText?: RegExp; hasNotText?: string }): Thing {
    const narrowed = {
      ...(hasText ? { hasText: hasText.source } : {}),
      ...(hasNotText ? { hasNotText } : {}),
    };
    return new Thing(this.#tab, this.#frame, ...this.#queries.map((query) => ({ ...query, ...narrowed })));
  }
  or(other: Thing): Thing {
    return new Thing(this.#tab, this.#frame, ...this.#queries, ...other.#queries);
  }
  /** A key of the pad. Our names are unique, so the place does not narrow it further. */
  getByRole(what: string, { name, exact }: Options = {}): Thing {
    return new Thing(this.#tab, this.#frame, { by: 'role', what, ...named(name, exact) });
  }
  toString(): string {
    return JSON.stringify(this.#queries);
  }

  async waitFor(): Promise<void> {
    await this.#found();
  }
  async click(): Promise<void> {
    // As a customer would, until what spins has come to rest.
    for (
      const end = Date.now() + patienceMs;
      Date.now() < end && (await this.#now('ariaDisabled')) === 'true';
    )
      await new Promise((resolve) => setTimeout(resolve, 100));
    await this.#use(async (element) => {
      // Where it has stopped moving: sheets slide in.
      await this.#tab.driver.executeAsyncScript(
        `const [element, done] = arguments;
        element.scrollIntoView({ block: 'center' });
        let last;
        const look = () => {
          const { x, y } = element.getBoundingClientRect();
          if (last === x + ' ' + y) return done();
          last = x + ' ' + y;
          requestAnimationFrame(() => requestAnimationFrame(look));
        };
        look();`,
        element,
      );
      await this.#tab.driver.actions().move({ origin: element }).click().perform();
    });
  }
  check(): Promise<void> {
    return this.click();
  }
  async focus(): Promise<void> {
    await this.#use((element) => this.#tab.driver.executeScript('arguments[0].focus()', element));
  }
  /** All at once, as if pasted; in a frame that has the focus, or WebKit would take it for nobody's. */
  async fill(text: string): Promise<void> {
    await this.click();
    await this.#use((element) =>
      this.#tab.driver.executeScript(
        "arguments[0].focus(); arguments[0].select(); document.execCommand('insertText', false, arguments[1])",
        element,
        text,
      ),
    );
  }
  async evaluate(run: (element: Element) => unknown): Promise<unknown> {
    return this.#tab.driver.executeScript(`return (${run.toString()})(arguments[0])`, await this.#found());
  }
  async textContent(): Promise<string> {
    await this.#found();
    return (await this.text()) ?? '';
  }
  innerText(): Promise<string> {
    return this.textContent();
  }

  /** Whether it is on screen now. */
  async visible(): Promise<boolean> {
    return (await this.#look()) !== null;
  }
  /** What it says now, as a screen reader reads it. */
  async text(): Promise<string | undefined> {
    for (const query of this.#queries) {
      const text = await this.#ask<string>(look, query, 'text');
      if (text !== null) return text;
    }
    return undefined;
  }
  /** What is typed into it now. */
  async value(): Promise<string | undefined> {
    return this.#now('value');
  }
  async focused(): Promise<boolean> {
    return (await this.#now('matches(":focus")')) === true;
  }

  /** Does it, and once more when the screen was drawn anew in between. */
  async #use(act: (element: WebElement) => Promise<void>): Promise<void> {
    try {
      await act(await this.#found());
    } catch (error) {
      if (!/stale|no such element|not interactable|no longer attached/i.test(String(error))) throw error;
      await act(await this.#found());
    }
  }

  async #found(): Promise<WebElement> {
    for (const end = Date.now() + patienceMs; Date.now() < end;) {
      const element = await this.#look();
      if (element) return element;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`WebKit never showed ${this.toString()}.`);
  }

  async #look(): Promise<WebElement | null> {
    for (const query of this.#queries) {
      const element = await this.#ask<WebElement>(look, query);
      if (element) return element;
    }
    return null;
  }

  async #now<T>(property: string): Promise<T | undefined> {
    const element = await this.#look();
    return element
      ? ((await this.#ask<T>(`return arguments[0].${property}`, element)) ?? undefined)
      : undefined;
  }

  async #ask<T>(script: string, ...given: unknown[]): Promise<T | null> {
    if (!(await this.#tab.go(this.#frame).catch(() => false))) return null;
    // Between two pages there is nobody to ask.
    return this.#tab.driver.executeScript<T | null>(script, ...given).catch(() => null);
  }
}

const keys: Readonly<Record<string, string>> = {
  Escape: Key.ESCAPE,
  Enter: Key.ENTER,
  Tab: Key.TAB,
  Space: Key.SPACE,
  'Control+A': Key.chord(Key.CONTROL, 'a'),
};

/**
 * As much of Playwright's page as journeys and page objects use, on WebKit: so that one journey is written once and
 * walked on every engine.
 */
export class WebKitPage extends Place {
  readonly #context: WebKitContext;

  constructor(context: WebKitContext, tab: Tab) {
    super(tab);
    this.#context = context;
  }

  readonly keyboard = {
    type: (text: string) => this.#press(text),
    press: (key: string) => this.#press(keys[key] ?? key),
  };
  /** Requests with the cookies of this browser. */
  readonly request = {
    post: (url: string) => this.#context.fetch(url, 'POST'),
    get: (url: string) => this.#context.fetch(url, 'GET'),
  };

  context(): WebKitContext {
    return this.#context;
  }
  async goto(url: string): Promise<void> {
    await this.tab.go();
    await this.tab.driver.get(url);
  }
  async reload(): Promise<void> {
    await this.tab.go();
    await this.tab.driver.navigate().refresh();
  }
  async goBack(): Promise<void> {
    await this.tab.go();
    await this.tab.driver.navigate().back();
  }
  async bringToFront(): Promise<void> {
    await this.tab.go();
  }
  frameLocator(selector: string): Place {
    return new Place(this.tab, lastOf(selector));
  }
  override locator(selector: string): Thing {
    // The one place in the page that page objects look into.
    return new Place(this.tab, undefined, selector) as unknown as Thing;
  }
  /** The page and our frame, if there is one. */
  frames(): { evaluate(run: () => unknown): Promise<unknown> }[] {
    return [undefined, 'iframe'].map((frame) => ({
      evaluate: async (run) => ((await this.tab.go(frame)) ? this.#evaluate(run) : undefined),
    }));
  }
  async evaluate(run: () => unknown): Promise<unknown> {
    await this.tab.go();
    return this.#evaluate(run);
  }

  #evaluate(run: () => unknown): Promise<unknown> {
    return this.tab.driver.executeScript(`return (${run.toString()})()`);
  }
  /** To where the focus is: in our frame, if that has it. */
  async #press(text: string): Promise<void> {
    await this.tab.go();
    const inFrame = await this.tab.driver.executeScript<boolean>(`
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      return focused?.localName === 'iframe';`);
    if (inFrame) await this.tab.go('iframe');
    await this.tab.driver.actions().sendKeys(text).perform();
  }
}

/** Our frame stands in a shadow root, which Playwright's selectors look through and a page's own do not. */
const lastOf = (selector: string) => selector.split(' ').at(-1);

type Cookie = { readonly name: string; readonly value: string };

/** As much of Playwright's context as the fixtures use. */
export class WebKitContext {
  readonly #driver: WebDriver;
  readonly #first: Promise<string>;

  constructor(driver: WebDriver) {
    this.#driver = driver;
    this.#first = driver.getWindowHandle();
  }

  async firstPage(): Promise<WebKitPage> {
    return new WebKitPage(this, new Tab(this.#driver, await this.#first));
  }
  async newPage(): Promise<WebKitPage> {
    await this.#driver.switchTo().newWindow('tab');
    return new WebKitPage(this, new Tab(this.#driver, await this.#driver.getWindowHandle()));
  }
  cookies(): Promise<Cookie[]> {
    return this.#driver.manage().getCookies();
  }
  async fetch(url: string, method: string): Promise<Response> {
    const cookie = (await this.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    return fetch(url, { method, headers: { cookie } });
  }
  /** Nothing of what WebKit does can be listened to. */
  on(): void {}
}

/** The everyday journeys' fixtures and matchers, with WebKit in place of the browser that Playwright drives. */
import { inspect } from 'node:util';
import type { expect as everydayExpect, BrowserContext, Page } from '@playwright/test';
import type { test as everydayTest } from '../../fixtures.ts';
import { startWebKit } from './browser.ts';
import { WebKitContext, type Thing } from './page.ts';

/** The longest that any of the journeys waits for. */
const patienceMs = 20_000;

type Test = typeof everydayTest;

/** Every test has a browser of its own: cookies and history begin anew. */
export const inWebKit = (test: Test): Test =>
  test.extend({
    context: async ({}, use) => {
      const webkit = await startWebKit();
      await use(new WebKitContext(webkit.driver) as unknown as BrowserContext);
      await webkit.close();
    },
    page: async ({ context }, use) =>
      use((await (context as unknown as WebKitContext).firstPage()) as unknown as Page),
    // Chromium and Firefox listen for these; WebKit's driver has no ear for them.
    violations: async ({}, use) => use([]),
  });

type Answer = { readonly pass: boolean; readonly message: () => string };
type Matcher = (thing: Thing, expected?: unknown) => Promise<Answer>;

/** Waits until what `seen` says fits, or no longer fits where that is what is expected. */
function eventually(
  name: string,
  seen: (thing: Thing) => Promise<unknown>,
  fits: (seen: unknown, expected: unknown) => boolean,
): Matcher {
  return async function (this: { isNot?: boolean }, thing, expected) {
    let last: unknown;
    let pass = false;
    for (const end = Date.now() + patienceMs; Date.now() < end;) {
      last = await seen(thing);
      pass = fits(last, expected);
      if (pass !== (this.isNot ?? false)) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return { pass, message: () => `${name} ${inspect(expected)}: ${thing.toString()} was ${inspect(last)}` };
  };
}

const clean = (text: unknown) => String(text).replace(/\s+/g, ' ').trim();
const same = (seen: unknown, expected: unknown) =>
  expected instanceof RegExp ? expected.test(clean(seen)) : clean(seen) === clean(expected);
const holds = (seen: unknown, expected: unknown) => clean(seen).includes(clean(expected));

export const expectInWebKit = (expect: typeof everydayExpect): typeof everydayExpect =>
  expect.extend({
    toBeVisible: eventually('toBeVisible', (thing) => thing.visible(), Boolean),
    toBeHidden: eventually(
      'toBeHidden',
      (thing) => thing.visible(),
      (seen) => !seen,
    ),
    toBeFocused: eventually('toBeFocused', (thing) => thing.focused(), Boolean),
    toHaveText: eventually('toHaveText', (thing) => thing.text(), same),
    toContainText: eventually('toContainText', (thing) => thing.text(), holds),
    toHaveValue: eventually('toHaveValue', (thing) => thing.value(), same),
    toHaveCount: eventually('toHaveCount', async (thing) => Number(await thing.visible()), Object.is),
  });

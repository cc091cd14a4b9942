import { test as base, expect as plainExpect, type BrowserContext } from '@playwright/test';
import { newDatabase, startTestPostgres, type TestPostgres } from '../bff/store/test-postgres.ts';
import { newCustomer, type Customer } from './customer.ts';
import { findLeaks } from './leaks.ts';
import { createMovableClock, type MovableClock } from './movable-clock.ts';
import { ShopPage, type Variant } from './screens/shop.ts';
import { startSystem, type System } from './system.ts';
import { TestbedControl } from './testbed-control.ts';
import { VirtualPhone } from './virtual-phone.ts';
import { Walk } from './walk.ts';

export { minutes, seconds } from './movable-clock.ts';

type SystemFixtures = {
  /** Surface, language and theme; set it with `test.use`. */
  variant: Variant;
  /** The time of BFF and testbed. */
  clock: MovableClock;
  /** Testbed, BFF and shop of this test alone, on a database of its own. */
  system: System;
  /** Hecto's side from behind. */
  testbed: TestbedControl;
};

type Fixtures = {
  /** The shop, open in the browser. */
  shop: ShopPage;
  customer: Customer;
  phone: VirtualPhone;
  walk: Walk;
  /** What pages complained about so far: broken policies and uncaught errors. */
  violations: string[];
  /** After every test: no page broke its policy, nothing secret stands in a log or in the database. */
  _promises: undefined;
};

/** Everything but a browser. */
const systemTest = base.extend<SystemFixtures, { postgres: TestPostgres }>({
  variant: [{ surface: 'frame', locale: 'ko', theme: 'light' }, { option: true }],

  postgres: [
    async ({}, use) => {
      const postgres = await startTestPostgres();
      await use(postgres);
      await postgres.stop();
    },
    { scope: 'worker' },
  ],

  clock: async ({}, use) => use(createMovableClock()),

  system: async ({ postgres, clock }, use, testInfo) => {
    const database = await newDatabase(postgres.url);
    const system = await startSystem(database.url, clock);
    await use(system);
    await system.close();
    await database.drop();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('bff.log', { body: system.logs(), contentType: 'text/plain' });
    }
  },

  testbed: async ({ system }, use) => use(new TestbedControl(system.testbedUrl)),
});

const everyday = systemTest.extend<Fixtures>({
  shop: async ({ page, system, variant }, use) => {
    const shop = new ShopPage(page, system.shopUrl, variant);
    await shop.open();
    await use(shop);
  },

  customer: async ({ shop }, use) => use(newCustomer(await shop.phoneNumber())),
  phone: async ({ testbed, customer }, use) => use(new VirtualPhone(testbed, customer.phone)),
  walk: async ({ shop, customer, phone }, use) => use(new Walk(() => shop.begin(), customer, phone)),

  violations: async ({ context }, use) => use(await watchPolicy(context)),

  _promises: [
    async ({ context, violations, system, customer, phone }, use) => {
      const tokens = watchTokens(context);
      await use(undefined);
      plainExpect(violations, 'violations of a content security policy, and uncaught errors').toEqual([]);

      for (const { name, value } of await context.cookies()) {
        if (name.endsWith('hecto-onboarding')) tokens.add(value);
      }
      const secrets = {
        name: customer.name,
        phone: customer.phone,
        'phone with hyphens': customer.phone.replace(/(\d{3})(\d{4})/, '$1-$2-'),
        birth: customer.birth,
        'birth with century': `19${customer.birth}`,
        'account number': customer.accountNumber,
        PIN: customer.pin,
        ...numbered('code', phone.codesSeen),
        ...numbered('token', tokens),
        ...numbered('pktHash', system.hashes()),
      };
      const places = { 'the log': system.logs(), 'the database': await system.dump() };
      plainExpect(findLeaks(secrets, places), 'secrets and personal data where they must not be').toEqual([]);
    },
    { auto: true },
  ],
});

/** The journeys are written once: the lane of an engine that Playwright does not drive puts its own browser under them. */
const lane = process.env.ENGINE === 'webkit' ? await import('./engines/webkit/fixture.ts') : undefined;
export const test: typeof everyday = lane?.inWebKit(everyday) ?? everyday;
export const expect: typeof plainExpect = lane?.expectInWebKit(plainExpect) ?? plainExpect;

/** Collects what pages complain about: broken policies (Trusted Types too) and uncaught errors. */
async function watchPolicy(context: BrowserContext): Promise<string[]> {
  const violations: string[] = [];
  const note = (text: string) => {
    // Firefox asks for one by itself, whatever the page is.
    if (!text.includes('/favicon.ico')) violations.push(text);
  };
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) =>
      // eslint-disable-next-line no-console -- inside the page, where the test listens
      console.error(`policy violated: ${effectiveDirective} ${blockedURI} ${sourceFile}`),
    );
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && /policy|TrustedHTML|Trusted Type/i.test(message.text()))
      note(message.text());
  });
  context.on('weberror', (error) => note(error.error().message));
  return violations;
}

/** Collects every token that goes from the browser to a server. */
function watchTokens(context: BrowserContext): Set<string> {
  const tokens = new Set<string>();
  context.on('request', (request) => {
    const bearer = /^Bearer (.+)$/.exec(request.headers()['authorization'] ?? '')?.[1];
    const clientToken = /"clientToken":"([^"]+)"/.exec(request.postData() ?? '')?.[1];
    for (const token of [bearer, clientToken]) if (token) tokens.add(token);
  });
  return tokens;
}

const numbered = (name: string, values: Iterable<string>) =>
  Object.fromEntries([...values].map((value, index) => [`${name} ${index + 1}`, value]));

import { randomUUID } from 'node:crypto';
import { chromium, type Browser, type Page, type Request } from 'playwright';
import { newDatabase, startTestPostgres } from '../../bff/store/test-postgres.ts';
import { launchOptions } from '../browser/find-browser.ts';
import { createMovableClock } from '../movable-clock.ts';
import { startSystem, type System } from '../system.ts';
import { servePages } from './peers.ts';
import { interleaved } from './rounds.ts';

/** A middling phone in a train: a processor four times slower, 1.6 Mbit/s, 150 ms. */
const slowNetwork = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};
const slowProcessor = { rate: 4 };

export type FirstScreens = {
  /** Milliseconds until the first control, by variant and round. */
  readonly ms: Readonly<Record<'inline' | 'frame' | 'hosted' | 'adyen' | 'lit', readonly number[]>>;
  /** Pages, scripts, styles and pictures of ours that are fetched until then, calls of the API aside (W4). */
  readonly fetched: Readonly<Record<'inline' | 'frame' | 'hosted', number>>;
};

/**
 * W3: from the navigation to the first visible control, each time in a browser that has seen nothing, for our surfaces,
 * Adyen's drop-in and a bare element of Lit. Ours talk to a real BFF on a real database.
 */
export async function measureFirstScreens(rounds: number): Promise<FirstScreens> {
  const postgres = await startTestPostgres();
  const database = await newDatabase(postgres.url);
  const system = await startSystem(database.url, createMovableClock());
  let token = '';
  const pages = await servePages(
    (surface) => `<script type="module" src="${system.bffUrl}/widget/1/hecto-onboarding.js"></script>
<hecto-onboarding surface="${surface}" client-token="${token}"></hecto-onboarding>`,
    Number(new URL(system.spareUrl).port),
  );
  const { args = [], ...launching } = launchOptions();
  // Frames of another origin would run in a process of their own, which the slowness below does not reach.
  const browser = await chromium.launch({
    ...launching,
    args: [...args, '--disable-features=OriginIsolationHeader'],
  });
  try {
    const load = (url: string) => timeOf(browser, url);
    const fetched = { inline: 0, frame: 0, hosted: 0 };
    const ours = (surface: keyof typeof fetched) => async () => {
      const session = await openSession(system, surface);
      token = session.clientToken;
      fetched[surface] = 0;
      return timeOf(
        browser,
        surface === 'hosted' ? session.hostedUrl : `${pages.url}/ours/${surface}`,
        (request) => {
          const isOurs = new URL(request.url()).origin === system.bffUrl;
          if (isOurs && !['fetch', 'xhr'].includes(request.resourceType())) fetched[surface] += 1;
        },
      );
    };
    const variants = {
      ...{ inline: ours('inline'), frame: ours('frame'), hosted: ours('hosted') },
      ...{ adyen: () => load(`${pages.url}/adyen`), lit: () => load(`${pages.url}/lit`) },
    };
    // Nobody is judged by what is done once: the first answer of a server, the first start of a browser.
    await interleaved(variants, 1);
    return { ms: await interleaved(variants, rounds), fetched };
  } finally {
    await browser.close();
    await pages.close();
    await system.close();
    await database.drop();
    await postgres.stop();
  }
}

async function openSession(
  { bffUrl, secretKey, spareUrl }: System,
  surface: string,
): Promise<{ clientToken: string; hostedUrl: string }> {
  const answer = await fetch(`${bffUrl}/v1/onboarding-sessions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secretKey}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ customerId: `bench-${randomUUID()}`, surface, origin: spareUrl }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as { clientToken: string; hostedUrl: string };
}

async function timeOf(
  browser: Browser,
  url: string,
  onRequest: (request: Request) => void = () => undefined,
): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  try {
    // What Adyen's code would ask of its servers is answered at once, outside of the slow network.
    await context.route(/adyen\.com/, (route) =>
      route.fulfill({ json: {}, headers: { 'access-control-allow-origin': '*' } }),
    );
    const page = await context.newPage();
    page.on('request', onRequest);
    await page.addInitScript(watchForControls);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', slowNetwork);
    await devtools.send('Emulation.setCPUThrottlingRate', slowProcessor);
    await page.goto(url);
    return await firstControl(page);
  } finally {
    await context.close();
  }
}

declare global {
  /** When this document showed its first control: milliseconds of this machine's clock. */
  var firstControlAt: number | undefined;
}

/** Runs in every document before its own scripts: looks at every frame for what can be pressed or filled in. */
function watchForControls(): void {
  const roots: ParentNode[] = [document];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this`
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    roots.push(root);
    return root;
  };
  // A named function would bring along a helper of the compiler, which no page has.
  const timer = setInterval(() => {
    const controls = roots.flatMap((root) => [
      ...root.querySelectorAll('button, input, select, [role=button], [role=radio], [role=checkbox]'),
    ]);
    const seen = controls.some(
      (control) =>
        control.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        control.getBoundingClientRect().height > 0,
    );
    if (!seen) return;
    clearInterval(timer);
    globalThis.firstControlAt = performance.timeOrigin + performance.now();
  }, 10);
}

async function firstControl(page: Page): Promise<number> {
  const began = await page.evaluate(() => performance.timeOrigin);
  for (let tries = 0; tries < 600; tries += 1) {
    for (const frame of page.frames()) {
      const at = await frame.evaluate(() => globalThis.firstControlAt).catch(() => undefined);
      if (at !== undefined) return at - began;
    }
    await page.waitForTimeout(50);
  }
  throw new Error(`No control came to be seen at ${page.url()}.`);
}

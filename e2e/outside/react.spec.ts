import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { HectoOnboardingProps } from '../../widget/package/react.ts';
import { addReact, buildApp, checkTypes, type ReactVersion } from './app.ts';
import { project } from './readme.ts';
import { bff, serve } from './static-page.ts';

/** Shows the component with the given props, in StrictMode, and writes down what its handlers hear. */
const app = `
  import { HectoOnboarding } from 'hecto-onboarding/react';
  import { createRef, StrictMode } from 'react';
  import { createRoot } from 'react-dom/client';

  const ref = createRef();
  const heard = [];
  const events = ['Ready', 'Step', 'Success', 'Exit', 'Error', 'Network', 'ExternalApp'];
  const handlers = (showing) => Object.fromEntries(events.map((name) => [
    'on' + name, (detail, event) => heard.push([showing, event.type, detail]),
  ]));
  const root = createRoot(document.getElementById('root'));
  let showings = 0;
  Object.assign(window, {
    ref,
    heard,
    show(props) {
      const all = { bffUrl: '${bff}', ...handlers(++showings), ...props };
      root.render(<StrictMode><HectoOnboarding ref={ref} {...all} /></StrictMode>);
    },
    leave: () => root.render(null),
  });
`;

/** What an app may say about the types of the package, and what it may not. */
const typed = `
  import { loadHectoOnboarding, type HectoEvents, type HectoOnboarding, type Result } from 'hecto-onboarding';
  import type { LoadOptions } from 'hecto-onboarding/loader';
  import { HectoOnboarding as Component, type HectoOnboardingProps } from 'hecto-onboarding/react';

  export async function begin(options: LoadOptions): Promise<Result> {
    const Element: typeof HectoOnboarding = await loadHectoOnboarding(options);
    const element: HectoOnboarding = document.createElement('hecto-onboarding');
    element.addEventListener('hecto-step', ({ detail }) => detail.current satisfies string);
    element.messages = { terms: {} };
    // @ts-expect-error There is no such language.
    element.locale = 'fr';
    // @ts-expect-error There is no such text.
    element.messages = { screens: {} };
    return Element.version ? element.open() : { type: 'exit', reason: 'closed', step: null, lastError: null };
  }
  export const props: HectoOnboardingProps = {
    bffUrl: '${bff}',
    onExternalApp: ({ storeUrl }, event) => storeUrl && event.preventDefault(),
    onExit: (detail: HectoEvents['hecto-exit']) => void detail,
    // @ts-expect-error A handler hears its own event.
    onNetwork: ({ current }) => void current,
  };
  export const shown = <Component {...props} clientToken="ct_1" ref={(element) => void element?.open()} />;
`;

type Heard = [showing: number, type: string, detail: unknown];
type App = {
  readonly ref: { readonly current: HTMLElementTagNameMap['hecto-onboarding'] | null };
  readonly heard: Heard[];
  show(props: Partial<HectoOnboardingProps>): void;
  leave(): void;
};
declare const window: Window & App;

const show = (page: Page, props: Partial<HectoOnboardingProps>) =>
  page.evaluate((given) => window.show(given), props);
const leave = (page: Page) => page.evaluate(() => window.leave());
/** What the handlers have heard since the last time. */
const heard = (page: Page) => page.evaluate(() => window.heard.splice(0));

/** Builds the app from the package and that React. */
async function built(react: ReactVersion): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-react-'));
  try {
    cpSync(join(project, 'dist/package'), join(folder, 'node_modules/hecto-onboarding'), { recursive: true });
    addReact(folder, react);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'main.tsx'), app);
    writeFileSync(join(folder, 'typed.tsx'), typed);
    const types = checkTypes(folder, react === '19' ? 'bundler' : 'node16', 'typed.tsx');
    return (await Promise.all([buildApp(folder, 'main.tsx'), types]))[0];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const react of ['18', '19'] as const) {
  test.describe(`React ${react}`, () => {
    // In one worker, which builds once.
    test.describe.configure({ mode: 'default' });
    let script = '';
    test.beforeAll(async () => {
      script = await built(react);
    });

    test('props are the element’s settings, events are props, methods are on the ref', async ({ page }) => {
      const { loads } = await serve(page, { script });
      const look = { className: 'here', style: { maxWidth: '400px' }, locale: 'en', theme: 'dark' } as const;
      const accent = { '--hecto-color-accent': '#123456' };
      await show(page, { clientToken: 'ct_1', appearance: accent, ...look });
      const element = page.locator('hecto-onboarding');
      // Mounted twice by StrictMode, and yet there is one of everything.
      await expect(element.locator('iframe')).toHaveCount(1);
      expect(loads).toEqual(['hecto-onboarding.classic.js']);
      await expect(element).toHaveClass('here');
      await expect(element).toHaveCSS('max-width', '400px');
      await expect(element).toHaveAttribute('locale', 'en');
      await expect(element).toHaveAttribute('theme', 'dark');
      expect(await page.evaluate(() => window.ref.current?.appearance)).toEqual(accent);

      await show(page, { clientToken: 'ct_1', locale: 'ko' });
      await expect(element).toHaveAttribute('locale', 'ko');
      await expect(element).not.toHaveAttribute('theme');
      expect(await page.evaluate(() => window.ref.current?.appearance)).toBeUndefined();

      const types = ['ready', 'step', 'success', 'error', 'network', 'external-app'].map(
        (name) => `hecto-${name}`,
      );
      await page.evaluate((all) => {
        for (const type of all)
          window.ref.current?.dispatchEvent(new CustomEvent(type, { detail: `about ${type}` }));
      }, types);
      // Each once, by the handlers of the second showing alone.
      expect(await heard(page)).toEqual(types.map((type) => [2, type, `about ${type}`]));

      await page.evaluate(() => window.ref.current?.close());
      expect(await heard(page)).toEqual([
        [2, 'hecto-exit', { reason: 'closed', step: null, lastError: null }],
      ]);
      await expect(element.locator('iframe')).toHaveCount(0);
      expect(await page.evaluate(() => window.ref.current?.open() instanceof Promise)).toBe(true);
    });

    test('what leaves the page tells so once, and leaves nothing', async ({ page }) => {
      await page.addInitScript(() => {
        const listeners = new Set<string>();
        Reflect.set(window, 'listeners', listeners);
        for (const [method, note] of [
          ['addEventListener', 'add'],
          ['removeEventListener', 'delete'],
        ] as const) {
          const original = window[method].bind(window);
          Reflect.set(window, method, (type: string, ...rest: [EventListener]) => {
            if (/^(message|pagehide|popstate)$/.test(type)) listeners[note](type);
            original(type, ...rest);
          });
        }
      });
      const listeners = () => page.evaluate(() => [...(Reflect.get(window, 'listeners') as Set<string>)]);
      await serve(page, { script });
      await show(page, { clientToken: 'ct_1', surface: 'modal' });
      await expect(page.getByRole('dialog')).toBeVisible();
      expect((await listeners()).sort()).toEqual(['message', 'pagehide', 'popstate']);
      await page.evaluate(() => Reflect.set(window, 'old', window.ref.current));
      await leave(page);
      await expect(page.locator('hecto-onboarding')).toHaveCount(0);
      expect(await heard(page)).toEqual([
        [1, 'hecto-exit', { reason: 'closed', step: null, lastError: null }],
      ]);
      expect(await listeners()).toEqual([]);
      await page.evaluate(() =>
        (Reflect.get(window, 'old') as HTMLElement).dispatchEvent(new CustomEvent('hecto-ready')),
      );
      expect(await heard(page)).toEqual([]);
    });

    test('a script that cannot be loaded is told, and the next mount tries again', async ({ page }) => {
      const state = await serve(page, { script });
      state.down = true;
      await show(page, { clientToken: 'ct_1' });
      await expect.poll(() => page.evaluate(() => window.heard.length)).toBe(2);
      const code = 'script-not-loaded';
      expect(await heard(page)).toMatchObject([
        [1, 'hecto-error', { error: { code } }],
        [1, 'hecto-exit', { reason: 'unavailable', lastError: { code } }],
      ]);
      await leave(page);
      state.down = false;
      await show(page, { clientToken: 'ct_1' });
      await expect(page.locator('hecto-onboarding iframe')).toHaveCount(1);
    });
  });
}

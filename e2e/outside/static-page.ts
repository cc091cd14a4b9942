/** A merchant's page and our built files, served by the browser itself: no network, no BFF. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { project } from './readme.ts';

export const bff = 'https://bff.example.com';
const shop = 'https://shop.example.com';

/** The integrity of every file of the built widget. */
export const { files } = JSON.parse(readFileSync(join(project, 'dist/widget/manifest.json'), 'utf8')) as {
  files: Record<string, string>;
};

type Served = {
  /** Files of the widget that were asked for. */
  readonly loads: string[];
  /** Whether the BFF cannot be reached. */
  down: boolean;
};

/** Opens an empty page with this script and this policy. The package's modules are beside it. */
export async function serve(page: Page, { script = '', policy = '' } = {}): Promise<Served> {
  const state: Served = { loads: [], down: false };
  await page.route(`${bff}/widget/**`, async (route) => {
    const [, , , ...path] = new URL(route.request().url()).pathname.split('/');
    // A frame that never answers.
    if (path[0] === 'frame') return route.fulfill({ contentType: 'text/html', body: '' });
    state.loads.push(path.join('/'));
    if (state.down) return route.abort();
    const headers = { 'access-control-allow-origin': '*' };
    await route.fulfill({ path: join(project, 'dist/widget', ...path), headers });
  });
  await page.route(`${shop}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/page.js') return route.fulfill({ contentType: 'text/javascript', body: script });
    if (pathname !== '/') return route.fulfill({ path: join(project, 'dist/package', pathname) });
    await route.fulfill({
      headers: { 'content-type': 'text/html', 'content-security-policy': policy },
      body: `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><body><div id="root"></div>${
        script && '<script type="module" src="/page.js"></script>'
      }</body>`,
    });
  });
  await page.goto(shop);
  return state;
}

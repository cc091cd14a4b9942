import { createServer } from 'node:http';
import { expect, test } from '../fixtures.ts';
import type { System } from '../system.ts';
import { Walk } from '../walk.ts';

/** A page with nothing but the widget, under the strictest policy it can live with. */
async function serveStrictPage({ bffUrl, spareUrl }: System, clientToken: string): Promise<() => void> {
  const policy = [
    `default-src 'none'; script-src 'self' ${bffUrl}; frame-src ${bffUrl}`,
    "require-trusted-types-for 'script'; trusted-types 'none'",
  ].join('; ');
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
    });
    response.end(`<!doctype html><html lang="ko"><title>Strict</title>
      <script type="module" src="${bffUrl}/widget/1/hecto-onboarding.js"></script>
      <main><hecto-onboarding client-token="${clientToken}"></hecto-onboarding></main></html>`);
  });
  await new Promise<void>((resolve) => server.listen(Number(new URL(spareUrl).port), '127.0.0.1', resolve));
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

test('S25 the strictest page policy allows the whole journey without a violation', async ({
  page,
  shop,
  system,
  customer,
  phone,
  violations,
}) => {
  const { clientToken } = await shop.newSession();
  const stop = await serveStrictPage(system, clientToken);
  const begin = async () => {
    await page.goto(system.spareUrl);
    return shop.widget;
  };
  const widget = await new Walk(begin, customer, phone).toDone();
  await widget.done.close.click();
  expect(await shop.sessionStatus()).toBe('completed');
  expect(violations).toEqual([]);

  // One on purpose shows that the others would have been heard.
  await page.evaluate(() =>
    document.body.append(Object.assign(document.createElement('img'), { src: '/x.png' })),
  );
  await expect.poll(() => violations.splice(0)).toContainEqual(expect.stringContaining('img-src'));
  stop();
});

test('S24 a browser tells us when something on our page breaks its policy', async ({
  page,
  system,
  violations,
}) => {
  await page.goto(`${system.bffUrl}/onboarding/self-test`);
  await page.evaluate(() => {
    const image = document.createElement('img');
    image.src = 'http://127.0.0.1:1/elsewhere.png';
    document.body.append(image);
  });
  await expect.poll(() => system.logs()).toContain('"directive":"img-src"');
  await expect.poll(() => violations.splice(0)).toContainEqual(expect.stringContaining('img-src'));
});

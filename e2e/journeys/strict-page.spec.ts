import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import type { System } from '../system.ts';
import { Walk } from '../walk.ts';

/** The policy that the documents tell merchants to take for a surface. */
function documentedPolicy(surface: string, bffUrl: string): string {
  const page = readFileSync(join(import.meta.dirname, '../../docs/embed.md'), 'utf8');
  const policies = [...page.matchAll(/^\| `(\w+)`, `[\w-]+` \| `(script-src .+)` \|$/gm)];
  const policy = policies.find(([, name]) => name === surface)?.[2];
  expect(policy, `a policy for ${surface} in docs/embed.md`).toBeDefined();
  return policy!.replaceAll('https://bff.example.com', bffUrl);
}

/** A page with nothing but the widget, under the strictest policy it can live with. */
async function serveStrictPage(
  { bffUrl, spareUrl }: System,
  clientToken: string,
  surface = 'frame',
): Promise<() => void> {
  const policy = [
    `default-src 'none'; ${documentedPolicy(surface, bffUrl)}`,
    `require-trusted-types-for 'script'; trusted-types ${surface === 'inline' ? 'lit-html' : "'none'"}`,
  ].join('; ');
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
    });
    response.end(`<!doctype html><html lang="ko"><title>Strict</title>
      <script type="module" src="${bffUrl}/widget/1/hecto-onboarding.js"></script>
      <main><hecto-onboarding surface="${surface}" client-token="${clientToken}"></hecto-onboarding></main></html>`);
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

test.describe('inline', () => {
  test.use({ variant: { surface: 'inline', locale: 'ko', theme: 'light' } });

  test('S25 inline lives under the policy that merchants are told to take for it', async ({
    page,
    request,
    shop,
    system,
    customer,
    phone,
    violations,
  }) => {
    // In the page itself it is the page's origin that counts.
    const session = await request.post(`${system.bffUrl}/v1/onboarding-sessions`, {
      headers: { authorization: `Bearer ${system.secretKey}`, 'idempotency-key': 'inline' },
      data: { customerId: await shop.customerId(), origin: system.spareUrl },
    });
    const { id, clientToken } = (await session.json()) as { id: string; clientToken: string };
    const stop = await serveStrictPage(system, clientToken, 'inline');
    const begin = async () => {
      await page.goto(system.spareUrl);
      return shop.widget;
    };
    const widget = await new Walk(begin, customer, phone).toDone();
    await widget.done.close.click();
    const ended = await request.get(`${system.bffUrl}/v1/onboarding-sessions/${id}`, {
      headers: { authorization: `Bearer ${system.secretKey}` },
    });
    expect(await ended.json()).toMatchObject({ status: 'completed' });
    expect(violations).toEqual([]);
    stop();
  });
});

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findLeaks } from '../leaks.ts';

/** Every string that is alive in the page. */
async function heapOf(page: Page): Promise<string> {
  const client = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  client.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await client.send('HeapProfiler.enable');
  for (let round = 0; round < 2; round++) await client.send('HeapProfiler.collectGarbage');
  await client.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await client.detach();
  return (JSON.parse(chunks.join('')) as { strings: string[] }).strings.join('\n');
}

for (const surface of ['frame', 'inline', 'modal'] as const) {
  test.describe(`on the surface ${surface}`, () => {
    test.use({ variant: { surface, locale: 'ko', theme: 'light' } });

    test('S14 once the widget is closed, the page has forgotten the customer', async ({
      page,
      walk,
      shop,
      customer,
    }) => {
      const tokens: string[] = [];
      page.on('request', (request) => {
        const token = /^Bearer (.+)$/.exec(request.headers()['authorization'] ?? '')?.[1];
        if (token) tokens.push(token);
      });
      const widget = await walk.toDone();
      // The phone number stands on the shop’s own page.
      const { name, birth, accountNumber, pin } = customer;
      const secrets = { name, birth, accountNumber, pin, token: tokens.at(-1)! };

      await widget.done.close.click();
      await expect(shop.subscribed).toBeVisible();
      const heap = await heapOf(page);
      expect(heap).toContain('hecto-onboarding');
      expect(heap).toContain(`****${accountNumber.slice(-4)}`); // as the shop shows it
      expect(findLeaks(secrets, { 'the heap': heap, 'the document': await page.content() })).toEqual([]);
    });
  });
}

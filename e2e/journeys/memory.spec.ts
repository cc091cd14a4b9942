import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

const cycles = 100;

/** What is alive in the page after everything that can be thrown away was. */
async function alive(client: CDPSession, page: Page) {
  // Twice: what the first one lets go may hold something itself.
  for (let round = 0; round < 2; round++) await client.send('HeapProfiler.collectGarbage');
  const { metrics } = await client.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  const timers = await page.evaluate(() => (window as unknown as { timers: Set<number> }).timers.size);
  return { nodes: of('Nodes'), listeners: of('JSEventListeners'), frames: of('Frames'), timers };
}

/** Keeps count of the timers that are set. */
function countTimers(): void {
  const timers = new Set<number>();
  const set = window.setTimeout.bind(window);
  const clear = window.clearTimeout.bind(window);
  Object.assign(window, {
    timers,
    setTimeout: (act: () => void, ms?: number) => {
      const id = set(() => {
        timers.delete(id);
        act();
      }, ms);
      timers.add(id);
      return id;
    },
    clearTimeout: (id: number) => {
      timers.delete(id);
      clear(id);
    },
  });
}

/** Puts a widget on the page, waits until it is there, and takes it away again. */
async function openAndClose(surface: string): Promise<void> {
  const answer = await fetch('/bank-account/client-tokens', { method: 'POST' });
  const { clientToken } = (await answer.json()) as { clientToken: string };
  const widget = document.createElement('hecto-onboarding');
  widget.setAttribute('surface', surface);
  const ready = new Promise((resolve) => {
    widget.addEventListener('hecto-ready', resolve, { once: true });
  });
  document.body.append(widget);
  widget.clientToken = clientToken;
  const left = widget.open();
  await ready;
  widget.close({ force: true });
  await left;
  widget.remove();
}

// Between them: the frame, the app in the page itself, and the dialog.
for (const surface of ['modal', 'inline'] as const) {
  test.describe(`on the surface ${surface}`, () => {
    test.use({ variant: { surface, locale: 'ko', theme: 'light' } });

    test(`opened and closed ${cycles} times it leaves no element, listener or timer`, async ({
      page,
      shop,
    }) => {
      await page.addInitScript(countTimers);
      await shop.open();
      const client = await page.context().newCDPSession(page);
      await client.send('Performance.enable');
      await shop.newSession();
      // What is loaded once and kept is there after a few times.
      for (let count = 0; count < 5; count++) await page.evaluate(openAndClose, surface);
      const before = await alive(client, page);
      for (let count = 0; count < cycles; count++) await page.evaluate(openAndClose, surface);
      const after = await alive(client, page);

      expect(after.frames).toBe(before.frames);
      expect(after.timers).toBe(before.timers);
      // Less than one for every five times: what the browser itself keeps varies by a few.
      expect(after.listeners - before.listeners).toBeLessThan(cycles / 5);
      expect(after.nodes - before.nodes).toBeLessThan(cycles / 5);
    });
  });
}

import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchOptions } from '../../e2e/browser/find-browser.ts';
import { System } from '../services/testing/start-system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

test('/docs shows the document, asks nobody but us, and breaks no rule of its page', async () => {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));

    const answer = await page.goto(`${system.url()}/docs`);
    expect(answer?.headers()['content-security-policy']).toContain("script-src 'self'");
    await page.getByRole('heading', { name: 'Merchant API' }).waitFor();
    await page.getByText('Verifications').first().click();
    await page.getByText('Deposit one won').first().click();
    await page.getByRole('heading', { name: 'Deposit one won' }).waitFor();
    // A page that asks somebody else does it early or while it is used; give it the time to.
    const isQuiet = async () => {
      const before = asked.length;
      await page.waitForTimeout(1_000);
      return asked.length === before;
    };
    await expect.poll(isQuiet, { timeout: 30_000 }).toBe(true);

    const strangers = asked.filter((url) => !url.startsWith(`${system.url()}/`) && !url.startsWith('data:'));
    expect({ strangers, complaints }).toEqual({ strangers: [], complaints: [] });
    expect(asked).toContain(`${system.url()}/openapi.json`);
  } finally {
    await browser.close();
  }
}, 60_000);

test('the files of /docs are those two', async () => {
  for (const path of ['/docs/start.js', '/docs/reader.js']) {
    const response = await fetch(system.url() + path);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
  }
  expect((await fetch(`${system.url()}/docs/package.json`)).status).toBe(404);
  expect((await fetch(`${system.url()}/docs`, { method: 'POST' })).status).toBe(405);
});

import { defineConfig } from '@playwright/test';
import { launchOptions } from './e2e/browser/find-browser.ts';

/**
 * Browser journeys, and the gallery's cells. Nothing is started here: each test of a journey brings its own testbed, BFF,
 * database and shop, each test of the gallery its own gallery.
 */
export default defineConfig({
  testDir: 'e2e/journeys',
  globalSetup: ['./e2e/build-widget.ts', './e2e/gallery/server.ts'],
  outputDir: 'test-results',
  snapshotPathTemplate: '{testDir}/{testFileDir}/{testFileName}-snapshots/{arg}{ext}',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'reports/e2e.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: launchOptions(),
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    reducedMotion: 'reduce',
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'desktop',
      // On a desktop there is neither an app around the page nor a PASS app to open.
      testIgnore: 'hosts.spec.ts',
      use: { viewport: { width: 1280, height: 800 } },
    },
    {
      name: 'mobile',
      // The size of the window makes no difference to these.
      testIgnore: ['first-screen.spec.ts', 'hostile-page.spec.ts', 'memory.spec.ts', 'forgetting.spec.ts'],
      use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    },
    { name: 'outside', testDir: 'e2e/outside', use: { viewport: { width: 1280, height: 800 } } },
    {
      name: 'gallery',
      testDir: 'e2e',
      testMatch: /e2e\/(gallery|accessibility)\/.*\.spec\.ts$/,
      use: { viewport: { width: 360, height: 740 } },
    },
  ],
});

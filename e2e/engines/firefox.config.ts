import { defineConfig } from '@playwright/test';
import everyday from '../../playwright.config.ts';

/** What asks of Chromium alone, and what asks of the page, not of the engine. */
export const elsewhere = ['hosts.spec.ts', 'accessibility.spec.ts', 'memory.spec.ts', 'forgetting.spec.ts'];

/** The journeys once more in Firefox. `npm run test:engines` installs it. */
export default defineConfig({
  ...everyday,
  testDir: '../journeys',
  globalSetup: '../build-widget.ts',
  outputDir: '../../test-results',
  reporter: [['list']],
  workers: 1,
  projects: [
    {
      name: 'firefox',
      testIgnore: elsewhere,
      use: {
        browserName: 'firefox',
        channel: 'moz-firefox',
        launchOptions: { executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr' },
        viewport: { width: 1280, height: 800 },
      },
    },
  ],
});

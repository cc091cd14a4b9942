import { defineConfig } from '@playwright/test';
import everyday from './playwright.config.ts';

/** The journeys once more, in the engines that `npm test` does without. `npm run test:engines` installs them. */
export default defineConfig({
  ...everyday,
  workers: 1,
  projects: [
    { name: 'webkit', testDir: 'e2e/engines/webkit' },
    {
      name: 'firefox',
      // What speaks to Chromium alone, and what asks of the page, not of the engine.
      testIgnore: ['hosts.spec.ts', 'accessibility.spec.ts'],
      use: {
        browserName: 'firefox',
        channel: 'moz-firefox',
        launchOptions: { executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr' },
        viewport: { width: 1280, height: 800 },
      },
    },
  ],
});

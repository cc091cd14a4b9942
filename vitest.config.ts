import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser, launchOptions } from './e2e/browser/find-browser.ts';

export default defineConfig({
  test: {
    // Tests wait for databases, timers and browsers more than they compute.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'node',
          include: ['{shared,bff,e2e}/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['bff/store/test-database.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Widget tests run where the widget runs: in a real browser.
        define: { __VERSION__: JSON.stringify('test') },
        // Found ahead of time: a dependency that is discovered during a test reloads the page under it.
        optimizeDeps: { entries: ['widget/**/*.ts'] },
        test: {
          name: 'browser',
          include: ['widget/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              // The tests of the node project need no browser.
              launchOptions: findBrowser() ? launchOptions() : {},
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});

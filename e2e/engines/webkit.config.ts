import { defineConfig } from '@playwright/test';
import firefox, { elsewhere } from './firefox.config.ts';

// Every worker reads this file, too, so the fixtures know before they are made.
process.env.ENGINE = 'webkit';

/** The journeys once more in WebKit. `npm run test:engines` installs it. */
export default defineConfig({
  ...firefox,
  projects: [
    {
      name: 'webkit',
      // These listen to the browser, bend the page under it, or walk with Tab from the page into the frame: what
      // WebKit's driver has no way for.
      testIgnore: [
        ...elsewhere,
        'keyboard.spec.ts',
        'first-screen.spec.ts',
        'hostile-page.spec.ts',
        'strict-page.spec.ts',
      ],
    },
  ],
});

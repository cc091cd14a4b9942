/** WebKit as Debian builds it, driven by its own WebDriver on a display that nobody sees. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver';
import { freePort } from '../../ports.ts';

/** Where Debian and Ubuntu keep the little browser that WebKitGTK brings along. */
const browsers = ['4.1', '4.0', '6.0'].flatMap((version) =>
  ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${version}/MiniBrowser`),
);

export type WebKit = { readonly driver: WebDriver; close(): Promise<void> };

/** Starts the browser. @throws where it is not installed, or does not start within ten seconds. */
export async function startWebKit(): Promise<WebKit> {
  const binary = browsers.find((path) => existsSync(path));
  if (!binary) throw new Error('No WebKitGTK was found: run `npm run test:engines`, which installs it.');
  const port = await freePort();
  // The server picks a display that is free; the sandbox of WebKit needs rights that containers do not give.
  const server = spawn('xvfb-run', ['-a', 'WebKitWebDriver', '--host=127.0.0.1', `--port=${port}`], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  });
  const stop = () => server.pid && process.kill(-server.pid);
  const capabilities = new Capabilities()
    .set('browserName', 'MiniBrowser')
    .set('webkitgtk:browserOptions', { binary, args: ['--automation'] });
  const start = () =>
    new Builder().withCapabilities(capabilities).usingServer(`http://127.0.0.1:${port}`).build();
  for (const end = Date.now() + 10_000; ;) {
    try {
      const driver = await start();
      return {
        driver,
        close: async () => {
          await driver.quit();
          stop();
        },
      };
    } catch (error) {
      if (Date.now() > end) {
        stop();
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

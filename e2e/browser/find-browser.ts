/** Finds the Chromium that tests drive: named by the environment, the system's, or Playwright's own. */
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type LaunchOptions } from 'playwright';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const systemPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Without these, Chromium spends a closed network's first seconds on calls to its maker. */
const quietFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of a browser that can be started, or undefined where there is none. */
export function findBrowser(): string | undefined {
  return [process.env.CHROMIUM_PATH, ...onPath(systemNames), ...systemPaths, playwrightsOwn()].find(isFile);
}

/** How every test starts the browser. @throws where none was found. */
export function launchOptions(): LaunchOptions {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chromium was found: run `npx tsx e2e/browser/ensure.ts` first.');
  return { executablePath, args: quietFlags, chromiumSandbox: process.getuid?.() !== 0 };
}

function onPath(names: readonly string[]): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function playwrightsOwn(): string | undefined {
  try {
    return chromium.executablePath();
  } catch {
    return undefined; // Playwright has no build for this system.
  }
}

function isFile(path: string | undefined): path is string {
  return path !== undefined && existsSync(path) && statSync(path).isFile();
}

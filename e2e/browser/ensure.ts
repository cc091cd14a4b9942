/**
 * First step of `npm test`: makes sure that a browser is there. Uses what the machine has; otherwise
 * installs Playwright's own, or, as root on Debian, the system's package. A machine that can do neither
 * gets one sentence. Korean type is installed with it where that is possible, for readable screenshots.
 */
import { spawnSync } from 'node:child_process';
import { findBrowser } from './find-browser.ts';
import { canUseApt, installPackages, minute, run } from './install.ts';

ensureBrowser();
ensureKoreanType();

function ensureBrowser(): void {
  if (browserStarts()) return;

  process.stderr.write('No browser found, installing one with Playwright…\n');
  run('npx', ['playwright', 'install', 'chromium'], 4 * minute);
  if (browserStarts()) return;

  if (canUseApt) {
    process.stderr.write('Installing chromium with apt-get…\n');
    installPackages(['chromium', 'fonts-noto-cjk']);
    if (browserStarts()) return;
  }
  process.stderr.write(
    'The tests need a browser: install Chromium or Chrome, or set CHROMIUM_PATH to one, then run `npm test` again.\n',
  );
  process.exit(1);
}

/** Best effort: without Korean type everything passes, but screenshots show boxes. */
function ensureKoreanType(): void {
  if (!canUseApt || hasKoreanType()) return;
  installPackages(['fonts-noto-cjk']);
}

function hasKoreanType(): boolean {
  const listed = spawnSync('fc-list', [':lang=ko', 'family'], { encoding: 'utf8' });
  return listed.error === undefined && listed.stdout.trim() !== '';
}

/** A downloaded browser is of no use where its system libraries are missing, so it is started once. */
function browserStarts(): boolean {
  const path = findBrowser();
  return path !== undefined && spawnSync(path, ['--version'], { timeout: minute }).status === 0;
}

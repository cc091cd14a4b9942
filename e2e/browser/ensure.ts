/**
 * First step of `npm test`: makes sure that a browser is there. Uses what the machine has; otherwise
 * installs Playwright's own, or, as root on Debian, the system's package. A machine that can do neither
 * gets one sentence. Korean type is installed with it where that is possible, for readable screenshots.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser } from './find-browser.ts';

const minute = 60_000;
const canUseApt =
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

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

function installPackages(names: readonly string[]): void {
  if (!run('apt-get', ['update'], 3 * minute)) return;
  run('apt-get', ['install', '-y', '--no-install-recommends', ...names], 8 * minute);
}

/** A downloaded browser is of no use where its system libraries are missing, so it is started once. */
function browserStarts(): boolean {
  const path = findBrowser();
  return path !== undefined && spawnSync(path, ['--version'], { timeout: minute }).status === 0;
}

function run(command: string, args: readonly string[], timeout: number): boolean {
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout, env });
    return true;
  } catch {
    return false;
  }
}

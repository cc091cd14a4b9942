import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../', import.meta.url));
const sources = ['widget', 'shared', 'vite.config.ts', 'package-lock.json'];
/** Written last by the build. */
const product = 'dist/widget/manifest.json';

/** Builds `dist/widget` where it is missing or older than what it is made of. */
export async function buildWidgetIfOlder(): Promise<void> {
  const newestSource = Math.max(...sources.map((source) => newestChange(join(root, source))));
  if (newestChange(join(root, product)) < newestSource) await build({ root, logLevel: 'warn' });
}

function newestChange(path: string): number {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

/** The npm package likewise. It is compiled by a program of its own. */
function buildPackageIfOlder(): void {
  const made = newestChange(join(root, 'dist/package/package.json'));
  const newestSource = Math.max(
    ...['widget', 'shared', 'package.json'].map((path) => newestChange(join(root, path))),
  );
  if (made < newestSource) execFileSync('npm', ['run', '--silent', 'build:package'], { cwd: root });
}

export default async function buildAllIfOlder(): Promise<void> {
  await buildWidgetIfOlder();
  buildPackageIfOlder();
}

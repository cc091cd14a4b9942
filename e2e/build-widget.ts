import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Builds `dist/widget` where it is missing or older than what it is made of. */
export async function buildWidgetIfOlder(): Promise<void> {
  // The manifest is written last.
  if (isOlder('dist/widget/manifest.json', ['widget', 'shared', 'vite.config.ts', 'package-lock.json']))
    await build({ root, logLevel: 'warn' });
}

/** The npm package likewise. It is compiled by a program of its own. */
function buildPackageIfOlder(): void {
  const sources = ['widget', 'shared', 'package.json', 'build-package.ts', 'custom-elements-manifest.ts'];
  if (isOlder('dist/package/package.json', sources))
    execFileSync('npm', ['run', '--silent', 'build:package'], { cwd: root });
}

/** And the package of the server, which holds the widget. */
function buildServerPackageIfOlder(): void {
  const npmRun = (name: string) => execFileSync('npm', ['run', '--silent', name], { cwd: root });
  const sources = ['bff', 'shared', 'package.json', 'tsconfig.build.json'];
  if (isOlder('dist/server/bff/command.js', sources)) npmRun('build:bff');
  if (isOlder('dist/server-package/package.json', ['dist/server', 'dist/widget', 'build-server-package.ts']))
    npmRun('build:server-package');
}

const isOlder = (product: string, sources: readonly string[]): boolean =>
  newestChange(join(root, product)) < Math.max(...sources.map((source) => newestChange(join(root, source))));

function newestChange(path: string): number {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

export default async function buildAllIfOlder(): Promise<void> {
  await buildWidgetIfOlder();
  buildPackageIfOlder();
  buildServerPackageIfOlder();
}

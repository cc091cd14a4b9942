/**
 * `npm run docs`: builds the documents as a site into `dist/docs`, with a search that asks nobody. `-- --serve` shows
 * it afterwards, `-- --pages` only writes the pages that are made from tables in the code. Whatever else is given goes
 * to VitePress, such as `--base /docs/`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import { generatedPages } from './generated.ts';
import { projectFolder } from './pages.ts';
import { stage } from './stage.ts';

const site = join(projectFolder, 'docs/site');
const given = process.argv.slice(2);
const rest = given.filter((word) => word !== '--serve' && word !== '--pages');

/** Runs a tool of the site; ends with it if it fails. */
function run(command: string, ...args: string[]): void {
  const { status } = spawnSync(command, args, {
    cwd: site,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

for (const [path, write] of Object.entries(generatedPages)) {
  const file = join(projectFolder, path);
  const text = write();
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  writeFileSync(file, text);
  process.stdout.write(`${path} is new.\n`);
}
if (given.includes('--pages')) process.exit();

const vitepress = join(site, 'node_modules/vitepress/bin/vitepress.js');
if (!existsSync(vitepress)) {
  process.stdout.write('Installing VitePress…\n');
  run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
}
stage(projectFolder, join(projectFolder, 'dist/docs-source'));
run(process.execPath, vitepress, 'build', '.', ...rest);
if (given.includes('--serve')) serve();

/** Shows the built site on this machine alone; VitePress's own way listens on every network. */
function serve(): void {
  const folder = join(projectFolder, 'dist/docs');
  const { PORT = '4040' } = process.env;
  express()
    .use(express.static(folder))
    .use((_req, res) => res.status(404).sendFile(join(folder, '404.html')))
    .listen(Number(PORT), '127.0.0.1', () => process.stdout.write(`http://localhost:${PORT}\n`));
}

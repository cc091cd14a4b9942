/**
 * `npm run bench [rounds]`: measures us beside what merchants would take instead, in one run, prints what came out and
 * writes docs/performance.md. Use a machine that does nothing else.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWidgetIfOlder } from '../build-widget.ts';

const folder = import.meta.dirname;
const rounds = Number(process.argv[2] ?? 9);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('rounds must be a whole number of at least 1.');

if (!existsSync(join(folder, 'node_modules'))) {
  process.stderr.write('Installing what we are measured against…\n');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
await buildWidgetIfOlder();
// Only now are the peers there.
const { measureFirstScreens } = await import('./first-screen.ts');
const { reportOf } = await import('./report.ts');

process.stderr.write(`First screens, ${rounds} rounds…\n`);
const report = reportOf(await measureFirstScreens(rounds));
writeFileSync(join(folder, '../../docs/performance.md'), report);
process.stdout.write(report);

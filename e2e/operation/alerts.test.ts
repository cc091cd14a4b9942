import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { canUseApt, installPackages } from '../browser/install.ts';

const folder = fileURLToPath(new URL('../../docs/operation', import.meta.url));
const promtool = (...args: string[]) => spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' });
const isThere = () => promtool('--version').status === 0;

beforeAll(() => {
  if (!isThere() && canUseApt) installPackages(['prometheus']);
}, 600_000);

const notHere = 'promtool is not here: it comes with the package prometheus of Debian or Ubuntu.';

test('Prometheus takes the alert rules, and each is raised when it should be and not before', ({ skip }) => {
  skip(!isThere(), notHere);
  const checked = promtool('check', 'rules', 'alerts.yml');
  expect(checked.stderr + checked.stdout).toMatch(/SUCCESS: \d\d rules found/);
  const tested = promtool('test', 'rules', 'alerts.test.yml');
  expect({ status: tested.status, said: tested.stdout + tested.stderr }).toMatchObject({
    status: 0,
    said: expect.stringContaining('SUCCESS') as string,
  });
});

test.for(['README.md', 'README.ko.md'])('Prometheus takes the configuration of %s', (page, { skip }) => {
  skip(!isThere(), notHere);
  const [, config = ''] = /```yaml\n([^]*?)```/.exec(readFileSync(join(folder, page), 'utf8')) ?? [];
  const own = mkdtempSync(join(tmpdir(), 'prometheus-'));
  writeFileSync(join(own, 'prometheus.yml'), config);
  copyFileSync(join(folder, 'alerts.yml'), join(own, 'alerts.yml'));
  const { status, stdout, stderr } = promtool('check', 'config', join(own, 'prometheus.yml'));
  rmSync(own, { recursive: true });
  expect({ status, said: stdout + stderr }).toMatchObject({ status: 0 });
  expect(stdout).toMatch(/1 rule files found/);
});

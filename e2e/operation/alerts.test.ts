import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { canUseApt, installPackages } from '../browser/install.ts';

const folder = fileURLToPath(new URL('../../docs/operation', import.meta.url));
const promtool = (...args: string[]) => spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' });
const isThere = () => promtool('--version').status === 0;

beforeAll(() => {
  if (!isThere() && canUseApt) installPackages(['prometheus']);
}, 600_000);

test('Prometheus takes the alert rules, and each is raised when it should be and not before', ({ skip }) => {
  skip(!isThere(), 'promtool is not here: it comes with the package prometheus of Debian or Ubuntu.');
  const checked = promtool('check', 'rules', 'alerts.yml');
  expect(checked.stderr + checked.stdout).toMatch(/SUCCESS: \d\d rules found/);
  const tested = promtool('test', 'rules', 'alerts.test.yml');
  expect({ status: tested.status, said: tested.stdout + tested.stderr }).toMatchObject({
    status: 0,
    said: expect.stringContaining('SUCCESS') as string,
  });
});

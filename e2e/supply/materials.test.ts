import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
type Bom = {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl: string }[];
};
type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

beforeAll(() => {
  execFileSync('npm', ['run', '--silent', 'build:materials'], { cwd: root });
}, 60_000);

type Locked = { readonly dev?: true; readonly devOptional?: true; readonly optional?: true };

test('S95 the bill of materials names this release and everything that runs in production, and nothing else', () => {
  const { bomFormat, metadata, components } = JSON.parse(read('dist/sbom.cdx.json')) as Bom;
  const { name, version, dependencies, devDependencies } = JSON.parse(read('package.json')) as Manifest;
  expect(bomFormat).toBe('CycloneDX');
  expect(metadata.component).toMatchObject({ name, version });
  const named = new Map(components.map((one) => [one.name, one.version]));
  for (const [dependency, exact] of Object.entries(dependencies))
    expect(named.get(dependency), dependency).toBe(exact);
  const lockfile = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
  for (const [path, locked] of Object.entries(lockfile.packages)) {
    if (path === '' || locked.dev || locked.devOptional || locked.optional) continue;
    expect(named.has(path.split('node_modules/').at(-1)!), path).toBe(true);
  }
  for (const tool of ['vitest', 'vite', 'eslint', '@playwright/test']) {
    expect(devDependencies).toHaveProperty([tool]);
    expect(named.has(tool), tool).toBe(false);
  }
});

test('S95 every package has a licence in the list', () => {
  const lines = read('dist/licences.txt').trim().split('\n');
  expect(lines.length).toBeGreaterThan(50);
  for (const line of lines) expect(line).toMatch(/^\S+ \d+\.\d+\.\d+\S*: (?!.*unknown)\S/);
});

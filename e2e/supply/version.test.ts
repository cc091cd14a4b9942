import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pagePaths, projectFolder } from '../docs/pages.ts';

const read = (path: string) => readFileSync(join(projectFolder, path), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };
const changelog = read('CHANGELOG.md');
const releases = [...changelog.matchAll(/^## \[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d{2}-\d{2})$/gm)].map(
  ([, ...parts]) => ({ numbers: parts.slice(0, 3).map(Number), day: parts[3]! }),
);

test('the newest release of the changelog is the version of the project and of its lockfile', () => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(releases[0]?.numbers.join('.')).toBe(version);
  const lockfile = JSON.parse(read('package-lock.json')) as {
    version: string;
    packages: Readonly<Record<string, { version: string }>>;
  };
  expect([lockfile.version, lockfile.packages['']?.version]).toEqual([version, version]);
});

test('releases stand newest first, under what is not released yet, each with what kind of change it has', () => {
  const [headline] = /^## \[.*$/m.exec(changelog)!;
  expect(headline).toBe('## [Unreleased]');
  const older = ([a = 0, b = 0, c = 0]: number[], [x = 0, y = 0, z = 0]: number[]) => a - x || b - y || c - z;
  const sorted = releases.toSorted((one, other) => older(other.numbers, one.numbers));
  expect(releases).toEqual(sorted);
  expect(releases.map(({ day }) => day)).toEqual(
    sorted
      .map(({ day }) => day)
      .toSorted()
      .reverse(),
  );
  for (const [, kind] of changelog.matchAll(/^### (.+)$/gm))
    expect(['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']).toContain(kind);
});

/** Where a reader copies the version from: the name of a packed package, the address of a pinned file. */
const copied = /hecto-onboarding(?:-server)?-(\d+\.\d+\.\d+)\.tgz|\/widget\/(\d+\.\d+\.\d+)\//g;

test('documents and examples say the version that they come with', () => {
  const found = pagePaths()
    // Decisions tell of their day; the table of the security page has names of tests.
    .filter((path) => !/^(docs\/decisions\/|docs\/security\.md|CHANGELOG)/.test(path))
    .flatMap((path) =>
      [...read(path).matchAll(copied)].map(([, packed, pinned]) => `${path}: ${packed ?? pinned ?? ''}`),
    );
  expect(found.length).toBeGreaterThan(5);
  for (const one of found) expect(one).toBe(`${one.split(':')[0]!}: ${version}`);
  const { dependencies } = JSON.parse(read('docs/examples/react/package.json')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  expect(dependencies['hecto-onboarding']).toBe(version);
});

test('examples ask for what the tests run them with', () => {
  const locked = (JSON.parse(read('package-lock.json')) as { packages: Record<string, { version: string }> })
    .packages;
  for (const example of ['react', 'express-merchant']) {
    const manifest = JSON.parse(read(`docs/examples/${example}/package.json`)) as Record<
      'dependencies' | 'devDependencies',
      Readonly<Record<string, string>>
    >;
    for (const [name, wanted] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      if (name === 'hecto-onboarding') continue;
      expect(locked[`node_modules/${name}`]?.version, name).toBe(wanted);
    }
  }
});

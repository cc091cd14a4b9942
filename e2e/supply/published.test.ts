import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findLeaks } from '../leaks.ts';
import { testbedKeys } from '../testbed/wire/cipher.ts';
import { lint, pack, typesOf, type Packed } from './packed.ts';
import { secretsIn } from './secrets-in.ts';

const root = join(import.meta.dirname, '../..');
const sources = [
  'bff',
  'shared',
  'widget',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vite.config.ts',
  'build-package.ts',
  'build-server-package.ts',
  'custom-elements-manifest.ts',
  'README.md',
];

/** Builds the project in a folder of its own, in a country of its own, and answers that folder. */
function build(zone: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-build-'));
  for (const name of sources) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  // Not as a test: that would be a build for development.
  const { NODE_ENV: _1, VITEST: _2, ...env } = process.env;
  for (const part of ['widget', 'package', 'bff', 'server-package'])
    execFileSync('npm', ['run', '--silent', `build:${part}`], { cwd: folder, env: { ...env, TZ: zone } });
  return folder;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

function checksumsIn(folder: string): Readonly<Record<string, string>> {
  const sum = (name: string) =>
    createHash('sha384')
      .update(readFileSync(join(folder, name)))
      .digest('base64');
  return Object.fromEntries(filesIn(folder).map((name) => [name, sum(name)]));
}

let folders: string[] = [];
let packed: Readonly<Record<'package' | 'server-package', Packed>>;
beforeAll(() => {
  folders = [build('Asia/Seoul'), build('America/New_York')];
  const packedOf = (part: string) => pack(join(folders[0]!, 'dist', part), folders[0]!);
  packed = { package: packedOf('package'), 'server-package': packedOf('server-package') };
}, 300_000);
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

test('S96 two builds of the same sources are the same, byte for byte', () => {
  const [one = {}, other] = folders.map((folder) => checksumsIn(join(folder, 'dist')));
  expect(Object.keys(one).length).toBeGreaterThan(100);
  expect(other).toEqual(one);
});

test.each(['widget', 'package'])(
  'S03 the built %s holds no secret, not even a key of the testbed in any form',
  async (part) => {
    const folder = join(folders[0]!, 'dist', part);
    const names = filesIn(folder);
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      const text = readFileSync(join(folder, name), 'utf8');
      expect(await secretsIn(name, text)).toEqual([]);
      expect(findLeaks({ ...testbedKeys }, { [name]: text })).toEqual([]);
    }
  },
);

describe.each([
  {
    part: 'package',
    holds: /^((index|loader|react)\.js|types\/(widget|shared\/api)\/[\w/-]+\.d\.ts|custom-elements\.json)$/,
    kilobytes: 15,
    types: [],
  },
  {
    part: 'server-package',
    holds:
      /^(dist\/server\/(bff|shared)\/[\w/.-]+\.js|dist\/widget\/([\w.-]+\.js|(chunks|pages)\/[\w-]+\.js|manifest\.json)|bff\/terms\/sample\/[\w.-]+\.md)$/,
    kilobytes: 380,
    types: 'untyped',
  },
] as const)('the packed $part', ({ part, holds, kilobytes, types }) => {
  test('S03 holds what is meant for it and nothing else', async () => {
    const files = packed[part].files.filter((name) => !/^(package\.json|README\.md)$/.test(name));
    expect(files.length).toBeGreaterThan(10);
    for (const name of files) {
      expect(name).toMatch(holds);
      expect(name).not.toMatch(/node_modules|testing|test-|\.test\.|older-widget|\.map$/);
    }
    for (const name of packed[part].files)
      expect(await secretsIn(name, readFileSync(join(folders[0]!, 'dist', part, name), 'utf8'))).toEqual([]);
  });

  test('carries the version of the project, of the widget and of the server', () => {
    const versionIn = (path: string) =>
      (JSON.parse(readFileSync(join(folders[0]!, path), 'utf8')) as { version: string }).version;
    expect(versionIn(`dist/${part}/package.json`)).toBe(versionIn('package.json'));
    expect(versionIn('dist/widget/manifest.json')).toBe(versionIn('package.json'));
  });

  test(`is smaller than ${kilobytes} KB`, () => {
    expect(packed[part].bytes).toBeLessThan(kilobytes * 1000);
  });

  test('is put together as publint wants it, down to its suggestions', async () => {
    expect(await lint(packed[part])).toEqual([]);
  });

  test('has the types of what it runs, where modules are imported', async () => {
    expect(await typesOf(packed[part])).toEqual(types);
  });
});

test('what is wrong with a package is found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-wrong-'));
  try {
    cpSync(join(folders[0]!, 'dist/package'), folder, { recursive: true });
    const path = join(folder, 'package.json');
    const right = JSON.parse(readFileSync(path, 'utf8')) as { exports: object };
    const wrong = { types: './types/gone.d.ts', default: './loader.cjs' };
    writeFileSync(path, JSON.stringify({ ...right, exports: { ...right.exports, './loader': wrong } }));
    const packedWrong = pack(folder, folder);
    expect(await lint(packedWrong)).not.toEqual([]);
    expect(await typesOf(packedWrong)).not.toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the command that npx runs is built, and runs', () => {
  const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  expect(Object.keys(bin)).toEqual(['hecto-onboarding']);
  // From whatever folder, and again after every build: npm itself makes it executable at its first look only.
  const command = join(folders[0]!, bin['hecto-onboarding']!);
  const { status, stderr } = spawnSync(command, ['no-such-command'], { encoding: 'utf8', cwd: tmpdir() });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining('doctor|keys|') as string,
  });
});

test('S03 the built server holds nothing of the tests, and none of Hecto’s side', () => {
  const names = filesIn(join(folders[0]!, 'dist/server'));
  expect(names).toContain('bff/main.js');
  for (const name of names)
    expect(name).toMatch(/^(bff|shared)\/(?!.*(testing|test-|\.test\.|older-widget))/);
});

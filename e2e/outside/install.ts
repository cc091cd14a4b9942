/** Our packages as npm would publish them, and npm as those use it who install them. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { project, version } from './readme.ts';

const run = promisify(execFile);

type Versions = Readonly<Record<string, string>>;
type Manifest = {
  readonly version: string;
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
  readonly peerDependencies?: Versions;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
};

const read = <T>(path: string) => JSON.parse(readFileSync(path, 'utf8')) as T;
const locked = read<{ packages: Readonly<Record<string, Manifest>> }>(
  join(project, 'package-lock.json'),
).packages;

/** Where each of our packages is built. */
const ours: Versions = {
  'hecto-onboarding': 'dist/package',
  'hecto-onboarding-server': 'dist/server-package',
};

/** Packs both into `folder`. */
export async function packAll(folder: string): Promise<void> {
  await run('npm', ['pack', '--silent', ...Object.values(ours).map((part) => join(project, part))], {
    cwd: folder,
  });
}

/**
 * Installs what the package.json in `folder` asks for; where it asks for one of our packages, out of `packed`. The rest
 * comes in the versions of our own lockfile: whoever runs the tests has them in npm's cache, and a release of somebody
 * else's changes nothing.
 */
export async function install(folder: string, packed: string): Promise<void> {
  const manifest = read<Manifest>(join(folder, 'package.json'));
  const tarball = (name: string) => `file:${join(packed, `${name}-${version}.tgz`)}`;
  const asFiles = (versions: Versions = {}) =>
    Object.fromEntries(
      Object.entries(versions).map(([name, at]) => [name, name in ours ? tarball(name) : at]),
    );
  const own = {
    dependencies: asFiles(manifest.dependencies),
    devDependencies: asFiles(manifest.devDependencies),
  };
  const names = Object.keys({ ...own.dependencies, ...own.devDependencies });
  const packages: Record<string, object> = { '': own };
  for (const name of names.filter((one) => one in ours)) {
    const published = read<Manifest>(join(project, ours[name]!, 'package.json'));
    packages[`node_modules/${name}`] = { ...published, resolved: tarball(name) };
    names.push(...neededBy(published));
  }
  for (const path of placesOf(names.filter((one) => !(one in ours)))) {
    const {
      dev: _1,
      devOptional: _2,
      peer: _3,
      ...entry
    } = locked[path] as Manifest & Record<string, unknown>;
    packages[path] = entry;
  }
  const write = (name: string, content: object) =>
    writeFileSync(join(folder, name), JSON.stringify(content, null, 2));
  write('package.json', { ...manifest, ...own });
  write('package-lock.json', { lockfileVersion: 3, requires: true, packages });
  // Whoever built the widget before, in this very process, has left it as one of production: without tools.
  const { NODE_ENV: _, ...env } = process.env;
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder, env });
}

const neededBy = ({ dependencies, peerDependencies, peerDependenciesMeta }: Manifest): string[] => [
  ...Object.keys(dependencies ?? {}),
  ...Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional),
];

/** Where our lockfile has these packages and everything below them. */
function placesOf(names: readonly string[]): string[] {
  const found = new Set<string>();
  const follow = (name: string, from: string) => {
    const place = placeOf(name, from);
    if (place === undefined || found.has(place)) return;
    found.add(place);
    const entry = locked[place]!;
    for (const next of [...neededBy(entry), ...Object.keys(entry.optionalDependencies ?? {})])
      follow(next, place);
  };
  for (const name of names) follow(name, '');
  return [...found].sort();
}

/** Where Node finds a package that the one at `from` asks for. */
function placeOf(name: string, from: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (place in locked) return place;
    if (at === '') return undefined;
  }
}

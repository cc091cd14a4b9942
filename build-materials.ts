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
// npm calls it by the folder it happens to lie in.
const named = { ...bom, metadata: { ...bom.metadata, component: { ...bom.metadata.component, name } } };

const licenceOf = ({ licenses = [] }: Component): string =>
  licenses.map(({ license, expression }) => license?.id ?? expression ?? 'unknown').join(', ') || 'unknown';

mkdirSync(`${root}dist`, { recursive: true });
writeFileSync(`${root}dist/sbom.cdx.json`, `${JSON.stringify(named, null, 2)}\n`);
writeFileSync(
  `${root}dist/licences.txt`,
  bom.components.map((one) => `${one.name} ${one.version}: ${licenceOf(one)}\n`).join(''),
);

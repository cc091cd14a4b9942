import { readFileSync } from 'node:fs';
import * as analyzer from '@custom-elements-manifest/analyzer';
import ts from 'typescript';

const source = 'widget/hecto-onboarding.ts';

type Member = { readonly name: string; readonly privacy?: string };
type Named = { readonly name: string; readonly description?: string };
/** The public element as tools know it: https://github.com/webcomponents/custom-elements-manifest. */
type Declaration = {
  readonly customElement?: boolean;
  readonly tagName: string;
  readonly members: readonly Member[];
  readonly attributes: readonly Named[];
  readonly events: readonly Named[];
};
type Manifest = {
  readonly modules: readonly {
    readonly declarations: readonly Declaration[];
    readonly exports: readonly Named[];
  }[];
};

/** The analyzer's own types leave out what it exports. */
const { create, ts: itsTypescript } = analyzer as unknown as {
  create: (input: { modules: ts.SourceFile[]; plugins: []; context: object }) => Manifest;
  ts: typeof ts;
};

/** Describes the public element for editors and tools, from its own source and comments. */
export function customElementsManifest(): Manifest {
  const text = readFileSync(new URL(source, import.meta.url), 'utf8');
  const file = itsTypescript.createSourceFile(source, text, ts.ScriptTarget.ES2022, true);
  const manifest = create({ modules: [file], plugins: [], context: {} });
  return {
    ...manifest,
    modules: manifest.modules.map((module) => ({
      ...module,
      declarations: module.declarations
        .filter(({ customElement }) => customElement)
        .map((element) => ({ ...element, members: element.members.filter(isPublic) })),
      exports: module.exports.filter(({ name }) => name === 'HectoOnboarding'),
    })),
  };
}

/** What the browser calls, and what the constructor sets on other objects, is nobody's to use. */
const isPublic = ({ name, privacy }: Member): boolean =>
  privacy !== 'private' && !/^#|Callback$|^observedAttributes$|^adoptedStyleSheets$/.test(name);

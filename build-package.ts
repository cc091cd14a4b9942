/**
 * Builds the npm package in `dist/package`: the loader and the React wrapper as plain modules, their types, and the
 * description of the element for editors. It has no dependencies, unlike this project, whose server needs some.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { customElementsManifest } from './custom-elements-manifest.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const folder = join(root, 'dist/package');
const entries = ['index', 'loader', 'react'];

type ProjectPackage = { name: string; version: string; description: string };
const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as ProjectPackage;

const published = {
  name: project.name,
  version: project.version,
  description: 'Types, loader and React wrapper for <hecto-onboarding>, which runs from your own BFF',
  type: 'module',
  sideEffects: false,
  exports: {
    ...Object.fromEntries(
      entries.map((name) => [
        name === 'index' ? '.' : `./${name}`,
        { types: `./types/widget/package/${name}.d.ts`, default: `./${name}.js` },
      ]),
    ),
    './custom-elements.json': './custom-elements.json',
    './package.json': './package.json',
  },
  customElements: './custom-elements.json',
  peerDependencies: { react: '>=18 <20', '@types/react': '>=18 <20' },
  peerDependenciesMeta: { react: { optional: true }, '@types/react': { optional: true } },
};

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** What the sources call `x.ts` is called `x.js` where they arrive. */
const asPublished = (text: string) => text.replace(/(from |import\()('\.[^']+)\.ts'/g, "$1$2.js'");

/** Writes the types of the entries and of whatever these mention, and of nothing else. */
function writeTypes(): void {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const starts = entries.map((name) => join(root, `widget/package/${name}.ts`));
  const program = ts.createProgram([...starts, join(root, 'widget/build-time.d.ts')], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    removeComments: false,
  });
  const seen = new Set(starts);
  for (const path of seen) {
    program.emit(
      program.getSourceFile(path),
      (_name, text) => {
        write(join('types', relative(root, path)).replace(/\.ts$/, '.d.ts'), asPublished(text));
        for (const [, next] of text.matchAll(/'(\.[^']+\.ts)'/g)) seen.add(join(dirname(path), next!));
      },
      undefined,
      true,
    );
  }
}

function writeModules(): void {
  for (const name of entries) {
    const source = readFileSync(join(root, `widget/package/${name}.ts`), 'utf8');
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    });
    write(`${name}.js`, outputText);
  }
}

rmSync(folder, { recursive: true, force: true });
writeTypes();
writeModules();
write('custom-elements.json', `${JSON.stringify(customElementsManifest(), null, 2)}\n`);
copyFileSync(join(root, 'widget/package/README.md'), join(folder, 'README.md'));
// Last: whoever finds it finds all.
write('package.json', `${JSON.stringify(published, null, 2)}\n`);

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { minify, type MinifyOptions } from 'terser';
import terser from 'terser/package.json' with { type: 'json' };
import { defineConfig, type ESTree, type Plugin } from 'vite';
import en from './widget/text/en.ts';
import ko from './widget/text/ko.ts';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const entryName = 'hecto-onboarding';

/**
 * Publishes the integrity of every file, so that a merchant can pin what runs (S28), and which one is the app, so that
 * pages can load it early.
 */
function integrityManifest(): Plugin {
  return {
    name: 'integrity-manifest',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle).map((file) => {
        const content = file.type === 'chunk' ? file.code : file.source;
        return [file.fileName, `sha384-${createHash('sha384').update(content).digest('base64')}`] as const;
      });
      const app = Object.values(bundle).find((file) => file.type === 'chunk' && isApp(file));
      this.emitFile({
        type: 'asset',
        fileName: 'manifest.json',
        source: `${JSON.stringify({ version, app: app?.fileName, files: Object.fromEntries(files.sort()) }, null, 2)}\n`,
      });
    },
  };
}

/**
 * The entry once more for pages that cannot use `type="module"`, and for the loader: a module that failed to load is
 * remembered by the browser as failed, a classic script can be tried again. It is the very same code; only where it
 * learns its own address and how it tells its class differ.
 */
function classicEntry(): Plugin {
  return {
    name: 'classic-entry',
    generateBundle(_options, bundle) {
      const entry = bundle[`${entryName}.js`];
      if (entry?.type !== 'chunk' || entry.imports.length > 0)
        this.error('The entry must stand alone, or the classic script would load modules of its own.');
      const edits: Edit[] = [];
      const replace = ({ start, end }: ESTree.Node, text: string) => edits.push({ start, end, text });
      walk(this.parse(entry.code), (node) => {
        if (node.type === 'MemberExpression' && node.object.type === 'MetaProperty')
          replace(node, 'hectoSrc'); // import.meta.url
        // A classic script of another origin has no address of its own to which a path could be relative.
        if (node.type === 'ImportExpression') {
          const { start, end } = node.source;
          replace(node.source, `new URL(${entry.code.slice(start, end)},hectoSrc)`);
        }
        if (node.type !== 'ExportNamedDeclaration') return;
        const names = node.specifiers.map(({ local, exported }) =>
          [exported, local].map((name) => (name.type === 'Identifier' ? name.name : name.value)).join('='),
        );
        replace(node, names.map((name) => `window.${name};`).join(''));
      });
      this.emitFile({
        type: 'asset',
        fileName: `${entryName}.classic.js`,
        // Asked of the prototype: an element that is named "currentScript" hides the property of the document (S33).
        source: `(()=>{const hectoSrc=Reflect.get(Document.prototype,"currentScript",document).src;${edited(entry.code, edits)}})();\n`,
      });
    },
  };
}

type Edit = { readonly start: number; readonly end: number; readonly text: string };

/** A text in which some places read otherwise. */
const edited = (code: string, edits: readonly Edit[]): string =>
  [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((all, { start, end, text }) => all.slice(0, start) + text + all.slice(end), code);

const compact: Record<string, (text: string) => string> = {
  html: (text) =>
    text
      .replace(/(>)\s*\n\s*|\s*\n\s*(?=[<>])/g, '$1')
      .replace(/\s*\n\s*/g, ' ')
      // What follows must stay: a slash right behind would become part of an unquoted value.
      .replace(/="([\w-]+)"(?=[ >])/g, '=$1'),
  css: (text) =>
    text
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?|(:) /g, '$1$2')
      .replace(/='([\w-]+)'\]/g, '=$1]')
      .replaceAll(';}', '}')
      .trim(),
};

/** Leaves out of `html` and `css` templates what only people read: indentation and comments. */
function compactTemplates(): Plugin {
  return {
    name: 'compact-templates',
    enforce: 'post',
    transform(code, id) {
      if (!id.includes('/widget/')) return undefined;
      const edits: Edit[] = [];
      walk(this.parse(code), (node) => {
        if (node.type !== 'TaggedTemplateExpression' || node.tag.type !== 'Identifier') return;
        const shorten = compact[node.tag.name];
        if (!shorten) return;
        for (const { start, end, value } of node.quasi.quasis)
          edits.push({ start, end, text: shorten(value.raw) });
      });
      return { code: edited(code, edits), map: null };
    },
  };
}

/**
 * Makes what our own pages hold in themselves (`pages/`): each page's script, which the browser runs as soon as it has
 * read it, and the app, which hands itself over to that script. They are written into HTML, so nothing in them may end
 * the script that they are in.
 */
function scriptsInPages(): Plugin {
  return {
    name: 'scripts-in-pages',
    apply: 'build',
    generateBundle(_options, bundle) {
      const inHtml = (code: string) => code.replace(/<(?=!--|\/?script)/gi, '\\x3c');
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        if (file.fileName.startsWith('pages/')) {
          if (file.imports.length > 0) this.error(`${file.fileName} must stand alone.`);
          file.code = inHtml(`(()=>{${file.code.trim()}})()`);
        }
        if (!isApp(file)) continue;
        const edits: Edit[] = [];
        const replace = ({ start, end }: ESTree.Node, text: string) => edits.push({ start, end, text });
        walk(this.parse(file.code), (node) => {
          // A script within a page has the page's address, not that of the app's file.
          if (node.type === 'ImportExpression' && node.source.type === 'Literal')
            replace(
              node.source,
              JSON.stringify(`/widget/${version}/chunks/${String(node.source.value).slice(2)}`),
            );
          if (node.type === 'ExportNamedDeclaration')
            replace(
              node,
              node.specifiers.map(({ local }) => `hectoApp(${(local as { name: string }).name});`).join(''),
            );
        });
        this.emitFile({
          type: 'asset',
          fileName: 'pages/app.js',
          source: inHtml(edited(file.code, edits).trim()),
        });
      }
    },
  };
}

/** The one with all screens. */
const isApp = (file: { isDynamicEntry: boolean; exports: string[] }) =>
  file.isDynamicEntry && file.exports.includes('mount');

/** The words of `text` in the order in which `like` names them. */
const wordsOf = (like: object, text: object): string[] =>
  Object.entries(like).flatMap(([key, value]: [string, unknown]) => {
    const own = Reflect.get(text, key) as string | object;
    return typeof value === 'string' ? [own as string] : wordsOf(value as object, own as object);
  });

/** Ships languages beside the original as lists of words; `loadText` puts the keys back. */
function bareWords(): Plugin {
  return {
    name: 'bare-words',
    transform: {
      filter: { id: /\/widget\/text\/en\.ts$/ },
      handler: () => ({
        code: `export default ${JSON.stringify(wordsOf(ko, en).join('\n'))}.split('\\n')`,
        map: null,
      }),
    },
  };
}

/**
 * What of Lit we do without, as its minified files spell it: what it would tell a developer (the development build and
 * the tests still say it); its doors for polyfills and the list of its versions, through which a hostile page could
 * come in (S33); browsers without constructable style sheets, which could not run us anyway; directives, and templates
 * of SVG and MathML alone.
 */
const unneeded: readonly { readonly of: RegExp; readonly what: RegExp; readonly instead: string }[] = [
  {
    of: /(lit-html|css-tag)\.js$/,
    what: /throw Error\((?:[^()"`]|"[^"]*"|`[^`]*`)+\)/g,
    instead: 'throw Error()',
  },
  {
    of: /(lit-html|lit-element|reactive-element)\.js$/,
    what: /\b\w+\.\w+(Polyfill|Hydrate)Support/g,
    instead: 'undefined',
  },
  {
    of: /(lit-html|lit-element|reactive-element)\.js$/,
    what: /\(\w\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/,
    instead: '0',
  },
  { of: /css-tag\.js$/, what: /\w+\.ShadowRoot&&.*?CSSStyleSheet\.prototype/, instead: 'true' },
  {
    of: /lit-html\.js$/,
    what: /function (\w)\((\w),(\w),\w=\2,\w\)\{if\(\3===\w\)return \3;let .*?\}(?=class)/,
    instead: 'function $1($2,$3){return $3}',
  },
  { of: /lit-html\.js$/, what: /2===(\w)\?"<svg>":3===\1\?"<math>":""/, instead: '""' },
  { of: /lit-html\.js$/, what: /2===(\w)\?"<\/svg>":3===\1\?"<\/math>":""/, instead: '""' },
  { of: /lit-html\.js$/, what: /2===(\w)\|\|3===\1/, instead: 'false' },
];

/** Leaves it out. @throws where Lit is spelled otherwise than expected: a new version of it is looked at first. */
function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    apply: 'build',
    transform: {
      filter: { id: /node_modules\/(@lit\/reactive-element|lit-html|lit-element)\// },
      handler: (code, id) => {
        for (const { of, what, instead } of unneeded) {
          if (!of.test(id)) continue;
          const left = code.replace(what, instead);
          if (left === code) throw new Error(`${id} does not hold ${what.source} any more.`);
          code = left;
        }
        return { code, map: null };
      },
    },
  };
}

/** Visits a syntax tree. */
function walk(node: ESTree.Node, visit: (node: ESTree.Node) => void): void {
  visit(node);
  for (const child of Object.values(node).flat() as unknown[])
    if (child && typeof child === 'object' && 'type' in child) walk(child as ESTree.Node, visit);
}

/**
 * Gives the script tag's entry, our pages' scripts and what only developers load their own copies of the little they share
 * with the app, so that each stays one small file and the app another (W4, W5).
 */
function entryAlone(): Plugin {
  return {
    name: 'entry-alone',
    enforce: 'pre',
    async resolveId(source, importer, { kind }) {
      const [, entry, mark] =
        /widget\/(?:pages\/)?(index|self-test|appearance-check|frame-page|hosted-page)\.ts$|\?alone-([\w-]+)$/.exec(
          importer ?? '',
        ) ?? [];
      const alone = entry ?? mark;
      if (!importer || kind === 'dynamic-import' || !alone) return null;
      const found = await this.resolve(source, importer.replace(/\?.*/, ''), { skipSelf: true });
      return found && `${found.id}?alone-${alone}`;
    },
    load: { filter: { id: /\?alone-/ }, handler: (id) => readFileSync(id.replace(/\?.*/, ''), 'utf8') },
  };
}

/** How many bytes a browser loads. */
const travels = (code: string) => brotliCompressSync(code).length;

/** Which spelling compresses best nobody can tell beforehand: each of these is tried. */
const spellings = [{}, { conditionals: false }, { lhs_constants: false }, { booleans: false }, { inline: 1 }];

const shorterOptions = spellings.map((spelling): MinifyOptions => ({
  module: true,
  ecma: 2022,
  compress: {
    passes: 2,
    unsafe_arrows: true,
    unsafe_methods: true,
    keep_fargs: false,
    hoist_funs: true,
    ...spelling,
  },
  // Names that Lit keeps to itself. It is in one file, once.
  mangle: { properties: { regex: /^_\$/ } },
}));

/** Says what is left once more, shorter: a second minifier finds what the bundler's own leaves (W1). */
function shorter(): Plugin {
  return {
    name: 'shorter',
    apply: 'build',
    // The bundler names a chunk by what it holds before we shorten it, so what we do is part of the name.
    augmentChunkHash: () => `terser ${terser.version} ${inspect(shorterOptions, { depth: null })}`,
    async generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        // The chunk as it is takes part: one of texts alone would only grow.
        const variants = [file.code];
        for (const options of shorterOptions) variants.push((await minify(file.code, options)).code!);
        const sizes = variants.map(travels);
        file.code = variants[sizes.indexOf(Math.min(...sizes))]!;
      }
    },
  };
}

/** Builds the widget: fixed names for what pages refer to, hashed names for what these load. */
export default defineConfig({
  publicDir: false,
  define: { __VERSION__: JSON.stringify(version) },
  plugins: [
    entryAlone(),
    bareWords(),
    leanLit(),
    compactTemplates(),
    shorter(),
    classicEntry(),
    scriptsInPages(),
    integrityManifest(),
  ],
  build: {
    outDir: 'dist/widget',
    target: 'es2022',
    sourcemap: false,
    // A library, so that no helper for preloading is put in.
    lib: {
      entry: {
        [entryName]: 'widget/index.ts',
        'self-test': 'widget/self-test.ts',
        'pages/frame': 'widget/pages/frame-page.ts',
        'pages/hosted': 'widget/pages/hosted-page.ts',
      },
      formats: ['es'],
    },
    rolldownOptions: {
      // That a second minifier takes its time is known.
      checks: { bundlerTimings: false },
      output: {
        entryFileNames: '[name].js',
        // What no customer loads is told apart by its name.
        chunkFileNames: ({ name }) => (name === 'appearance-check' ? '[name].js' : 'chunks/[hash].js'),
        minify: true,
        comments: false,
      },
    },
  },
});

/** Checks code of the documents against what a reader would have: our package, Node, a page, React. */
import { join } from 'node:path';
import { parse, parseFragment, type DefaultTreeAdapterMap } from 'parse5';
import ts from 'typescript';
import { projectFolder } from './pages.ts';

export type Piece = {
  /** How complaints name it. */
  readonly name: string;
  readonly language: 'ts' | 'tsx' | 'js' | 'jsx';
  readonly code: string;
  /** What the page says that the reader has before this, on one line. */
  readonly before?: string;
};

const options = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.ReactJSX,
  types: ['node'],
  paths: {
    'hecto-onboarding': [join(projectFolder, 'widget/package/index.ts')],
    'hecto-onboarding/*': [join(projectFolder, 'widget/package/*.ts')],
  },
  allowImportingTsExtensions: true,
  allowJs: true,
  checkJs: true,
  experimentalDecorators: true,
  useDefineForClassFields: false,
  skipLibCheck: true,
  noEmit: true,
} satisfies ts.CompilerOptions;

/** What TypeScript has to say about pieces of code, each with its name; nothing if they are right. */
export function complaintsAbout(pieces: readonly Piece[]): string[] {
  // Readers of JavaScript have no types of their own: there, only what is surely wrong counts.
  const typed = ({ language }: Piece) => language.startsWith('ts');
  return [
    ...check(pieces.filter(typed), { ...options, strict: true, exactOptionalPropertyTypes: true }),
    ...check(
      pieces.filter((piece) => !typed(piece)),
      { ...options, strict: false },
    ),
  ];
}

function check(pieces: readonly Piece[], compilerOptions: ts.CompilerOptions): string[] {
  if (pieces.length === 0) return [];
  const files = new Map(
    pieces.map((piece, index) => [join(projectFolder, `e2e/docs/piece-${index}.${piece.language}`), piece]),
  );
  const disk = ts.createCompilerHost(compilerOptions);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => files.has(path) || disk.fileExists(path),
    getSourceFile: (path, how, ...more) => {
      const piece = files.get(path);
      if (!piece) return disk.getSourceFile(path, how, ...more);
      // On the same line, so that complaints name the reader's lines.
      return ts.createSourceFile(path, `${piece.before ?? ''} ${piece.code}`, how, true);
    },
  };
  const program = ts.createProgram([...files.keys()], compilerOptions, host);
  return [...files].flatMap(([path, { name }]) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText, start = 0 }) => {
        const line = file!.getLineAndCharacterOfPosition(start).line + 1;
        return `${name}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      },
    );
  });
}

type Node = DefaultTreeAdapterMap['node'];

/**
 * Reads HTML as browsers do: `errors` are what the standard calls so, `scripts` what stands in script elements without
 * `src`. What begins with a doctype or a comment before one is a document, everything else a part of one.
 */
export function readHtml(text: string): { errors: string[]; scripts: string[] } {
  const errors: string[] = [];
  const onParseError = ({ code, startLine }: { code: string; startLine: number }) =>
    errors.push(`line ${startLine}: ${code}`);
  const whole = /^\s*(<!--[^]*?-->\s*)?<!doctype/i.test(text);
  const tree = (whole ? parse : parseFragment)(text, { sourceCodeLocationInfo: true, onParseError });
  return { errors, scripts: scriptsIn(tree) };
}

function scriptsIn(node: Node): string[] {
  if (!('childNodes' in node)) return [];
  if (node.nodeName === 'script') {
    const { attrs } = node;
    return attrs.some(({ name }) => name === 'src')
      ? []
      : node.childNodes.map((child) => ('value' in child ? child.value : ''));
  }
  return node.childNodes.flatMap(scriptsIn);
}

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { complaintsAbout, readHtml, type Piece } from './compile.ts';
import { readMarkdown } from './markdown.ts';
import { pagePaths, projectFolder } from './pages.ts';

const element = "import('../../widget/hecto-onboarding.ts').HectoOnboarding";
/** What a page says that the reader has already. */
const widget = `/** @type {${element}} */ let widget;`;
const classic = `/** @type {typeof ${element}} */ let HectoOnboarding;`;
const before: readonly (readonly [page: RegExp, words: string, code: string])[] = [
  [/^README/, 'HectoOnboarding.create(', classic],
  [/^docs\/(theming|embed)/, 'widget.', widget],
  [/^docs\/embed/, 'HectoOnboarding.create(', classic],
  [/^widget/, 'onExit={close}', '/** @type {() => Promise<string>} */ let fetchClientToken;'],
];

const pages = [...pagePaths(), 'widget/package/README.md', 'bff/package-readme.md'].map((path) => {
  const text = readFileSync(join(projectFolder, path), 'utf8');
  return { path, text, snippets: readMarkdown(text).snippets };
});
const snippets = pages.flatMap(({ path, snippets: own }) =>
  own.map((snippet) => ({ ...snippet, path, name: `${path}:${snippet.line}` })),
);
const inLanguages = (...languages: string[]) =>
  snippets.filter(({ language }) => languages.includes(language));

/** How what nobody here can compile is looked at instead. */
const otherwise: Readonly<Record<string, string>> = {
  '': 'pictures made of letters',
  text: 'what a program prints',
  sql: 'bff/store/privileges.test.ts makes such a role on a real PostgreSQL and looks at what it may do',
  ini: 'variables of the BFF; e2e/going-live.test.ts reads them as its configuration',
  yaml: 'configuration of Prometheus; e2e/operation/alerts.test.ts has promtool read it',
  xml: "parts of an app's files; e2e/webview-samples.test.ts compares them with the allowlist",
};

test('every snippet is of a language that is looked at', () => {
  const known = ['ts', 'tsx', 'js', 'jsx', 'html', 'sh', 'json', ...Object.keys(otherwise)];
  expect(snippets.length).toBeGreaterThan(50);
  expect(snippets.filter(({ language }) => !known.includes(language)).map(({ name }) => name)).toEqual([]);
});

/** Complaints that a reader of JavaScript never meets, and why. */
const forgiven: readonly (readonly [complaint: RegExp, why: string])[] = [
  [
    /^docs\/webhooks\S+ line 1\d: (Argument of type 'IncomingHttpHeaders'|Property '(type|data)' .* 'unknown')/,
    'standardwebhooks knows the headers of fetch and calls what it verified unknown; bff/snippets.test.ts runs it',
  ],
];

const piece = (name: string, path: string, language: string, code: string): Piece => {
  const [, , had] = before.find(([page, words]) => page.test(path) && code.includes(words)) ?? [];
  return { name, language: language as Piece['language'], code, ...(had && { before: had }) };
};

test('TypeScript and JavaScript fit our package, Node, the page and React', { timeout: 120_000 }, () => {
  const pieces = pages.flatMap(({ path }) => {
    const own = inLanguages('ts', 'tsx', 'js', 'jsx').filter((snippet) => snippet.path === path);
    // The types of one page belong together.
    const types = own.filter(({ language }) => language === 'ts').map(({ code }) => code);
    return [
      ...(types.length > 0 ? [piece(path, path, 'ts', types.join('\n'))] : []),
      ...own
        .filter(({ language }) => language !== 'ts')
        .map(({ name, language, code }) => piece(name, path, language, code)),
    ];
  });
  const inPages = inLanguages('html').flatMap(({ name, path, code }) =>
    readHtml(code).scripts.map((script) => piece(`${name}, a script`, path, 'js', script)),
  );
  expect(pieces.length).toBeGreaterThan(15);
  expect(inPages.length).toBeGreaterThan(1);
  const complaints = complaintsAbout([...pieces, ...inPages]);
  expect(complaints.filter((one) => !forgiven.some(([pattern]) => pattern.test(one)))).toEqual([]);
});

test('HTML is without errors', () => {
  const parts = inLanguages('html');
  expect(parts.length).toBeGreaterThan(3);
  for (const { name, code } of parts)
    expect({ name, errors: readHtml(code).errors }).toEqual({ name, errors: [] });
});

test('JSON is JSON', () => {
  const parts = inLanguages('json');
  expect(parts.length).toBeGreaterThan(3);
  for (const { name, code } of parts) expect(() => void JSON.parse(code), name).not.toThrow();
});

test('commands are ones that a shell understands', () => {
  const parts = inLanguages('sh');
  expect(parts.length).toBeGreaterThan(10);
  for (const { name, code } of parts) {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' });
    expect({ name, status, stderr }).toEqual({ name, status: 0, stderr: '' });
  }
});

/** Pages with calls to a BFF, and the test that makes these calls to a real one. */
const curlRunBy: Readonly<Record<string, string>> = {
  'docs/api.ko.md': 'e2e/docs/api-page.test.ts',
  'docs/api.md': 'e2e/docs/api-page.test.ts',
  'docs/containers/README.ko.md': 'e2e/operation/container.test.ts',
  'docs/containers/README.md': 'e2e/operation/container.test.ts',
  'docs/payments.ko.md': 'bff/snippets.test.ts',
  'docs/payments.md': 'bff/snippets.test.ts',
  'docs/webhooks.ko.md': 'bff/snippets.test.ts',
  'docs/webhooks.md': 'bff/snippets.test.ts',
};

test('every page with a call to a BFF has a test that makes it', () => {
  const calling = inLanguages('sh').filter(({ code }) => /\bcurl\b/.test(code));
  expect([...new Set(calling.map(({ path }) => path))].sort()).toEqual(Object.keys(curlRunBy));
  for (const [path, file] of Object.entries(curlRunBy)) {
    const source = readFileSync(join(projectFolder, file), 'utf8');
    expect(source, `${file} about ${path}`).toContain(path.replace(/^.*\//, ''));
  }
});

/** Files that a reader copies and that nothing here can compile, and what looks at them instead. */
const samples: Readonly<Record<string, string>> = {
  'docs/webview/android/HectoOnboardingActivity.kt': 'Kotlin for Android: no compiler comes from npm',
  'docs/webview/flutter/hecto_onboarding.dart': 'Dart: no compiler comes from npm',
  'docs/webview/ios/HectoOnboardingView.swift': 'Swift: no compiler comes from npm',
};

test('samples that cannot be compiled are known by name, and e2e/webview-samples.test.ts reads each', () => {
  const files = readdirSync(join(projectFolder, 'docs/webview'), { recursive: true, encoding: 'utf8' })
    .map((path) => `docs/webview/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(kt|dart|swift)$/.test(path));
  expect(files.sort()).toEqual(Object.keys(samples));
  const reader = readFileSync(join(projectFolder, 'e2e/webview-samples.test.ts'), 'utf8');
  for (const path of files) expect(reader).toContain(`'${path.replace('docs/webview/', '')}'`);
});

const scripts: Readonly<Record<string, string>> = manifest.scripts;
const programs = (name: string) =>
  name in manifest.bin || existsSync(join(projectFolder, 'node_modules/.bin', name));
/** Where our server is built from. */
const sourceOf = (path: string) => path.replace(/^dist\/server\/(.+)\.js$/, '$1.ts');

describe.each(pages)('$path', ({ text }) => {
  test('names no script, tool or program that is not there', () => {
    const named = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))];
    for (const name of named(/\bnpm run ([\w:-]+)/g))
      expect(scripts, `npm run ${name}`).toHaveProperty([name]);
    for (const name of named(/\bnpm (start|test)\b/g)) expect(scripts).toHaveProperty([name]);
    for (const name of named(/\bnpx ([@\w/-]+)/g)) expect(programs(name), `npx ${name}`).toBe(true);
    for (const path of named(/\b(?:node|tsx) ((?:[\w.-]+\/)+[\w.-]+\.[jt]s)\b/g))
      expect(existsSync(join(projectFolder, sourceOf(path))), path).toBe(true);
  });
});

describe('what is wrong is found', () => {
  const wrong = (language: Piece['language'], code: string, had?: string) =>
    complaintsAbout([{ name: 'a page', language, code, ...(had && { before: had }) }]);

  test('in JavaScript: a word misspelt, a property that the element has not', { timeout: 60_000 }, () => {
    expect(wrong('js', 'const a = 1;\nconsole.log(b);')).toEqual(["a page, line 2: Cannot find name 'b'."]);
    expect(wrong('js', 'widget.colour = 1;', widget)).toHaveLength(1);
    expect(wrong('js', "import { load } from 'hecto-onboarding';\nload();")).toHaveLength(1);
    expect(wrong('js', 'const = 1;').length).toBeGreaterThan(0);
  });

  test('in TypeScript: a type that does not fit', () => {
    expect(wrong('ts', "export const amount: number = '1';")).toHaveLength(1);
  });

  test('in HTML: an attribute that is not closed, and what stands in its scripts', () => {
    expect(readHtml('<!doctype html>\n<p class="a"id="b>').errors).toEqual([
      'line 2: missing-whitespace-between-attributes',
      'line 2: eof-in-tag',
    ]);
    expect(readHtml('<script src="a.js"></script><script>let a</script>').scripts).toEqual(['let a']);
  });
});

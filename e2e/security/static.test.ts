import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

describe('S54 no regular expression takes more than linear time', () => {
  const reported = { report: 'potential' };
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
      plugins: { regexp },
      rules: {
        'regexp/no-super-linear-backtracking': ['error', reported],
        'regexp/no-super-linear-move': ['error', reported],
      },
    },
  });
  const slowIn = async (results: Promise<ESLint.LintResult[]>) =>
    (await results).flatMap(({ filePath, messages }) =>
      messages
        .filter(({ ruleId }) => ruleId?.startsWith('regexp/no-super-linear'))
        .map(({ line }) => `${filePath}:${line}`),
    );

  test('the search finds one that does', async () => {
    const sample = 'export const isList = (text: string) => /^(\\w+\\s?)+$/.test(text);\n';
    const found = await slowIn(eslint.lintText(sample, { filePath: join(root, 'shared/values/won.ts') }));
    expect(found).toHaveLength(1);
  });

  test.each(['bff', 'shared', 'widget'])('in %s', { timeout: 60_000 }, async (folder) => {
    expect(await slowIn(eslint.lintFiles([`${folder}/**/*.ts`]))).toEqual([]);
  });
});

/** What would make text into HTML or code. */
const sinks =
  /\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|setHTMLUnsafe|srcdoc)\b|\beval\s*\(|\bnew Function\b|unsafe(HTML|SVG|Static|MathML)\b/g;

function filesIn(folder: string, extension: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension) && !/\.test\.|\/stage\./.test(name))
    .map((name) => join(folder, name));
}

const sinksIn = (path: string) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(sinks)].map(([sink]) => `${path}: ${sink}`);

describe('S26 no text becomes HTML or code in the widget', () => {
  test('in its sources', () => {
    const sources = filesIn('widget', '.ts');
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(sinksIn)).toEqual([]);
  });

  test('and once in what is built: where Lit makes a template, which its Trusted Types policy watches', () => {
    const scripts = filesIn('dist/widget', '.js').filter((name) => !name.includes('appearance-check'));
    expect(scripts.length).toBeGreaterThan(3);
    const found = scripts.flatMap(sinksIn);
    const perScript = new Map(
      found.map((one) => [one.replace(/: .*/, ''), found.filter((other) => other === one)]),
    );
    for (const [script, own] of perScript) expect(own, script).toEqual([`${script}: innerHTML`]);
  });
});

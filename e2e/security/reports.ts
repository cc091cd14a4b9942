import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** One test of a run: its file from the project's root, its whole name, and whether it passed. */
export type Ran = { readonly file: string; readonly name: string; readonly passed: boolean };

type VitestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
};
type Suite = {
  readonly title: string;
  readonly file?: string;
  readonly suites?: readonly Suite[];
  readonly specs?: readonly { readonly title: string; readonly ok: boolean; readonly file: string }[];
};
type PlaywrightReport = { readonly config: { readonly rootDir: string }; readonly suites: readonly Suite[] };

/** What vitest's JSON reporter wrote. @throws when there is no such file. */
export function readVitest(path: string, root: string): Ran[] {
  const { testResults } = read<VitestReport>(path);
  return testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }) => ({
      file: relative(root, file),
      name: [...ancestorTitles, title].filter(Boolean).join(' › '),
      passed: status === 'passed',
    })),
  );
}

/** What Playwright's JSON reporter wrote. @throws when there is no such file. */
export function readPlaywright(path: string, root: string): Ran[] {
  const { config, suites } = read<PlaywrightReport>(path);
  const testsOf = (suite: Suite, titles: readonly string[]): Ran[] => [
    ...(suite.specs ?? []).map(({ title, ok, file }) => ({
      file: relative(root, `${config.rootDir}/${file}`),
      name: [...titles, title].join(' › '),
      passed: ok,
    })),
    ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, [...titles, inner.title])),
  ];
  return suites.flatMap((suite) => testsOf(suite, []));
}

const read = <Report>(path: string) => JSON.parse(readFileSync(path, 'utf8')) as Report;

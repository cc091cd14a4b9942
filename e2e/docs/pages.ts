/**
 * The pages of the documents: where each stands in the repository, where on the site, and in which order. A page in
 * Korean is called `name.ko.md` and stands beside its English one; the site puts it under `/ko/`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const projectFolder = join(import.meta.dirname, '../..');

export type Locale = 'en' | 'ko';

/** Where a page's headline is the project's name, the menu says what the page is for. */
const inMenus: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  README: { en: 'Quick start', ko: '빠른 시작' },
};

/** Pages outside of `docs`, and what the site calls them. */
const outside: Readonly<Record<string, string>> = {
  README: 'quick-start',
  SECURITY: 'reporting',
  CHANGELOG: 'changelog',
};

/** Every page in the repository, from its root, in the order of the alphabet. */
export function pagePaths(root = projectFolder): string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md') && !/^docs\/site\/|\/node_modules\//.test(path));
  return ['CHANGELOG.md', 'README.ko.md', 'README.md', 'SECURITY.md', ...inDocs.sort()];
}

export const localeOf = (path: string): Locale => (path.endsWith('.ko.md') ? 'ko' : 'en');

/** `docs/webview/README.ko.md` is about the same as `docs/webview/README.md`; without language and ending both are this. */
export const subjectOf = (path: string): string => path.replace(/(\.ko)?\.md$/, '');

/** Where a page stands on the site: `docs/webview/README.ko.md` at `ko/webview/index.md`. */
export function sitePathOf(path: string): string {
  const subject = subjectOf(path);
  const name = outside[subject] ?? subject.replace(/^docs\//, '').replace(/(^|\/)README$/, '$1index');
  return `${localeOf(path) === 'ko' ? 'ko/' : ''}${name}.md`;
}

/** The address of a page on the site. */
export const siteUrlOf = (path: string): string =>
  `/${sitePathOf(path)
    .replace(/\.md$/, '.html')
    .replace(/(^|\/)index\.html$/, '$1')}`;

/** The first headline of a page, without marks. */
export const titleOf = (text: string): string => (/^# (.+)$/m.exec(text)?.[1] ?? '').replaceAll('`', '');

type Group = { readonly name: Readonly<Record<Locale, string>>; readonly holds: readonly string[] };

/** Subjects in their order; one that ends in `/` is all the rest of a folder. What is named nowhere comes last. */
const groups: readonly Group[] = [
  {
    name: { en: 'Begin', ko: '시작하기' },
    holds: ['README', 'docs/embed', 'docs/examples/README', 'docs/examples/', 'docs/webview/README'],
  },
  { name: { en: 'Fit it in', ko: '다듬기' }, holds: ['docs/theming', 'docs/accessibility'] },
  {
    name: { en: 'Your server', ko: '가맹점 서버' },
    holds: ['docs/payments', 'docs/webhooks', 'docs/errors', 'docs/api'],
  },
  { name: { en: 'Try things out', ko: '시험하기' }, holds: ['docs/testbed'] },
  {
    name: { en: 'Run it', ko: '운영하기' },
    holds: [
      'docs/going-live',
      'docs/containers/README',
      'docs/operation/README',
      'docs/operation/',
      'docs/scale',
      'docs/ledger',
    ],
  },
  {
    name: { en: 'What to rely on', ko: '믿을 근거' },
    holds: ['docs/security', 'docs/performance', 'SECURITY', 'CHANGELOG', 'docs/releasing'],
  },
  { name: { en: 'Decisions', ko: '설계 결정' }, holds: ['docs/decisions/'] },
];
const rest = { en: 'More', ko: '더 보기' };

export type Entry = { readonly title: string; readonly path: string };
export type Section = { readonly name: string; readonly entries: readonly Entry[] };

/** The table of contents in a language. A page that is not there in Korean is listed in English, and said to be. */
export function contentsIn(locale: Locale, root = projectFolder): Section[] {
  const paths = new Set(pagePaths(root));
  const left = new Set([...paths].map(subjectOf).filter((subject) => subject !== 'docs/README'));
  const take = (subject: string): Entry[] => {
    if (!left.delete(subject)) return [];
    const own = `${subject}${locale === 'ko' ? '.ko' : ''}.md`;
    const path = paths.has(own) ? own : `${subject}.md`;
    const title = inMenus[subject]?.[locale] ?? titleOf(readFileSync(join(root, path), 'utf8'));
    return [{ title: path === own || locale === 'en' ? title : `${title} (영어)`, path }];
  };
  const sections = groups.map(({ name, holds }) => {
    const entries = holds.flatMap((subject) =>
      subject.endsWith('/')
        ? [...left].filter((one) => one.startsWith(subject)).flatMap(take)
        : take(subject),
    );
    return { name: name[locale], entries };
  });
  const entries = [...left].flatMap(take);
  return [...sections, { name: rest[locale], entries }].filter((section) => section.entries.length > 0);
}

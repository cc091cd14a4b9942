import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leavesHere, targetOf } from './links.ts';
import { readMarkdown } from './markdown.ts';
import { contentsIn, localeOf, pagePaths, projectFolder, sitePathOf, siteUrlOf, subjectOf } from './pages.ts';
import { stage, type Menu } from './stage.ts';

let folder: string;
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const staged = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md') && !path.startsWith('public/'));
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-docs-'));
  stage(projectFolder, folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every page of the repository is a page of the site, and served as Markdown as well', () => {
  const pages = pagePaths().map(sitePathOf).sort();
  expect(pages).toContain('quick-start.md');
  expect(pages).toContain('ko/webview/index.md');
  expect(staged().sort()).toEqual(pages);
  for (const page of pages) expect(existsSync(join(folder, 'public', page)), page).toBe(true);
});

test(
  'every link of the site leads to a page with that headline, or to a file that is served',
  { timeout: 60_000 },
  () => {
    const pages = new Map(staged().map((path) => [path, readMarkdown(read(path))]));
    let followed = 0;
    for (const [page, { links }] of [
      ...pages,
      ['llms.txt', readMarkdown(read('public/llms.txt'))] as const,
    ]) {
      for (const { url } of links) {
        if (leavesHere(url)) continue;
        const { path, anchor } = targetOf(page, url);
        const found = pages.get(path);
        const there = found
          ? anchor === '' || found.anchors.has(anchor)
          : existsSync(join(folder, 'public', path));
        expect({ page, url, there: there || existsSync(join(folder, path)) }).toEqual({
          page,
          url,
          there: true,
        });
        followed += 1;
      }
    }
    expect(followed).toBeGreaterThan(200);
  },
);

test('no page of the site has what Vue would take for an expression', () => {
  for (const page of staged())
    expect(read(page).replace(/```[^]*?```|`[^`]*`/g, ''), page).not.toContain('{{');
});

test('the menu of each language has every subject once, in English where there is no Korean', () => {
  const subjects = new Set(pagePaths().map(subjectOf));
  subjects.delete('docs/README');
  const { en, ko, inEnglishOnly } = JSON.parse(read('menu.json')) as Menu;
  for (const [locale, menu] of Object.entries({ en, ko })) {
    const links = menu.flatMap(({ items }) => items.map(({ link }) => link));
    expect(links, locale).toHaveLength(subjects.size);
    expect(new Set(links).size, locale).toBe(subjects.size);
    for (const { text } of menu.flatMap(({ items }) => items)) expect(text).not.toBe('');
  }
  expect(ko.flatMap(({ items }) => items)).toContainEqual({
    text: 'Security (영어)',
    link: '/security.html',
  });
  expect(inEnglishOnly['/ko/security.html']).toBe('/security.html');
  expect(inEnglishOnly).not.toHaveProperty(['/ko/payments.html']);
});

test('llms.txt names every page in English but the decisions', () => {
  const named = readMarkdown(readFileSync(join(projectFolder, 'docs/llms.txt'), 'utf8')).links;
  const pages = pagePaths().filter((path) => localeOf(path) === 'en');
  expect(named.map(({ url }) => targetOf('docs/llms.txt', url).path).sort()).toEqual(
    pages.filter((path) => path !== 'docs/README.md' && !path.startsWith('docs/decisions/')).sort(),
  );
});

test('a page that nobody has listed comes last in the menu, one of a known folder with its folder', () => {
  const root = mkdtempSync(join(tmpdir(), 'hecto-onboarding-pages-'));
  try {
    mkdirSync(join(root, 'docs/operation'), { recursive: true });
    for (const name of [
      'README',
      'README.ko',
      'SECURITY',
      'CHANGELOG',
      'docs/odd',
      'docs/operation/backup',
      'docs/operation/README',
    ])
      writeFileSync(join(root, `${name}.md`), `# About ${name}\n`);
    expect(
      contentsIn('en', root).map(({ name, entries }) => [name, ...entries.map(({ path }) => path)]),
    ).toEqual([
      ['Begin', 'README.md'],
      ['Run it', 'docs/operation/README.md', 'docs/operation/backup.md'],
      ['What to rely on', 'SECURITY.md', 'CHANGELOG.md'],
      ['More', 'docs/odd.md'],
    ]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test(
  'every page in Korean stands beside one in English, and each leads to the other',
  { timeout: 60_000 },
  () => {
    const korean = pagePaths().filter((path) => localeOf(path) === 'ko');
    expect(korean.length).toBeGreaterThan(8);
    for (const path of korean) {
      const english = `${subjectOf(path)}.md`;
      const [ko, en] = [path, english].map((one) =>
        readMarkdown(readFileSync(join(projectFolder, one), 'utf8')),
      );
      expect({ path, links: ko!.links.map(({ url }) => url) }).toMatchObject({
        path,
        links: expect.arrayContaining([english.replace(/^.*\//, '')]) as unknown,
      });
      expect({ english, links: en!.links.map(({ url }) => url) }).toMatchObject({
        english,
        links: expect.arrayContaining([path.replace(/^.*\//, '')]) as unknown,
      });
    }
  },
);

test('addresses of the site are those that a reader would guess', () => {
  expect(siteUrlOf('docs/README.md')).toBe('/');
  expect(siteUrlOf('docs/README.ko.md')).toBe('/ko/');
  expect(siteUrlOf('docs/webview/README.md')).toBe('/webview/');
  expect(siteUrlOf('docs/payments.ko.md')).toBe('/ko/payments.html');
  expect(siteUrlOf('README.md')).toBe('/quick-start.html');
});

/**
 * Lays the documents out as the site has them: one folder for each language, links between pages as they then are,
 * and beside the pages every file that one of them links to. Knows nothing of what builds the site.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { leavesHere, targetOf } from './links.ts';
import { linksIn, type PlacedLink } from './markdown.ts';
import { contentsIn, localeOf, pagePaths, siteUrlOf, sitePathOf, subjectOf, type Locale } from './pages.ts';

/** The index of the documents for language models (https://llmstxt.org). */
const index = 'docs/llms.txt';

type Item = { readonly text: string; readonly link: string };

/** What the site's menus are made of. */
export type Menu = Readonly<
  Record<Locale, readonly { readonly text: string; readonly items: readonly Item[] }[]>
> & {
  /** Addresses that a reader of Korean may come to and where there is nothing, and what is there in English. */
  readonly inEnglishOnly: Readonly<Record<string, string>>;
};

/**
 * Writes the site's sources into a folder, which is emptied first: the pages, `menu.json`, and in `public` what is
 * served as it is (linked files as text, the pages themselves as Markdown, `llms.txt`).
 * @throws when a page links to what is not there.
 */
export function stage(root: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const paths = pagePaths(root);
  const pages = new Set(paths);
  for (const path of [...paths, index]) {
    const text = stagedText(root, path, pages, (from, to) => {
      mkdirSync(dirname(join(folder, to)), { recursive: true });
      cpSync(join(root, from), join(folder, to));
    });
    const to = path === index ? 'llms.txt' : sitePathOf(path);
    if (path !== index) write(join(folder, to), text);
    write(join(folder, 'public', to), text);
  }
  const menu: Menu = { en: menuIn('en', root), ko: menuIn('ko', root), inEnglishOnly: inEnglishOnly(paths) };
  write(join(folder, 'menu.json'), JSON.stringify(menu));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const menuIn = (locale: Locale, root: string) =>
  contentsIn(locale, root).map(({ name, entries }) => ({
    text: name,
    items: entries.map(({ title, path }) => ({ text: title, link: siteUrlOf(path) })),
  }));

type Copy = (from: string, to: string) => void;

/** The text of a page with its links as they are on the site. */
function stagedText(root: string, path: string, pages: ReadonlySet<string>, copy: Copy): string {
  let text = readFileSync(join(root, path), 'utf8');
  // From the end, so that what is still to be changed stays where it was.
  for (const link of linksIn(text).reverse()) {
    if (leavesHere(link.url) || link.url.startsWith('#')) continue;
    const staged = stagedLink(root, path, link, pages, copy);
    text = text.slice(0, link.start) + staged + text.slice(link.end);
  }
  // The site has a switch for the language of its own.
  return text.replace(/^\[(한국어|English)\]\(\S+\)\n\n/m, '');
}

function stagedLink(
  root: string,
  path: string,
  link: PlacedLink,
  pages: ReadonlySet<string>,
  copy: Copy,
): string {
  const target = targetOf(path, link.url);
  const from = dirname(path === index ? 'llms.txt' : sitePathOf(path));
  const as = (to: string) => {
    const [before, after] = link.source.split(`](${link.url}`);
    if (after === undefined) throw new Error(`${path}: write this link as [words](address): ${link.source}`);
    return `${before}](${near(from, to)}${after}`;
  };
  if (target.path === index) return as('llms.txt');
  if (pages.has(target.path)) return as(sitePathOf(target.path) + (target.anchor && `#${target.anchor}`));
  if (!existsSync(join(root, target.path)))
    throw new Error(`${path} links to ${link.url}, which is not there.`);
  // A folder of the project is nothing to look at on a site.
  if (statSync(join(root, target.path)).isDirectory()) return link.words;
  if (link.isImage) {
    copy(target.path, `images/${target.path}`);
    return as(`images/${target.path}`);
  }
  // As text: a browser would take `.ts` for a film.
  copy(target.path, `public/files/${target.path}.txt`);
  return as(`files/${target.path}.txt`);
}

/** From a folder to a file, as browsers and Markdown take it. */
function near(from: string, to: string): string {
  const path = relative(from, to).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

function inEnglishOnly(paths: readonly string[]): Record<string, string> {
  const korean = new Set(paths.filter((path) => localeOf(path) === 'ko').map(subjectOf));
  const others = paths.filter((path) => !korean.has(subjectOf(path)));
  return Object.fromEntries(others.map((path) => [`/ko${siteUrlOf(path)}`, siteUrlOf(path)]));
}

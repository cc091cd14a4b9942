/** Whether links inside the repository lead somewhere: to a file or folder that is there, and to a headline in it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readMarkdown, type Page } from './markdown.ts';

/** A link to another server, or one that an app opens. */
export const leavesHere = (url: string): boolean => /^[a-z][a-z\d+.-]*:|^\/\//i.test(url);

/** Where a link of a page leads, from the root of the repository. `#part` alone leads to the page itself. */
export function targetOf(page: string, url: string): { path: string; anchor: string } {
  const [path = '', anchor = ''] = url.split('#');
  return {
    path: path === '' ? page : join(dirname(page), decodeURIComponent(path)).replaceAll('\\', '/'),
    anchor: decodeURIComponent(anchor),
  };
}

/** The links of a page that lead nowhere, each with its line and what is wrong. */
export function brokenLinks(root: string, page: string): string[] {
  const pages = new Map<string, Page>();
  const read = (path: string): Page => {
    const page = pages.get(path) ?? readMarkdown(readFileSync(join(root, path), 'utf8'));
    pages.set(path, page);
    return page;
  };
  return read(page).links.flatMap(({ url, line }) => {
    if (leavesHere(url)) return [];
    const at = `${page}:${line}: ${url}`;
    const { path, anchor } = targetOf(page, url);
    if (relative(root, join(root, path)).startsWith('..')) return [`${at} leaves the repository`];
    if (!existsSync(join(root, path))) return [`${at} is not there`];
    if (anchor === '') return [];
    if (statSync(join(root, path)).isDirectory() || !path.endsWith('.md')) return [`${at} has no headlines`];
    return read(path).anchors.has(anchor) ? [] : [`${at} is no headline there`];
  });
}

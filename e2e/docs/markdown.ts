/** What stands in a Markdown page, read by the parser that most tools share. */
import GithubSlugger from 'github-slugger';
import type { Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';

export type Snippet = { readonly language: string; readonly code: string; readonly line: number };
export type Link = { readonly url: string; readonly line: number };
export type Page = {
  /** The first headline, without marks. */
  readonly title: string;
  /** What `#…` may name, as GitHub makes it from the headlines. */
  readonly anchors: ReadonlySet<string>;
  readonly links: readonly Link[];
  /** Every fenced or indented block of code; without a language it is `''`. */
  readonly snippets: readonly Snippet[];
};

const parser = unified().use(remarkParse).use(remarkGfm);

/** Reads a page. Never fails: anything is Markdown. */
export function readMarkdown(text: string): Page {
  const tree: Root = parser.parse(text);
  const slugger = new GithubSlugger();
  const anchors = new Set<string>();
  const links: Link[] = [];
  const snippets: Snippet[] = [];
  let title = '';
  visit(tree, (node) => {
    const line = node.position?.start.line ?? 0;
    if (node.type === 'heading') {
      const words = toString(node);
      if (node.depth === 1) title ||= words;
      anchors.add(slugger.slug(words));
    }
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition')
      links.push({ url: node.url, line });
    if (node.type === 'code') snippets.push({ language: node.lang ?? '', code: node.value, line });
  });
  return { title, anchors, links, snippets };
}

/** A link or image where it stands in the text. */
export type PlacedLink = {
  readonly url: string;
  /** All of it, `[words](url)`. */
  readonly source: string;
  /** What a reader sees of it. */
  readonly words: string;
  readonly isImage: boolean;
  readonly start: number;
  readonly end: number;
};

/** Every inline link and image of a text, in order. */
export function linksIn(text: string): PlacedLink[] {
  const links: PlacedLink[] = [];
  visit(parser.parse(text), (node) => {
    if (node.type !== 'link' && node.type !== 'image') return;
    const [start, end] = [node.position!.start.offset!, node.position!.end.offset!];
    const source = text.slice(start, end);
    const words = /^!?\[([^]*)\]\(/.exec(source)?.[1] ?? '';
    links.push({ url: node.url, source, words, isImage: node.type === 'image', start, end });
  });
  return links;
}

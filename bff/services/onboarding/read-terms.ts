import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TermsDocument } from '../../../shared/api/widget.ts';
import type { Locale } from '../../../shared/api/state.ts';
import { ConfigError } from '../../config-error.ts';
import { projectFolder } from '../../project-files.ts';

/** The documents that come with the project: samples, refused in production. */
export const sampleTerms = join(projectFolder, 'bff', 'terms', 'sample');

type Page = TermsDocument & { readonly order: number };

/** What customers are asked to agree to, by language, in the order of display. */
export type TermsBook = {
  /** The newest version of every document, in Korean where the language is missing. */
  readonly documents: (locale: Locale) => readonly TermsDocument[];
};

/**
 * Reads the consent documents of a folder, one Markdown file per document, version and language:
 * `<document>.<version>.<locale>.md`, starting with a front matter of title, required and order.
 * Throws a ConfigError naming the file when one cannot be understood.
 */
export function readTerms(folder: string): TermsBook {
  const pages = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => readPage(folder, name));
  if (!pages.some(({ required }) => required))
    throw new ConfigError('TERMS_DIR', 'must hold a required document');
  const book = { ko: documentsIn(pages, 'ko'), en: documentsIn(pages, 'en') };
  return { documents: (locale) => book[locale] };
}

function readPage(folder: string, name: string): Page {
  const unreadable = (why: string) => new ConfigError('TERMS_DIR', `has a file ${name} ${why}`);
  const [, documentId, version, locale] =
    /^([a-z0-9-]{1,64})\.([A-Za-z0-9-]{1,32})\.(ko|en)\.md$/.exec(name) ?? [];
  if (!documentId || !version) throw unreadable('that is not named <document>.<version>.<ko or en>.md');
  const [, head = '', text = ''] =
    /^---\n([\s\S]*?)\n---\n([\s\S]+)$/.exec(readFileSync(join(folder, name), 'utf8')) ?? [];
  const title = /^title:(.*)$/m.exec(head)?.[1]?.trim();
  const required = /^required: *(true|false) *$/m.exec(head)?.[1];
  const order = /^order: *(\d{1,3}) *$/m.exec(head)?.[1];
  if (!title || !required || !order) throw unreadable('without a front matter of title, required and order');
  return {
    documentId,
    version,
    locale: locale === 'en' ? 'en' : 'ko',
    title,
    required: required === 'true',
    order: Number(order),
    text,
    sha256: createHash('sha256').update(text, 'utf8').digest('hex'),
  };
}

function documentsIn(pages: readonly Page[], locale: Locale): TermsDocument[] {
  const newest = new Map<string, Page>();
  for (const page of pages) {
    const best = newest.get(page.documentId);
    if (!best || isBetter(page, best, locale)) newest.set(page.documentId, page);
  }
  return [...newest.values()].sort((a, b) => a.order - b.order).map(({ order: _, ...document }) => document);
}

function isBetter(page: Page, best: Page, locale: Locale): boolean {
  const newer = page.version.localeCompare(best.version, 'en', { numeric: true });
  return newer > 0 || (newer === 0 && page.locale === locale);
}

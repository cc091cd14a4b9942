import { ConfigError } from '../../config-error.ts';
import type { Config } from '../../config.ts';
import { readTerms, sampleTerms, type TermsBook } from '../onboarding/read-terms.ts';
import { finding, type Finding } from './finding.ts';

/** Whether every document can be read, is there in both languages, and is not one of our samples. */
export function checkTerms({ termsDir, hectoEnv }: Pick<Config, 'termsDir' | 'hectoEnv'>): Finding[] {
  let book: TermsBook;
  try {
    book = readTerms(termsDir ?? sampleTerms);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [finding('terms.unreadable', { allowed: error.allowed })];
  }
  const missing = (locale: 'ko' | 'en') =>
    book
      .documents(locale)
      .filter((document) => document.locale !== locale)
      .map(({ documentId, version }) => `${documentId}.${version}.${locale}.md`);
  const found: Finding[] = [];
  const [korean, english] = [missing('ko'), missing('en')];
  if (korean.length > 0) found.push(finding('terms.no-korean', { files: korean.join(', ') }));
  if (english.length > 0) found.push(finding('terms.no-english', { files: english.join(', ') }));

  const samples = new Set(sumsOf(readTerms(sampleTerms)));
  if (hectoEnv !== 'local' && sumsOf(book).some((sum) => samples.has(sum)))
    found.push(finding(hectoEnv === 'production' ? 'terms.samples-in-production' : 'terms.samples'));
  if (found.length > 0) return found;
  return [finding('terms.fine', { count: book.documents('ko').length })];
}

const sumsOf = (book: TermsBook): string[] =>
  (['ko', 'en'] as const).flatMap((locale) => book.documents(locale).map(({ sha256 }) => sha256));

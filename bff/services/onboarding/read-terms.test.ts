import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readTerms, sampleTerms } from './read-terms.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'terms-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
const page = (title: string, order = 1, required = true, text = 'Text.\n') =>
  `---\ntitle: ${title}\nrequired: ${required}\norder: ${order}\n---\n\n${text}`;

describe('the sample terms', () => {
  test('stand in both languages, with the withdrawal consent as an item of its own and one optional item', () => {
    const { documents } = readTerms(sampleTerms);
    const ids = documents('ko').map(({ documentId }) => documentId);
    expect(documents('en').map(({ documentId }) => documentId)).toEqual(ids);
    expect(ids).toContain('withdrawal');
    expect(
      documents('ko')
        .filter(({ required }) => !required)
        .map(({ documentId }) => documentId),
    ).toEqual(['marketing']);
    expect(readdirSync(sampleTerms)).toHaveLength(ids.length * 2);
  });

  test('say that they are samples, in every document', () => {
    const { documents } = readTerms(sampleTerms);
    for (const { text } of documents('ko')) expect(text).toContain('예시예요');
    for (const { text } of documents('en')) expect(text).toContain('This is a sample');
  });

  test('carry the hash of exactly the text that is shown', () => {
    for (const { text, sha256 } of readTerms(sampleTerms).documents('ko')) {
      expect(sha256).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
      expect(text).not.toMatch(/^---|title:/);
    }
  });
});

test('the newest version is shown, in Korean where the language is missing', () => {
  const folder = folderOf({
    'a.9.ko.md': page('old'),
    'a.10.ko.md': page('neu'),
    'a.9.en.md': page('old in English'),
    'b.1.ko.md': page('second', 2, false),
    'b.1.en.md': page('second in English', 2, false),
  });
  const { documents } = readTerms(folder);
  expect(documents('ko').map(({ title }) => title)).toEqual(['neu', 'second']);
  expect(documents('en').map(({ title, locale }) => [title, locale])).toEqual([
    ['neu', 'ko'],
    ['second in English', 'en'],
  ]);
});

test.each<[string, Record<string, string>, RegExp]>([
  ['a name that says nothing', { 'terms.md': page('x') }, /terms\.md that is not named/],
  ['no front matter', { 'a.1.ko.md': 'Text.\n' }, /a\.1\.ko\.md without a front matter/],
  ['no text', { 'a.1.ko.md': '---\ntitle: x\nrequired: true\norder: 1\n---\n' }, /without a front matter/],
  ['nothing required', { 'a.1.ko.md': page('x', 1, false) }, /must hold a required document/],
  ['nothing at all', {}, /must hold a required document/],
])('a folder with %s stops the start, naming TERMS_DIR', (_, files, message) => {
  const folder = folderOf(files);
  expect(() => readTerms(folder)).toThrow(message);
  expect(() => readTerms(folder)).toThrow(/^TERMS_DIR/);
});

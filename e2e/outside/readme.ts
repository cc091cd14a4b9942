/** What a reader of the README would copy. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';

export const project = join(import.meta.dirname, '../..');
export const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
  version: string;
};

/** The one code block with these words in it, as it stands there. */
export function snippetOf(words: string): string {
  const text = readFileSync(join(project, 'README.md'), 'utf8');
  const blocks = [...text.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, code]) => code!);
  const found = blocks.filter((code) => code.includes(words));
  expect(found, `code in the README with ${words}`).toHaveLength(1);
  return found[0]!;
}

/** The address of the README's BFF is the one thing that a reader has to change. */
export const at = (bffUrl: string, code: string): string =>
  code.replaceAll('https://bff.example.com', bffUrl);

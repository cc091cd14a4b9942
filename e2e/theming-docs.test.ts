import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8');
const tokensIn = (text: string) => [...new Set(text.match(/--hecto-[a-z-]+[a-z](?=[`:])/g))].sort();

test.each(['docs/theming.md', 'docs/theming.ko.md'])(
  '%s lists every token there is, and no other',
  (path) => {
    const table = read(path)
      .split('\n')
      .filter((line) => line.startsWith('| `--'));
    expect(tokensIn(table.join('\n'))).toEqual(tokensIn(read('widget/styles/tokens.ts')));
  },
);

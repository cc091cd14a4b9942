import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problems } from '../../shared/api/problems.ts';
import { refusalCodes } from '../../shared/api/refusals.ts';
import { refusalTexts } from '../../bff/text/refusal-texts.ts';
import { generatedPages } from './generated.ts';
import { projectFolder } from './pages.ts';

test.each(Object.entries(generatedPages))('%s is what the tables in the code make today', (path, write) => {
  const kept = readFileSync(join(projectFolder, path), 'utf8');
  expect(kept === write(), `${path} is out of date: npm run docs -- --pages`).toBe(true);
});

describe.each(['docs/errors.md', 'docs/errors.ko.md'])('%s', (path) => {
  const text = readFileSync(join(projectFolder, path), 'utf8');
  const [, first = '', second = ''] = text.split(/^## /m);
  const headlines = (part: string) => [...part.matchAll(/^### `(.+)`$/gm)].map(([, code]) => code);

  test('has every problem code and every refusal code, once', () => {
    expect(headlines(first)).toEqual(Object.keys(problems));
    expect(headlines(second)).toEqual([...refusalCodes]);
  });

  test('has what the customer sees for every refusal, in both languages', () => {
    for (const { ko, en } of Object.values(refusalTexts)) {
      expect(second).toContain(ko);
      expect(second).toContain(en);
    }
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brokenLinks } from './links.ts';
import { pagePaths, projectFolder } from './pages.ts';

test.each([...pagePaths(), 'widget/package/README.md', 'bff/package-readme.md', 'docs/llms.txt'])(
  '%s leads nowhere wrong',
  (path) => {
    expect(brokenLinks(projectFolder, path)).toEqual([]);
  },
);

test('a link that leads nowhere is found, with its line', () => {
  const root = mkdtempSync(join(tmpdir(), 'hecto-onboarding-links-'));
  try {
    mkdirSync(join(root, 'docs'));
    writeFileSync(
      join(root, 'docs/other.md'),
      '# Other\n\n## 한국어 요약\n\n## `POST /v1/payments`\n\n## Twice\n\n## Twice\n',
    );
    writeFileSync(
      join(root, 'docs/page.md'),
      [
        '# Page',
        '[a](other.md) [b](#page) [c](other.md#한국어-요약) [d](other.md#post-v1payments) [e](other.md#twice-1)',
        '[f](https://example.com/nowhere) [g](mailto:a@example.com) [h](./)',
        '[i](missing.md)',
        '| ![j](no.png) |',
        '[k](#twice) [l](other.md#요약) [m](../../etc/hosts) [n](./#x)',
        '[o]: gone.md',
      ].join('\n\n'),
    );
    expect(brokenLinks(root, 'docs/page.md')).toEqual([
      'docs/page.md:7: missing.md is not there',
      'docs/page.md:9: no.png is not there',
      'docs/page.md:11: #twice is no headline there',
      'docs/page.md:11: other.md#요약 is no headline there',
      'docs/page.md:11: ../../etc/hosts leaves the repository',
      'docs/page.md:11: ./#x has no headlines',
      'docs/page.md:13: gone.md is not there',
    ]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

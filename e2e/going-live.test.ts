import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../bff/config.ts';
import { events } from '../bff/log/events.ts';
import { ruleOf } from '../bff/text/doctor-texts.ts';
import { endpointNames, endpointOf, isEndpointName } from '../shared/hecto/endpoints.ts';

/** What the checklist names has to be there: whoever follows it is about to handle money. */
const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = ['docs/going-live.md', 'docs/going-live.ko.md'];

const folder = mkdtempSync(join(tmpdir(), 'going-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const blocksOf = (page: string, language: string) =>
  [...read(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, code]) => code!,
  );
const codeIn = (page: string) => [
  ...[...read(page).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!),
  ...blocksOf(page, 'ini'),
];
const found = (texts: readonly string[], pattern: RegExp) => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name!))),
];

describe.each(pages)('%s', (page) => {
  const code = codeIn(page);

  test('names commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = found(code, /npm run ([\w:]+)/g);
    expect(named).toEqual(
      expect.arrayContaining(['demo', 'doctor', 'smoke:testbed', 'migrate', 'keys', 'ledger']),
    );
    for (const name of named) expect(Object.keys(scripts)).toContain(name);

    const commands = found([read('bff/command.ts')], /^ {2}(\w+): \(\) => import/gm);
    expect(commands.length).toBeGreaterThan(4);
    for (const name of found(code, /npx hecto-onboarding (\w+)/g)) expect(commands).toContain(name);
    for (const name of ['start', 'migrate', 'keys', 'ledger', 'retention', 'smoke']) {
      expect(code).toContain(name);
      expect(commands).toContain(name);
    }
  });

  test('names variables that exist', () => {
    const known = found([read('README.md')], /`([A-Z][A-Z_]+)`/g);
    const named = found(code, /\b([A-Z]+(?:_[A-Z]+)+)\b/g).filter(
      (name) => !/^(NAME_FILE|S[PAY]+_[A-Z0-9]+)$/.test(name),
    );
    expect(named.length).toBeGreaterThan(15);
    for (const name of named) expect([...known, 'HECTO_']).toContain(name.replace(/_FILE$/, ''));
  });

  test('names files and headings that exist', () => {
    const links = [...read(page).matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!);
    expect(links.length).toBeGreaterThan(8);
    for (const link of links) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join('docs', path);
      expect(existsSync(join(root, target)), link).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(target), link).toContain(anchor);
    }
    const paths = found(code, /^((?:docs|bff|shared|e2e)\/[\w./-]+)$/g);
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths) expect(existsSync(join(root, path)), path).toBe(true);
  });

  test('names log lines, calls and message codes that exist', () => {
    const lines = code.filter((text) =>
      /^(alert|fault|(money|reconciliation|hecto|webhook|secrets|vault|app)\.[a-z-]+)$/.test(text),
    );
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(events).toHaveProperty([line, 'level'], 'error');

    const overrides = found(code, /"(\w+)":/g);
    expect(overrides).toHaveLength(2);
    for (const name of overrides) expect(isEndpointName(name)).toBe(true);
    const codes = endpointNames.map((name) => endpointOf(name).hdInfo);
    const sent = found(code, /^(SP(?:AY)?_[A-Z0-9]+_1\.0)$/g);
    expect(sent).toHaveLength(4);
    for (const hdInfo of sent) expect(codes).toContain(hdInfo);
    const paths = endpointNames.map((name) => endpointOf(name).path as string);
    for (const call of [
      'ownercheck2',
      'ownercheckWithAmount',
      'arsrec',
      'ars',
      'arscheck',
      'acnt/reg',
      'mobile/check',
    ])
      expect([code.includes(call), paths.some((path) => path.endsWith(`/${call}`))]).toEqual([true, true]);
  });

  test('makes secrets, and shows an environment, with which a BFF starts at the testbed and in production', () => {
    const secrets = mkdtempSync(join(folder, 'secrets-'));
    const [make] = blocksOf(page, 'sh');
    execFileSync('bash', ['-euo', 'pipefail', '-c', make!], { env: { ...process.env, SECRETS: secrets } });
    const byHand = {
      'hecto-aes-key': 'A'.repeat(32),
      'hecto-hash-key': 'H'.repeat(20),
      'database-url': 'postgres://hecto_bff:secret@db.example.com/hecto',
    };
    for (const [name, value] of Object.entries(byHand))
      writeFileSync(join(secrets, name), value, { mode: 0o600 });
    mkdirSync(join(secrets, 'terms'));

    const [shown] = blocksOf(page, 'ini');
    const lines = shown!.trimEnd().replaceAll('/etc/hecto', secrets).split('\n');
    const env = Object.fromEntries(lines.map((line) => line.split(/=(.*)/).slice(0, 2) as [string, string]));
    for (const HECTO_ENV of ['testbed', 'production'])
      expect(parseConfig({ ...env, HECTO_ENV })).toMatchObject({
        hectoEnv: HECTO_ENV,
        hecto: { merchantId: 'yourid', aesKey: byHand['hecto-aes-key'] },
        dataKeys: [{ id: 'k1' }],
        trustProxy: ['127.0.0.1'],
        webhook: { url: 'https://shop.example.com/webhooks' },
      });
  });
});

test('what doctor advises exists, and it knows every variable in Korean', () => {
  const texts = read('bff/text/doctor-texts.ts');
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const name of found([texts], /npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(name);
  const paths = found([texts], /\b((?:docs|bff|e2e)\/[\w./-]*\w)/g);
  expect(paths.length).toBeGreaterThan(4);
  for (const path of paths) expect(existsSync(join(root, path)), path).toBe(true);

  const table = read('README.md')
    .match(/^\| `[A-Z].*$/gm)!
    .join('\n');
  for (const name of found([table.replace(/^(\|[^|]*\|).*$/gm, '$1')], /`([A-Z][A-Z_]+)`/g))
    expect(ruleOf(name)).not.toBe(ruleOf('ANY_FILE'));
});

test('both languages show the same code, questions and steps', () => {
  const [english, korean] = pages.map((page) => ({
    blocks: [...blocksOf(page, 'sh'), ...blocksOf(page, 'ini')],
    code: found(codeIn(page), /^([\x20-\x7e]+)$/g)
      .filter((text) => !text.includes('<'))
      .sort(),
    steps: read(page).match(/^- \[ \]/gm)?.length,
    questions: read(page).match(/^\| \d+ \|/gm)?.length,
  }));
  expect(english).toMatchObject({ steps: 20, questions: 16 });
  expect(korean).toEqual(english);
});

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

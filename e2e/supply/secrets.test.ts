import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secretsIn } from './secrets-in.ts';

const root = join(import.meta.dirname, '../..');
const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 30 });
const isRepository = existsSync(join(root, '.git'));

const read = (name: string) => readFileSync(join(root, name), 'utf8');
test('S03 the search finds a secret where there is one', async () => {
  const key = [
    '-----BEGIN RSA PRIVATE KEY-----',
    'MIIEpAIBAAKCAQEA'.repeat(8),
    '-----END RSA PRIVATE KEY-----',
  ];
  expect(await secretsIn('a.txt', `one\n${key.join('\n')}\n`)).toEqual([
    expect.stringMatching(/^a\.txt:2 .*privatekey/) as string,
  ]);
  expect(
    await secretsIn('b.txt', ['https://someone:', 'x7Kq2mWz', '@shop.example.com/'].join('')),
  ).toHaveLength(1);
});

test.runIf(isRepository)('S03 no secret stands in the repository', async () => {
  const names = git('ls-files', '-z')
    .split('\0')
    .filter((name) => name !== '' && !name.endsWith('.png'));
  expect(names.length).toBeGreaterThan(500);
  const found = await Promise.all(
    names.filter((name) => existsSync(join(root, name))).map((name) => secretsIn(name, read(name))),
  );
  expect(found.flat()).toEqual([]);
});

test.runIf(isRepository)('S03 and none ever stood there', async () => {
  expect(await secretsIn('the history', git('log', '--all', '--patch'))).toEqual([]);
});

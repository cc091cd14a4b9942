import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readerOf } from './environment.ts';
import { parseWebhook } from './webhook-config.ts';

const whsec = (length: number, byte = 7) => `whsec_${Buffer.alloc(length, byte).toString('base64')}`;
const secrets = { WEBHOOK_SECRETS: whsec(32) };
const parse = (env: Record<string, string>, httpOnLoopback = false) =>
  parseWebhook(readerOf(env), { httpOnLoopback });

test('without an address there are no webhooks', () => {
  expect(parse({})).toBeUndefined();
  expect(parse(secrets)).toBeUndefined();
});

test('an address and its secrets are read, the newest first', () => {
  const url = 'https://shop.example.com/webhooks?shop=1';
  const WEBHOOK_SECRETS = `${whsec(24, 1)}, ${whsec(64, 2)}`;
  expect(parse({ WEBHOOK_URL: url, WEBHOOK_SECRETS })).toEqual({
    url,
    secrets: [Buffer.alloc(24, 1), Buffer.alloc(64, 2)],
    networks: [],
  });
});

test('S50 networks inside are reached only where they are named; on a machine of ours, itself', () => {
  const env = { WEBHOOK_URL: 'https://shop.example.com/', ...secrets };
  expect(parse(env)?.networks).toEqual([]);
  expect(parse(env, true)?.networks).toEqual(['127.0.0.0/8', '::1']);
  expect(parse({ ...env, WEBHOOK_NETWORKS: '10.1.0.0/16, 192.168.7.7' })?.networks).toEqual([
    '10.1.0.0/16',
    '192.168.7.7',
  ]);
  for (const wrong of ['10.1.0.0/33', 'shop.internal', '10.1/16', '10.0.0.0/8,'])
    expect(() => parse({ ...env, WEBHOOK_NETWORKS: wrong }), wrong).toThrow(/^WEBHOOK_NETWORKS /);
});

test('S01 the secrets may lie in a file', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'hecto-onboarding-webhook-')), 'secrets');
  writeFileSync(path, `${whsec(32)}\n`);
  chmodSync(path, 0o600);
  const found = parse({ WEBHOOK_URL: 'https://shop.example.com/', WEBHOOK_SECRETS_FILE: path });
  expect(found?.secrets).toEqual([Buffer.alloc(32, 7)]);
});

test.each([
  'shop.example.com/webhooks',
  'http://shop.example.com/webhooks',
  'http://localhost:4000/webhooks',
  'https://user:canary@shop.example.com/',
  'https://shop.example.com/#canary',
  'https://shop.example.com/웹훅',
  'ftp://shop.example.com/',
])('S01 %s is refused without being printed', (url) => {
  const refused = () => parse({ WEBHOOK_URL: url, ...secrets });
  expect(refused).toThrow(/^WEBHOOK_URL [^\n]+\.$/);
  expect(refused).not.toThrow('canary');
});

test('plain http is for this machine only, and only locally', () => {
  expect(parse({ WEBHOOK_URL: 'http://127.0.0.1:4000/hook', ...secrets }, true)?.url).toBe(
    'http://127.0.0.1:4000/hook',
  );
  expect(() => parse({ WEBHOOK_URL: 'http://10.0.0.1/hook', ...secrets }, true)).toThrow(/^WEBHOOK_URL /);
});

test.each([
  ['missing', ''],
  ['without its prefix', Buffer.alloc(32, 7).toString('base64')],
  ['too short', whsec(23)],
  ['too long', whsec(65)],
  ['no base64', `whsec_${'!'.repeat(40)}`],
  ['not quite base64', `${whsec(32).slice(0, -2)}9=`],
  ['one of two', `${whsec(32)},`],
])('S01 secrets that are %s stop the start without being printed', (_, value) => {
  const refused = () => parse({ WEBHOOK_URL: 'https://shop.example.com/', WEBHOOK_SECRETS: value });
  expect(refused).toThrow(/^WEBHOOK_SECRETS [^\n]+\.$/);
  expect(refused).not.toThrow(Buffer.alloc(12, 7).toString('base64'));
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { banks } from '../e2e/testbed/state/banks.ts';
import { startTestbed, type Testbed } from '../e2e/testbed/testbed.ts';
import { httpServer } from './hecto/test-server.ts';
import type { SmokeLine } from './services/smoke/run-smoke.ts';

/** A merchant's own keys, as Hecto hands them out. */
const keys = { aesKey: 'AesCanary0123456789abcdefghijklm', hashKey: 'HashCanary0123456789' };
const merchantId = 'smokeid';
/** By day: at midnight the banks are closed. */
const tenOClock = () => new Date('2026-11-23T10:00:00+09:00');

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({
    port: 0,
    clock: tenOClock,
    strictNames: false,
    keys: [keys],
    merchantIds: [merchantId],
  });
});
afterAll(() => testbed.close());
beforeEach(() => control('/reset', {}));

async function control(path: string, body: object): Promise<void> {
  const answer = await fetch(`${testbed.url}/_testbed${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

type Said = { code: number; out: string; err: string };

async function smoke(change: Record<string, string> = {}, ...args: string[]): Promise<Said> {
  const command = fileURLToPath(new URL('./smoke-command.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', command, ...args], {
    env: {
      PATH: process.env['PATH'],
      HECTO_ENV: 'local',
      HECTO_BASE_URL: testbed.url,
      HECTO_MERCHANT_ID: merchantId,
      HECTO_AES_KEY: keys.aesKey,
      HECTO_HASH_KEY: keys.hashKey,
      ...change,
    },
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect(said.out + said.err).not.toMatch(/Canary|pktHash|110234567890/);
  return { code, ...said };
}

/** The calls that failed and what they got, of a run that must fail. */
async function failures(change: Record<string, string> = {}): Promise<string[]> {
  const { code, out } = await smoke(change, '--json');
  const { passed, lines } = JSON.parse(out) as { passed: boolean; lines: SmokeLine[] };
  expect({ code, passed, lines: lines.length }).toEqual({ code: 1, passed: false, lines: 5 });
  return lines.filter((line) => !line.passed).map(({ call, got }) => `${call}: ${got}`);
}

test('a testbed that keeps its contract passes, line by line', async () => {
  const { code, out, err } = await smoke();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`local: ${new URL(testbed.url).host}`);
  const lines = out.split('\n').filter((line) => line.startsWith('ok '));
  expect(lines.map((line) => line.split(/ +/)[1])).toEqual([
    'testCall',
    'bankList',
    'bankMaintenance',
    'bankList',
    'accountHolderNameInquiry',
  ]);
  expect(lines[3]).toMatch(/a wrong hash +0031 ST09 +0031 ST09 +\d+$/);
  expect(lines[4]).toMatch(/0021, 홍길동 +0021, 홍길동 +\d+$/);
  expect(out).toContain('All as the contract says.');

  const asked = testbed.requests.of().map(({ endpoint, valid }) => [endpoint, valid]);
  expect(asked).toEqual([
    ['testCall', true],
    ['bankList', true],
    ['bankMaintenance', true],
    ['bankList', false],
    ['accountHolderNameInquiry', true],
  ]);
});

describe('a fault is found in its own line', () => {
  test.each([
    ['testCall', 'truncated', 'testCall: outcome unknown (unreadable)'],
    ['testCall', 'wrong-echo', 'testCall: outcome unknown (echo of mchtTrdNo)'],
    ['bankList', 'http-503', 'bankList: outcome unknown (http-status)'],
    ['bankMaintenance', 'refuse:ST99', 'bankMaintenance: 0031 ST99'],
    ['accountHolderNameInquiry', 'wrong-key', 'accountHolderNameInquiry: 0021, no name that opens'],
    [
      'accountHolderNameInquiry',
      'reset-before-headers',
      'accountHolderNameInquiry: outcome unknown (connection)',
    ],
  ])('%s %s', async (endpoint, kind, failure) => {
    await control('/faults', { endpoint, kind });
    expect(await failures()).toEqual([failure]);
  });

  test('a bank that is closed is none', async () => {
    await control('/faults', { endpoint: 'bankMaintenance', kind: 'refuse:ST11' });
    expect((await smoke()).code).toBe(0);
  });

  test('a bank that knows the holder by another name', async () => {
    const strict = await startTestbed({ port: 0, clock: tenOClock, keys: [keys], merchantIds: [merchantId] });
    for (const { code } of banks) strict.state.accounts.at(code, '110234567890').holder = '김민서';
    try {
      expect(await failures({ HECTO_BASE_URL: strict.url })).toEqual([
        'accountHolderNameInquiry: 0021, another name',
      ]);
    } finally {
      await strict.close();
    }
  });

  test('a Hecto that looks at no hash', async () => {
    const easygoing = await httpServer(({ body }, response) => {
      const { mchtTrdNo } = JSON.parse(body) as { mchtTrdNo?: string };
      const bankRecords = [{ recordBankCd: '004', recordBankNm: '국민은행', recordUseYn: 'Y' }];
      response.end(JSON.stringify({ outStatCd: '0021', outRsltCd: '0000', mchtTrdNo, bankRecords }));
    });
    expect(await failures({ HECTO_BASE_URL: easygoing.url })).toEqual([
      'bankList: 0021',
      'accountHolderNameInquiry: 0021, no name that opens',
    ]);
    await easygoing.close();
  });

  test('wrong keys of the merchant', async () => {
    expect(await failures({ HECTO_HASH_KEY: 'HashKeyOfSomebodyElse' })).toEqual([
      'bankList: 0031 ST09',
      'bankMaintenance: 0031 ST09',
      'accountHolderNameInquiry: 0031 ST09',
    ]);
    expect(await failures({ HECTO_AES_KEY: 'AesKeyOfSomebodyElse0123456789AB' })).toEqual([
      'accountHolderNameInquiry: 0031 ST09',
    ]);
  });
});

test('production is refused before anything is asked, and what it does not know too', async () => {
  expect(await smoke({ HECTO_ENV: 'production' })).toEqual({
    code: 2,
    out: '',
    err: 'HECTO_ENV must be testbed or local for this.\n',
  });
  expect(await smoke({}, '--all')).toMatchObject({ code: 2, out: '' });
  expect(testbed.requests.of()).toEqual([]);
});

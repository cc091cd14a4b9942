import { expect, test } from 'vitest';
import { endpointOf } from '../../shared/hecto/endpoints.ts';
import { faultKinds } from './faults/kinds.ts';
import { seal } from './testing/caller.ts';
import { customer, useTestbed } from './testing/use-testbed.ts';

const hecto = useTestbed();

const plan = (kind: string, more: object = {}) =>
  hecto.control('/faults', { endpoint: 'remittanceBalance', kind, ...more });
const ask = () =>
  hecto.post(
    endpointOf('remittanceBalance').path,
    seal('remittanceBalance', hecto.complete('remittanceBalance', { mchtTrdNo: 'B1' })),
  );

test.each(['reset-before-headers', 'lost-answer'])('%s gives no answer at all', async (kind) => {
  await plan(kind);
  await expect(ask()).rejects.toThrow();
});

test('reset-mid-body breaks off after the headers', async () => {
  await plan('reset-mid-body');
  const answer = await ask();
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
});

test.each([429, 500, 502, 503, 504])('http-%i answers that status', async (status) => {
  await plan(`http-${String(status)}`);
  const answer = await ask();
  expect(answer.status).toBe(status);
});

test.each(['html', 'malformed', 'truncated', 'empty'])('%s is 200 and not JSON', async (kind) => {
  await plan(kind);
  const answer = await ask();
  expect(answer.status).toBe(200);
  await expect(answer.json()).rejects.toThrow();
});

test('redirect points at a trap that remembers who follows', async () => {
  await plan('redirect');
  const answer = await ask();
  expect(answer.status).toBe(307);
  await fetch(new URL(answer.headers.get('location')!, hecto.url));
  expect(hecto.testbed.requests.of().at(-1)).toMatchObject({ endpoint: 'redirect-target' });
});

test('huge is ten megabytes of JSON, euc-kr is not UTF-8', async () => {
  await plan('huge');
  expect((await (await ask()).text()).length).toBeGreaterThan(10_000_000);
  await plan('euc-kr');
  const bytes = await (await ask()).arrayBuffer();
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
});

test('bad-ciphertext, missing-status, wrong-echo and unknown-code spoil just that', async () => {
  const after = async (kind: string) => {
    await plan(kind);
    return hecto.call('remittanceBalance', { mchtTrdNo: 'B1' });
  };
  expect(await after('bad-ciphertext')).toMatchObject({ outStatCd: '0021', blcAmt: '(not decrypted)' });
  expect(await after('missing-status')).not.toHaveProperty('outStatCd');
  expect(await after('wrong-echo')).toMatchObject({ outStatCd: '0021', mchtTrdNo: 'SOMEBODY-ELSES-ORDER' });
  expect(await after('unknown-code')).toMatchObject({ outStatCd: '0031', outRsltCd: 'ZZ99' });
  expect(await after('refuse:ST42')).toMatchObject({ outStatCd: '0031', outRsltCd: 'ST42' });
});

test('a delay waits, then all is well; drip trickles', async () => {
  await plan('delay', { delayMs: 120 });
  const from = performance.now();
  expect((await ask()).status).toBe(200);
  expect(performance.now() - from).toBeGreaterThan(110);
  await plan('drip');
  const answer = await ask();
  const { value } = await answer.body!.getReader().read();
  expect(value?.length).toBe(1);
});

test('a fault hits as often as it was told, its own endpoint only, and oldest first', async () => {
  await plan('http-500', { times: 2 });
  await plan('http-502');
  const statuses = [];
  for (let calls = 0; calls < 4; calls++) {
    expect(await hecto.call('testCall', { mchtTrdNo: 'T1' })).toMatchObject({ outStatCd: '0021' });
    statuses.push((await ask()).status);
  }
  expect(statuses).toEqual([500, 500, 502, 200]);
  await hecto.control('/faults', { endpoint: '*', kind: 'http-503' });
  expect((await ask()).status).toBe(503);
});

test('faults that lose the answer do the work, faults that lose the request do not, and a test may say otherwise', async () => {
  const pay = async (key: string, fault: object) => {
    await hecto.control('/faults', { endpoint: 'payment', ...fault });
    await hecto.pay(key, '1000').catch(() => undefined);
    return hecto.balance();
  };
  const key = await hecto.registered();
  expect(await pay(key, { kind: 'http-500' })).toBe(1_000_000);
  expect(await pay(key, { kind: 'refuse:ST04' })).toBe(1_000_000);
  expect(await pay(key, { kind: 'lost-answer' })).toBe(999_000);
  expect(await pay(key, { kind: 'http-500', works: true })).toBe(998_000);
  expect(await pay(key, { kind: 'malformed', works: false })).toBe(998_000);
});

test('the log shows every request in plain, with its fault and its headers', async () => {
  await hecto.control('/faults', { endpoint: 'accountList', kind: 'http-500' });
  await hecto.call('accountList', customer).catch(() => undefined);
  const log = await hecto.control<object[]>('/requests?endpoint=accountList');
  expect(log).toMatchObject([
    {
      at: '2026-11-23T01:00:00.000Z',
      valid: true,
      fault: 'http-500',
      fields: { ...customer, reqTm: '100000' },
    },
  ]);
});

test.each(faultKinds)('%s can be planned', async (kind) => {
  expect(await plan(kind)).toMatchObject([{ kind, times: 1, delayMs: 0 }]);
});

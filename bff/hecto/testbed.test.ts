import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestbed, type Testbed } from '../../e2e/testbed/testbed.ts';
import { endpointNames } from '../../shared/hecto/endpoints.ts';
import { examples } from '../../shared/hecto/examples.ts';
import golden from '../../shared/hecto/vectors.json' with { type: 'json' };
import { createHectoClient, type HectoClient } from './client.ts';

let testbed: Testbed;
let client: HectoClient;
const clock = () => new Date('2026-11-23T10:00:00+09:00');

beforeAll(async () => {
  testbed = await startTestbed({ port: 0, clock });
  client = createHectoClient({ ...golden.keys, baseUrl: testbed.url, merchantId: 'midtest', clock });
});
afterAll(async () => {
  await client.close();
  await testbed.close();
});

// The testbed decrypts, hashes and checks with its own few lines: what it understands, two halves agree on.
test.each(endpointNames)('%s is understood by the testbed, and its answer by us', async (name) => {
  const outcome = await client.callUntyped(name, examples[name]);
  expect(['accepted', 'refused']).toContain(outcome.kind);
  expect(outcome.answer.outRsltCd).not.toBe('ST09');
});

test('a wrong hash is refused by the testbed', async () => {
  const other = createHectoClient({
    aesKey: golden.keys.aesKey,
    hashKey: 'another',
    baseUrl: testbed.url,
    merchantId: 'midtest',
    clock,
  });
  expect(await other.call('bankList', {})).toMatchObject({ kind: 'refused', code: 'ST09' });
  await other.close();
});

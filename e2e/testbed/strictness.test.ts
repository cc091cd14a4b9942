import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  endpointNames,
  endpointOf,
  isEndpointName,
  type EndpointName,
} from '../../shared/hecto/endpoints.ts';
import { seal, TestCaller } from './testing/caller.ts';
import { startTestbed, type Testbed } from './testbed.ts';
import { decrypt, encrypt, testbedKeys } from './wire/cipher.ts';
import { examples } from '../../shared/hecto/examples.ts';

type Vector = {
  endpoint: EndpointName;
  plain: Record<string, string>;
  wire: Record<string, string>;
  wireBody: string;
  path: string;
};
type VectorFile = { vectors: Vector[]; aes: { plain: string; cipher: string }[] };
const vectors = JSON.parse(
  readFileSync(new URL('../../shared/hecto/vectors.json', import.meta.url), 'utf8'),
) as VectorFile;

let testbed: Testbed;
let hecto: TestCaller;
const now = () => new Date('2026-11-23T10:00:00+09:00');
beforeAll(async () => {
  testbed = await startTestbed({ port: 0, clock: now });
  hecto = new TestCaller(testbed.url, now);
});
afterAll(() => testbed.close());

const lastRequest = () => testbed.requests.of().at(-1)!;

test.each(vectors.vectors)('S88 the golden $endpoint is understood, byte for byte', async (vector) => {
  await hecto.post(vector.path, vector.wireBody);
  expect(lastRequest()).toMatchObject({ endpoint: vector.endpoint, valid: true, fields: vector.plain });
});

test.each(vectors.aes)('S88 the golden AES value %j opens and closes', ({ plain, cipher }) => {
  expect(encrypt(plain, testbedKeys)).toBe(cipher);
  expect(decrypt(cipher, testbedKeys)).toBe(plain);
});

/** A valid request of the endpoint with one thing changed on the wire; the answer and the testbed's own complaint. */
async function spoilt(name: EndpointName, spoil: (wire: Record<string, unknown>) => unknown) {
  const answer = await hecto.send(name, spoil(seal(name, hecto.complete(name, examples[name]))));
  return { answer, complaint: lastRequest().complaint };
}
const st09 = { outStatCd: '0031', outRsltCd: 'ST09', outRsltMsg: '유효하지 않는 요청전문' };

test.each(endpointNames)('a valid %s passes the checks', async (name) => {
  await spoilt(name, (wire) => wire);
  expect(lastRequest()).toMatchObject({ endpoint: name, valid: true });
});

const required = endpointNames.flatMap((name) => [
  ...Object.entries(endpointOf(name).request).flatMap(([field, rule]) =>
    rule.optional ? [] : [{ name, field }],
  ),
  { name, field: 'hdInfo' },
  ...(endpointOf(name).hash ? [{ name, field: 'pktHash' }] : []),
]);
test.each(required)('$name without $field is ST09', async ({ name, field }) => {
  const { answer, complaint } = await spoilt(name, ({ [field]: _, ...rest }) => rest);
  expect(answer).toMatchObject(st09);
  expect(complaint).toContain(field);
});

const fields = endpointNames.flatMap((name) =>
  Object.keys(endpointOf(name).request).map((field) => ({ name, field })),
);
test.each(fields)('$name with a number or one byte too much in $field is ST09', async ({ name, field }) => {
  expect(await spoilt(name, (wire) => ({ ...wire, [field]: 1 }))).toMatchObject({ answer: st09 });
  const { encrypted, kind, max } = endpointOf(name).request[field]!;
  const long = (kind === 'N' ? '1' : 'a').repeat(max + 1);
  const { answer, complaint } = await spoilt(name, (wire) => ({
    ...wire,
    [field]: encrypted ? encrypt(long, testbedKeys) : long,
  }));
  expect(answer).toMatchObject(st09);
  expect(complaint).toMatch(new RegExp(`^${field}: `));
});

test.each(fields.filter(({ name, field }) => endpointOf(name).request[field]!.encrypted))(
  '$name with $field in clear is ST09',
  async ({ name, field }) => {
    const { answer, complaint } = await spoilt(name, (wire) => ({ ...wire, [field]: '110432109876' }));
    expect(answer).toMatchObject(st09);
    expect(complaint).toBe(`${field}: cannot be decrypted`);
  },
);

test.each([':', '&', '?', "'", '<', '>', '\n', '\u0000'])('a name with %j is ST09', async (character) => {
  const { answer, complaint } = await spoilt('accountHolderNameInquiry', (wire) => ({
    ...wire,
    mchtCustNm: encrypt(`김${character}서`, testbedKeys),
  }));
  expect(answer).toMatchObject(st09);
  expect(complaint).toBe('mchtCustNm: holds a forbidden character');
});

const arsWire = (change: Record<string, unknown>) => spoilt('arsRequest', (wire) => ({ ...wire, ...change }));
test.each<[string, Record<string, unknown>, string]>([
  ['a hash over other values', { pktHash: '0'.repeat(64) }, 'pktHash: wrong'],
  ['a hash in capitals', { pktHash: 'ABCDEF' }, 'pktHash: wrong'],
  ["another call's hdInfo", { hdInfo: 'SPAY_RP0W_1.0' }, 'hdInfo: not SPAY_AU00_1.0'],
  ['an unknown merchant', { mchtId: 'nobody' }, 'mchtId: unknown merchant'],
  ['an empty value', { custIp: '' }, 'custIp: empty; an absent value is left out'],
  ['a field the call does not have', { reqTime: '100000' }, 'reqTime: not in this call'],
  ['null', { custIp: null }, 'custIp: not a string'],
  ['a day that does not exist', { reqDt: '20260230' }, 'reqDt: not a real yyyyMMdd'],
  ['a time that does not exist', { reqTm: '240000' }, 'reqTm: not a real HHmmss'],
  ['an IPv6 address', { custIp: '2001:db8::1' }, 'custIp: holds a forbidden character'],
  ['an order number in Korean', { mchtTrdNo: '주문1' }, 'mchtTrdNo: not ASCII'],
  ['letters among digits', { bankCd: '08a' }, 'bankCd: not digits only'],
])('%s is ST09', async (_, change, complaint) => {
  expect(await arsWire(change)).toMatchObject({ answer: st09, complaint });
});

test('a closed list is closed', async () => {
  const { complaint } = await spoilt('mobileVerificationRequest', (wire) => ({ ...wire, telecomCd: '7' }));
  expect(complaint).toBe('telecomCd: not one of 1, 2, 3, 4, 5, 6');
});

test('registration by ARS needs the trdNo of the call', async () => {
  const { complaint } = await spoilt('accountRegistration', ({ trdNo: _, ...rest }) => rest);
  expect(complaint).toBe('trdNo: missing');
});

test('lengths are counted as each table counts', async () => {
  const passbook = (text: string) =>
    spoilt('remittance', (wire) => ({ ...wire, custAcntSumry: encrypt(text, testbedKeys) }));
  expect((await passbook('일이삼사오육칠')).complaint).toBeUndefined();
  expect((await passbook('일이삼사오육칠1')).complaint).toBe('custAcntSumry: longer than 14 (euckr)');
  const name = (text: string) =>
    spoilt('accountHolderNameInquiry', (wire) => ({ ...wire, mchtCustNm: encrypt(text, testbedKeys) }));
  expect((await name('가'.repeat(10))).complaint).toBeUndefined();
  expect((await name(`${'가'.repeat(10)}a`)).complaint).toBe('mchtCustNm: longer than 30 (utf8)');
  const password = (text: string) =>
    spoilt('paymentPasswordConfirm', (wire) => ({ ...wire, pmtPwd: encrypt(text, testbedKeys) }));
  expect((await password('12345')).complaint).toBe('pmtPwd: not 6 long');
});

test.each([
  ['not JSON', '{"mchtId":'],
  ['an array', '[]'],
  ['null', 'null'],
  ['with a byte order mark', '\ufeff{}'],
])('a body that is %s is ST09', async (_, body) => {
  const answer = await hecto.post('/v1/api/test/testcall', body);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
  expect(await answer.json()).toEqual(st09);
});

test('a body that does not say it is JSON is ST09', async () => {
  const answer = await fetch(`${testbed.url}/v1/api/test/testcall`, { method: 'POST', body: '{}' });
  expect(await answer.json()).toEqual(st09);
});

test('other methods and other paths are not served', async () => {
  expect((await fetch(`${testbed.url}/v1/api/test/testcall`)).status).toBe(405);
  expect((await hecto.post('/v1/api/test/nothing', {})).status).toBe(404);
  expect(isEndpointName('nothing')).toBe(false);
});

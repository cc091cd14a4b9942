import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { endpointOf } from '../../shared/hecto/endpoints.ts';
import { dice } from './faults/dice.ts';
import { seal, type Opened } from './testing/caller.ts';
import { useTestbed } from './testing/use-testbed.ts';

const hecto = useTestbed();
const plan = (kind: string, more: object = {}) =>
  hecto.control('/faults', { endpoint: 'remittanceBalance', kind, ...more });
const question = () => seal('remittanceBalance', hecto.complete('remittanceBalance', { mchtTrdNo: 'B1' }));
const { path } = endpointOf('remittanceBalance');
const bodyAfter = async (kind: string) => {
  await plan(kind);
  return Buffer.from(await (await hecto.post(path, question())).arrayBuffer());
};
const jsonAfter = async (kind: string) => JSON.parse((await bodyAfter(kind)).toString()) as unknown;

/** Everything that comes on the connection within a moment, and whether the other side ended it. */
async function rawAnswer(): Promise<{ text: string; ended: boolean }> {
  const { hostname, port } = new URL(hecto.url);
  const socket: Socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const body = JSON.stringify(question());
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  let text = '';
  let ended = false;
  socket.on('data', (bytes: Buffer) => (text += bytes.toString()));
  socket.on('end', () => (ended = true));
  await new Promise((resolve) => setTimeout(resolve, 150));
  socket.destroy();
  return { text, ended };
}

test('bodies that are JSON and no answer: null, an array, a number, two objects', async () => {
  expect(await jsonAfter('json-null')).toBeNull();
  expect(await jsonAfter('json-array')).toMatchObject([{ outStatCd: '0021' }]);
  expect(await jsonAfter('json-number')).toBe(21);
  const twice = (await bodyAfter('two-objects')).toString();
  expect(() => JSON.parse(twice) as unknown).toThrow();
  expect(JSON.parse(twice.slice(0, twice.length / 2))).toMatchObject({ outStatCd: '0021' });
});

test('answers with something odd in them: deep, without a result code, of wrong types, with more fields', async () => {
  const deep = (await bodyAfter('deep-json')).toString();
  expect(deep).toContain('['.repeat(50_000));
  expect(deep.length).toBeLessThan(256 * 1024);
  expect(await jsonAfter('missing-result')).not.toHaveProperty('outRsltCd');
  expect(await jsonAfter('wrong-types')).toMatchObject({ outStatCd: 21, outRsltCd: 0 });
  expect(await jsonAfter('unknown-status')).toMatchObject({ outStatCd: '0077' });
  const more = (await jsonAfter('extra-fields')) as Opened;
  expect(Object.keys(more).slice(0, 2)).toEqual(['newInThisVersion', 'blcAmt']);
  expect(more).toMatchObject({ outStatCd: '0021', mchtTrdNo: 'B1' });
});

test('bytes that are no clean UTF-8: a byte order mark, half a syllable', async () => {
  expect((await bodyAfter('bom')).subarray(0, 4).toString('hex')).toBe('efbbbf7b');
  const cut = await bodyAfter('truncated-utf8');
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(cut)).toThrow();
  expect(JSON.parse(cut.toString())).toMatchObject({ outStatCd: '0021' });
});

test.each(['not-base64', 'wrong-key', 'junk-in-block'])('%s: the field cannot be read', async (kind) => {
  await plan(kind);
  expect(await hecto.call('remittanceBalance', { mchtTrdNo: 'B1' })).toMatchObject({
    outStatCd: '0021',
    blcAmt: '(not decrypted)',
  });
});

test.each([301, 302])('redirect-%i points at the trap', async (status) => {
  await plan(`redirect-${String(status)}`);
  const answer = await hecto.post(path, question());
  expect(answer.status).toBe(status);
  expect(answer.headers.get('location')).toBe('/_testbed/redirect-target');
});

test('half-close: the answer is whole, then the testbed says no more', async () => {
  await plan('half-close');
  const { text, ended } = await rawAnswer();
  expect(ended).toBe(true);
  expect(text.split('HTTP/1.1')).toHaveLength(2);
  expect(text).toContain('"outStatCd":"0021"');
});

test('behind the answer: garbage, or the whole answer again, on the same connection', async () => {
  await plan('pipelined-garbage');
  const garbage = await rawAnswer();
  expect(garbage.text).toContain('"outStatCd":"0021"');
  expect(garbage.text).toMatch(/this is no answer\r\n\r\n\{\{\{$/);
  await plan('duplicate-answer');
  const [, first, second] = (await rawAnswer()).text.split('HTTP/1.1 200 OK');
  expect(second?.split('\r\n\r\n')[1]).toBe(first?.split('\r\n\r\n')[1]);
});

test('late-answer: first the answer to an earlier order, then the right one', async () => {
  await plan('late-answer');
  const [, first, second] = (await rawAnswer()).text.split('HTTP/1.1 200 OK');
  expect(first).toContain('SOMEBODY-ELSES-ORDER');
  expect(second).toContain('"mchtTrdNo":"B1"');
});

test('an everyday answer leaves the connection open and has nothing behind it', async () => {
  const { text, ended } = await rawAnswer();
  expect(ended).toBe(false);
  expect(text.split('HTTP/1.1')).toHaveLength(2);
});

test('with a probability the same requests are hit for the same seed, about as many as it says', async () => {
  const play = async (seed: number) => {
    await hecto.control('/faults/clear', {});
    await plan('http-503', { times: 1000, probability: 0.5, seed });
    const statuses = [];
    for (let asked = 0; asked < 40; asked++) statuses.push((await hecto.post(path, question())).status);
    return statuses;
  };
  const first = await play(7);
  const failed = first.filter((status) => status === 503).length;
  expect(failed).toBeGreaterThan(10);
  expect(failed).toBeLessThan(30);
  expect(await play(7)).toEqual(first);
  expect(await play(8)).not.toEqual(first);
});

test('a fault that does not hit leaves the request to the next one, and is not used up', async () => {
  await plan('http-500', { probability: 0 });
  await plan('http-502');
  expect((await hecto.post(path, question())).status).toBe(502);
  expect(await hecto.control('/faults')).toMatchObject([{ kind: 'http-500', times: 1, probability: 0 }]);
});

test('a fault may be for one order only', async () => {
  await plan('refuse:ST42', { orderNumber: 'B2', times: 9 });
  expect(await hecto.call('remittanceBalance', { mchtTrdNo: 'B1' })).toMatchObject({ outRsltCd: '0000' });
  expect(await hecto.call('remittanceBalance', { mchtTrdNo: 'B2' })).toMatchObject({ outRsltCd: 'ST42' });
});

test('dice are even', () => {
  const roll = dice(1);
  const rolls = Array.from({ length: 10_000 }, roll);
  expect(Math.min(...rolls)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...rolls)).toBeLessThan(1);
  expect(Math.abs(rolls.filter((one) => one < 0.3).length - 3000)).toBeLessThan(200);
});

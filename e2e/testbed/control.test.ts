import { expect, test } from 'vitest';
import { account, phone, useTestbed } from './testing/use-testbed.ts';

const hecto = useTestbed();
const refusal = async (path: string, body?: unknown) => {
  const answer =
    body === undefined
      ? await fetch(`${hecto.url}/_testbed${path}`)
      : await hecto.post(`/_testbed${path}`, body);
  return { status: answer.status, ...((await answer.json()) as object) };
};

test.each<[string, string, unknown, number, string]>([
  ['an unknown path', '/nothing', {}, 404, 'no such control call'],
  ['a wrong method', '/faults/clear', undefined, 405, 'use POST'],
  ['a phone number that is none', '/phones/123/messages', undefined, 400, 'number: must be a mobile number'],
  ['a fault of no kind', '/faults', { endpoint: 'payment', kind: 'x' }, 400, 'kind: must be one of delay'],
  [
    'a fault nowhere',
    '/faults',
    { endpoint: 'pay', kind: 'html' },
    400,
    'endpoint: must be an endpoint name',
  ],
  ['a field too many', '/passwords', { customerId: 'c', password: '123456', x: 1 }, 400, 'Unrecognized key'],
  [
    'a short password',
    '/passwords',
    { customerId: 'c', password: '12' },
    400,
    'password: must be six digits',
  ],
  ['a time that is none', '/clock', { now: 'soon' }, 400, 'now: must be an ISO 8601 instant'],
  ['a call that never was', '/calls/call_9/answer', { hangUp: true }, 404, 'no such call'],
  ['an approval nobody asked for', `/phones/${phone}/pass`, { approve: true }, 409, 'nothing waits'],
  ['something that is not JSON', '/reset', '{', 400, 'body: not JSON'],
])('%s is refused with one clear sentence', async (_, path, body, status, error) => {
  const answer = await refusal(path, body);
  expect(answer).toMatchObject({ status, error: expect.stringContaining(error) as string });
});

test('a web page cannot post here without asking first: only application/json is read', async () => {
  const answer = await fetch(`${hecto.url}/_testbed/reset`, { method: 'POST', body: '{}' });
  expect(answer.status).toBe(415);
});

test('a call that is over, and a call that wants too much, are refused', async () => {
  await hecto.ring();
  const { id } = await hecto.lastCall();
  const answer = (body: object) => refusal(`/calls/${id}/answer`, body);
  expect(await answer({ digits: '1234567' })).toMatchObject({ status: 400 });
  expect(await answer({ hangUp: false })).toMatchObject({ status: 400 });
  expect(await answer({ hangUp: true })).toMatchObject({ state: 'ended', result: '11' });
  expect(await answer({ digits: '48' })).toMatchObject({ status: 409, error: 'the call is over' });
});

test('the clock can be set and goes back', async () => {
  expect(await hecto.control('/clock', { now: '2026-12-31T23:59:59+09:00' })).toEqual({
    now: '2026-12-31T14:59:59.000Z',
  });
  expect(await hecto.control('/clock', { now: null })).toEqual({ now: '2026-11-23T01:00:00.000Z' });
});

test('the ledger shows accounts and orders', async () => {
  const key = await hecto.registered();
  await hecto.pay(key, '15000');
  expect(await hecto.control('/ledger')).toMatchObject({
    accounts: [{ accountNumber: account.custAcntNo, balance: 985_000 }],
    orders: [{ kind: 'payment', amount: 15_000, code: '0000' }],
  });
});

test('reset forgets everything', async () => {
  await hecto.registered();
  await hecto.askForCode();
  await hecto.control('/faults', { endpoint: '*', kind: 'html' });
  await hecto.control('/reset', {});
  expect(await hecto.control('/requests')).toEqual([]);
  expect(await hecto.control('/faults')).toEqual([]);
  expect(await hecto.control('/ledger')).toMatchObject({ accounts: [], orders: [] });
  expect(await hecto.control(`/phones/${phone}/messages`)).toEqual([]);
});

test('magic values are one table', async () => {
  const table = await hecto.control<{ ending: string }[]>('/magic-values');
  expect(table.map(({ ending }) => ending)).toEqual([
    '90NN',
    '91NN',
    '92NN',
    '93NN',
    '94SS',
    '95SS',
    '1001',
    '86NN',
  ]);
});

test('the phone is told by events: the whole view at once, then every change', async () => {
  const stream = await fetch(`${hecto.url}/_testbed/phones/${phone}/events`);
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => {
    let heard = '';
    while (!heard.includes('\n\n') || !heard.includes('data: ')) heard += (await reader.read()).value ?? '';
    return JSON.parse(/^data: (.*)$/m.exec(heard)?.[1] ?? '') as { messages: object[]; calls: object[] };
  };
  expect(await next()).toMatchObject({ number: phone, on: true, messages: [], calls: [] });
  await hecto.askForCode();
  expect((await next()).messages).toMatchObject([{ kind: 'sms', from: '1600-0000' }]);
  await hecto.ring();
  expect((await next()).calls).toMatchObject([{ state: 'ringing' }]);
  hecto.pass(30);
  expect((await next()).calls).toMatchObject([{ state: 'ended', result: '12' }]);
  await reader.cancel();
});

test('the phone page may be framed by a page on this machine and loads nothing from elsewhere', async () => {
  const page = await fetch(`${hecto.url}/phone?number=${phone}`);
  const policy = page.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'self' http://localhost:* http://127.0.0.1:*");
  const script = await fetch(`${hecto.url}/phone/main.ts`);
  expect(script.headers.get('content-type')).toContain('text/javascript');
  expect(await script.text()).not.toContain('import type');
  expect((await fetch(`${hecto.url}/phone/../main.ts`)).status).toBe(404);
  expect((await fetch(`${hecto.url}/phone/nothing.ts`)).status).toBe(404);
});

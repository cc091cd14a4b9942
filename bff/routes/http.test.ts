import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { System } from '../services/testing/start-system.ts';
import { freshDatabase } from '../store/test-database.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const key = { authorization: 'Bearer sk_local_demo' };
const json = { 'content-type': 'application/json' };
type Options = { method?: string; headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> };

async function ask(path: string, { method = 'GET', headers = {}, body }: Options = {}) {
  const response = await fetch(system.url() + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : parse(text) };
}
const parse = (text: string) =>
  text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text };

/** Bytes as they are, for what no client would send. */
function raw(text: string): Promise<string> {
  const { port } = new URL(system.url());
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.setTimeout(3_000, () => socket.end());
  });
}

const create = '/v1/onboarding-sessions';
const post = (body: Options['body'], headers: Record<string, string> = {}) =>
  ask(create, {
    method: 'POST',
    headers: { ...key, ...json, 'idempotency-key': 'http', ...headers },
    ...(body === undefined ? {} : { body }),
  });

describe('S29 every answer carries the security headers', () => {
  const cases: [number, () => ReturnType<typeof ask>][] = [
    [200, () => ask('/healthz')],
    [400, () => post('{')],
    [401, () => ask(create, { method: 'POST' })],
    [
      403,
      () =>
        ask('/widget-api/v1/sessions', { method: 'POST', headers: { ...json, origin: 'null' }, body: '{}' }),
    ],
    [404, () => ask('/nothing')],
    [405, () => ask('/healthz', { method: 'POST' })],
    [413, () => post(`{"customerId":"${'a'.repeat(17_000)}"}`)],
    [414, () => ask(`/healthz?${'a'.repeat(2_100)}`)],
    [415, () => post('{}', { 'content-type': 'text/plain' })],
    [422, () => post('{}')],
  ];
  test.each(cases)('%i', async (status, get) => {
    const answer = await get();
    expect(answer.status).toBe(status);
    const names = [
      'cache-control',
      'content-security-policy',
      'content-type',
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
      'permissions-policy',
      'referrer-policy',
      'strict-transport-security',
      'x-content-type-options',
      'x-frame-options',
      'x-powered-by',
      'etag',
    ];
    expect(Object.fromEntries(names.map((name) => [name, answer.headers.get(name)]))).toEqual({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      'content-type': `application/${status === 200 ? 'json' : 'problem+json'}; charset=utf-8`,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy':
        'camera=(), geolocation=(), microphone=(), payment=(), usb=(), display-capture=(), browsing-topics=()',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'x-powered-by': null,
      etag: null,
    });
    const requestId = answer.headers.get('x-request-id');
    expect(requestId).toMatch(/^req_[A-Za-z0-9_-]{16}$/);
    if (status >= 400) {
      expect(answer.body).toMatchObject({
        status,
        requestId,
        retryable: false,
        type: expect.any(String) as string,
      });
      expect(answer.body['type']).toBe(`/problems/${String(answer.body['code'])}`);
    }
  });
});

describe('S21 S45 S48 a body is JSON, small and unambiguous', () => {
  test.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data', 415],
    ['application/jsonp', 415],
    ['application/json; charset=euc-kr', 415],
    ['application/json;charset=UTF-8', 422],
  ])('%s is %i', async (type, status) => {
    expect((await post('{}', { 'content-type': type })).status).toBe(status);
  });
  test('a compressed body is 415', async () => {
    expect((await post('{}', { 'content-encoding': 'gzip' })).status).toBe(415);
  });
  test.each(['', '{', '\ufeff{}', '{"a":1,"a":1}', '{"__proto__":1}', '[[[[[[[[[1]]]]]]]]]', '{"a":1e999}'])(
    '%j is 400',
    async (body) => {
      const answer = body === '' ? await post(' ') : await post(body);
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-json' } });
    },
  );
  test('a chunked body that grows too large is 413', async () => {
    const chunk = `1000\r\n${'a'.repeat(4096)}\r\n`;
    const head = `POST ${create} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk_local_demo\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    expect(await raw(head + chunk.repeat(6))).toMatch(/^HTTP\/1.1 413 /);
  });
  test('a wrong field is named, its value is not', async () => {
    const answer = await post('{"customerId":"<canary>","flow":{"paymentPassword":"canary"},"canary<":1}');
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request' } });
    const fields = (answer.body['errors'] as { field: string }[]).map(({ field }) => field);
    expect(fields.sort()).toEqual(['(unreadable)', 'customerId', 'flow.paymentPassword']);
    expect(JSON.stringify(answer.body)).not.toContain('canary');
  });
});

describe('S45 S52 S53 odd requests', () => {
  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is 405 everywhere', async (method) => {
    for (const path of ['/healthz', '/widget/1/frame', '/nothing']) {
      const answer = await ask(path, { method });
      expect({ path, status: answer.status }).toEqual({
        path,
        status: path === '/nothing' && ['OPTIONS', 'DELETE'].includes(method) ? 404 : 405,
      });
    }
  });
  test('405 says what is allowed', async () => {
    expect((await ask('/healthz', { method: 'POST' })).headers.get('allow')).toBe('GET, HEAD');
    expect((await ask(create, { headers: key })).headers.get('allow')).toBe('POST');
  });
  test('TRACE is 405', async () => {
    expect(await raw('TRACE /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 405 /,
    );
  });
  test('a query parameter that comes twice, and a path that cannot be decoded, are 400', async () => {
    expect(await ask('/healthz?a=1&a=2')).toMatchObject({ status: 400, body: { code: 'malformed-request' } });
    expect(await ask('/onboarding/%ff')).toMatchObject({ status: 400, body: { code: 'malformed-request' } });
  });
  test.each([
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3', 400],
    ['length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked', 400],
    ['a folded header', 'X-A: 1\r\n 2', 400],
    ['a bare CR', 'X-A: 1\r2', 400],
    ['a second host', 'Host: y', 400],
    ['9 KB of headers', `X-A: ${'a'.repeat(9_000)}`, 431],
  ])('%s is refused and the connection closed', async (_, header, status) => {
    const answer = await raw(`POST /healthz HTTP/1.1\r\nHost: x\r\n${header}\r\n\r\n{}`);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('application/problem+json');
  });
  test('what Node would refuse without a word gets a problem as its answer, with the security headers', async () => {
    for (const head of ['GET / HTTP/1.1', 'GET /v1/banks HTTP/1.1\r\nHost: x\r\nExpect: nothing', 'GET']) {
      const answer = await raw(`${head}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1.1 40[01] /);
      expect(answer).toContain('application/problem+json');
      expect(answer).toMatch(/^content-security-policy: default-src 'none'/im);
      expect(answer).toMatch(/^x-request-id: req_/im);
    }
  });
});

test('an unexpected fault is a bare 500, and the log holds no text of it', async () => {
  const { url, drop } = await freshDatabase();
  const broken = await System.start({ databaseUrl: url });
  try {
    await drop();
    const response = await fetch(`${broken.url()}/v1/onboarding-sessions/obs_123`, { headers: key });
    expect(response.status).toBe(500);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({
      code: 'internal',
      detail: 'Something went wrong on our side',
    });
    expect(await (await fetch(`${broken.url()}/readyz`)).json()).toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
    expect((await fetch(`${broken.url()}/healthz`)).status).toBe(200);
    expect(broken.log.join('')).toContain('"event":"fault"');
  } finally {
    await broken.stop();
  }
});

test('S07 health tells nothing about the inside', async () => {
  expect((await ask('/healthz')).body).toEqual({ status: 'ok' });
  expect((await ask('/readyz')).body).toEqual({ status: 'ready' });
});

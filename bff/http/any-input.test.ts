import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problem } from '../../shared/api/merchant/problem.ts';
import { problems } from '../../shared/api/problems.ts';
import {
  answerMs,
  repeated,
  reporter,
  rounds,
  rough,
  runs,
  timeout,
  Watch,
} from '../services/testing/any-input.ts';
import { bankCode, MerchantServer } from '../services/testing/merchant-server.ts';
import { System } from '../services/testing/start-system.ts';

/* Bytes that no client would send, or only one that is broken or up to something. */

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

type Answer = { readonly status: number; readonly headers: Headers; readonly text: string };

/** So long nothing may come before we hang up: as long as an answer can take, or a second one behind it. */
const silenceMs = { before: 5_000, after: 100 };
const patient = { before: 5_000, after: 2_000 };
/** Most of these wait for more, until we hang up. */
const together = 64;

/** Writes, waits for answers and hangs up. Rejects if we are not let go. */
function exchange(bytes: Buffer, { before, after } = silenceMs): Promise<Buffer> {
  const { port } = new URL(system.url());
  return new Promise((resolve, reject) => {
    const answer: Buffer[] = [];
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(before, () => socket.end());
    const tooLong = setTimeout(() => {
      socket.destroy();
      reject(new Error('no end of the answer'));
    }, answerMs);
    socket.on('data', (chunk) => {
      answer.push(chunk);
      socket.setTimeout(after);
    });
    // What we say while it hangs up is lost; what it said before is not.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(tooLong);
      resolve(Buffer.concat(answer));
    });
  });
}

/** The answers, one behind the other. */
function answersIn(bytes: Buffer, isHead: boolean): Answer[] {
  const answers: Answer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const end = rest.indexOf('\r\n\r\n');
    const [line = '', ...fields] = rest.subarray(0, end).toString('latin1').split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1]);
    expect({ end, line, status }).toMatchObject({ end: expect.toSatisfy((at: number) => at > 0) as number });
    const headers = new Headers(
      fields.map((field): [string, string] => [field.split(': ')[0]!, field.slice(field.indexOf(': ') + 2)]),
    );
    const from = end + 4;
    // HTTP/1.0 says where an answer ends by hanging up; what is no request may have been a HEAD.
    const isEmpty = status === 100 || (isHead && rest[from] !== 0x7b);
    const length = isEmpty ? 0 : Number(headers.get('content-length') ?? rest.length - from);
    if (status !== 100)
      answers.push({ status, headers, text: rest.subarray(from, from + length).toString() });
    rest = rest.subarray(from + length);
  }
  return answers;
}

/** Nobody fails, and every answer is one of ours. */
function judge({ status, headers, text }: Answer, isHead: boolean): void {
  expect(headers.get('x-request-id')).toMatch(/^req_/);
  for (const name of [
    'content-security-policy',
    'cache-control',
    'x-content-type-options',
    'referrer-policy',
  ])
    expect({ name, value: headers.get(name) }).toMatchObject({ value: expect.any(String) as string });
  if (status < 400 || isHead) {
    expect(status).toBeLessThan(500);
    return;
  }
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const { code, requestId } = problem.strict().parse(JSON.parse(text));
  expect([status, requestId]).toEqual([problems[code][0], headers.get('x-request-id')]);
  if (status >= 500) expect(code).toBe('unavailable');
  expect(text).not.toMatch(repeated);
}

const json = 'Content-Type: application/json';
const key = 'Authorization: Bearer sk_local_demo';
const lines = [
  ...['GET /v1/banks HTTP/1.1', 'POST /v1/onboarding-sessions HTTP/1.1', 'POST /v1/payments HTTP/1.1'],
  ...['DELETE /v1/customers/a/accounts/b HTTP/1.1', 'POST /v1/hecto/payment HTTP/1.1', 'HEAD / HTTP/1.1'],
  ...[
    'POST /widget-api/v1/sessions HTTP/1.1',
    'GET /widget-api/v1/session?wait=0 HTTP/1.1',
    'GET /healthz HTTP/1.1',
  ],
];
const oddLines = [
  ...['GET / HTTP/2.0', 'GET / HTTP/1.0', 'GET / HTTP/0.9', 'GET /', 'GET  / HTTP/1.1', 'PRI * HTTP/2.0', ''],
  ...['OPTIONS * HTTP/1.1', 'GET * HTTP/1.1', 'GET http://evil.example/v1/banks HTTP/1.1', 'get / HTTP/1.1'],
  ...['CONNECT evil.example:443 HTTP/1.1', 'GET //evil.example/%2e%2e HTTP/1.1', 'GET \\evil HTTP/1.1'],
  ...['GET /v1/banks\u0000 HTTP/1.1', 'GET /v1/banks?\u00ff\u00fe HTTP/1.1', 'GET /%c0%ae%c0%ae/ HTTP/1.1'],
  ...[
    'GET / HTTP/1.1 X',
    'TRACE / HTTP/1.1',
    'M-SEARCH * HTTP/1.1',
    'GET /\u000b HTTP/1.1',
    '\u0016\u0003\u0001',
  ],
  ...[
    `GET /${'a'.repeat(3_000)} HTTP/1.1`,
    `GET /${'a'.repeat(20_000)} HTTP/1.1`,
    `${'A'.repeat(9_000)} / HTTP/1.1`,
  ],
];
const oddFields = [
  ...[
    'Host: y',
    'Host:',
    'Host: a b',
    'host : x',
    'Content-Length: 2',
    'Content-Length: 5',
    'Content-Length: -1',
  ],
  ...[
    'Content-Length: 99999999999999999999',
    'Content-Length: 0x2',
    'Content-Length: +2',
    'Content-Length: 2, 2',
  ],
  ...['Transfer-Encoding: chunked', 'Transfer-Encoding: gzip', 'Transfer-Encoding: chunked, chunked'],
  ...['Transfer-Encoding: \u000bchunked', 'Transfer-encoding: identity', 'TE: trailers', 'Trailer: Host'],
  ...[
    'Connection: close',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Upgrade: h2c',
    'HTTP2-Settings: AAAA',
  ],
  ...[
    'Expect: 100-continue',
    'Expect: nothing',
    'X-A: 1\r\n 2',
    'X-A: 1\r2',
    'X-A: 1\n2',
    ': 1',
    'X A: 1',
    'X-A',
  ],
  ...['X-A: \u0000', 'X-A: \u00ff', '\u00e9: 1', `X-A: ${'a'.repeat(9_000)}`, `${'X'.repeat(9_000)}: 1`],
  ...['Content-Type: text/plain', 'Content-Encoding: br', 'Keep-Alive: timeout=999999', '__proto__: 1'],
  ...['X-Evil: <script>', 'Authorization: Bearer x', 'Idempotency-Key: k', 'Proxy-Connection: keep-alive'],
];
const tails = [
  '',
  '{}',
  '{"a":1}',
  '0\r\n\r\n',
  '2\r\n{}\r\n0\r\n\r\n',
  'zz\r\n',
  '2\r\n{}',
  'fffffffffffffffff\r\n',
].map((text) => Buffer.from(text));

const requests = fc
  .record({
    line: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...lines) },
      { weight: 1, arbitrary: fc.constantFrom(...oddLines) },
    ),
    host: fc.constantFrom('Host: localhost', 'Host: localhost', 'Host: localhost', 'host: x', 'X-No: host'),
    usual: fc.subarray([key, json, 'Idempotency-Key: any-bytes']),
    odd: fc.array(
      fc.oneof(fc.constantFrom(...oddFields), fc.string({ unit: 'binary-ascii', maxLength: 20 })),
      { maxLength: 2 },
    ),
    newline: fc.oneof(
      { weight: 20, arbitrary: fc.constant('\r\n') },
      { weight: 1, arbitrary: fc.constantFrom('\n', '\r', '\r\n\r\n') },
    ),
    tail: fc.oneof(fc.constantFrom(...tails), rough),
  })
  .map(({ line, host, usual, odd, newline, tail }) =>
    Buffer.concat([Buffer.from([line, host, ...usual, ...odd, '', ''].join(newline), 'latin1'), tail]),
  );

describe('S40 S45 S52 no bytes make us fail', () => {
  test('on one connection or on many', { timeout }, async () => {
    const watch = new Watch(system, 'bytes');
    await fc.assert(
      fc.asyncProperty(fc.array(requests, { minLength: together, maxLength: together }), async (many) => {
        await Promise.all(
          many.map(async (bytes) => {
            const begun = performance.now();
            const isHead = /^\s*HEAD /.test(bytes.toString('latin1'));
            const answered = await exchange(bytes);
            try {
              const answers = answersIn(answered, isHead);
              // A tunnel is refused by hanging up.
              if (answers.length === 0) expect(bytes.toString('latin1')).toMatch(/^CONNECT |^\s*$/);
              for (const answer of answers) {
                watch.saw(answer.status, performance.now() - begun);
                judge(answer, isHead);
              }
            } catch (error) {
              const [sent, got] = [bytes, answered].map((one) => one.toString('latin1').slice(0, 1_000));
              throw new Error(JSON.stringify({ sent, got }), { cause: error });
            }
          }),
        );
      }),
      { ...rounds, numRuns: Math.ceil(runs / together), endOnFailure: true, reporter },
    );
    expect((await fetch(`${system.url()}/readyz`)).status).toBe(200);
    watch.finish();
  });

  test('what came whole is answered first, and as if nothing came behind it', async () => {
    const merchant = new MerchantServer(system);
    const { customerId, accountKey } = await merchant.customerWithAccount();
    const body = JSON.stringify({ customerId, accountKey, bankCode, amount: 700 });
    const payment = [
      ...['POST /v1/payments HTTP/1.1', 'Host: localhost', key, json, 'Idempotency-Key: whole'],
      ...[`Content-Length: ${body.length}`, '', body],
    ].join('\r\n');
    const behind = [
      ...['}', 'garbage\r\n\r\n', '\u0000', 'GET / HTTP/1.1\r\n\r\n', 'POST /v1/payments HTTP/1.1\r\n'],
      `POST /v1/payments HTTP/1.1\r\nHost: x\r\n${key}\r\n${json}\r\nTransfer-Encoding: chunked\r\n\r\nzz`,
    ];
    for (const rest of behind) {
      const answers = answersIn(await exchange(Buffer.from(payment + rest, 'latin1'), patient), false);
      expect({ rest, statuses: answers.map(({ status }) => status) }).toEqual({ rest, statuses: [201, 400] });
    }
    expect(await merchant.withdrawn(customerId)).toBe(700);
  });
});

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widgetApi } from '../../../shared/api/widget.ts';
import { System, type Customer } from '../../services/testing/start-system.ts';

/*
 * No input of a browser, or of whoever pretends to be one, may make us fail. `FUZZ_RUNS` says how many requests each
 * path gets; a failure prints seed and path. `FUZZ_SEED=<seed>` sends the same ones again.
 */

const runs = Number(process.env['FUZZ_RUNS'] ?? 200);
const side = 8;
// The same requests at every run of CI, so that a change is judged by what it changed; new ones everywhere else.
const seed = Number(process.env['FUZZ_SEED'] ?? (process.env['CI'] ? 4711 : Date.now() % 1_000_000));

let system: System;
const agent = new Agent({ connections: side, pipelining: 1 });
beforeAll(async () => {
  system = await System.start();
});
afterAll(async () => {
  await agent.close();
  await system.stop();
});

const sha256 = 'a'.repeat(64);
/** A body that fits, for each path that takes one. */
const bodies: Readonly<Record<string, object>> = {
  '/sessions': { clientToken: `ct_${'A'.repeat(43)}`, transport: 'bearer' },
  '/session/consents': { items: [{ documentId: 'a', version: '1', sha256, agreed: true, opened: false }] },
  '/session/identity': {
    ...{
      name: '김민서',
      birth: '920315',
      genderDigit: '2',
      carrier: 'skt',
      phone: '01012345678',
      method: 'sms',
    },
  },
  '/session/code': { code: '123456' },
  '/session/resend': {},
  '/session/pass': {},
  '/session/account': { bankCode: '088', accountNumber: '110432109876' },
  '/session/ars-calls': {},
  '/session/keypads': { purpose: 'enter' },
  '/session/password': {
    keypadId: 'kp_a',
    ephemeralKey: 'A'.repeat(88),
    iv: 'A'.repeat(16),
    sealed: 'A'.repeat(44),
  },
  '/session/back': { to: 'identity' },
  '/session/cancel': {},
};
/** Where the customer has to be for a path to do more than say that it is out of place. */
const places: Readonly<Record<string, Parameters<Customer['reaches']>[0]>> = {
  '/session/code': 'code',
  '/session/resend': 'code',
  '/session/pass': 'pass',
  '/session/account': 'account',
  '/session/ars-calls': 'ars',
  '/session/keypads': 'password',
  '/session/password': 'password',
  '/session/back': 'account',
};
const reads = ['/session', '/session/terms', '/session/banks', '/nothing'];
const pages = ['/onboarding/', '/widget/', '/widget/1/frame?origin=', '/widget/1/', '/', '/v1/'];

const words = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '0',
      '-1',
      '1e999',
      'null',
      '<script>',
      "' OR 1=1 --",
      '../../etc/passwd',
      '%00',
      '%ff',
      '%E0%A4',
    ],
    ...[
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      '\u0000',
      '\u2028',
      '\ud800',
      '１２３４５６',
      'a'.repeat(5_000),
    ],
    ...[
      '가'.repeat(300),
      'ㄱ\u1100\u1161',
      '\u202e321',
      'obs_',
      'ct_',
      '//evil.example',
      '\\evil',
      '\r\nX-Evil: 1',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const value = fc.oneof(
  words,
  fc.integer(),
  fc.double(),
  fc.constantFrom(null, true, [], {}, [[]], { toString: 1 }),
  fc.jsonValue({ maxDepth: 5 }),
);

/** JSON that fits but for something: a value, a missing or an unknown field, a key that is nobody's business. */
const nearly = (body: object) =>
  fc
    .tuple(
      fc.nat(),
      value,
      words,
      fc.constantFrom('spoil', 'leave out', 'add', 'prototype', 'twice', 'as it is'),
    )
    .map(([place, other, word, how]) => {
      const names = Object.keys(body);
      const name = names[place % Math.max(1, names.length)] ?? 'unknown';
      const { [name as never]: _, ...rest } = body as Record<string, unknown>;
      const text = JSON.stringify(body);
      switch (how) {
        case 'spoil':
          return JSON.stringify({ ...body, [name]: other });
        case 'leave out':
          return JSON.stringify(rest);
        case 'add':
          return JSON.stringify({ ...body, [word || 'x']: other });
        case 'prototype':
          return text.replace(
            '{',
            `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}${names.length > 0 ? ',' : ''}`,
          );
        case 'twice':
          return text.replace('{', `{"${name}":1${names.length > 0 ? ',' : ''}`);
        default:
          return text;
      }
    })
    .map((text) => Buffer.from(text, 'utf8'));

/** What is no JSON, or none that anybody should read. */
const rough = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(
    Buffer.from('\ufeff{}'),
    Buffer.from('{'),
    Buffer.from(`${'['.repeat(5_000)}${']'.repeat(5_000)}`),
    Buffer.from(`{"a":${'9'.repeat(400)}}`),
    Buffer.from('{"a":1e400}'),
    Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    Buffer.from('{"a":"\\ud800"}'),
    Buffer.alloc(20_000, 0x20),
  ),
);

type Asked = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Buffer;
  readonly headers: Record<string, string>;
};

const json = { 'content-type': 'application/json' };
const headers = fc.oneof(
  { weight: 6, arbitrary: fc.constant(json) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { 'content-type': 'text/plain' },
      { ...json, 'content-encoding': 'gzip' },
      { ...json, cookie: '__Host-hecto-onboarding=x; hecto-onboarding=%00' },
      { ...json, 'x-hecto-onboarding': '1', 'x-http-method-override': 'DELETE' },
      { ...json, origin: 'null' },
      { ...json, authorization: 'Bearer x' },
      { 'content-type': 'application/json; charset=utf-16' },
    ),
  },
);

/** Sends some at a time and looks at each answer: nobody fails, and a refusal is a problem that echoes nothing odd. */
async function send(customer: Customer, many: readonly Asked[]): Promise<void> {
  await Promise.all(
    many.map(async ({ method, path, body, headers: own }) => {
      const {
        statusCode,
        headers: answered,
        body: answer,
      } = await request(system.url() + path, {
        method,
        dispatcher: agent,
        headersTimeout: 15_000,
        headers: { origin: 'http://localhost:4000', authorization: `Bearer ${customer.token}`, ...own },
        ...(body !== undefined && { body }),
      });
      const text = await answer.text();
      const code = /"code":"([\w-]+)"/.exec(text)?.[1];
      const fine = statusCode < 500 || code === 'unavailable';
      expect({ method, path, body: body?.toString('latin1'), statusCode, text, fine }).toMatchObject({
        fine: true,
      });
      if (statusCode >= 400 && path.startsWith(widgetApi))
        expect(answered['content-type'], text).toMatch(/^application\/problem\+json/);
      expect(text).not.toMatch(/<script>|OR 1=1|etc\/passwd|X-Evil/);
    }),
  );
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
/** What is still held, but for the log, which this test keeps itself. */
function heapMegabytes(): number {
  system.log.length = 0;
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** A customer at that place; the terms are where everybody begins. */
async function customerAt(path: string): Promise<Customer> {
  const customer = await system.customer();
  if (path === '/session/consents') return customer;
  return customer.reaches(places[path] ?? 'identity');
}

async function bombard(of: fc.Arbitrary<Asked>, path = ''): Promise<void> {
  let customer = await customerAt(path);
  const { step } = customer.state;
  let rounds = 0;
  const before = heapMegabytes();
  await fc.assert(
    fc.asyncProperty(fc.array(of, { minLength: side, maxLength: side }), async (many) => {
      // What was right by chance has led on, or to the end: then somebody else is there.
      if ((rounds += 1) % 5 === 0 && (await customer.look()).step !== step) customer = await customerAt(path);
      await send(customer, many);
    }),
    { numRuns: Math.ceil(runs / side), seed },
  );
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  const faults = system.log.filter((line) => line.includes('"fault"'));
  if (runs >= 1_000) expect(heapMegabytes() - before, 'megabytes kept').toBeLessThan(32);
  // And the next customer is served.
  expect((await system.customer()).state.step).toBe('terms');
  expect(faults).toEqual([]);
}

const timeout = Math.max(60_000, runs * 60);

describe('S40 S47 S48 no input of a browser makes us fail', () => {
  test.each(Object.keys(bodies))('at POST %s', { timeout }, async (path) => {
    const body = fc.oneof({ weight: 4, arbitrary: nearly(bodies[path]!) }, { weight: 1, arbitrary: rough });
    await bombard(
      fc.record({ method: fc.constant('POST' as const), path: fc.constant(widgetApi + path), body, headers }),
      path,
    );
  });

  const query = fc.array(fc.tuple(fc.constantFrom('since', 'wait', 'rotates', 'x', '__proto__'), words), {
    maxLength: 3,
  });
  test.each(reads)('at GET %s', { timeout }, async (path) => {
    await bombard(
      fc.record({
        method: fc.constant('GET' as const),
        // None of these waits: a long poll that has nothing to tell takes its time.
        path: query.map(
          (pairs) =>
            `${widgetApi}${path}?${pairs.map(([name, word]) => `${name}=${escaped(name === 'wait' ? '0' : word)}`).join('&')}`,
        ),
        headers,
      }),
    );
  });

  test.each(pages)('at the page %s', { timeout }, async (path) => {
    await bombard(
      fc.record({
        method: fc.constant('GET' as const),
        path: words.map((word) => path + escaped(word)),
        headers,
      }),
    );
  });
});

const escaped = (text: string) => encodeURIComponent(text.slice(0, 400).replaceAll(/\p{Cs}/gu, '?'));

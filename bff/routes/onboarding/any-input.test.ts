import fc from 'fast-check';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widgetApi } from '../../../shared/api/widget.ts';
import {
  answerMs,
  edits,
  escaped,
  repeated,
  rough,
  rounds,
  side,
  timeout,
  Watch,
  words,
} from '../../services/testing/any-input.ts';
import { System, type Customer } from '../../services/testing/start-system.ts';

/* No input of a browser, or of whoever pretends to be one, may make us fail. */

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
async function send(customer: Customer, many: readonly Asked[], watch: Watch): Promise<void> {
  await Promise.all(
    many.map(async ({ method, path, body, headers: own }) => {
      const begun = performance.now();
      const {
        statusCode,
        headers: answered,
        body: answer,
      } = await request(system.url() + path, {
        method,
        dispatcher: agent,
        ...{ headersTimeout: answerMs, bodyTimeout: answerMs },
        headers: { origin: 'http://localhost:4000', authorization: `Bearer ${customer.token}`, ...own },
        ...(body !== undefined && { body }),
      });
      const text = await answer.text();
      watch.saw(statusCode, performance.now() - begun);
      const code = /"code":"([\w-]+)"/.exec(text)?.[1];
      const fine = statusCode < 500 || code === 'unavailable';
      expect({ method, path, body: body?.toString('latin1'), statusCode, text, fine }).toMatchObject({
        fine: true,
      });
      if (statusCode >= 400 && path.startsWith(widgetApi))
        expect(answered['content-type'], text).toMatch(/^application\/problem\+json/);
      expect(text).not.toMatch(repeated);
    }),
  );
}

/** A customer at that place; the terms are where everybody begins. */
async function customerAt(path: string): Promise<Customer> {
  const customer = await system.customer();
  if (path === '/session/consents') return customer;
  return customer.reaches(places[path] ?? 'identity');
}

async function bombard(name: string, of: fc.Arbitrary<Asked>, path = ''): Promise<void> {
  let customer = await customerAt(path);
  const { step } = customer.state;
  let round = 0;
  const watch = new Watch(system, name);
  await fc.assert(
    fc.asyncProperty(fc.array(of, { minLength: side, maxLength: side }), async (many) => {
      // What was right by chance has led on, or to the end: then somebody else is there.
      if ((round += 1) % 5 === 0 && (await customer.look()).step !== step) customer = await customerAt(path);
      await send(customer, many, watch);
    }),
    rounds,
  );
  watch.finish();
  // And the next customer is served.
  expect((await system.customer()).state.step).toBe('terms');
}

describe('S40 S47 S48 no input of a browser makes us fail', () => {
  test.each(Object.keys(bodies))('at POST %s', { timeout }, async (path) => {
    const nearly = edits.map((edit) => edit(bodies[path]!));
    const body = fc.oneof({ weight: 4, arbitrary: nearly }, { weight: 1, arbitrary: rough });
    await bombard(
      `POST ${path}`,
      fc.record({ method: fc.constant('POST' as const), path: fc.constant(widgetApi + path), body, headers }),
      path,
    );
  });

  const query = fc.array(fc.tuple(fc.constantFrom('since', 'wait', 'rotates', 'x', '__proto__'), words), {
    maxLength: 3,
  });
  test.each(reads)('at GET %s', { timeout }, async (path) => {
    await bombard(
      `GET ${path}`,
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
      `page ${path}`,
      fc.record({
        method: fc.constant('GET' as const),
        path: words.map((word) => path + escaped(word)),
        headers,
      }),
    );
  });
});

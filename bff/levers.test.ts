import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widgetApi } from '../shared/api/widget.ts';
import { servedCalls } from './routes/merchant/served.ts';
import { System, type Customer } from './services/testing/start-system.ts';

/** Creating the calls asks nothing of what they are given. */
const operations = servedCalls({ store: {} } as never).map(({ operation }) => operation);
const widgetPaths = [
  ...['', '/terms', '/banks', '/keypads', '/consents', '/identity', '/code', '/code/resend', '/account'],
  ...['/ars-calls', '/password', '/cancel', '/back', '/nothing'],
].map((path) => `${widgetApi}/session${path}`);
const pages = [
  ...['/', '/healthz', '/readyz', '/openapi.json', '/docs', '/nothing', '/%', '/policy-reports', '/%00'],
  ...['/widget/1/frame?origin=http://localhost:4000', '/widget/1/frame', '/onboarding/self-test'],
  ...[`/onboarding/obs_${'a'.repeat(24)}`, '/widget/1/hecto-onboarding.js', '/widget/1/nothing.js'],
  ...['/healthz?a=1&a=2', `/${'x'.repeat(3_000)}`],
];

let system: System;
/** The same customer's window at both. */
let customer: Customer;
beforeAll(async () => {
  system = await System.start();
  await system.addInstance({}, { levers: true });
  await system.addInstance({}, { levers: false });
  customer = await system.customer();
});
afterAll(() => system.stop());

/** What comes back but for what differs between any two requests. */
async function answerOf(instance: number, path: string, init: RequestInit) {
  const response = await fetch(system.url(instance) + path, { redirect: 'manual', ...init });
  const headers = Object.fromEntries(
    [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name)),
  );
  const body = (await response.text())
    .replaceAll(/req_[A-Za-z0-9_-]{16}/g, 'req')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?/g, 'moment')
    .replaceAll(system.url(instance), '');
  return { status: response.status, headers, body };
}

async function sameAnswer(path: string, init: RequestInit): Promise<number> {
  const withThem = await answerOf(1, path, init);
  expect({ path, ...withThem }).toEqual({ path, ...(await answerOf(2, path, init)) });
  return withThem.status;
}

const methods = ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS', 'PUT'];

describe('with every lever on and with every lever off the answer is the same, header by header', () => {
  test.each(pages)('%.60s', async (path) => {
    for (const method of methods) await sameAnswer(path, { method });
  });

  test('every call of the merchant API: with a key, without, with a body that fits nothing', async () => {
    const statuses = new Set<number>();
    for (const { method, path } of operations) {
      const url = path.replaceAll(/\{\w+\}/g, 'x');
      const key = { authorization: 'Bearer sk_local_demo' };
      const json = { ...key, 'content-type': 'application/json', 'idempotency-key': `levers-${url}` };
      const post = method === 'POST';
      statuses.add(await sameAnswer(url, { method }));
      statuses.add(await sameAnswer(`${url}?nothing=1`, { method, headers: key }));
      statuses.add(await sameAnswer(url, { method: 'PUT', headers: key }));
      if (post) statuses.add(await sameAnswer(url, { method, headers: json, body: '{"nothing":1}' }));
      if (post) statuses.add(await sameAnswer(url, { method, headers: json, body: '{' }));
    }
    for (const status of [400, 401, 405, 422]) expect([...statuses]).toContain(status);
  });

  test('every call of the widget API: as a customer, as nobody, from elsewhere', async () => {
    const statuses = new Set<number>();
    for (const path of [`${widgetApi}/sessions`, ...widgetPaths]) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const body = method === 'POST' ? { body: '{"nothing":1}' } : {};
        for (const origin of ['http://localhost:4000', 'https://evil.example'])
          for (const who of [{}, { authorization: `Bearer ${customer.token}` }]) {
            const headers = { origin, 'content-type': 'application/json', ...who };
            statuses.add(await sameAnswer(path, { method, headers, ...body }));
          }
      }
    }
    for (const status of [200, 204, 401, 403, 404]) expect([...statuses]).toContain(status);
  });
});

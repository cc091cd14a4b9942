import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paymentOf } from '../services/testing/crash/deeds.ts';
import type { MerchantServer } from '../services/testing/merchant-server.ts';
import type { System } from '../services/testing/start-system.ts';
import { startWithReceiver } from '../services/testing/start-with-receiver.ts';

let system: System;
let merchant: MerchantServer;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ system, merchant, stop } = await startWithReceiver({ metrics: { port: 0, host: '127.0.0.1' } }));
});
afterAll(() => stop());

/** Every series with its value; a histogram counts as its count. */
async function series(): Promise<ReadonlyMap<string, number>> {
  const lines = (await system.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const border = line.lastIndexOf(' ');
      return [line.slice(0, border), Number(line.slice(border + 1))];
    }),
  );
}
const valueOf = async (name: string) => (await series()).get(name) ?? 0;

/** What is called so before `_bucket`, `_count` and `_sum`. */
async function names(): Promise<Set<string>> {
  const text = await system.metrics();
  return new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name!));
}

test('a journey, a payment and a webhook can be seen, and nobody in them', async () => {
  const customer = await system.customer({ flow: 'own' });
  await customer.reaches('password');
  await customer.enterPassword('948372');
  await customer.enterPassword('948372');
  const payer = await merchant.customerWithAccount();
  const deed = paymentOf(payer, 4_300);
  expect(await merchant.post(deed.path, deed.body, deed.key)).toMatchObject({ status: 201 });
  await expect
    .poll(() => valueOf('webhook_deliveries_total{outcome="delivered"}'), { timeout: 10_000 })
    .toBeGreaterThan(1);

  for (const step of ['identity', 'code', 'account', 'ars', 'password', 'done'])
    expect(await valueOf(`onboarding_steps_total{step="${step}"}`)).toBe(1);
  const paid = 'http_request_duration_seconds_count{method="POST",route="/v1/payments",status="201"}';
  expect(await valueOf(paid)).toBe(1);
  expect(await valueOf('hecto_call_duration_seconds_count{endpoint="payment",outcome="accepted"}')).toBe(1);
  expect(await valueOf('database_up')).toBe(1);
  expect(await valueOf('hecto_lane_open{lane="money"}')).toBe(0);
  expect(await valueOf('database_pool_connections{state="total"}')).toBeGreaterThan(0);

  const text = await system.metrics();
  for (const secret of [customer.phone, customer.id, customer.sessionId, payer.customerId, deed.orderNumber])
    expect(text).not.toContain(secret);
});

test('money whose outcome is unknown shows at once, with its age', async () => {
  const payer = await merchant.customerWithAccount();
  await system.fault('payment', 'http-500', { times: 1 });
  await system.fault('transactionResult', 'http-500', { times: 1_000 });
  const deed = paymentOf(payer, 700);
  expect(await merchant.post(deed.path, deed.body, deed.key)).toMatchObject({
    body: { status: 'processing' },
  });
  system.pass(600);
  const unknown = 'money_intents{state="unknown"}';
  await expect.poll(() => valueOf(unknown), { timeout: 10_000 }).toBe(1);
  await expect
    .poll(() => valueOf('money_intents_oldest_age_seconds{state="unknown"}'), { timeout: 10_000 })
    .toBeGreaterThan(599);
  await system.control('/faults/clear', {});
  const later = () => {
    system.pass(300);
    return valueOf(unknown);
  };
  await expect.poll(later, { timeout: 40_000, interval: 1_000 }).toBe(0);
}, 60_000);

test('a daily job that nobody begins shows by the age of the latest day', async () => {
  const ageInHours = async (job: string) =>
    (await valueOf(`daily_job_latest_day_age_seconds{job="${job}"}`)) / 3_600;
  const untilEleven = (Date.parse('2026-11-23T11:00:00+09:00') - system.now().getTime()) / 1_000;
  system.pass(Math.max(0, untilEleven));
  for (const job of ['reconciliation', 'cancelled-accounts'])
    await expect.poll(() => ageInHours(job), { timeout: 15_000, interval: 500 }).toBeCloseTo(35, 0);
});

test('however odd the requests, there is not one series more', async () => {
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(system.url() + path, init).then((answer) => answer.text());
  /** What `fetch` would not send. */
  const raw = async (bytes: string) => {
    const socket = connect(Number(new URL(system.url()).port), '127.0.0.1').end(bytes);
    for await (const _ of socket);
  };
  const odd = async (mark: string) => {
    await ask(`/${mark}`);
    await ask(`/v1/payments/${mark}`, { headers: { authorization: `Bearer ${mark}` } });
    await ask(`/v1/payments/pay_${mark}?x=${mark}`, { headers: { authorization: 'Bearer sk_local_demo' } });
    await ask(`/widget/1/${mark}.js`);
    for (const method of ['PROPFIND', 'TRACE', 'LINK', 'QUERY'])
      await raw(
        `${method} /${mark} HTTP/1.1\r\nHost: ${mark}\r\nTraceparent: ${mark}\r\nConnection: close\r\n\r\n`,
      );
    await ask(`/widget-api/v1/session`, { headers: { origin: `https://${mark}.example` } });
  };
  await odd('first');
  const before = new Set((await series()).keys());
  for (let count = 0; count < 50; count += 1) await odd(`a${randomBytes(6).toString('hex')}`);
  const more = [...(await series()).keys()].filter((name) => !before.has(name));
  expect(more.filter((name) => !/^(process|nodejs)_/.test(name))).toEqual([]);
});

test('S52 the public port has no metrics, and the other one nothing else', async () => {
  expect((await fetch(`${system.url()}/metrics`)).status).toBe(404);
  for (const path of ['/', '/metrics/', '/healthz', '/v1/payments', '/metrics?x'])
    expect((await fetch(system.metricsUrl() + path.replace('/metrics', ''))).status).toBe(404);
  expect((await fetch(system.metricsUrl(), { method: 'POST' })).status).toBe(404);
});

describe('what an operator is given', () => {
  const read = (name: string) =>
    readFileSync(new URL(`../../docs/operation/${name}`, import.meta.url), 'utf8');
  /** Every expression of the rules and of the dashboard. */
  function asked(): string[] {
    const rules = [...read('alerts.yml').matchAll(/expr: (.*)/g)].map(([, expression]) => expression!);
    const { panels } = JSON.parse(read('grafana-dashboard.json')) as {
      panels: { targets: { expr: string }[] }[];
    };
    return [...rules, ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))];
  }
  const inExpressions = (text: string) =>
    [...text.replace(/"[^"]*"/g, '').matchAll(/\b[a-z]+(?:_[a-z0-9]+)+\b/g)]
      .map(([name]) => name.replace(/_(bucket|count|sum)$/, ''))
      .filter((name) => name !== 'histogram_quantile');

  test('rules and dashboard ask for nothing that a running BFF does not tell', async () => {
    expect(asked().length).toBeGreaterThan(40);
    const exported = await names();
    const unknown = asked()
      .flatMap(inExpressions)
      .filter((name) => !exported.has(name));
    expect(unknown).toEqual([]);
  });

  test('and no rule or panel waits for a label that never comes', async () => {
    const seen = new Map<string, Map<string, Set<string>>>();
    for (const [, name, labels = ''] of (await system.metrics()).matchAll(/^(\w+)\{(.*)\} /gm))
      for (const [, label, value] of labels.matchAll(/(?<!\w)(\w+)="([^"]*)"/g)) {
        const ofName = seen.get(name!) ?? new Map<string, Set<string>>();
        seen.set(name!, ofName.set(label!, (ofName.get(label!) ?? new Set()).add(value!)));
      }
    const selectors = asked().flatMap((expression) => [...expression.matchAll(/(?<!\w)(\w+)\{([^}]*)\}/g)]);
    expect(selectors.length).toBeGreaterThan(8);
    for (const [selector, name, matchers = ''] of selectors) {
      if (name === 'up') continue; // Prometheus's own
      for (const [, label, how, value] of matchers.matchAll(/(?<!\w)(\w+)(=~|!~|=)"([^"]*)"/g)) {
        const values = seen.get(name!)?.get(label!);
        expect(values, `${label} of ${selector}`).toBeDefined();
        if (how === '=') expect([...values!], selector).toContain(value);
      }
    }
  });

  test.each(['README.md', 'README.ko.md'])(
    '%s lists every metric and every alert, and no other',
    async (page) => {
      const rows = [...read(page).matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name!);
      const own = [...(await names())].filter((name) => !/^(process|nodejs)_/.test(name));
      const alerts = [...read('alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name]) => name!);
      expect(rows.sort()).toEqual([...own, ...alerts].sort());
    },
  );

  test('every alert has a test of its own', () => {
    const alerts = [...read('alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name]) => name!);
    const tested = [...read('alerts.test.yml').matchAll(/ {8}alertname: (\w+)/g)].map(([, name]) => name!);
    expect(tested.sort()).toEqual(alerts.sort());
  });
});

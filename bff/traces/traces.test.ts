import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paymentOf } from '../services/testing/crash/deeds.ts';
import { MerchantServer } from '../services/testing/merchant-server.ts';
import { System } from '../services/testing/start-system.ts';
import { TraceCollector, type CollectedSpan } from '../services/testing/trace-collector.ts';

/** What of OpenTelemetry is in this process; its interface alone, which does nothing, comes with the metrics. */
const loaded = () =>
  Object.keys(createRequire(import.meta.url).cache).filter(
    (path) => path.includes('@opentelemetry') && !/@opentelemetry[/\\]api[/\\]/.test(path),
  );

test('without a collector nothing of OpenTelemetry is loaded', async () => {
  const system = await System.start({ metrics: { port: 0, host: '127.0.0.1' } });
  expect((await system.merchant('GET', '/v1/banks')).status).toBe(200);
  await system.stop();
  expect(loaded()).toEqual([]);
});

/** The attributes in a table of docs/operation. */
const listedIn = (page: string) =>
  readFileSync(new URL(`../../docs/operation/${page}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => /^\| `\w+\./.test(line))
    .flatMap((line) => [...line.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));

const kinds = { server: 2, client: 3 };
const error = 2;
const tracesEveryMs = 50;

describe('with a collector', () => {
  let collector: TraceCollector;
  let system: System;
  let merchant: MerchantServer;
  beforeAll(async () => {
    collector = await TraceCollector.start();
    const traces = { endpoint: collector.url, headers: { authorization: 'Bearer collector-key' }, share: 1 };
    system = await System.start({ traces }, 1, { tracesEveryMs, answerWithinMs: 500 });
    merchant = new MerchantServer(system);
  });
  afterAll(async () => {
    await system.stop();
    await collector.close();
  });

  type Wanted = Readonly<Record<string, string | number>>;
  const find = (wanted: Wanted) =>
    collector.spans.find(({ attributes }) =>
      Object.entries(wanted).every(([name, value]) => attributes[name] === value),
    );
  /** The span with these attributes, once it has come. */
  async function span(wanted: Wanted): Promise<CollectedSpan> {
    await expect.poll(() => find(wanted), { timeout: 10_000, message: JSON.stringify(wanted) }).toBeDefined();
    return find(wanted)!;
  }
  const get = (path: string, headers: Record<string, string>) => fetch(system.url() + path, { headers });
  const requestIn = (answer: Response) => ({
    'http.request.method': 'GET',
    'onboarding.request_id': answer.headers.get('x-request-id') ?? '',
  });
  const known = { authorization: 'Bearer sk_local_demo' };
  const callersTrace = 'a1'.repeat(16);
  const traceparent = `00-${callersTrace}-${'b2'.repeat(8)}-01`;

  test('it is told who we are, with its key', async () => {
    await span(requestIn(await get('/v1/banks', known)));
    expect(loaded().length).toBeGreaterThan(0); // so that the test before this one can fail
    expect(collector.headers).toMatchObject({
      authorization: 'Bearer collector-key',
      'content-type': 'application/json',
    });
    expect(collector.resource).toEqual({
      'service.name': 'hecto-onboarding',
      'service.version': expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      'deployment.environment.name': 'local',
    });
  });

  test('a payment is one trace: the request, and under it the call to Hecto with the intent', async () => {
    const deed = paymentOf(await merchant.customerWithAccount(), 4_300);
    const { headers, body } = await merchant.post(deed.path, deed.body, deed.key);
    const requestId = headers.get('x-request-id')!;

    const call = await span({ 'hecto.endpoint': 'payment', 'onboarding.intent_id': String(body['id']) });
    const request = await span({ 'onboarding.request_id': requestId, 'http.route': '/v1/payments' });
    expect(request).toMatchObject({
      name: 'POST /v1/payments',
      kind: kinds.server,
      attributes: { 'http.request.method': 'POST', 'http.response.status_code': 201 },
    });
    expect(request.parentSpanId).toBeUndefined();
    expect(request.status.code).not.toBe(error);
    expect(call).toMatchObject({
      name: 'hecto payment',
      kind: kinds.client,
      traceId: request.traceId,
      parentSpanId: request.spanId,
      attributes: {
        'hecto.outcome': 'accepted',
        'hecto.status': '0021',
        'http.response.status_code': 200,
        'onboarding.request_id': requestId,
      },
    });
    // As the clock of the log has it.
    for (const { startTimeUnixNano, endTimeUnixNano } of [request, call]) {
      const [begun, ended] = [startTimeUnixNano, endTimeUnixNano].map((nano) =>
        Number(BigInt(nano) / 1_000_000n),
      );
      expect(Math.abs(begun! - system.now().getTime())).toBeLessThan(30_000);
      expect(ended).toBeGreaterThanOrEqual(begun!);
    }
  });

  test('a lost answer is an error, and what asks about it later has the same intent', async () => {
    const payer = await merchant.customerWithAccount();
    await system.fault('payment', 'http-500', { times: 1 });
    const deed = paymentOf(payer, 700);
    const { status, body } = await merchant.post(deed.path, deed.body, deed.key);
    expect(status).toBe(202);
    const intent = { 'onboarding.intent_id': String(body['id']) };
    expect(await span({ ...intent, 'hecto.outcome': 'unknown' })).toMatchObject({
      status: { code: error },
      attributes: { 'hecto.reason': 'http-status', 'http.response.status_code': 500 },
    });
    system.pass(60);
    const inquiry = await span({ ...intent, 'hecto.endpoint': 'transactionResult' });
    expect(inquiry.parentSpanId).toBeUndefined(); // nobody waits for it
  });

  test("Hecto's refusal is an answer and no error", async () => {
    const payer = await merchant.customerWithAccount();
    await system.fault('payment', 'refuse:ST12', { times: 1 });
    const deed = paymentOf(payer, 700);
    const { headers } = await merchant.post(deed.path, deed.body, deed.key);
    const request = { 'onboarding.request_id': headers.get('x-request-id')! };
    const refused = await span({ ...request, 'hecto.code': 'ST12' });
    expect(refused.attributes['hecto.outcome']).toBe('refused');
    expect(refused.status.code).not.toBe(error);
    expect(await span({ ...request, 'http.route': '/v1/payments' })).toMatchObject({
      attributes: { 'onboarding.problem': 'hecto-refused' },
    });
  });

  test("the trace of the merchant's server goes on, without anything else it sends along", async () => {
    const headers = {
      ...known,
      traceparent,
      tracestate: 'shop=canary-state',
      baggage: 'customer=canary-baggage',
    };
    expect(await span(requestIn(await get('/v1/banks', headers)))).toMatchObject({
      traceId: callersTrace,
      parentSpanId: 'b2'.repeat(8),
    });
    expect(collector.text).not.toContain('canary');
  });

  test('a server that keeps no trace of its request gets none of ours', async () => {
    const unkept = `${traceparent.slice(0, -2)}00`;
    const answer = await get('/v1/banks', { ...known, traceparent: unkept });
    await span(requestIn(await get('/v1/banks', known)));
    const { 'onboarding.request_id': untold } = requestIn(answer);
    expect(find({ 'onboarding.request_id': untold })).toBeUndefined();
  });

  test.each([
    ['a browser', '/widget-api/v1/session', { origin: 'http://localhost:4000' }],
    ['somebody without a key', '/v1/banks', {}],
    ['somebody with a wrong key', '/v1/banks', { authorization: 'Bearer sk_nobody' }],
    ['whoever asks for a page', '/onboarding/obs_AAAAAAAAAAAAAAAAAAAAAAAA', {}],
  ])('%s cannot write into it', async (_, path, headers) => {
    const mine = await span(requestIn(await get(path, { ...headers, traceparent })));
    expect(mine.traceId).not.toBe(callersTrace);
    expect(mine.parentSpanId).toBeUndefined();
  });

  test.each(['canary', `${traceparent}, ${traceparent}`, `00-${'0'.repeat(32)}-${'b2'.repeat(8)}-01`])(
    'what is no traceparent is passed over: %s',
    async (odd) => {
      const mine = await span(requestIn(await get('/v1/banks', { ...known, traceparent: odd })));
      expect(mine.parentSpanId).toBeUndefined();
    },
  );

  test('a customer who goes on by the widget: each request with its calls to Hecto', async () => {
    const customer = await (await system.customer()).reaches('code');
    const asked = await span({ 'hecto.endpoint': 'mobileVerificationRequest' });
    const { 'onboarding.request_id': requestId = '' } = asked.attributes;
    const request = await span({ 'http.request.method': 'POST', 'onboarding.request_id': requestId });
    expect(request).toMatchObject({ spanId: asked.parentSpanId, traceId: asked.traceId });
    expect(request.attributes['http.route']).toBe('/session/identity');
    expect(collector.text).not.toContain(customer.phone);
  });

  test('what nobody wants to read is left out, and an unknown path has no name', async () => {
    const health = await get('/healthz', {});
    const unknown = await get('/canary-path?canary=1', {});
    const { name, attributes } = await span(requestIn(unknown));
    expect({ name, status: attributes['http.response.status_code'] }).toEqual({ name: 'GET', status: 404 });
    expect(find(requestIn(health))).toBeUndefined();
    expect(collector.text).not.toContain('canary');
  });

  test('S84 spans say what is on the list that operators are given, and nothing else', () => {
    const said = new Set(collector.spans.flatMap(({ attributes }) => Object.keys(attributes)));
    for (const page of ['README.md', 'README.ko.md'])
      expect([...said].sort(), page).toEqual(listedIn(page).sort());
    const parts = ['attributes', 'name', 'kind', 'status', 'traceId', 'spanId', 'parentSpanId', 'flags'];
    const counted = ['droppedAttributesCount', 'droppedEventsCount', 'droppedLinksCount'];
    const times = ['startTimeUnixNano', 'endTimeUnixNano'];
    for (const one of collector.spans) {
      const { events = [], links = [], ...rest } = one as CollectedSpan & { events?: []; links?: [] };
      expect([events, links]).toEqual([[], []]);
      expect([...parts, ...counted, ...times]).toEqual(expect.arrayContaining(Object.keys(rest)));
      expect(one.status.message ?? '').toBe('');
    }
  });
});

describe('a collector that is', () => {
  const banks = (system: System) => system.merchant('GET', '/v1/banks');
  const events = (system: System) => system.log.join('').match(/traces\.[\w-]+/g) ?? [];

  test('gone is told once, keeps nobody waiting, and is told when it is back', async () => {
    const gone = await TraceCollector.start();
    await gone.close();
    const traces = { endpoint: gone.url, headers: {}, share: 1 };
    const system = await System.start({ traces }, 1, { tracesEveryMs });
    for (let count = 0; count < 3; count += 1) {
      const begun = performance.now();
      expect((await banks(system)).status).toBe(200);
      expect(performance.now() - begun).toBeLessThan(2_000);
    }
    await expect.poll(() => events(system), { timeout: 15_000 }).toEqual(['traces.lost']);

    const back = await TraceCollector.start(Number(new URL(gone.url).port));
    const told = async () => (await banks(system), events(system));
    await expect.poll(told, { timeout: 15_000 }).toEqual(['traces.lost', 'traces.delivered-again']);
    expect(back.spans.length).toBeGreaterThan(0);
    await system.stop();
    await back.close();
  }, 40_000);

  test('slow does not hold up a stop for long', async () => {
    const collector = await TraceCollector.start();
    collector.answer = 'never';
    const traces = { endpoint: collector.url, headers: {}, share: 1 };
    const system = await System.start({ traces }, 1, { tracesEveryMs });
    expect((await banks(system)).status).toBe(200);
    const begun = performance.now();
    await system.stop();
    expect(performance.now() - begun).toBeLessThan(8_000);
    await collector.close();
  });
});

test('of the traces that begin here a share is kept, and those of the merchant as the merchant says', async () => {
  const collector = await TraceCollector.start();
  const traces = { endpoint: collector.url, headers: {}, share: 0 };
  const system = await System.start({ traces }, 1, { tracesEveryMs });
  await system.merchant('GET', '/v1/banks');
  const headers = {
    authorization: 'Bearer sk_local_demo',
    traceparent: `00-${'c3'.repeat(16)}-${'d4'.repeat(8)}-01`,
  };
  await fetch(`${system.url()}/v1/banks`, { headers });
  await system.stop(); // sends what is left
  expect(collector.spans.map(({ traceId }) => traceId)).toEqual(
    expect.arrayContaining(['c3'.repeat(16)]) as string[],
  );
  expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(1);
  await collector.close();
});

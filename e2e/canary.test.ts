import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { samples } from '../bff/services/testing/merchant-samples.ts';
import { System, type Customer } from '../bff/services/testing/start-system.ts';
import { TraceCollector } from '../bff/services/testing/trace-collector.ts';
import { endpointOf, isEndpointName, type EndpointName } from '../shared/hecto/endpoints.ts';
import { findLeaks, type Secrets } from './leaks.ts';
import { faultKinds } from './testbed/faults/kinds.ts';
import { encrypt } from './testbed/wire/cipher.ts';
import { dumpOf, hashesOf } from './written.ts';

/*
 * Whatever Hecto was told about a customer, and every secret of ours, is looked for in everything that was written:
 * the log at its most talkative, the output of the process, metrics, traces, the database. What to look for is read off
 * the calls themselves, so that a field that is new is looked for, too.
 */

/** Ten megabytes and a real minute add nothing here. */
const kinds = faultKinds.filter((kind) => !['drip', 'huge'].includes(kind));
/** Sealed on the wire, but no secret: a sum, and words for everybody's passbook. */
const open = ['trdAmt', 'custAcntSumry', 'mchtAcntSumry', 'macntSumry', 'acntSumry'];
/** Not sealed on the wire, and secret all the same. */
const secretInTheClear = ['custAcntKey', 'tid', 'authNo', 'rglChrgKey', 'rglPmtKey'];
/** The merchant's key of the environment `local`. */
const merchantKey = 'sk_local_demo';

let system: System;
let collector: TraceCollector;
let output = '';
let answered: string[] = [];
const read = { log: 0, output: 0, calls: 0, traces: 0 };

beforeAll(async () => {
  collector = await TraceCollector.start();
  const traces = { endpoint: collector.url, headers: {}, share: 1 };
  const metrics = { port: 0, host: '127.0.0.1' };
  system = await System.start({ logLevel: 'debug', traces, metrics }, 1, { tracesEveryMs: 20 });
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      output += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      return true;
    });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await system.stop();
  await collector.close();
});

/** Everything secret that went by since it was asked last. */
function secretsSince(): Secrets {
  const calls = system.testbed.requests.of().slice(read.calls);
  read.calls += calls.length;
  const values = new Map<string, string>([['the key of the merchant', merchantKey]]);
  const note = (name: string, value: string | undefined) => {
    if (value === undefined || value.length < 5) return; // `0000` is also Hecto's word for success
    values.set(`${name} #${values.size}`, value);
  };
  for (const { endpoint, fields } of calls) {
    if (!isEndpointName(endpoint)) continue;
    for (const [name, { encrypted }] of Object.entries(endpointOf(endpoint).request)) {
      const value = fields[name];
      if (open.includes(name) || value === undefined) continue;
      if (!encrypted && !secretInTheClear.includes(name)) continue;
      note(name, value);
      // As it went over the wire: equal text gives equal ciphertext, so it would tell as much (H5).
      if (encrypted) note(`${name}, sealed for Hecto`, encrypt(value, system.testbed.keys[0]!));
    }
  }
  for (const hash of hashesOf(system.testbed).slice(-calls.length)) note('pktHash', hash);
  for (const token of answered) note('a token', token);
  answered = [];
  // One and the same value is looked for once.
  const once = new Map([...values].map(([name, value]) => [value, name]));
  return Object.fromEntries([...once].map(([value, name]) => [name, value]));
}

/** What was written since it was asked last. Spans come a moment later, so the last test looks at all of them. */
async function writtenSince(): Promise<Readonly<Record<string, string>>> {
  const written = {
    'the log': system.log.slice(read.log).join(''),
    'the output': output.slice(read.output),
    'the metrics': await system.metrics(),
    'the traces': collector.text.slice(read.traces),
  };
  read.log = system.log.length;
  read.output = output.length;
  read.traces = collector.text.length;
  return written;
}

async function nothingLeaked(): Promise<void> {
  const secrets = secretsSince();
  const written = await writtenSince();
  expect(Object.keys(secrets).length).toBeGreaterThan(1);
  expect(written['the log']).toContain('http.answered');
  expect(written['the metrics']).toContain('hecto_onboarding_build_info');
  expect(findLeaks(secrets, written)).toEqual([]);
}

async function ask(operation: string, how: 'succeeds' | 'refused'): Promise<void> {
  const asked = await samples[operation]![how](system);
  const method =
    asked.body !== undefined || /^(create|cancelOnboarding|confirm|verify)/.test(operation)
      ? 'POST'
      : /^(cancel|end)/.test(operation)
        ? 'DELETE'
        : 'GET';
  const { body } = await system.merchant(method, asked.path, asked.body);
  for (const name of ['clientToken', 'hostedUrl'])
    if (typeof body[name] === 'string') answered.push(body[name]);
}

describe('S84 nothing personal and no secret is written', () => {
  test.each(Object.keys(samples))('by the merchant API at %s, accepted and refused', async (operation) => {
    await ask(operation, 'succeeds');
    await ask(operation, 'refused');
    await system.control('/faults/clear', {});
    await nothingLeaked();
  });

  const operations = Object.keys(samples).filter((name) => name !== 'callHecto');
  test.each(kinds)('by the merchant API when Hecto answers with %s', async (kind) => {
    // Six calls for each fault, and others for the next one.
    const first = kinds.indexOf(kind) * 6;
    for (let index = first; index < first + 6; index += 1) {
      const operation = operations[index % operations.length]!;
      const asked = await samples[operation]!.succeeds(system);
      await system.fault('*' as EndpointName, kind, { times: 3 });
      await system.merchant(asked.body === undefined ? 'GET' : 'POST', asked.path, asked.body);
      await system.control('/faults/clear', {});
    }
    await nothingLeaked();
  });

  const journeys: Readonly<Record<string, (customer: Customer) => Promise<unknown>>> = {
    'that succeeds': async (customer) => {
      await customer.reaches('password');
      await customer.enterPassword('482913');
      await customer.enterPassword('482913');
      await customer.waits('done');
    },
    'in which every entry is wrong first': async (customer) => {
      await customer.reaches('code');
      await customer.post('/session/code', { code: await customer.wrongCode() });
      await customer.enterCode();
      await customer.post('/session/account', { bankCode: '088', accountNumber: '110432109024' });
      await customer.chooseAccount();
      await customer.requestCall();
      await customer.declineCall();
      await customer.look();
    },
    'with a password that is too weak, and one that differs when repeated': async (customer) => {
      await customer.reaches('password');
      for (const digits of ['920315', '482913', '482914']) {
        const phase = customer.state.step === 'password' ? customer.state.phase : 'enter';
        await customer.post('/session/password', await customer.press(await customer.keypad(phase), digits));
      }
    },
    'by the PASS app': async (customer) => {
      await customer.reaches('pass');
      await customer.approvePass();
      await customer.post('/session/pass');
    },
  };
  test.each(Object.keys(journeys))('by a journey %s', async (name) => {
    await journeys[name]!(await system.customer());
    await nothingLeaked();
  });

  const steps = {
    identity: 'mobileVerificationRequest',
    code: 'mobileVerificationCheck',
    account: 'accountHolderNameInquiry',
    ars: 'arsRequest',
  } as const;
  test.each(Object.entries(steps))(
    'by a journey at whose step %s %s fails in every way',
    async (step, endpoint) => {
      for (const kind of kinds) {
        const customer = await system.customer();
        await customer.reaches(step as keyof typeof steps);
        await system.fault(endpoint, kind, { times: 2 });
        if (step === 'identity') await customer.post('/session/identity', customer.identity());
        if (step === 'code') await customer.post('/session/code', { code: await customer.lastCode() });
        if (step === 'account')
          await customer.post('/session/account', { bankCode: '088', accountNumber: '110432109876' });
        if (step === 'ars') await customer.post('/session/ars-calls');
        await system.control('/faults/clear', {});
      }
      await nothingLeaked();
    },
  );

  const canary = 'canary-7Qx9Zk2w';
  test('by requests that are refused before anybody looks at them, wherever the secret stands', async () => {
    const url = system.url();
    const json = { 'content-type': 'application/json', authorization: `Bearer ${merchantKey}` };
    const requests: [string, RequestInit][] = [
      [`/v1/${canary}`, { headers: json }],
      [`/v1/banks?${canary}=${canary}`, { headers: json }],
      [`/v1/payments/${canary}`, { headers: json }],
      [`/onboarding/${canary}`, {}],
      ['/v1/banks', { headers: { authorization: `Bearer ${canary}` } }],
      [
        '/v1/payments',
        { method: 'POST', headers: { ...json, 'idempotency-key': canary }, body: `{"${canary}":` },
      ],
      [
        '/v1/payments',
        { method: 'POST', headers: { ...json, 'idempotency-key': canary }, body: `{"${canary}":1}` },
      ],
      ['/v1/payments', { method: 'POST', headers: { ...json, 'content-type': canary }, body: canary }],
      [
        '/widget-api/v1/session',
        { headers: { authorization: `Bearer ${canary}`, origin: `https://${canary}.kr` } },
      ],
      [
        '/widget-api/v1/sessions',
        {
          method: 'POST',
          headers: { ...json, origin: 'http://localhost:4000' },
          body: JSON.stringify({ clientToken: canary }),
        },
      ],
      [
        '/widget-api/v1/session',
        {
          headers: {
            cookie: `hecto-onboarding=${canary}`,
            'user-agent': canary,
            referer: `https://${canary}/`,
          },
        },
      ],
    ];
    for (const [path, init] of requests) await fetch(url + path, init);
    expect(findLeaks({ canary }, await writtenSince())).toEqual([]);
  });

  test('S85 and nobody writes lines into the log', async () => {
    const before = system.log.length;
    const breakout = '"}\n{"event":"forged"}\r\n\u001b[2K';
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${merchantKey}` };
    for (const path of [
      `/v1/${encodeURIComponent(breakout)}`,
      `/v1/banks/${encodeURIComponent(breakout)}/maintenance`,
    ])
      await fetch(system.url() + path, { headers });
    await system.merchant('POST', '/v1/account-holder-checks', {
      customerId: breakout,
      [breakout]: breakout,
    });
    const lines = system.log.slice(before).join('').split('\n').filter(Boolean);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const line of lines) expect((JSON.parse(line) as { event: string }).event).not.toBe('forged');
    // eslint-disable-next-line no-control-regex -- the one that a terminal would obey
    expect(lines.join('\n')).not.toMatch(/\u001b/);
  });

  test('in the traces, and in the database, where what is personal is sealed', async () => {
    read.calls = Math.max(0, read.calls - 600);
    const secrets = secretsSince();
    expect(Object.keys(secrets).length).toBeGreaterThan(100);
    expect(collector.text).toContain('hecto mobileVerificationRequest');
    const written = { 'the traces': collector.text, 'the database': await dumpOf(system.config.databaseUrl) };
    expect(findLeaks(secrets, written)).toEqual([]);
  });
});

import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test } from 'vitest';
import { examples } from '../../shared/hecto/examples.ts';
import golden from '../../shared/hecto/vectors.json' with { type: 'json' };
import { createHectoClient, type HectoAlert, type HectoClient, type HectoDeps } from './client.ts';
import { NotSent, Unknown } from './errors.ts';
import { defaultResilience } from './lanes.ts';
import { httpAnswer, httpServer, rawServer } from './test-server.ts';

const payment = { mchtTrdNo: 'O1', mchtCustId: 'cust-1', trdAmt: '1000', bankCd: '088' };
const inquiry = { pktDivCd: 'RP', mchtTrdNo: 'O1', mchtTrdDt: '20261123' };
const accepted = JSON.stringify({ outStatCd: '0021', outRsltCd: '0000' });
const refused = (code: string) => JSON.stringify({ outStatCd: '0031', outRsltCd: code });
const pay = '/v1/api/pay/confirm';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});
const kept = <T extends { close(): Promise<void> }>(server: T): T => {
  open.push(() => server.close());
  return server;
};

const clientOf = (baseUrl: string, more: Partial<HectoDeps> = {}): HectoClient =>
  kept(
    createHectoClient({
      ...golden.keys,
      baseUrl,
      merchantId: 'midtest',
      clock: () => new Date('2026-11-23T01:00:00Z'),
      timeouts: { connectMs: 1_000, totalMs: 3_000 },
      ...more,
    }),
  );

/** The same rules, thirty times as fast. */
const hurried = { breaker: { ...defaultResilience.breaker, windowMs: 10_000, openMs: 300 } };

const fate = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'accepted',
    (error: unknown) => error,
  );
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
async function took(work: Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work;
  return performance.now() - begun;
}

describe('R18 money that fails is left in peace', () => {
  test('after 20 calls, for a while; questions about it go on; one call finds out when it is back', async () => {
    let ill = true;
    const changes: string[] = [];
    const hecto = kept(
      await httpServer(({ path }, response) => {
        if (ill && path === pay) response.writeHead(500);
        response.end(accepted);
      }),
    );
    const client = clientOf(hecto.url, {
      resilience: hurried,
      onLaneChange: (lane, change) => changes.push(`${lane} ${change}`),
    });
    expect(client.admits('payment')).toEqual({ admitted: true });
    for (const result of await Promise.all(times(20, () => fate(client.call('payment', payment)))))
      expect(result).toMatchObject({ name: 'Unknown', reason: 'http-status' });

    expect(await fate(client.call('payment', payment))).toMatchObject({
      name: 'NotSent',
      reason: 'breaker-open',
      retryAfterSeconds: 1,
    });
    for (const name of ['payment', 'remittance', 'accountRegistration'] as const)
      expect(client.admits(name)).toEqual({ admitted: false, retryAfterSeconds: 1 });
    for (const name of ['transactionResult', 'recurringPaymentInfo', 'mobileVerificationRequest'] as const)
      expect(client.admits(name)).toEqual({ admitted: true });
    expect(await fate(client.call('transactionResult', inquiry))).toBe('accepted');
    expect(hecto.received).toHaveLength(21);

    ill = false;
    await setTimeout(320);
    expect(await fate(client.call('payment', payment))).toBe('accepted');
    const after = await Promise.all(times(30, () => fate(client.call('payment', payment))));
    expect(new Set(after)).toEqual(new Set(['accepted']));
    expect(changes).toEqual(['money opened', 'money closed']);
  });

  test('but never because customers are refused', async () => {
    const hecto = kept(await httpServer((_, response) => response.end(refused('ST12'))));
    const client = clientOf(hecto.url);
    for (const outcome of await Promise.all(times(60, () => client.call('payment', payment))))
      expect(outcome).toMatchObject({ kind: 'refused', code: 'ST12' });
    expect(client.admits('payment')).toEqual({ admitted: true });
    expect(client.stats().lanes.money.breaker).toBe('closed');
  });
});

test('R19 verification messages that hang hold up neither a question about money nor a payment', async () => {
  const hecto = kept(
    await httpServer(({ path }, response) => {
      if (path !== '/v1/api/auth/mobile/req') response.end(accepted);
    }),
  );
  const client = clientOf(hecto.url);
  const hung = times(200, () =>
    fate(client.callUntyped('mobileVerificationRequest', examples.mobileVerificationRequest)),
  );
  await setTimeout(100);
  expect(client.stats().lanes).toMatchObject({
    authentication: { active: 32, queued: 64 },
    money: { active: 0 },
    inquiry: { active: 0 },
  });
  for (let n = 0; n < 20; n += 1) {
    expect(await took(client.call('transactionResult', inquiry))).toBeLessThan(1_000);
    expect(await took(client.call('payment', payment))).toBeLessThan(1_000);
  }
  expect(client.stats().lanes.authentication.active).toBe(32);
  await hecto.close();
  expect((await Promise.all(hung)).every((result) => result instanceof Error)).toBe(true);
});

describe('R20 more than we can carry', () => {
  test('is refused at once and told when to come again; nothing of it arrives', async () => {
    const hecto = kept(await rawServer(() => undefined));
    const client = clientOf(hecto.url, { timeouts: { connectMs: 1_000, totalMs: 700 } });
    const begun = performance.now();
    const ends: { error: unknown; after: number }[] = [];
    const calls = times(200, async () => {
      const error = await fate(client.call('payment', payment));
      ends.push({ error, after: performance.now() - begun });
    });
    await setTimeout(400);
    expect(ends).toHaveLength(200 - 32 - 64);
    for (const { error } of ends)
      expect(error).toMatchObject({ name: 'NotSent', reason: 'queue-full', retryAfterSeconds: 2 });
    expect(client.admits('payment')).toEqual({ admitted: false, retryAfterSeconds: 2 });
    expect(client.stats().lanes.money).toEqual({ active: 32, queued: 64, breaker: 'closed' });
    expect(hecto.seen).toEqual({ requests: 32, connections: 32 });
    await Promise.all(calls);
    // Those that got a socket are unknown, and every other is certainly not sent: nothing is in between.
    const unknown = ends.filter(({ error }) => error instanceof Unknown).length;
    const notSent = ends.filter(({ error }) => error instanceof NotSent).length;
    expect(unknown + notSent).toBe(200);
    expect(unknown).toBe(hecto.seen.requests);
  });

  test('takes no memory with it', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const hecto = kept(await rawServer(() => undefined));
    const client = clientOf(hecto.url, { timeouts: { connectMs: 1_000, totalMs: 15_000 } });
    const burst = () => Promise.all(times(2_000, () => fate(client.call('payment', payment))));
    const stuck = times(96, () => fate(client.call('payment', payment)));
    const heap = async () => {
      await burst();
      await setTimeout(50);
      collect();
      return process.memoryUsage().heapUsed;
    };
    await heap();
    const before = await heap();
    for (let n = 0; n < 4; n += 1) await burst();
    expect((await heap()) - before).toBeLessThan(2_000_000);
    expect(hecto.seen.requests).toBe(32);
    await hecto.close();
    await Promise.all(stuck);
  });

  test('the time for an answer begins when a call leaves the queue', async () => {
    const hecto = kept(
      await httpServer((_, response) => void setTimeout(300).then(() => response.end(accepted))),
    );
    const money = { sockets: 1, queued: 4 };
    const client = clientOf(hecto.url, {
      timeouts: { connectMs: 400, totalMs: 500 },
      resilience: { lanes: { ...defaultResilience.lanes, money } },
    });
    const calls = times(4, () => fate(client.call('payment', payment)));
    expect(await took(Promise.all(calls))).toBeGreaterThan(1_100);
    expect(await Promise.all(calls)).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
  });

  test('what waited too long was not sent', async () => {
    const hecto = kept(await rawServer(() => undefined));
    const money = { sockets: 1, queued: 4 };
    const client = clientOf(hecto.url, {
      timeouts: { connectMs: 1_000, totalMs: 1_000 },
      resilience: { lanes: { ...defaultResilience.lanes, money }, queueMs: 200 },
    });
    const [first, second] = times(2, () => fate(client.call('payment', payment)));
    expect(await second).toMatchObject({ reason: 'queue-full', retryAfterSeconds: 2 });
    expect(await first).toMatchObject({ name: 'Unknown', reason: 'timeout' });
    expect(hecto.seen.requests).toBe(1);
  });
});

test('R21 a Hecto that is down is asked rarely, and all goes on soon after it is back', async () => {
  let down = true;
  const hecto = kept(
    await rawServer((socket) => {
      if (down) socket.resetAndDestroy();
      else socket.write(httpAnswer(accepted));
    }),
  );
  const client = clientOf(hecto.url, { resilience: hurried });
  const press = async (ms: number) => {
    const results: unknown[] = [];
    const until = performance.now() + ms;
    while (performance.now() < until) {
      results.push(await fate(client.call('payment', payment)));
      await setTimeout(2);
    }
    return results;
  };
  const whileDown = await press(2_000);
  // 20 until it opens, then one in each 300 ms.
  expect(hecto.seen.requests).toBeGreaterThanOrEqual(20);
  expect(hecto.seen.requests).toBeLessThanOrEqual(20 + 2_000 / 300 + 1);
  expect(whileDown.length).toBeGreaterThan(5 * hecto.seen.requests);
  down = false;
  await press(320);
  expect(new Set(await press(200))).toEqual(new Set(['accepted']));
});

describe('R32 an answer that comes too late', () => {
  test('finds its connection closed, and does not become that of the next call', async () => {
    let first: Socket | undefined;
    let closed = false;
    const hecto = kept(
      await rawServer((socket, request) => {
        if (request === 1) {
          first = socket;
          socket.on('close', () => (closed = true));
          return;
        }
        first?.write(httpAnswer(refused('ST12')));
        setTimeout(50).then(
          () => socket.write(httpAnswer(accepted)),
          () => undefined,
        );
      }),
    );
    const client = clientOf(hecto.url, { timeouts: { connectMs: 400, totalMs: 400 } });
    expect(await fate(client.call('payment', payment))).toMatchObject({ reason: 'timeout' });
    expect(await fate(client.call('payment', payment))).toBe('accepted');
    expect(closed).toBe(true);
    expect(hecto.seen.requests).toBe(2);
  });

  test('and takes the place of the right one is unknown, and somebody is told', async () => {
    const alerts: HectoAlert[] = [];
    const answerTo = (mchtTrdNo: string) => httpAnswer(JSON.stringify({ outStatCd: '0021', mchtTrdNo }));
    const hecto = kept(await rawServer((socket) => socket.write(answerTo('O1'))));
    const client = clientOf(hecto.url, { onAlert: (alert) => alerts.push(alert) });
    expect(await fate(client.call('payment', payment))).toBe('accepted');
    expect(await fate(client.call('payment', { ...payment, mchtTrdNo: 'O2' }))).toMatchObject({
      name: 'Unknown',
      reason: 'echo',
    });
    expect(alerts).toEqual([{ what: 'echo-mismatch', endpoint: 'payment' }]);
  });
});

test('money that may have moved twice is told to somebody, other refusals are not', async () => {
  const alerts: HectoAlert[] = [];
  let code = '';
  const hecto = kept(await httpServer((_, response) => response.end(refused(code))));
  const client = clientOf(hecto.url, { onAlert: (alert) => alerts.push(alert) });
  for (code of ['ST12', 'ST03', 'ST31', 'VTIM']) await client.call('payment', payment);
  expect(alerts).toEqual([
    { what: 'double-withdrawal', endpoint: 'payment' },
    { what: 'double-remittance', endpoint: 'payment' },
  ]);
});

test('what came of all calls is counted by endpoint', async () => {
  let answer: string = accepted;
  const hecto = kept(await httpServer((_, response) => response.end(answer)));
  const client = clientOf(hecto.url);
  await client.call('payment', payment);
  await client.call('payment', payment);
  answer = refused('ST12');
  await client.call('payment', payment);
  answer = 'no JSON';
  await fate(client.call('payment', payment));
  await fate(client.callUntyped('bankList', { wrong: 'field' }));
  await client.close();
  await fate(client.call('payment', payment));
  expect(client.stats().outcomes).toEqual({
    payment: { accepted: 2, refused: 1, unknown: 1, 'not-sent': 1 },
    bankList: { 'invalid-request': 1 },
  });
});

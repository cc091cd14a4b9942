import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endpointNames, endpointOf } from '../../shared/hecto/endpoints.ts';
import { InvalidAnswer, InvalidRequest, NotSent, Unknown } from './errors.ts';
import { createLane, defaultResilience, laneOf, type Resilience } from './lanes.ts';

const small: Resilience = {
  ...defaultResilience,
  lanes: { ...defaultResilience.lanes, money: { sockets: 2, queued: 2 } },
};

/** A money lane, and calls that end when the test says so. */
function laneOfTwo(more: Partial<Resilience> = {}) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const changes: string[] = [];
  let now = 0;
  const lane = createLane(
    'money',
    { ...small, ...more },
    () => now,
    (change) => changes.push(change),
  );
  const call = (name: string) =>
    lane
      .run('payment', () => {
        begun.push(name);
        return new Promise<string>((resolve, reject) =>
          ends.set(name, (error) => (error ? reject(error) : resolve(name))),
        );
      })
      .catch((error: unknown) => error);
  const failAtOnce = (error: Error) =>
    lane.run('payment', () => Promise.reject(error)).catch((reason: unknown) => reason);
  const end = async (name: string, error?: Error) => {
    ends.get(name)!(error);
    await settled();
  };
  const pass = (ms: number) => (now += ms);
  return { lane, call, failAtOnce, end, begun, changes, pass };
}
const settled = () => setTimeout(0);
const lost = () => new Unknown('payment', 'timeout');

describe('R19 the lane of a call', () => {
  const lanes = (lane: string) => endpointNames.filter((name) => laneOf(endpointOf(name)) === lane).sort();

  test('is money for what must never happen twice, and for nothing else', () => {
    expect(lanes('money')).toEqual(endpointNames.filter((name) => endpointOf(name).effect === 'once').sort());
    expect(lanes('money')).toContain('accountRegistration');
  });

  test('is inquiry for what tells about money, wherever Hecto lists it', () => {
    expect(lanes('inquiry')).toEqual([
      'accountList',
      'bankList',
      'bankMaintenance',
      'institutionCancelledAccounts',
      'ownershipBankMaintenance',
      'ownershipVerificationHistory',
      'recurringPaymentHistory',
      'recurringPaymentInfo',
      'remittanceBalance',
      'testCall',
      'transactionHistory',
      'transactionResult',
    ]);
  });

  test('is authentication for what proves who somebody is, the payment password too', () => {
    const group = endpointNames.filter((name) => endpointOf(name).group === 'authentication');
    expect(lanes('authentication')).toEqual([...group, 'paymentPasswordConfirm'].sort());
  });
});

test('R19 R20 the sizes: 32 sockets for money and authentication, 16 for inquiries, 64 waiting, 5 seconds', () => {
  expect(defaultResilience.lanes).toEqual({
    authentication: { sockets: 32, queued: 64 },
    money: { sockets: 32, queued: 64 },
    inquiry: { sockets: 16, queued: 64 },
  });
  expect(defaultResilience.queueMs).toBe(5_000);
});

describe('R20 the queue', () => {
  test('lets in as many as there are sockets, the others in order of arrival', async () => {
    const { lane, call, end, begun } = laneOfTwo();
    const all = ['a', 'b', 'c', 'd'].map(call);
    await settled();
    expect(begun).toEqual(['a', 'b']);
    expect(lane.stats()).toEqual({ active: 2, queued: 2, breaker: 'closed' });
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a', new Error('whatever'));
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    await end('c');
    await end('d');
    expect(await Promise.all(all)).toEqual([expect.any(Error), 'b', 'c', 'd']);
    expect(lane.stats()).toEqual({ active: 0, queued: 0, breaker: 'closed' });
  });

  test('refuses at once what finds it full, and says so before', async () => {
    const { lane, call, begun, end } = laneOfTwo();
    expect(lane.admits()).toEqual({ admitted: true });
    void ['a', 'b', 'c'].map(call);
    expect(lane.admits()).toEqual({ admitted: true });
    void call('d');
    expect(lane.admits()).toEqual({ admitted: false, retryAfterSeconds: 2 });
    const refused = await call('e');
    expect(refused).toBeInstanceOf(NotSent);
    expect(refused).toMatchObject({ reason: 'queue-full', retryAfterSeconds: 2 });
    await end('a');
    expect(begun).toEqual(['a', 'b', 'c']);
    expect(lane.admits()).toEqual({ admitted: true });
  });

  test('sends away what waited too long; it never begins', async () => {
    const { lane, call, end, begun } = laneOfTwo({ queueMs: 60 });
    void ['a', 'b'].map(call);
    expect(await call('late')).toMatchObject({ name: 'NotSent', reason: 'queue-full' });
    expect(lane.stats().queued).toBe(0);
    await end('a');
    expect(begun).toEqual(['a', 'b']);
  });

  test('is emptied when the client closes; calls under way go on', async () => {
    const { lane, call, end } = laneOfTwo();
    const [a, , waiting] = ['a', 'b', 'c'].map(call);
    lane.close();
    expect(await waiting).toMatchObject({ name: 'NotSent', reason: 'closed' });
    expect(await call('d')).toMatchObject({ name: 'NotSent', reason: 'closed' });
    expect(lane.admits()).toMatchObject({ admitted: false });
    await end('a');
    expect(await a).toBe('a');
  });

  test('never lets in more than there are sockets, and forgets nobody, whatever happens', async () => {
    const step = fc.oneof(fc.constant('call' as const), fc.constant('end' as const));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { lane, call, end, begun } = laneOfTwo();
        const calls: Promise<unknown>[] = [];
        const ended = new Set<string>();
        const endOne = async () => {
          const running = begun.find((name) => !ended.has(name));
          if (running === undefined) return false;
          ended.add(running);
          await end(running);
          return true;
        };
        for (const what of steps) {
          if (what === 'call') calls.push(call(String(calls.length)));
          else await endOne();
          await settled();
          const running = begun.length - ended.size;
          expect(running).toBeLessThanOrEqual(2);
          expect(lane.stats()).toMatchObject({ active: running });
          expect(lane.stats().queued).toBeLessThanOrEqual(2);
          if (lane.stats().queued > 0) expect(running).toBe(2);
        }
        while (await endOne());
        const results = await Promise.all(calls);
        expect(results.filter((result) => !(result instanceof NotSent))).toEqual(begun);
        expect(lane.stats()).toEqual({ active: 0, queued: 0, breaker: 'closed' });
      }),
      { numRuns: 50 },
    );
  });
});

describe('R18 the breaker of a lane', () => {
  const field = [{ field: 'trdAmt', message: 'is required' }];

  test.each([
    ['a timeout', lost()],
    ['a broken connection', new Unknown('payment', 'connection')],
    ['a 500', new Unknown('payment', 'http-status', { httpStatus: 500 })],
    ['a 429', new Unknown('payment', 'http-status', { httpStatus: 429 })],
    ['an answer nobody can read', new InvalidAnswer('payment', 'unreadable')],
    ['an answer without an end', new Unknown('payment', 'too-large')],
    ['a status nobody knows', new Unknown('payment', 'status')],
    ['nobody there', new NotSent('payment', 'unreachable', 5)],
  ])('is opened by %s', async (_, error) => {
    const { lane, failAtOnce, changes } = laneOfTwo();
    for (let n = 0; n < 20; n += 1) expect(await failAtOnce(error)).toBe(error);
    expect(lane.stats().breaker).toBe('open');
    expect(changes).toEqual(['opened']);
  });

  test.each([
    ['a request that was wrong', new InvalidRequest('payment', field)],
    ['an answer that repeats something else', new Unknown('payment', 'echo', { field: 'trdAmt' })],
    ['a 404', new Unknown('payment', 'http-status', { httpStatus: 404 })],
    ['a redirect', new Unknown('payment', 'http-status', { httpStatus: 302 })],
    ['a mistake of our own', new TypeError('oops')],
  ])('is not opened by %s', async (_, error) => {
    const { lane, failAtOnce } = laneOfTwo();
    for (let n = 0; n < 60; n += 1) expect(await failAtOnce(error)).toBe(error);
    expect(lane.stats().breaker).toBe('closed');
  });

  test('refuses at once while it is open, says for how long, and lets one call try', async () => {
    const { lane, call, failAtOnce, end, begun, changes, pass } = laneOfTwo();
    for (let n = 0; n < 20; n += 1) await failAtOnce(lost());
    pass(2_500);
    expect(lane.admits()).toEqual({ admitted: false, retryAfterSeconds: 8 });
    expect(await call('a')).toMatchObject({ name: 'NotSent', reason: 'breaker-open', retryAfterSeconds: 8 });
    pass(7_500);
    expect(lane.admits()).toEqual({ admitted: true });
    const probe = call('probe');
    expect(await call('b')).toMatchObject({ reason: 'breaker-open' });
    expect(lane.admits()).toMatchObject({ admitted: false });
    expect(begun).toEqual(['probe']);
    await end('probe');
    expect(await probe).toBe('probe');
    expect(lane.admits()).toEqual({ admitted: true });
    expect(lane.stats()).toEqual({ active: 0, queued: 0, breaker: 'closed' });
    expect(changes).toEqual(['opened', 'closed']);
  });

  test('sends the queue away when it opens', async () => {
    const { lane, call, end, failAtOnce, begun } = laneOfTwo();
    for (let n = 0; n < 19; n += 1) await failAtOnce(lost());
    const [, , waiting, other] = ['a', 'b', 'c', 'd'].map(call);
    await settled();
    await end('a', lost());
    for (const sent of [waiting, other])
      expect(await sent).toMatchObject({ reason: 'breaker-open', retryAfterSeconds: 10 });
    expect(begun).toEqual(['a', 'b']);
    expect(lane.stats()).toEqual({ active: 1, queued: 0, breaker: 'open' });
  });
});

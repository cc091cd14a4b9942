import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  add,
  arrived,
  aWhile,
  hours,
  inState,
  instance,
  lines,
  newSecret,
  oldSecret,
  onlyEvent,
  pass,
  receiver,
  seconds,
} from '../testing/webhook-instances.ts';
import { verified } from '../testing/webhook-receiver.ts';

describe('S97 Standard Webhooks', () => {
  test('an independent verifier accepts the webhook, and nothing that was changed on the way', async () => {
    const one = await instance();
    await add(one.store, 'pay_1', 'payment.succeeded', { amount: 12_000, note: '커피 "원두"' });
    one.work();
    await arrived(1);
    const arrival = receiver.arrivals[0]!;
    expect(verified(arrival, newSecret)).toEqual({
      type: 'payment.succeeded',
      timestamp: '2026-11-23T10:00:00+09:00',
      data: { id: 'pay_1', amount: 12_000, note: '커피 "원두"' },
    });
    expect(arrival.id).toMatch(/^evt_[A-Za-z0-9_-]{24}$/);
    expect(arrival.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^hecto-onboarding/) as string,
    });
    expect(() => verified(arrival, oldSecret)).toThrow('No matching signature');
    expect(() => verified(arrival, newSecret, { body: arrival.body.replace('12000', '92000') })).toThrow();
    for (const header of ['webhook-id', 'webhook-timestamp']) {
      const headers = { ...arrival.headers, [header]: String(arrival.timestamp + 1) };
      expect(() => verified(arrival, newSecret, { headers })).toThrow('No matching signature');
    }
  });

  test('while a secret is rotated a receiver with either one accepts', async () => {
    const one = await instance({ secrets: [newSecret, oldSecret] });
    await add(one.store, 'pay_1');
    one.work();
    await arrived(1);
    const arrival = receiver.arrivals[0]!;
    expect(verified(arrival, newSecret)).toEqual(verified(arrival, oldSecret));
    expect(() => verified(arrival, randomBytes(32))).toThrow('No matching signature');
  });

  test('a redirect is a failure: nobody follows it', async () => {
    const one = await instance();
    receiver.answers(302, { location: `${receiver.url}/elsewhere` });
    await add(one.store, 'pay_1');
    one.work();
    await expect.poll(async () => (await onlyEvent(one)).deliveries.length).toBe(1);
    await aWhile();
    expect(receiver.arrivals.map(({ path }) => path)).toEqual(['/webhooks']);
    expect(await onlyEvent(one)).toMatchObject({ state: 'pending', deliveries: [{ httpStatus: 302 }] });
  });

  test('410 disables the endpoint at once; enabled again, everything that waited arrives in order', async () => {
    const one = await instance();
    const worker = one.work();
    receiver.answers(410);
    await add(one.store, 'pay_1', 'payment.needs_review');
    await expect.poll(async () => (await one.events.webhookEndpointState()).state).toBe('disabled');
    expect(await one.events.webhookEndpointState()).toEqual({
      state: 'disabled',
      disabledBecause: 'gone',
      disabledAt: '2026-11-23T10:00:00+09:00',
      failingSince: '2026-11-23T10:00:00+09:00',
    });
    expect(lines.join('')).toContain('"because":"gone","event":"webhook.endpoint-disabled"');
    receiver.answers(204);
    await add(one.store, 'pay_1', 'payment.succeeded');
    pass(24 * hours);
    await aWhile();
    expect(receiver.arrivals).toHaveLength(1);

    expect(await one.events.enableWebhookEndpoint()).toEqual({ state: 'enabled' });
    await arrived(3);
    expect(receiver.types()).toEqual(['payment.needs_review', 'payment.needs_review', 'payment.succeeded']);
    await worker.stop();
  });

  test('another address starts enabled', async () => {
    const one = await instance();
    const worker = one.work();
    receiver.answers(410);
    await add(one.store, 'pay_1');
    await expect.poll(async () => (await one.events.webhookEndpointState()).state).toBe('disabled');
    await worker.stop();
    receiver.answers(204);
    pass(10 * seconds);
    const moved = await instance({ url: `${receiver.url}/new` });
    moved.work();
    await arrived(2);
    expect(receiver.arrivals[1]).toMatchObject({ path: '/webhooks/new', id: receiver.arrivals[0]!.id });
  });

  test('429 with Retry-After holds back every event until then', async () => {
    const one = await instance();
    one.work();
    receiver.answers(429, { 'retry-after': '120' });
    await add(one.store, 'pay_1');
    await expect.poll(async () => (await onlyEvent(one)).nextAttemptAt).toBe('2026-11-23T10:02:00+09:00');
    receiver.answers(204);
    await expect
      .poll(async () => (await one.store.webhookEndpoints.read(receiver.url)).quietUntil)
      .toBeDefined();
    pass(119 * seconds);
    await add(one.store, 'pay_2');
    await aWhile();
    expect(receiver.arrivals).toHaveLength(1);
    pass(1 * seconds);
    await arrived(3);
  });

  test('a receiver that never answers, or never stops, costs one attempt', async () => {
    const one = await instance({ timeoutMs: 300 });
    one.work();
    receiver.answer = () => undefined;
    await add(one.store, 'pay_1');
    await expect.poll(async () => (await onlyEvent(one)).deliveries.length).toBe(1);
    expect((await onlyEvent(one)).deliveries).toMatchObject([{ attempt: 1, error: 'timeout' }]);

    // The status of an endless answer counts all the same.
    receiver.answer = (_, response) => {
      response.writeHead(200);
      const flood = setInterval(() => response.write('x'.repeat(64 * 1024)), 1);
      response.once('close', () => clearInterval(flood));
    };
    pass(5 * seconds);
    await inState(one, 'delivered');
    expect((await onlyEvent(one)).deliveries).toMatchObject([
      { attempt: 1, error: 'timeout' },
      { attempt: 2, httpStatus: 200 },
    ]);
  });

  test('nobody listening is a failed attempt', async () => {
    const one = await instance({ url: 'http://127.0.0.1:1/' });
    one.work();
    await add(one.store, 'pay_1');
    await expect.poll(async () => (await onlyEvent(one)).deliveries).toMatchObject([{ error: 'connection' }]);
  });
});

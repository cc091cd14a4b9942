import { describe, expect, test } from 'vitest';
import {
  add,
  arrived,
  aWhile,
  begun,
  clock,
  inState,
  instance,
  lines,
  moveTo,
  newSecret,
  onlyEvent,
  receiver,
  sql,
} from '../testing/webhook-instances.ts';
import { verified } from '../testing/webhook-receiver.ts';

describe('R33 retries', () => {
  test('follow the schedule to the second with one id; three days down disable the endpoint; a replay arrives', async () => {
    const one = await instance();
    one.work();
    receiver.answers(500);
    await add(one.store, 'pay_1');
    for (let attempt = 1; attempt < 10; attempt += 1) {
      await expect.poll(async () => (await onlyEvent(one)).deliveries.length).toBe(attempt);
      const { dueAt } = (await one.store.outbox.list({ limit: 1 })).events[0]!;
      moveTo(dueAt, -1);
      await aWhile();
      expect(receiver.arrivals).toHaveLength(attempt);
      moveTo(dueAt);
    }
    await inState(one, 'failed');

    const since = (index: number) => receiver.arrivals[index]!.timestamp - begun / 1000;
    const table = [
      '0:00:05',
      '0:05:05',
      '0:35:05',
      '2:35:05',
      '7:35:05',
      '17:35:05',
      '31:35:05',
      '51:35:05',
      '75:35:05',
    ];
    const elapsed = table.map((time) => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
    expect(receiver.arrivals.map((_, index) => since(index))).toEqual([0, ...elapsed]);
    expect(new Set(receiver.arrivals.map(({ id }) => id)).size).toBe(1);
    expect(new Set(receiver.arrivals.map(({ body }) => body)).size).toBe(1);
    for (const arrival of receiver.arrivals) verified(arrival, newSecret);

    await expect.poll(async () => (await one.events.webhookEndpointState()).disabledBecause).toBe('failing');
    const logged = lines.join('');
    expect(logged).toContain('"event":"webhook.given-up"');
    expect(logged.match(/"webhook.endpoint-disabled"/g)).toHaveLength(1);

    receiver.answers(200);
    const { id } = receiver.arrivals[0]!;
    expect(await one.events.replayEvent(id)).toMatchObject({ id, state: 'pending' });
    await aWhile();
    expect(receiver.arrivals).toHaveLength(10);
    await one.events.enableWebhookEndpoint();
    await inState(one, 'delivered');
    expect(receiver.arrivals[10]).toMatchObject({ id, body: receiver.arrivals[0]!.body });
    verified(receiver.arrivals[10]!, newSecret);
    expect((await onlyEvent(one)).deliveries).toHaveLength(11);
  });

  test('one success within the three days keeps the endpoint', async () => {
    const one = await instance();
    one.work();
    receiver.answer = ({ body }, response) => {
      response.writeHead(body.includes('pay_bad') ? 500 : 204).end();
    };
    await add(one.store, 'pay_bad');
    for (let attempt = 1; attempt < 10; attempt += 1) {
      await expect.poll(async () => (await one.events.readEvent(badId()))?.deliveries.length).toBe(attempt);
      await add(one.store, `pay_good_${attempt}`);
      await arrived(attempt * 2);
      await expect.poll(async () => (await one.events.webhookEndpointState()).failingSince).toBeUndefined();
      moveTo((await one.store.outbox.read(badId()))!.dueAt);
    }
    await expect.poll(async () => (await one.events.readEvent(badId()))?.state).toBe('failed');
    expect((await one.events.webhookEndpointState()).state).toBe('enabled');
    expect(lines.join('')).not.toContain('endpoint-disabled');

    function badId(): string {
      return receiver.arrivals[0]?.id ?? '';
    }
  });

  test('after an outage everything that was given up is replayed with one call', async () => {
    const one = await instance();
    for (const subject of ['pay_1', 'pay_2', 'pay_3']) await add(one.store, subject);
    await sql.updateTable('outbox').set({ state: 'failed' }).execute();
    expect(await one.events.replayEvents('failed', new Date(begun + 1))).toBe(0);
    expect(await one.events.replayEvents('failed', clock())).toBe(3);
    one.work();
    await arrived(3);
  });
});

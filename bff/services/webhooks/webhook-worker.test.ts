import { describe, expect, test } from 'vitest';
import {
  add,
  arrived,
  aWhile,
  clock,
  closing,
  inState,
  instance,
  onlyEvent,
  pass,
  receiver,
  seconds,
  sql,
} from '../testing/webhook-instances.ts';
import { leaseMs } from './webhook-worker.ts';

describe('R16 the outbox', () => {
  test('a change that is rolled back leaves no event; one that happens twice leaves one', async () => {
    const { store } = await instance();
    const change = sql.transaction().execute(async (transaction) => {
      const event = { type: 'payment.succeeded', subject: 'pay_1', data: {}, at: clock() } as const;
      await store.outbox.add(transaction, event);
      throw new Error('the change failed');
    });
    await expect(change).rejects.toThrow('the change failed');
    expect((await store.outbox.list({ limit: 10 })).events).toEqual([]);
    await add(store, 'pay_1');
    await add(store, 'pay_1');
    await add(store, 'pay_1', 'payment.failed');
    expect((await store.outbox.list({ limit: 10 })).events).toHaveLength(2);
  });

  test('a worker that dies before it sends is replaced after its lease, and the id is the same', async () => {
    const dead = await instance();
    await add(dead.store, 'pay_1');
    const [claimed] = await dead.store.outbox.claimDue(clock(), leaseMs, 10);
    const alive = await instance();
    alive.work();
    pass(leaseMs - 1);
    await aWhile();
    expect(receiver.arrivals).toHaveLength(0);
    pass(1);
    await arrived(1);
    expect(receiver.arrivals[0]!.id).toBe(claimed!.id);
    await inState(alive, 'delivered');
  });

  test('a worker that dies after it sent, before it could say so, means a second one with the same id and bytes', async () => {
    const dead = await instance();
    await add(dead.store, 'pay_1');
    receiver.answer = async (_, response) => {
      // Its database is gone while the merchant's server has the event.
      await dead.store.close();
      closing.shift();
      response.writeHead(204).end();
    };
    const worker = dead.work();
    await arrived(1);
    await worker.stop();
    receiver.answers(204);
    const alive = await instance();
    alive.work();
    pass(leaseMs);
    await arrived(2);
    await inState(alive, 'delivered');
    const [first, second] = receiver.arrivals;
    expect(second).toMatchObject({ id: first!.id, body: first!.body });
  });

  test('events of one subject arrive in their order, whatever happens to the first; others do not wait', async () => {
    const one = await instance();
    const two = await instance();
    receiver.answer = ({ body }, response) => {
      const refuse = body.includes('"pay_1"') && receiver.arrivals.length < 4;
      response.writeHead(refuse ? 500 : 204).end();
    };
    await add(one.store, 'pay_1', 'payment.needs_review');
    await add(one.store, 'pay_1', 'payment.succeeded');
    await add(one.store, 'rfd_1', 'refund.succeeded');
    one.work();
    two.work();
    await arrived(2);
    await aWhile();
    expect(receiver.types().sort()).toEqual(['payment.needs_review', 'refund.succeeded']);
    pass(5 * seconds);
    await arrived(3);
    await aWhile();
    pass(300 * seconds);
    await arrived(5);
    expect(receiver.types().slice(2)).toEqual([
      'payment.needs_review',
      'payment.needs_review',
      'payment.succeeded',
    ]);
  });

  test('many workers deliver many events once each, never two of one subject at the same time', async () => {
    const instances = await Promise.all([instance(), instance(), instance()]);
    const inHand = new Set<string>();
    let overlaps = 0;
    receiver.answer = async ({ body }, response) => {
      const subject = (JSON.parse(body) as { data: { id: string } }).data.id;
      if (inHand.has(subject)) overlaps += 1;
      inHand.add(subject);
      await new Promise((resolve) => setTimeout(resolve, 10));
      inHand.delete(subject);
      response.writeHead(204).end();
    };
    const types = ['payment.needs_review', 'payment.succeeded', 'payment.failed'] as const;
    for (let n = 0; n < 20; n += 1) for (const type of types) await add(instances[0].store, `pay_${n}`, type);
    for (const one of instances) one.work();
    await expect
      .poll(
        async () => (await instances[0].events.listEvents({ state: 'delivered', limit: 100 })).events.length,
        { timeout: 10_000 },
      )
      .toBe(60);
    expect(receiver.arrivals).toHaveLength(60);
    expect(new Set(receiver.arrivals.map(({ id }) => id)).size).toBe(60);
    expect(overlaps).toBe(0);
    expect(receiver.mostAtOnce).toBeGreaterThan(1);
    for (let n = 0; n < 20; n += 1) {
      const own = receiver.arrivals.filter(({ body }) => body.includes(`"pay_${n}"`));
      expect(own.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual(types);
    }
  });

  test('stopping waits for what is on its way', async () => {
    const one = await instance();
    let answered = false;
    receiver.answer = async (_, response) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      answered = true;
      response.writeHead(204).end();
    };
    await add(one.store, 'pay_1');
    const worker = one.work();
    await arrived(1);
    await worker.stop();
    expect(answered).toBe(true);
    expect((await onlyEvent(one)).state).toBe('delivered');
  });

  test('a replay of what is on its way right now does not send it a second time', async () => {
    const one = await instance();
    receiver.answer = async ({ id }, response) => {
      await one.events.replayEvent(id);
      await aWhile();
      response.writeHead(204).end();
    };
    await add(one.store, 'pay_1');
    one.work();
    await inState(one, 'delivered');
    expect(receiver.arrivals).toHaveLength(1);
  });
});

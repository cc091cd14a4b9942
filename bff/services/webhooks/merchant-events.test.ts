import { describe, expect, test } from 'vitest';
import {
  add,
  aWhile,
  clock,
  inState,
  instance,
  onlyEvent,
  receiver,
  sql,
} from '../testing/webhook-instances.ts';

describe('several merchants on one database', () => {
  test('R03 nobody delivers, lists or replays the events of another', async () => {
    const one = await instance();
    const other = await instance({ merchantId: 'othershp', url: `${receiver.url}/other` });
    await add(one.store, 'pay_1');
    other.work();
    await aWhile();
    expect(receiver.arrivals).toHaveLength(0);
    const { id } = await onlyEvent(one);
    expect(await other.events.listEvents({ limit: 10 })).toEqual({ events: [] });
    expect(await other.events.readEvent(id)).toBeUndefined();
    expect(await other.events.replayEvent(id)).toBe('not-found');
  });
});

test('without an address events are held, and go out when they are replayed', async () => {
  const silent = await instance({ nowhere: true });
  silent.work();
  await add(silent.store, 'pay_1');
  const { id } = await onlyEvent(silent);
  expect((await onlyEvent(silent)).state).toBe('held');
  expect(await silent.events.replayEvent(id)).toBe('no-endpoint');
  expect(await silent.events.replayEvents('held', clock())).toBe('no-endpoint');
  expect(await silent.events.webhookEndpointState()).toEqual({ state: 'none' });

  const one = await instance();
  one.work();
  await aWhile();
  expect(receiver.arrivals).toHaveLength(0);
  await one.events.replayEvent(id);
  await inState(one, 'delivered');
  expect(receiver.arrivals[0]!.id).toBe(id);
});

test('events are listed newest first, by type and state, page by page', async () => {
  const { store, events } = await instance();
  for (let n = 1; n <= 5; n += 1) await add(store, `pay_${n}`);
  await add(store, 'rfd_1', 'refund.failed');
  const subjects = ({ events: page }: Awaited<ReturnType<typeof events.listEvents>>) =>
    page.map(({ data }) => data['id']);
  const first = await events.listEvents({ type: 'payment.succeeded', limit: 3 });
  expect(subjects(first)).toEqual(['pay_5', 'pay_4', 'pay_3']);
  const second = await events.listEvents({ type: 'payment.succeeded', limit: 3, cursor: first.nextCursor });
  expect(subjects(second)).toEqual(['pay_2', 'pay_1']);
  expect(second.nextCursor).toBeUndefined();
  expect(subjects(await events.listEvents({ state: 'delivered', limit: 3 }))).toEqual([]);
  expect(subjects(await events.listEvents({ limit: 1 }))).toEqual(['rfd_1']);
});

test('S80 what an event says about a customer is not legible in the table', async () => {
  const { store } = await instance();
  await add(store, 'acc_1', 'account.cancelled', { customerId: 'canary-customer' });
  const rows = await sql.selectFrom('outbox').selectAll().execute();
  const legible = rows.flatMap((row) =>
    Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('utf8') : String(value))),
  );
  expect(legible.join()).not.toContain('canary-customer');
});

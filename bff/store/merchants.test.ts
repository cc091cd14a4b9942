import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import { startOfJourney } from '../services/onboarding/journey.ts';
import { openStore, type Session, type Store } from './store.ts';
import { freshDatabase } from './test-database.ts';

const now = new Date('2026-11-23T01:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const minute = 60_000;
const about = {
  customerId: 'customer-1',
  surface: 'frame',
  locale: 'ko',
  flow: { paymentPassword: 'auto' },
} as const;

let database: Awaited<ReturnType<typeof freshDatabase>>;
let sql: pg.Client;
/** Two merchants on one database. */
let one: Store;
let other: Store;
beforeAll(async () => {
  database = await freshDatabase();
  const dataKeys = [{ id: 'k1', key: Buffer.alloc(32, 1) }];
  const open = (merchantId: string) =>
    openStore(
      { databaseUrl: database.url, dataKeys, sessionIdleMs: 10 * minute, merchantId },
      { log: createLog('silent', () => now) },
    );
  one = await open('one');
  other = await open('other');
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
});
afterAll(async () => {
  await Promise.all([one.close(), other.close(), sql.end()]);
  await database.drop();
});

const ids = (sessions: readonly Session[]) => sessions.map(({ id }) => id);
const runOut = (store: Store) => store.sessions.claimRunOut(later(10 * minute), 10 * minute, 1, 100);

test('R03 nobody reads, works on or ends the sessions of another merchant', async () => {
  const session = await one.sessions.create(about, now, later(30 * minute));
  const token = await one.tokens.issueSessionToken(session.id, now);
  expect(await other.sessions.read(session.id)).toBeUndefined();
  expect(await other.sessions.readByToken(token)).toBeUndefined();

  // Both have a customer of that name.
  const theirs = await other.sessions.create(about, now, later(30 * minute));
  await other.tokens.issueSessionToken(theirs.id, now);
  expect(await one.sessions.readByToken(token)).toMatchObject({ token: 'good' });

  expect(ids(await runOut(other))).toEqual([theirs.id]);
  const saved = (await one.sessions.save(session, startOfJourney, { dueAt: now }))!;
  expect(await other.sessions.claimDue(now, 1, 100)).toEqual([]);
  expect(ids(await one.sessions.claimDue(now, 1, 100))).toEqual([session.id]);
  await one.sessions.save(saved, startOfJourney, { dueAt: null });
  expect(ids(await runOut(one))).toEqual([session.id]);
});

test('R37 a session of a version that knew one merchant only is found, and ended if it was open just now', async () => {
  const [fresh, old] = await Promise.all([
    one.sessions.create(about, now, later(30 * minute)),
    one.sessions.create(about, later(-25 * 60 * minute), later(-24 * 60 * minute)),
  ]);
  await sql.query('UPDATE onboarding_sessions SET merchant_id = NULL WHERE id = ANY($1)', [
    [fresh.id, old.id],
  ]);
  expect(await one.sessions.read(old.id)).toEqual(old);
  expect(ids(await runOut(one))).toEqual([fresh.id]);
});

test('R03 the same idempotency key of another merchant is another key', async () => {
  const first = await one.idempotencyKeys.claim('payments', 'key-1', 'body', now, minute);
  expect(first.kind).toBe('first');
  expect((await other.idempotencyKeys.claim('payments', 'key-1', 'another body', now, minute)).kind).toBe(
    'first',
  );
  const run = 'run' in first ? first.run : '';
  await one.idempotencyKeys.answer('payments', 'key-1', run, { status: 201, body: { id: 'pay_1' } });
  expect(await one.idempotencyKeys.claim('payments', 'key-1', 'body', now, minute)).toEqual({
    kind: 'answered',
    answer: { status: 201, body: { id: 'pay_1' } },
  });
  expect((await other.idempotencyKeys.claim('payments', 'key-1', 'another body', now, minute)).kind).toBe(
    'in-flight',
  );
});

/** A key as the version before this one wrote it. */
async function olderKey(key: string, body: string, answer?: object): Promise<void> {
  const index = one.vault.index('idempotency-key', key);
  const sealed =
    answer &&
    one.vault.seal(
      'idempotency_keys',
      'sealed_body',
      `payments ${index.toString('hex')}`,
      JSON.stringify(answer),
    );
  await sql.query('INSERT INTO idempotency_keys VALUES ($1, $2, $3, $4, $5, $6, $7)', [
    'payments',
    index,
    one.vault.index('idempotency-body', body),
    now,
    'older-run',
    answer ? 201 : null,
    sealed ?? null,
  ]);
}

test('R37 what a version before answered stays answered: an upgrade between two tries moves no money twice', async () => {
  await olderKey('old-1', 'body', { id: 'pay_old' });
  const claim = (body: string) => one.idempotencyKeys.claim('payments', 'old-1', body, now, minute);
  const answered = { kind: 'answered', answer: { status: 201, body: { id: 'pay_old' } } };
  expect(await claim('body')).toEqual(answered);
  expect(await claim('body')).toEqual(answered);
  expect(await claim('other body')).toEqual({ kind: 'other-body' });
});

test('R37 what a version before left unanswered is in flight, then abandoned to one', async () => {
  await olderKey('old-2', 'body');
  const claim = (at: Date) => one.idempotencyKeys.claim('payments', 'old-2', 'body', at, minute);
  expect((await claim(later(minute - 1))).kind).toBe('in-flight');
  const claims = await Promise.all(Array.from({ length: 5 }, () => claim(later(minute))));
  expect(claims.map(({ kind }) => kind).sort()).toEqual(['abandoned', ...Array<string>(4).fill('in-flight')]);
});

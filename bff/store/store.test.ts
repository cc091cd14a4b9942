import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import { startOfJourney, type Journey } from '../services/onboarding/journey.ts';
import type { Gone } from './session-changes.ts';
import { openStore, type Session, type Store } from './store.ts';
import { freshDatabase } from './test-database.ts';

const key = (id: string, byte: number) => ({ id, key: Buffer.alloc(32, byte) });
const log = createLog('silent', () => new Date());
const settings = { merchantId: 'midtest', sessionIdleMs: 600_000 };
const now = new Date('2026-11-23T01:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const about = {
  customerId: 'customer-1',
  surface: 'frame',
  locale: 'ko',
  flow: { paymentPassword: 'auto' },
} as const;

let database: Awaited<ReturnType<typeof freshDatabase>>;
let sql: pg.Client;
/** Two instances on one database. */
let one: Store;
let two: Store;
beforeAll(async () => {
  database = await freshDatabase();
  const open = () => openStore({ ...settings, databaseUrl: database.url, dataKeys: [key('k1', 1)] }, { log });
  [one, two] = await Promise.all([open(), open()]);
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
});
afterAll(async () => {
  await Promise.all([one.close(), two.close(), sql.end()]);
  await database.drop();
});

const newSession = (): Promise<Session> => one.sessions.create(about, now, later(60_000));
const ended = (journey: 'cancelled' | 'failed'): Journey => ({ step: journey, endedAt: now.toISOString() });

describe('sessions', () => {
  test('one is read as it was created, and nothing personal is legible in the table', async () => {
    const full = {
      ...about,
      customerId: 'canary-customer',
      prefill: { name: '홍길동', phone: '01012345678' },
    };
    const session = await one.sessions.create(full, now, later(60_000));
    expect(session.id).toMatch(/^obs_[A-Za-z0-9_-]{24}$/);
    expect(await two.sessions.read(session.id)).toEqual({
      ...session,
      ...full,
      version: 1,
      journey: startOfJourney,
    });
    const { rows } = await sql.query('SELECT * FROM onboarding_sessions WHERE id = $1', [session.id]);
    const row = Object.values(rows[0] as Record<string, unknown>).map((value) =>
      Buffer.isBuffer(value) ? value.toString('utf8') : String(value),
    );
    expect(row.join()).not.toMatch(/canary|홍길동|01012345678/);
    expect(await one.sessions.read('obs_none')).toBeUndefined();
  });

  test('compare-and-swap: of many that save the same version one succeeds', async () => {
    const session = await newSession();
    const saves = Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? one : two).sessions.save(session, ended(n % 3 ? 'failed' : 'cancelled')),
    );
    const saved = (await Promise.all(saves)).filter((result) => result !== undefined);
    expect(saved).toHaveLength(1);
    expect(saved[0]!.version).toBe(2);
    expect(await one.sessions.read(session.id)).toEqual(saved[0]);
  });

  test('R16 the end of a session and its event are committed together, and of many ends one is told', async () => {
    const session = await newSession();
    await sql.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'no event'; END $$`);
    await sql.query('CREATE TRIGGER refuse BEFORE INSERT ON outbox EXECUTE FUNCTION refuse()');
    await expect(one.sessions.save(session, ended('failed'))).rejects.toThrow('no event');
    expect(await two.sessions.read(session.id)).toEqual(session);
    await sql.query('DROP TRIGGER refuse ON outbox');

    await Promise.all(Array.from({ length: 10 }, () => one.sessions.save(session, ended('failed'))));
    const events = (await one.outbox.list({ limit: 100 })).events.filter(
      ({ subject }) => subject === session.id,
    );
    expect(events).toMatchObject([{ type: 'onboarding.failed', state: 'held', createdAt: now }]);
  });

  test('who waits on one instance hears of a change on the other', async () => {
    const session = await newSession();
    const waiting = two.sessions.waitForChange(session.id, 1, 10_000);
    await one.sessions.save(session, ended('cancelled'));
    expect((await waiting)?.version).toBe(2);
    expect((await two.sessions.waitForChange(session.id, 1, 10_000))?.version).toBe(2);
  });

  test('waiting ends without a change: in time, when told to, when the browser goes', async () => {
    const session = await newSession();
    expect(await one.sessions.waitForChange(session.id, 1, 20)).toBeUndefined();
    const gone: Gone = { happened: false };
    const waiting = one.sessions.waitForChange(session.id, 1, 60_000, { gone });
    gone.happened = true;
    gone.tell?.();
    expect(await waiting).toBeUndefined();
  });

  test('a lost connection is made again, and everybody who waits then hears of changes', async () => {
    const session = await newSession();
    // More than are woken together.
    const waiting = Promise.all(
      Array.from({ length: 250 }, () => two.sessions.waitForChange(session.id, 1, 15_000)),
    );
    await sql.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'hecto-onboarding-changes'`);
    await one.sessions.save(session, ended('cancelled'));
    for (const heard of await waiting) expect(heard?.version).toBe(2);
  });

  test('R15 two instances never claim the same due session, and an unfinished claim comes back', async () => {
    const sessions = await Promise.all(Array.from({ length: 30 }, newSession));
    await Promise.all(sessions.map((session) => one.sessions.save(session, startOfJourney, { dueAt: now })));
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, n) => (n % 2 ? one : two).sessions.claimDue(now, 5_000, 7)),
    );
    const ids = claims.flat().map(({ id }) => id);
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
    expect(await one.sessions.claimDue(later(4_999), 5_000, 50)).toHaveLength(0);
    const again = await one.sessions.claimDue(later(5_000), 5_000, 50);
    expect(again).toHaveLength(30);
    for (const session of again) await one.sessions.save(session, startOfJourney, { dueAt: null });
    expect(await one.sessions.claimDue(later(90_000), 5_000, 50)).toHaveLength(0);
  });
});

describe('tokens', () => {
  test('S10 a client token opens its session once, and not when it is too old', async () => {
    const session = await newSession();
    const token = await one.tokens.issueClientToken(session.id, later(1_000));
    expect(await two.tokens.sessionOfClientToken(token, now)).toBe(session.id);
    expect(await two.tokens.sessionOfClientToken(token, later(1_000))).toBeUndefined();
    const uses = await Promise.all(Array.from({ length: 10 }, () => one.tokens.useClientToken(token, now)));
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await one.tokens.sessionOfClientToken(token, now)).toBeUndefined();
  });

  test('S11 S16 the newest session token wins, also when sessions of one customer are opened at once', async () => {
    for (let rounds = 0; rounds < 5; rounds += 1) {
      const sessions = [await newSession(), await newSession(), await newSession()];
      const tokens = await Promise.all(
        [...sessions, ...sessions].map(({ id }, index) =>
          [one, two][index % 2]!.tokens.issueSessionToken(id, now),
        ),
      );
      const found = await Promise.all(tokens.map((token) => two.sessions.readByToken(token)));
      expect(found.map((entry) => entry?.token).sort()).toEqual([
        'good',
        ...Array<string>(5).fill('taken-over'),
      ]);
    }
    expect(await one.sessions.readByToken('st_unknown')).toBeUndefined();
  });

  test('S13 no token stands in the database', async () => {
    const session = await newSession();
    const tokens = [
      await one.tokens.issueClientToken(session.id, later(1_000)),
      await one.tokens.issueSessionToken(session.id, now),
    ];
    const dump = JSON.stringify([
      (await sql.query('SELECT * FROM client_tokens')).rows,
      (await sql.query('SELECT * FROM session_tokens')).rows,
    ]);
    for (const token of tokens) expect(dump).not.toContain(token);
  });
});

describe('S61 S62 attempts', () => {
  const limit = (scope: string, max = 5, ms = 60_000) => ({
    scope,
    key: '01012345678',
    max,
    endsAt: later(ms),
  });

  test('two instances and 200 tries at once count exactly to the limit', async () => {
    const tries = Array.from({ length: 200 }, (_, n) =>
      (n % 2 ? one : two).attempts.take(limit('burst'), now),
    );
    const taken = await Promise.all(tries);
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(5);
    expect(taken.find(({ allowed }) => !allowed)).toMatchObject({
      scope: 'burst',
      left: 0,
      opensAt: later(60_000),
    });
  });

  test('of several limits all count or none does, and two orders never block each other', async () => {
    const [wide, narrow] = [limit('wide', 100), limit('narrow', 2)];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => one.attempts.take(n % 2 ? [wide, narrow] : [narrow, wide], now)),
    );
    expect(await one.attempts.left(wide, now)).toBe(98);
    expect(await one.attempts.left(narrow, now)).toBe(0);
  });

  test('a window ends, a try can be given back, a counter can be forgotten', async () => {
    const short = limit('short', 1, 1_000);
    expect(await one.attempts.take(short, now)).toMatchObject({ allowed: true, left: 0 });
    expect(await one.attempts.take(short, later(999))).toMatchObject({ allowed: false });
    expect(await one.attempts.take({ ...short, endsAt: later(2_000) }, later(1_000))).toMatchObject({
      allowed: true,
    });
    await one.attempts.giveBack(short);
    expect(await one.attempts.left(short, later(1_000))).toBe(1);
    await one.attempts.take(short, later(1_000));
    await one.attempts.reset('short', '01012345678');
    expect(await one.attempts.left(short, later(1_000))).toBe(1);
  });

  test('S82 a counter does not hold the phone number', async () => {
    await one.attempts.take(limit('index'), now);
    const { rows } = await sql.query<{ key: Buffer }>(`SELECT key FROM attempts WHERE scope = 'index'`);
    expect(rows[0]!.key).toHaveLength(32);
    expect(JSON.stringify(rows)).not.toContain('01012345678');
  });
});

describe('consents', () => {
  const browser = { address: '203.0.113.7', userAgent: 'Test Browser' };
  const record = {
    documentId: 'terms',
    version: '1',
    title: '약관',
    text: '첫 문단',
    locale: 'ko',
    sha256: 'a'.repeat(64),
    agreed: true,
    opened: false,
  } as const;

  test('rows are only added, each linked to the one before, by any number of writers', async () => {
    const sessions = await Promise.all([newSession(), newSession(), newSession()]);
    await Promise.all(
      sessions.map((session, n) =>
        (n % 2 ? one : two).consents.append(
          session,
          browser,
          [record, { ...record, documentId: 'privacy' }],
          now,
        ),
      ),
    );
    expect(await one.consents.firstBroken()).toBeUndefined();
    for (const change of [
      'UPDATE consents SET agreed = false',
      'DELETE FROM consents',
      'TRUNCATE consents',
      "UPDATE consent_documents SET text = 'another'",
    ]) {
      await expect(sql.query(change)).rejects.toThrow('append-only');
    }
  });

  test('R36 a row changed behind our back shows', async () => {
    await sql.query('ALTER TABLE consents DISABLE TRIGGER consents_append_only');
    await sql.query('UPDATE consents SET agreed = false WHERE seq = 3');
    expect(await one.consents.firstBroken()).toBe(3);
    await sql.query('UPDATE consents SET agreed = true WHERE seq = 3');
    expect(await one.consents.firstBroken()).toBeUndefined();
    await sql.query('DELETE FROM consents WHERE seq = 2');
    expect(await one.consents.firstBroken()).toBe(3);
    await sql.query('ALTER TABLE consents ENABLE TRIGGER consents_append_only');
  });
});

describe('registrations', () => {
  const intent = (sessionId: string) => ({
    sessionId,
    customerId: about.customerId,
    orderNumber: `REG${randomBytes(8).toString('hex')}`,
    sent: { date: '20261123', time: '235959' },
  });

  test('one intent is submitted once, and what is final stays', async () => {
    const { id: sessionId } = await newSession();
    const created = (await one.registrations.create(intent(sessionId), now))!;
    expect(await two.registrations.read(created.id)).toMatchObject({
      state: 'created',
      sent: { time: '235959' },
    });
    const submits = await Promise.all(
      [one, two, one, two].map((store) => store.registrations.submit(created.id, now)),
    );
    expect(submits.filter(Boolean)).toHaveLength(1);
    expect(await one.registrations.create(intent(sessionId), now)).toBeUndefined();
    expect(await one.registrations.finish(created.id, { state: 'unknown' }, now)).toBe(true);
    const result = { accountKey: 'key-canary' };
    expect(await one.registrations.finish(created.id, { state: 'registered', result }, now)).toBe(true);
    expect(await one.registrations.finish(created.id, { state: 'failed' }, now)).toBe(false);
    expect(await two.registrations.read(created.id)).toMatchObject({ state: 'registered', result });
    expect(await one.registrations.create(intent(sessionId), now)).toBeDefined();
    expect(JSON.stringify((await sql.query('SELECT * FROM registrations')).rows)).not.toContain('canary');
  });
});

describe('keypads and pins', () => {
  const pad = (sessionId: string, keypadId: string) => ({
    keypadId,
    sessionId,
    purpose: 'enter' as const,
    keys: ['1', '2'],
    privateKey: 'secret',
  });

  test('S68 a pad is used once, by its session, in time, and is one of the last three', async () => {
    const { id } = await newSession();
    for (const [index, keypadId] of ['first', 'second', 'third', 'fourth'].entries())
      await one.keypads.put(pad(id, keypadId), later(1_000 + index));
    expect(await one.keypads.consume('first', id, now)).toBeUndefined();
    expect(await one.keypads.consume('second', 'obs_other', now)).toBeUndefined();
    const uses = await Promise.all([one, two, one].map((store) => store.keypads.consume('second', id, now)));
    expect(uses.filter(Boolean)).toEqual([pad(id, 'second')]);
    await one.keypads.put(pad(id, 'late'), later(1_000));
    expect(await one.keypads.consume('late', id, later(1_000))).toBeUndefined();
  });

  test('a password is kept for its customer and can be replaced', async () => {
    expect(await one.pins.read('pin-customer')).toBeUndefined();
    await one.pins.save('pin-customer', '$argon2id$one', now);
    await one.pins.save('pin-customer', '$argon2id$two', now);
    expect(await two.pins.read('pin-customer')).toBe('$argon2id$two');
    expect(JSON.stringify((await sql.query('SELECT * FROM pins')).rows)).not.toContain('argon2id');
  });
});

describe('S80 S81 the vault', () => {
  test('what is sealed opens at its own place only', () => {
    const sealed = one.vault.seal('pins', 'sealed_hash', 'row', '홍길동');
    expect(two.vault.open('pins', 'sealed_hash', 'row', sealed)).toBe('홍길동');
    for (const [table, column, row] of [
      ['pins', 'sealed_hash', 'other'],
      ['pins', 'other', 'row'],
      ['other', 'sealed_hash', 'row'],
      ['pinssealed_hash', '', 'row'],
    ] as const) {
      expect(() => one.vault.open(table, column, row, sealed)).toThrow();
    }
    for (let at = 0; at < sealed.length; at += 1) {
      const damaged = Buffer.from(sealed);
      damaged[at]! ^= 1;
      expect(() => one.vault.open('pins', 'sealed_hash', 'row', damaged)).toThrow();
    }
    expect(() => one.vault.open('pins', 'sealed_hash', 'row', Buffer.alloc(0))).toThrow();
  });

  test('no nonce comes twice', () => {
    const nonces = Array.from({ length: 100_000 }, () =>
      one.vault.seal('t', 'c', 'r', '').subarray(-28, -16).toString('latin1'),
    );
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  test('S82 an index is keyed, stable, and keeps the borders of its parts', () => {
    expect(one.vault.index('a', 'bc')).toEqual(two.vault.index('a', 'bc'));
    expect(one.vault.index('a', 'bc')).not.toEqual(one.vault.index('ab', 'c'));
  });

  test('a new key re-wraps and the old one can go; without the right key the start is refused', async () => {
    const { url, drop } = await freshDatabase();
    const open = (...dataKeys: ReturnType<typeof key>[]) =>
      openStore({ ...settings, databaseUrl: url, dataKeys }, { log });
    const first = await open(key('k1', 1));
    const session = await first.sessions.create(about, now, later(1_000));
    const index = first.vault.index('x');
    await first.close();
    await (await open(key('k2', 2), key('k1', 1))).close();
    const rotated = await open(key('k2', 2));
    expect(await rotated.sessions.read(session.id)).toEqual(session);
    expect(rotated.vault.index('x')).toEqual(index);
    await rotated.close();
    await expect(open(key('k3', 3))).rejects.toThrow(/^DATA_KEYS /);
    await expect(open(key('k2', 9))).rejects.toThrow(/^DATA_KEYS /);
    await drop();
  });
});

test('a database that cannot be reached is one sentence', async () => {
  const nowhere = openStore(
    { ...settings, databaseUrl: 'postgres://canary@127.0.0.1:1/x', dataKeys: [key('k1', 1)] },
    { log },
  );
  await expect(nowhere).rejects.toThrow('DATABASE_URL names a database that cannot be reached.');
});

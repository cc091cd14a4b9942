import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import { verifyRecords, type Verification } from '../services/evidence/verify-records.ts';
import type { Intent } from './intents.ts';
import { openRecords, type OpenRecords } from './open-records.ts';
import { openStore, type Store } from './store.ts';
import { freshDatabase } from './test-database.ts';

const dataKeys = [{ id: 'k1', key: Buffer.alloc(32, 1) }];
const merchantId = 'midtest';
const log = createLog('silent', () => new Date());
const now = new Date('2026-11-23T01:00:00Z');

let database: Awaited<ReturnType<typeof freshDatabase>>;
let sql: pg.Client;
/** Two instances on one database, and the operator's look at it. */
let one: Store;
let two: Store;
let records: OpenRecords;
beforeAll(async () => {
  database = await freshDatabase();
  const open = () =>
    openStore({ merchantId, sessionIdleMs: 600_000, databaseUrl: database.url, dataKeys }, { log });
  [one, two] = await Promise.all([open(), open()]);
  records = await openRecords({ databaseUrl: database.url, dataKeys, hecto: { merchantId } as never });
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
});
afterAll(async () => {
  await Promise.all([one.close(), two.close(), records.close(), sql.end()]);
  await database.drop();
});

const verify = (...anchors: string[]): Promise<Verification> =>
  records.read((read) => verifyRecords(read, anchors));

async function payment(store: Store, amount: number): Promise<Intent> {
  const id = randomBytes(6).toString('hex');
  const created = await store.intents.create(
    {
      kind: 'payment',
      endpoint: 'payment',
      orderNumber: `order-${id}`,
      customerId: 'customer-1',
      amount,
      request: { bankCd: '088' },
      about: { bankCode: '088' },
      requestKey: id,
      fingerprint: id,
    },
    now,
  );
  if (created.kind !== 'created') throw new Error(created.kind);
  return created.intent;
}

async function paid(store: Store, amount: number, to: 'succeeded' | 'failed' = 'succeeded'): Promise<Intent> {
  const { id } = await payment(store, amount);
  await store.intents.submit(id, { date: '20261123', time: '100000' }, now);
  return store.intents.settle(id, { to, reason: 'accepted' }, () => undefined, now);
}

async function registration(store: Store): Promise<string> {
  const about = { customerId: 'customer-1', surface: 'frame', locale: 'ko' } as const;
  const flow = { paymentPassword: 'auto' } as const;
  const session = await store.sessions.create({ ...about, flow }, now, new Date(now.getTime() + 60_000));
  const created = await store.registrations.create(
    {
      sessionId: session.id,
      customerId: 'customer-1',
      orderNumber: `REG${randomBytes(8).toString('hex')}`,
      sent: { date: '20261123', time: '100000' },
    },
    now,
  );
  return created!.id;
}

describe('a registration of an onboarding session', () => {
  test('R36 leaves every step in the same ledger, and one that changes nothing leaves none', async () => {
    const id = await registration(one);
    expect(await one.registrations.submit(id, now)).toBe(true);
    expect(await two.registrations.submit(id, now)).toBe(false);
    expect(await one.registrations.finish(id, { state: 'unknown' }, now)).toBe(true);
    expect(await one.registrations.finish(id, { state: 'unknown' }, now)).toBe(true);
    await two.registrations.finish(id, { state: 'registered', result: { accountKey: 'key' } }, now);
    expect(await one.registrations.finish(id, { state: 'failed' }, now)).toBe(false);
    const steps = await one.ledger.of(id);
    expect(steps.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['registration', null, 'created'],
      ['registration', 'created', 'submitting'],
      ['registration', 'submitting', 'unknown'],
      ['registration', 'unknown', 'succeeded'],
    ]);
    expect(await verify()).toMatchObject({ isSound: true, unrecordedRegistrations: { count: 0 } });
  });

  test('that cannot be written to the ledger is not made', async () => {
    await sql.query('ALTER TABLE intent_transitions ADD CONSTRAINT is_full CHECK (seq < 0) NOT VALID');
    await expect(registration(one)).rejects.toThrow('is_full');
    await sql.query('ALTER TABLE intent_transitions DROP CONSTRAINT is_full');
    const { rows } = await sql.query(`SELECT * FROM registrations WHERE state = 'created'`);
    expect(rows).toEqual([]);
  });

  test('R37 that an older version moved on is told, and is no break', async () => {
    const id = await registration(one);
    await sql.query(`UPDATE registrations SET state = 'failed' WHERE id = $1`, [id]);
    expect(await verify()).toMatchObject({ isSound: true, unrecordedRegistrations: { count: 1, first: id } });
    await sql.query(`UPDATE registrations SET state = 'created' WHERE id = $1`, [id]);
  });
});

describe('R36 the ledger', () => {
  test('is one chain, however many write at once', async () => {
    const before = (await one.ledger.check()).rows;
    await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const [mine, other] = n % 2 === 0 ? [one, two] : [two, one];
        if (n % 3 === 0) {
          const id = await registration(mine);
          await other.registrations.submit(id, now);
          await mine.registrations.finish(id, { state: 'registered', result: { accountKey: 'k' } }, now);
        } else await paid(mine, 1_000 + n);
      }),
    );
    const { rows, brokenAt } = await two.ledger.check();
    expect({ rows: rows - before, brokenAt }).toEqual({ rows: 90, brokenAt: undefined });
    expect(await verify()).toMatchObject({ isSound: true });
  });

  test.each([
    'UPDATE intent_transitions SET amount = 1',
    'UPDATE intent_transitions SET amount = 1 WHERE false',
    'DELETE FROM intent_transitions',
    'TRUNCATE intent_transitions',
  ])('refuses %s', async (change) => {
    await expect(sql.query(change)).rejects.toThrow('the ledger is append-only');
  });
});

describe('R36 behind the triggers', () => {
  /** The first rows of the table, ten at least. */
  let seqs: number[];
  beforeAll(async () => {
    for (const amount of [100, 200, 300, 400]) await paid(one, amount);
    await paid(one, 500, 'failed');
    expect(await verify()).toMatchObject({ isSound: true });
    const { rows } = await sql.query<{ seq: number }>('SELECT seq FROM intent_transitions ORDER BY seq');
    seqs = rows.map(({ seq }) => seq);
    await sql.query('CREATE TABLE kept AS SELECT * FROM intent_transitions');
    await sql.query('CREATE TABLE kept_intents AS SELECT id, state, amount FROM intents');
  });
  beforeEach(() => sql.query('ALTER TABLE intent_transitions DISABLE TRIGGER USER'));
  afterEach(async () => {
    await sql.query('DELETE FROM intent_transitions');
    await sql.query('INSERT INTO intent_transitions OVERRIDING SYSTEM VALUE SELECT * FROM kept');
    await sql.query('ALTER TABLE intent_transitions ENABLE TRIGGER USER');
    await sql.query(
      'UPDATE intents SET state = k.state, amount = k.amount FROM kept_intents k WHERE k.id = intents.id',
    );
    expect(await verify()).toMatchObject({ isSound: true });
  });

  const brokenAt = async () => {
    const { isSound, transitions } = await verify();
    return { isSound, at: transitions.brokenAt };
  };

  test.each([
    ['merchant', `merchant_id = 'other'`],
    ['intent', `intent_id = 'pay_other'`],
    ['kind', `kind = 'refund'`],
    ['state before', `from_state = 'unknown'`],
    ['state', `to_state = 'unknown'`],
    ['amount', 'amount = 7'],
    ['missing amount', 'amount = NULL'],
    ['reason', `reason = 'another'`],
    ['moment', `at = at + interval '1 millisecond'`],
    ['link before', `previous = '\\x00'`],
    ['link', `link = '\\x00'`],
  ])('a changed %s shows at its row', async (_, change) => {
    const { rows } = await sql.query<{ seq: number }>(
      `UPDATE intent_transitions SET ${change} WHERE seq = (
        SELECT seq FROM intent_transitions WHERE amount = 200 AND from_state = 'submitting') RETURNING seq`,
    );
    expect(await brokenAt()).toEqual({ isSound: false, at: rows[0]!.seq });
  });

  test('a row that was taken out shows at the next one, also the very first', async () => {
    await sql.query('DELETE FROM intent_transitions WHERE seq = $1', [seqs[4]]);
    expect(await brokenAt()).toEqual({ isSound: false, at: seqs[5] });
    await sql.query('DELETE FROM intent_transitions WHERE seq = $1', [seqs[0]]);
    expect(await brokenAt()).toEqual({ isSound: false, at: seqs[1] });
  });

  const renumber = async (seq: string) => {
    await sql.query('DELETE FROM intent_transitions');
    await sql.query(
      `INSERT INTO intent_transitions OVERRIDING SYSTEM VALUE
       SELECT ${seq}, merchant_id, intent_id, kind, from_state, to_state, amount, reason, at, previous, link
       FROM kept`,
    );
  };

  test('two rows that changed places show at the first of them', async () => {
    const [a, b] = [seqs[3], seqs[6]];
    await renumber(`CASE seq WHEN ${a} THEN ${b} WHEN ${b} THEN ${a} ELSE seq END`);
    expect(await brokenAt()).toEqual({ isSound: false, at: a });
  });

  /** As somebody would write it who knows how the chain is made, but not its key. */
  const forge = (seq: number, previous: Buffer, link: Buffer) =>
    sql.query(
      `INSERT INTO intent_transitions OVERRIDING SYSTEM VALUE
       SELECT $1, merchant_id, intent_id, kind, from_state, to_state, amount, reason, at, $2::bytea, $3::bytea
       FROM kept WHERE amount = 400 AND to_state = 'succeeded'`,
      [seq, previous, link],
    );
  const linkAt = async (seq: number) => {
    const { rows } = await sql.query<{ link: Buffer }>('SELECT link FROM kept WHERE seq = $1', [seq]);
    return rows[0]!.link;
  };

  test('a row that was put at the end shows, whatever link it was given', async () => {
    const last = seqs.at(-1)!;
    const link = createHash('sha256')
      .update(await linkAt(last))
      .digest();
    await forge(last + 1, await linkAt(last), link);
    expect(await brokenAt()).toEqual({ isSound: false, at: last + 1 });
  });

  test('a row that was put before the first shows', async () => {
    await forge(-5, Buffer.alloc(32), randomBytes(32));
    expect(await brokenAt()).toEqual({ isSound: false, at: -5 });
  });

  test('a row that was put in between shows, also when the next one was tied to it', async () => {
    await renumber(`CASE WHEN seq > ${seqs[5]} THEN seq + 1000000 ELSE seq END`);
    const link = randomBytes(32);
    await forge(seqs[5]! + 1, await linkAt(seqs[5]!), link);
    await sql.query('UPDATE intent_transitions SET previous = $2 WHERE seq = $1', [
      seqs[6]! + 1_000_000,
      link,
    ]);
    expect(await brokenAt()).toEqual({ isSound: false, at: seqs[5]! + 1 });
  });

  test('an end that was cut off does not show in the chain: in the intents it does, and to an anchor', async () => {
    const anchor = (await linkAt(seqs.at(-1)!)).toString('hex');
    expect(await verify(anchor)).toMatchObject({
      isSound: true,
      anchors: [{ link: anchor, at: { chain: 'transitions', seq: seqs.at(-1) } }],
    });
    await sql.query('DELETE FROM intent_transitions WHERE seq = $1', [seqs.at(-1)]);
    expect(await verify(anchor)).toMatchObject({
      isSound: false,
      transitions: { rows: seqs.length - 1 },
      strayIntents: { count: 1 },
      anchors: [{ link: anchor }],
    });
    expect((await verify()).transitions.brokenAt).toBeUndefined();
  });

  test('a payment that was made a failure in its own row, or given another amount, shows', async () => {
    await sql.query(`UPDATE intents SET state = 'failed' WHERE amount = 300`);
    const failed = await verify();
    expect(failed).toMatchObject({ isSound: false, strayIntents: { count: 1 } });
    expect(failed.sums[0]!.ledger.debits - failed.sums[0]!.intents.debits).toBe(300);
    await sql.query(`UPDATE intents SET state = 'succeeded', amount = 299 WHERE amount = 300`);
    expect(await verify()).toMatchObject({ isSound: false, strayIntents: { count: 1 } });
  });

  test('steps of an intent that is gone show', async () => {
    await sql.query('ALTER TABLE intent_transitions ENABLE TRIGGER USER');
    const { id } = await payment(one, 999);
    await sql.query('DELETE FROM intents WHERE id = $1', [id]);
    expect(await verify()).toMatchObject({ isSound: false, strayIntents: { count: 1, first: id } });
    await sql.query('ALTER TABLE intent_transitions DISABLE TRIGGER USER');
  });

  test('a document that was replaced shows, though its consents hold', async () => {
    const text = '제1조';
    const sha256 = createHash('sha256').update(text).digest('hex');
    const record = { documentId: 'terms', version: '1', title: '약관', text, locale: 'ko', sha256 } as const;
    const browser = { address: '203.0.113.7', userAgent: 'Browser' };
    await one.consents.append(
      { id: 'obs_1', customerId: 'customer-1' },
      browser,
      [{ ...record, agreed: true, opened: true }],
      now,
    );
    expect(await verify()).toMatchObject({ isSound: true, documents: { count: 1, wrong: [] } });
    await sql.query('ALTER TABLE consent_documents DISABLE TRIGGER USER');
    await sql.query(`UPDATE consent_documents SET text = '제2조'`);
    expect(await verify()).toMatchObject({ isSound: false, documents: { wrong: [sha256] } });
    await sql.query('UPDATE consent_documents SET text = $1', [text]);
    await sql.query('ALTER TABLE consent_documents ENABLE TRIGGER USER');
  });
});

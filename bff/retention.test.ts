import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { paymentOf } from './services/testing/crash/deeds.ts';
import { MerchantServer } from './services/testing/merchant-server.ts';
import { sealedValues } from './services/testing/sealed-values.ts';
import { System } from './services/testing/start-system.ts';
import { connect, type Database, type Tables } from './store/database.ts';

const hours = 3_600;
const days = 24 * hours;
/** Of the customers of these tests. */
const birth = '920315';
const accountNumber = '110432109876';

let system: System;
let database: Database;
let merchant: MerchantServer;
beforeAll(async () => {
  system = await System.start({}, 2);
  ({ database } = connect(system.config.databaseUrl, () => undefined));
  merchant = new MerchantServer(system);
});
afterAll(async () => {
  await database.destroy();
  await system.stop();
});
beforeEach(() => {
  system.testbed.requests.clear();
});

const rowsOf = async (table: keyof Tables) => (await database.selectFrom(table).selectAll().execute()).length;

/** Moves the clock and waits until both instances have looked: each does within a second, and then not for ten minutes. */
async function lookedAfter(seconds: number): Promise<void> {
  await insertMark();
  system.pass(seconds);
  await expect.poll(() => rowsOf('attempts'), { timeout: 20_000, interval: 200 }).toBe(0);
  const isKept = async () => {
    await insertMark();
    await sleep(1_200);
    return rowsOf('attempts');
  };
  await expect.poll(isKept, { timeout: 20_000 }).toBe(1);
  await database.deleteFrom('attempts').execute();
}

/** What goes at once. */
async function insertMark(): Promise<void> {
  const mark = { scope: 'mark', key: Buffer.of(1), n: 1, ends_at: new Date(0) };
  await database
    .insertInto('attempts')
    .values(mark)
    .onConflict((known) => known.doNothing())
    .execute();
}

async function report(): Promise<{ code: number; out: string }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./retention-command.ts', import.meta.url))],
    {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: system.config.databaseUrl,
        DATA_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
        PIN_PEPPER: 'p'.repeat(32),
      },
      cwd: fileURLToPath(new URL('..', import.meta.url)),
    },
  );
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out };
}

test('S83 birth date, digit and account number are nowhere once the account is registered, even for who has database and keys', async () => {
  const customer = await system.customer({ flow: 'own' });
  const told = async () => (await sealedValues(database, system.config.dataKeys)).join('\n');
  await customer.reaches('ars');
  for (const value of [birth, accountNumber]) expect(await told()).toContain(value);
  await customer.requestCall();
  await customer.answerCall();
  await customer.waits('password');
  for (const value of [birth, accountNumber, '"genderDigit"']) expect(await told()).not.toContain(value);
  expect(await told()).toContain(customer.phone);
});

describe('S86 what is no longer needed goes', () => {
  test('a session within a day, with its tokens and keypads; what it brought about stays', async () => {
    const open = await system.customer({ flow: 'own' });
    await open.reaches('password');
    await open.keypad('set');
    const done = await system.customer({ flow: 'skip' });
    await done.reaches('ars');
    await done.requestCall();
    await done.answerCall();
    await done.waits('done');
    const read = () => system.merchant('GET', `/v1/onboarding-sessions/${done.sessionId}`);

    await lookedAfter(22 * hours);
    expect(await read()).toMatchObject({ status: 200, body: { status: 'completed' } });
    expect(await rowsOf('keypads')).toBe(0);
    await lookedAfter(1.5 * hours);
    expect(await read()).toMatchObject({ status: 404 });
    // The one that was left open had run out meanwhile: nobody comes back to it.
    const left = async () => {
      system.pass(600);
      return rowsOf('onboarding_sessions');
    };
    await expect.poll(left, { timeout: 20_000, interval: 1_100 }).toBe(0);
    for (const table of ['session_tokens', 'client_tokens', 'keypads'] as const)
      expect({ table, rows: await rowsOf(table) }).toEqual({ table, rows: 0 });
    expect((await sealedValues(database, system.config.dataKeys)).join('\n')).not.toContain(done.phone);

    expect(await rowsOf('registrations')).toBeGreaterThan(1);
    expect(await rowsOf('consents')).toBeGreaterThan(1);
    const accounts = await system.merchant('GET', `/v1/customers/${done.id}/accounts`);
    expect(accounts.body).toMatchObject({ data: [{ maskedAccountNumber: '110******876' }] });
    expect(system.log.join('')).toContain('"retention.cleared"');
  });

  test('answers by Idempotency-Key after 30 days, and still no money moves twice', async () => {
    const customer = await merchant.customerWithAccount();
    const deed = paymentOf(customer, 700);
    const first = await merchant.post(deed.path, deed.body, deed.key);
    const check = { bankCode: '088', accountNumber: customer.accountNumber, customerId: customer.customerId };
    await merchant.post('/v1/account-holder-checks', check, 'a-check-of-old');
    expect(await rowsOf('idempotency_keys')).toBeGreaterThan(0);

    await lookedAfter(31 * days);
    await expect.poll(() => rowsOf('idempotency_keys')).toBe(0);
    const again = await merchant.post(deed.path, deed.body, deed.key);
    expect(again.body['id']).toBe(first.body['id']);
    expect(await merchant.withdrawn(customer.customerId)).toBe(700);
  });

  test('events after 90 days, but never one that has yet to be delivered', async () => {
    const waiting = { state: 'pending' as const, due_at: new Date(system.now().getTime() + 9e12) };
    const one = await database.selectFrom('outbox').select('id').limit(1).executeTakeFirstOrThrow();
    await database.updateTable('outbox').set(waiting).where('id', '=', one.id).execute();
    const before = await rowsOf('outbox');
    expect(before).toBeGreaterThan(2);
    await lookedAfter(91 * days);
    const left = () => database.selectFrom('outbox').select('id').execute();
    await expect.poll(left).toEqual([one]);
    await database.updateTable('outbox').set({ state: 'held' }).execute();
  });

  test('who paid after five years; the ledger keeps what, and its chain holds', async () => {
    const customer = await merchant.customerWithAccount();
    const deed = paymentOf(customer, 4_300);
    const { body: paid } = await merchant.post(deed.path, deed.body, deed.key);
    const path = `/v1/payments/${String(paid['id'])}`;
    await lookedAfter(5 * 365 * days - 60 * days);
    expect((await merchant.get(path)).body).toMatchObject({ customerId: customer.customerId, amount: 4_300 });

    await lookedAfter(70 * days);
    const customerOf = async () => (await merchant.get(path)).body['customerId'];
    await expect.poll(customerOf, { timeout: 10_000 }).toBe('-');
    const { body: kept } = await merchant.get(path);
    expect(kept).toMatchObject({ customerId: '-', amount: 4_300, status: 'succeeded' });
    expect(kept).not.toHaveProperty('accountKey');
    const { body: ofCustomer } = await merchant.get(`/v1/payments?customerId=${customer.customerId}`);
    expect(ofCustomer).toMatchObject({ data: [] });
    const still = (await sealedValues(database, system.config.dataKeys)).join('\n');
    expect(still).not.toContain(customer.customerId);
    expect(still).not.toContain(customer.accountKey);
    expect((await merchant.get(path)).body).toMatchObject({ bankCode: '088' });
  });

  test('and the report says so, and says when it did not', async () => {
    const sound = await report();
    expect(sound).toMatchObject({ code: 0 });
    expect(sound.out).toContain('Nothing is kept for too long.');
    await insertMark();
    const { code, out } = await report();
    expect(code).toBe(1);
    expect(out).toMatch(/attempts +its time +1 +1970-01-01 +1\n[^]*1 rows are kept for too long/);
  });
});

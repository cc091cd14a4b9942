import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError } from '../config-error.ts';
import { bankCode, MerchantServer } from '../services/testing/merchant-server.ts';
import { System } from '../services/testing/start-system.ts';
import { connect } from './database.ts';
import { migrateBackTo } from './migrate.ts';
import { openRecords } from './open-records.ts';
import { prepareDatabase } from './prepare-database.ts';
import { privileges } from './privileges.ts';
import { freshDatabase } from './test-database.ts';

const role = `bff_${randomBytes(6).toString('hex')}`;
const password = randomBytes(12).toString('hex');
const dataKeys = [{ id: 'k1', key: randomBytes(32) }];

let database: Awaited<ReturnType<typeof freshDatabase>>;
/** The operator, who owns the schema. */
let owner: pg.Client;
/** The same database for the role that the BFF works as. */
let appUrl: string;
let app: pg.Client;
beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
  const url = new URL(database.url);
  url.username = role;
  url.password = password;
  appUrl = url.href;
  app = new pg.Client({ connectionString: appUrl });
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await owner.query(`DROP OWNED BY ${role}`);
  await owner.query(`DROP ROLE ${role}`);
  await owner.end();
  await database.drop();
});

/** What PostgreSQL itself says that the role may do with each table and view there is. */
async function effective(): Promise<Record<string, string[]>> {
  const { rows } = await owner.query<{ table: string; privilege: string }>(
    `SELECT c.relname AS table, p AS privilege FROM pg_class c
     CROSS JOIN unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER']) p
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND has_table_privilege($1, c.oid, p)`,
    [role],
  );
  const found: Record<string, string[]> = {};
  for (const { table, privilege } of rows) (found[table] ??= []).push(privilege);
  return found;
}

async function tables(): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')`,
  );
  return rows.map(({ name }) => name);
}

async function migrateCommand(change: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  const command = fileURLToPath(new URL('../migrate-command.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', command], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: appUrl,
      DATABASE_MIGRATION_URL: database.url,
      DATA_KEYS: `k1:${dataKeys[0]!.key.toString('base64')}`,
      PIN_PEPPER: 'p'.repeat(32),
      ...change,
    },
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

describe('S49 a role that works and defines nothing', () => {
  test('cannot start before the owner has brought the schema up to date and given it its rights', async () => {
    const start = () => System.start({ databaseUrl: appUrl, dataKeys });
    await expect(start()).rejects.toThrow('names a role without rights: run migrate first');
    expect(await migrateCommand()).toEqual({ code: 0, said: 'The database is up to date.\n' });

    const asOwner = connect(database.url, () => undefined).database;
    await migrateBackTo(asOwner, '007-idempotency-keys');
    await asOwner.destroy();
    await expect(start()).rejects.toThrow('names a schema of an older version: run migrate first');
    expect(await migrateCommand()).toEqual({ code: 0, said: 'The database is up to date.\n' });
  });

  test('has for every table there is exactly the rights that are written down, whatever it had before', async () => {
    await owner.query(`GRANT ALL ON intent_transitions, pins TO ${role}`);
    expect(await migrateCommand()).toMatchObject({ code: 0 });
    const known = Object.entries(privileges).map(([table, allowed]) => [table, [...allowed]]);
    expect(await effective()).toEqual(Object.fromEntries(known));
    // Kysely's own lock stays out of reach, and no other table may be forgotten.
    expect((await tables()).sort()).toEqual([...Object.keys(privileges), 'kysely_migration_lock'].sort());
  });

  test('runs the journey, pays, refunds and reads the records', async () => {
    const system = await System.start({ databaseUrl: appUrl, dataKeys });
    try {
      const customer = await (await system.customer()).reaches('password');
      const merchant = new MerchantServer(system);
      const session = await merchant.get(`/v1/onboarding-sessions/${customer.sessionId}`);
      const { accountKey } = session.body['account'] as { accountKey: string };
      await customer.enterPassword('384951');
      await customer.enterPassword('384951');
      expect((await customer.waits('done')).step).toBe('done');
      const order = { customerId: customer.id, bankCode, accountKey, amount: 15_000 };
      const paid = await merchant.post('/v1/payments', { ...order, productName: '원두 1kg' });
      expect(paid.body).toMatchObject({ status: 'succeeded' });
      const refund = await merchant.post(`/v1/payments/${String(paid.body['id'])}/refunds`, {
        amount: 5_000,
      });
      expect(refund.body).toMatchObject({ status: 'succeeded' });
      const records = await openRecords({
        databaseUrl: appUrl,
        dataKeys,
        hecto: { merchantId: 'midtest' } as never,
      });
      const rows = await records.read(async ({ ledger }) => (await ledger.check()).rows);
      await records.close();
      expect(rows).toBeGreaterThan(0);
      const faults = system.log.filter((line) => line.includes('permission denied'));
      expect(faults).toEqual([]);
    } finally {
      await system.stop();
    }
  });

  test.each([
    'UPDATE intent_transitions SET amount = 1',
    'DELETE FROM intent_transitions',
    'TRUNCATE intent_transitions',
    'UPDATE consents SET agreed = true',
    'DELETE FROM consents',
    "UPDATE consent_documents SET text = ''",
    'DELETE FROM consent_documents',
    'DELETE FROM intents',
    'DELETE FROM registrations',
    'DELETE FROM vault_keys',
    'UPDATE kysely_migration SET name = name',
    'CREATE TABLE mine (a int)',
    'CREATE TEMPORARY TABLE mine (a int)',
    'CREATE SCHEMA mine',
    'CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    'ALTER TABLE intent_transitions DISABLE TRIGGER ALL',
    'DROP TRIGGER intent_transitions_append_only ON intent_transitions',
    'ALTER TABLE pins ADD COLUMN mine int',
    'CREATE INDEX mine ON pins (saved_at)',
    'DROP TABLE pins',
    'SET session_replication_role = replica',
    'CREATE ROLE mine',
  ])('is refused: %s', async (statement) => {
    // 42501: insufficient privilege, which also says that no row had to be there.
    await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('S49 a role that could do more', () => {
  const prepare = async (url: string) => {
    const { database: worker } = connect(url, () => undefined);
    try {
      await prepareDatabase(worker, { databaseMigrationUrl: database.url });
    } finally {
      await worker.destroy();
    }
  };

  test('is refused when it owns the tables itself', async () => {
    await expect(prepare(database.url)).rejects.toThrow(ConfigError);
  });

  test('is refused when it can become the owner', async () => {
    const { rows } = await owner.query<{ name: string }>('SELECT current_user AS name');
    await owner.query(`GRANT ${rows[0]!.name} TO ${role}`);
    await expect(prepare(appUrl)).rejects.toThrow('owns nothing and can create nothing');
    await owner.query(`REVOKE ${rows[0]!.name} FROM ${role}`);
    await expect(prepare(appUrl)).resolves.toBeUndefined();
  });

  test('keeps what a newer version gave it when an older instance starts', async () => {
    await owner.query(`GRANT DELETE ON registrations TO ${role}`);
    await owner.query(
      `INSERT INTO kysely_migration (name, timestamp) VALUES ('999-of-the-future', now()::text)`,
    );
    await prepare(appUrl);
    expect((await effective())['registrations']).toContain('DELETE');
  });
});

test('S49 instances that start together with the owner at hand do not trip over each other', async () => {
  await owner.query(`DELETE FROM kysely_migration WHERE name = '999-of-the-future'`);
  const system = await System.start({ databaseUrl: appUrl, databaseMigrationUrl: database.url, dataKeys }, 1);
  try {
    await Promise.all([system.addInstance(), system.addInstance(), system.addInstance()]);
    expect((await system.customer()).state.step).toBe('terms');
    expect((await effective())['registrations']).not.toContain('DELETE');
  } finally {
    await system.stop();
  }
});

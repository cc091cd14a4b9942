import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Database } from './database.ts';
import { migrate, migrateBackTo } from './migrate.ts';
import { freshDatabase } from './test-database.ts';

let drop: () => Promise<void>;
let database: Database;
beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  ({ database } = connect(fresh.url, () => undefined));
});
afterAll(async () => {
  await database.destroy();
  await drop();
});

type Column = { table: string; column: string; type: string; required: boolean };

/** Every column, and whether a writer that does not know it would be refused. */
async function columns(): Promise<Column[]> {
  const { rows } = await sql<Column>`
    SELECT table_name AS "table", column_name AS "column", data_type AS type,
      is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AS required
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'kysely%'
    ORDER BY 1, 2`.execute(database);
  return rows;
}

test('R37 what an older version reads and writes stays as it is: later migrations only add', async () => {
  await migrateBackTo(database, '007-idempotency-keys');
  const before = await columns();
  await migrate(database);
  const after = await columns();
  expect(after).toEqual(expect.arrayContaining(before));
  const tables = new Set(before.map(({ table }) => table));
  const isNew = ({ table, column }: Column) =>
    !before.some((old) => old.table === table && old.column === column);
  const inOldTables = after.filter((one) => tables.has(one.table) && isNew(one));
  expect(inOldTables.filter(({ required }) => required)).toEqual([]);
  expect(after.length).toBeGreaterThan(before.length);
});

test('R37 rows of an older version survive the way there and back', async () => {
  await migrateBackTo(database, '007-idempotency-keys');
  const row = { scope: 'kept', key: randomBytes(32), n: 1, ends_at: new Date() };
  await database.insertInto('attempts').values(row).execute();
  await migrate(database);
  await migrateBackTo(database, '007-idempotency-keys');
  await migrate(database);
  const kept = await database.selectFrom('attempts').selectAll().where('scope', '=', 'kept').execute();
  expect(kept).toEqual([row]);
});

test('R37 an older version starts on a schema that a newer one has added to', async () => {
  await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('999-of-the-future', now()::text)`.execute(
    database,
  );
  await expect(migrate(database)).resolves.toBeUndefined();
});

import { sql } from 'kysely';
import type { Database } from './database.ts';
import { sealedColumns } from './sealed-columns.ts';

export type KeyUsage = {
  /** Which of DATA_KEYS are needed, and how many keys of the vault each of them wraps. */
  readonly wrappers: ReadonlyMap<string, number>;
  readonly columns: readonly ColumnUsage[];
};

export type ColumnUsage = {
  readonly name: string;
  /** How many values the newest key has sealed. */
  readonly current: number;
  /** How many values an older key has sealed. */
  readonly older: number;
  /** Evidence keeps the key it was sealed with. */
  readonly stays: boolean;
};

/** Counts by which key everything is sealed. It reads every sealed table and opens nothing. */
export async function keyUsage(database: Database): Promise<KeyUsage> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (snapshot) => {
      // Years of records take longer than any request may.
      await sql`SET LOCAL statement_timeout = 0`.execute(snapshot);
      const keys = await snapshot.selectFrom('vault_keys').selectAll().orderBy('created_at').execute();
      const newest = keys.findLast(({ purpose }) => purpose !== 'index')?.id ?? '';
      const wrappers = new Map<string, number>();
      for (const { wrapped_by } of keys) wrappers.set(wrapped_by, (wrappers.get(wrapped_by) ?? 0) + 1);
      const columns: ColumnUsage[] = [];
      for (const { table, column, staysSealed } of sealedColumns) {
        const sealed = sql.ref(column);
        const { rows } = await sql<{ current: number; older: number }>`
          SELECT count(*) FILTER (WHERE key = ${newest}) AS current, count(*) FILTER (WHERE key <> ${newest}) AS older
          FROM (
            SELECT convert_from(substring(${sealed} FROM 3 FOR get_byte(${sealed}, 1)), 'LATIN1') AS key
            FROM ${sql.table(table)} WHERE ${sealed} IS NOT NULL
          ) sealed`.execute(snapshot);
        columns.push({ name: `${table}.${column}`, ...rows[0]!, stays: staysSealed === true });
      }
      return { wrappers, columns };
    });
}

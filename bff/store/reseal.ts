import { sql, type RawBuilder } from 'kysely';
import { passBy, type Checkpoint } from '../checkpoint.ts';
import type { Database } from './database.ts';
import { sealedColumns, type SealedColumn } from './sealed-columns.ts';
import type { Vault } from './vault.ts';

export type Resealed = {
  /** Values that have the current key now. */
  readonly resealed: number;
  /** Values that no key opens: damaged, or written by a key that is gone. They stay as they are. */
  readonly unreadable: number;
};

type Row = Record<string, unknown> & { readonly sealed: Buffer | null };

const pageSize = 100;

/**
 * Gives every value that an older key sealed the current one. It keeps no account of its own: what is left is told by
 * the values, so it goes on after a kill wherever it was. Each value is replaced only if it is still the one that was read, so it may run on
 * several instances and beside every other writer.
 */
export async function reseal(
  database: Database,
  vault: Vault,
  {
    isStopped = () => false,
    checkpoint = passBy,
  }: { isStopped?: () => boolean; checkpoint?: Checkpoint | undefined } = {},
): Promise<Resealed> {
  let resealed = 0;
  let unreadable = 0;
  for (const place of sealedColumns.filter(({ staysSealed }) => !staysSealed)) {
    let last: Row | undefined;
    for (;;) {
      if (isStopped()) return { resealed, unreadable };
      const page: Row[] = await pageAfter(database, place, vault.currentMark(), last);
      for (const row of page) {
        const outcome = await resealRow(database, vault, place, row);
        if (outcome === 'resealed') resealed += 1;
        if (outcome === 'unreadable') unreadable += 1;
      }
      if (page.some(({ sealed }) => sealed)) checkpoint('rotation.page-resealed');
      last = page.at(-1);
      if (page.length < pageSize) break;
    }
  }
  return { resealed, unreadable };
}

/** The next rows of a table by their key, so that a look never takes long; with the value where its key is an older one. */
async function pageAfter(
  database: Database,
  { table, column, key }: SealedColumn,
  mark: Buffer,
  last: Row | undefined,
): Promise<Row[]> {
  const keys = sql.join(key.map((name) => sql.ref(name)));
  const after = last ? sql`WHERE (${keys}) > (${sql.join(key.map((name) => last[name]))})` : sql``;
  const sealed = sql.ref(column);
  const { rows } = await sql<Row>`
    SELECT ${keys}, CASE WHEN substring(${sealed} FROM 1 FOR ${sql.lit(mark.length)}) <> ${mark} THEN ${sealed} END AS sealed
    FROM ${sql.table(table)} ${after} ORDER BY ${keys} LIMIT ${sql.lit(pageSize)}`.execute(database);
  return rows;
}

async function resealRow(
  database: Database,
  vault: Vault,
  { table, column, key, rowOf }: SealedColumn,
  row: Row,
): Promise<'resealed' | 'unreadable' | 'nothing'> {
  if (!row.sealed) return 'nothing';
  const name = rowOf(row as never);
  let fresh: Buffer;
  try {
    fresh = vault.seal(table, column, name, vault.open(table, column, name, row.sealed));
  } catch {
    return 'unreadable';
  }
  const sealed = sql.ref(column);
  const isRow: RawBuilder<unknown> = sql.join(
    key.map((part) => sql`${sql.ref(part)} = ${row[part]}`),
    sql` AND `,
  );
  const { numAffectedRows } = await sql`
    UPDATE ${sql.table(table)} SET ${sealed} = ${fresh} WHERE ${isRow} AND ${sealed} = ${row.sealed}`.execute(
    database,
  );
  return numAffectedRows === 1n ? 'resealed' : 'nothing';
}

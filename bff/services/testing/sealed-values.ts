import type { DataKey } from '../../config.ts';
import type { Database } from '../../store/database.ts';
import { sealedColumns } from '../../store/sealed-columns.ts';
import { openVault } from '../../store/vault.ts';

/** Opens every sealed value there is, as a thief of database and keys would. Throws when one does not open. */
export async function sealedValues(database: Database, dataKeys: readonly DataKey[]): Promise<string[]> {
  const vault = await openVault(database, dataKeys);
  const opened: string[] = [];
  for (const { table, column, rowOf } of sealedColumns) {
    for (const row of await database.selectFrom(table).selectAll().execute()) {
      const sealed = (row as Record<string, unknown>)[column];
      if (sealed !== null) opened.push(vault.open(table, column, rowOf(row as never), sealed as Buffer));
    }
  }
  return opened;
}

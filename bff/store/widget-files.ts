import type { Database } from './database.ts';
import { rowNames } from './sealed-columns.ts';
import type { Vault } from './vault.ts';

export type KeptWidgetFiles = ReturnType<typeof widgetFileStore>;

/** Which file of which release. */
export type WidgetFileName = { readonly version: string; readonly path: string };

/**
 * The widget's files of all releases that ran on this database. They are public, and sealed all the same: what opens
 * was written by a BFF with our keys, so who only gets at the database cannot put a script into anybody's page.
 */
export function widgetFileStore(database: Database, vault: Vault, merchantId: string) {
  const rowOf = (name: WidgetFileName) => rowNames.widget_files({ merchant_id: merchantId, ...name });

  async function list(): Promise<readonly WidgetFileName[]> {
    return database
      .selectFrom('widget_files')
      .select(['version', 'path'])
      .where('merchant_id', '=', merchantId)
      .execute();
  }

  /** Keeps a file for good. One that is there under this name stays as it is: a release never changes. */
  async function keep(name: WidgetFileName, content: string, now: Date): Promise<void> {
    const sealed = vault.seal('widget_files', 'sealed_content', rowOf(name), content);
    await database
      .insertInto('widget_files')
      .values({ merchant_id: merchantId, ...name, sealed_content: sealed, kept_at: now })
      .onConflict((conflict) => conflict.constraint('widget_files_key').doNothing())
      .execute();
  }

  /** Throws when the file is not as a BFF wrote it. */
  async function read(name: WidgetFileName): Promise<string | undefined> {
    const row = await database
      .selectFrom('widget_files')
      .select('sealed_content')
      .where('merchant_id', '=', merchantId)
      .where('version', '=', name.version)
      .where('path', '=', name.path)
      .executeTakeFirst();
    return row && vault.open('widget_files', 'sealed_content', rowOf(name), row.sealed_content);
  }

  return { list, keep, read };
}

import type { Database } from './database.ts';
import { rowNames } from './sealed-columns.ts';
import { customerIndex } from './sessions.ts';
import type { Vault } from './vault.ts';

export type Pins = ReturnType<typeof pinStore>;

/** Payment passwords that are ours to keep: the Argon2id hash, sealed once more. */
export function pinStore(database: Database, vault: Vault) {
  const placeOf = (index: Buffer) =>
    ['pins', 'sealed_hash', rowNames.pins({ customer_index: index })] as const;

  async function read(customerId: string): Promise<string | undefined> {
    const index = customerIndex(vault, customerId);
    const row = await database
      .selectFrom('pins')
      .select('sealed_hash')
      .where('customer_index', '=', index)
      .executeTakeFirst();
    return row && vault.open(...placeOf(index), row.sealed_hash);
  }

  /** Sets or replaces the customer's password. */
  async function save(customerId: string, hash: string, now: Date): Promise<void> {
    const index = customerIndex(vault, customerId);
    const changed = { sealed_hash: vault.seal(...placeOf(index), hash), saved_at: now };
    await database
      .insertInto('pins')
      .values({ customer_index: index, ...changed })
      .onConflict((conflict) => conflict.column('customer_index').doUpdateSet(changed))
      .execute();
  }

  return { read, save };
}

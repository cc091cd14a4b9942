import type { Database } from './database.ts';
import { rowNames } from './sealed-columns.ts';
import { customerIndex } from './sessions.ts';
import type { Vault } from './vault.ts';

export type Pins = ReturnType<typeof pinStore>;

/**
 * Payment passwords that are ours to keep: the Argon2id hash, sealed once more. Two merchants on one database may have
 * a customer of the same id; theirs are two passwords (S44).
 */
export function pinStore(database: Database, vault: Vault, merchantId: string) {
  const placeOf = (index: Buffer) =>
    ['pins', 'sealed_hash', rowNames.pins({ customer_index: index })] as const;
  const indexOf = (customerId: string) => vault.index('pin', merchantId, customerId);
  /** As a version wrote it that knew one merchant only. */
  const olderIndexOf = (customerId: string) => customerIndex(vault, customerId);

  async function read(customerId: string): Promise<string | undefined> {
    const rows = await database
      .selectFrom('pins')
      .select(['customer_index', 'sealed_hash'])
      .where('customer_index', 'in', [indexOf(customerId), olderIndexOf(customerId)])
      .execute();
    const row = rows.find(({ customer_index: index }) => index.equals(indexOf(customerId))) ?? rows[0];
    return row && vault.open(...placeOf(row.customer_index), row.sealed_hash);
  }

  /** Sets or replaces the customer's password. */
  async function save(customerId: string, hash: string, now: Date): Promise<void> {
    const index = indexOf(customerId);
    const changed = { sealed_hash: vault.seal(...placeOf(index), hash), saved_at: now };
    await database
      .insertInto('pins')
      .values({ customer_index: index, ...changed })
      .onConflict((conflict) => conflict.column('customer_index').doUpdateSet(changed))
      .execute();
  }

  return { read, save };
}

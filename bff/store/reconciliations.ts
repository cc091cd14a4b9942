import type { Reconciliation } from '../../shared/api/merchant/reconciliation.ts';
import type { Database } from './database.ts';

export type Reconciliations = ReturnType<typeof reconciliationStore>;

/** The last report of each Korean day (yyyyMMdd). */
export function reconciliationStore(database: Database, merchantId: string) {
  async function save(day: string, report: Reconciliation, now: Date): Promise<void> {
    const made = { report: JSON.stringify(report), made_at: now };
    await database
      .insertInto('reconciliations')
      .values({ merchant_id: merchantId, day, ...made })
      .onConflict((conflict) => conflict.constraint('reconciliations_key').doUpdateSet(made))
      .execute();
  }

  async function read(day: string): Promise<Reconciliation | undefined> {
    const row = await database
      .selectFrom('reconciliations')
      .select('report')
      .where('merchant_id', '=', merchantId)
      .where('day', '=', day)
      .executeTakeFirst();
    return row && (JSON.parse(row.report) as Reconciliation);
  }

  return { save, read };
}

import type { AccountCancelled } from '../../shared/api/merchant/events.ts';
import { kstIso } from '../../shared/values/kst.ts';
import type { Database } from './database.ts';
import type { Outbox } from './outbox.ts';
import { rowNames } from './sealed-columns.ts';
import { customerIndex } from './sessions.ts';
import type { Vault } from './vault.ts';

/** A registration that a bank or the clearing institute ended on a Korean day (yyyyMMdd). */
export type AccountCancellation = Omit<AccountCancelled, 'cancelledAt'> & {
  readonly cancelledAt: Date;
  readonly day: string;
};

type About = Pick<AccountCancellation, 'customerId' | 'accountKey' | 'bankCode' | 'maskedAccountNumber'>;
export type AccountCancellations = ReturnType<typeof accountCancellationStore>;

const table = 'account_cancellations';

/** Accounts that can no longer be drawn from, though their customers did not say so here. */
export function accountCancellationStore(
  database: Database,
  vault: Vault,
  { merchantId, outbox }: { readonly merchantId: string; readonly outbox: Pick<Outbox, 'add'> },
) {
  const indexOf = (accountKey: string) => vault.index('account-key', merchantId, accountKey);

  /** Marks the account and tells the merchant, together and once, however often Hecto lists it. */
  async function record(cancellation: AccountCancellation, now: Date): Promise<void> {
    const { day, cancelledAt, customerId, accountKey, reason, cancelledBy } = cancellation;
    const { bankCode, maskedAccountNumber } = cancellation;
    const index = indexOf(accountKey);
    const row = rowNames.account_cancellations({ account_index: index, day });
    const about = { customerId, accountKey, bankCode, maskedAccountNumber };
    await database.transaction().execute(async (transaction) => {
      await transaction
        .insertInto(table)
        .values({
          merchant_id: merchantId,
          account_index: index,
          day,
          customer_index: customerIndex(vault, customerId),
          reason,
          cancelled_by: cancelledBy,
          cancelled_at: cancelledAt,
          sealed_about: vault.seal(table, 'sealed_about', row, JSON.stringify(about)),
          recorded_at: now,
        })
        .onConflict((conflict) => conflict.constraint('account_cancellations_key').doNothing())
        .execute();
      const data = { ...about, cancelledAt: kstIso(cancelledAt), cancelledBy, reason };
      await outbox.add(transaction, {
        type: 'account.cancelled',
        // The same account may be registered and cancelled again on another day.
        subject: `account ${row}`,
        data: data satisfies AccountCancelled,
        at: cancelledAt,
      });
    });
  }

  /** When this account was last cancelled, or undefined when nobody has told. */
  async function cancelledAt(accountKey: string): Promise<Date | undefined> {
    const row = await database
      .selectFrom(table)
      .select('cancelled_at')
      .where('merchant_id', '=', merchantId)
      .where('account_index', '=', indexOf(accountKey))
      .orderBy('day', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.cancelled_at;
  }

  /** Of one customer, oldest first. */
  async function ofCustomer(customerId: string): Promise<AccountCancellation[]> {
    const rows = await database
      .selectFrom(table)
      .selectAll()
      .where('merchant_id', '=', merchantId)
      .where('customer_index', '=', customerIndex(vault, customerId))
      .orderBy('cancelled_at')
      .execute();
    return rows.map((row) => {
      const place = rowNames.account_cancellations(row);
      const about = JSON.parse(vault.open(table, 'sealed_about', place, row.sealed_about)) as About;
      return {
        ...about,
        reason: row.reason as AccountCancellation['reason'],
        cancelledBy: row.cancelled_by as AccountCancellation['cancelledBy'],
        cancelledAt: row.cancelled_at,
        day: row.day,
      };
    });
  }

  return { record, cancelledAt, ofCustomer };
}

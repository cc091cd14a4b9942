import { randomBytes } from 'node:crypto';
import type { Database, Tables } from './database.ts';
import { customerIndex } from './sessions.ts';
import type { Vault } from './vault.ts';

export type RegistrationState = Tables['registrations']['state'];

/** One intent to register an account at Hecto. */
export type RegistrationIntent = {
  readonly id: string;
  readonly sessionId: string;
  readonly orderNumber: string;
  /** Korean date and time of the order, as Hecto's inquiries want them. */
  readonly sent: { readonly date: string; readonly time: string };
  readonly state: RegistrationState;
  /** What came of it, e.g. the account's key. Sealed at rest. */
  readonly result?: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** What came of it, once it is known; `unknown` stays open for an inquiry. */
export type RegistrationEnd = {
  readonly state: 'registered' | 'failed' | 'unknown';
  readonly result?: Readonly<Record<string, string>>;
};

export type Registrations = ReturnType<typeof registrationStore>;

/** Intents of `accountRegistration`: written down before the call, sent at most once. */
export function registrationStore(database: Database, vault: Vault) {
  function restore(row: Tables['registrations']): RegistrationIntent {
    return {
      id: row.id,
      sessionId: row.session_id,
      orderNumber: row.order_number,
      sent: { date: row.kst_date, time: row.kst_time },
      state: row.state,
      ...(row.sealed_result && {
        result: JSON.parse(vault.open('registrations', 'sealed_result', row.id, row.sealed_result)) as Record<
          string,
          string
        >,
      }),
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    };
  }

  /**
   * Commits a new intent. One that a process which died left unsent is as good as new and is handed out again, with
   * the order number it has (R14). Undefined when the session has one that was sent and is not final yet.
   */
  async function create(
    intent: {
      readonly sessionId: string;
      readonly customerId: string;
      readonly orderNumber: string;
      readonly sent: { readonly date: string; readonly time: string };
    },
    now: Date,
  ): Promise<RegistrationIntent | undefined> {
    const row = await database
      .insertInto('registrations')
      .values({
        id: `reg_${randomBytes(18).toString('base64url')}`,
        session_id: intent.sessionId,
        customer_index: customerIndex(vault, intent.customerId),
        order_number: intent.orderNumber,
        kst_date: intent.sent.date,
        kst_time: intent.sent.time,
        state: 'created',
        sealed_result: null,
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row) return restore(row);
    const unsent = await database
      .updateTable('registrations')
      .set({ kst_date: intent.sent.date, kst_time: intent.sent.time, updated_at: now })
      .where('session_id', '=', intent.sessionId)
      .where('state', '=', 'created')
      .returningAll()
      .executeTakeFirst();
    return unsent && restore(unsent);
  }

  /** Ends one that was not sent. One that somebody else took over and sent stays. */
  async function abandon(id: string, now: Date): Promise<void> {
    await database
      .updateTable('registrations')
      .set({ state: 'failed', updated_at: now })
      .where('id', '=', id)
      .where('state', '=', 'created')
      .execute();
  }

  /** created -> submitting. Only who gets `true` may call Hecto, and only once. */
  async function submit(id: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await database
      .updateTable('registrations')
      .set({ state: 'submitting', updated_at: now })
      .where('id', '=', id)
      .where('state', '=', 'created')
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Writes down the outcome. `false` when it was final already: what is final stays. */
  async function finish(id: string, end: RegistrationEnd, now: Date): Promise<boolean> {
    const sealed = end.result && vault.seal('registrations', 'sealed_result', id, JSON.stringify(end.result));
    const { numUpdatedRows } = await database
      .updateTable('registrations')
      .set({ state: end.state, sealed_result: sealed ?? null, updated_at: now })
      .where('id', '=', id)
      .where('state', 'in', ['created', 'submitting', 'unknown'])
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async function read(id: string): Promise<RegistrationIntent | undefined> {
    const row = await database
      .selectFrom('registrations')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row && restore(row);
  }

  return { create, submit, abandon, finish, read };
}

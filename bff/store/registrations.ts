import { randomBytes } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { Database, Tables } from './database.ts';
import type { IntentState } from './intents.ts';
import type { Ledger } from './ledger.ts';
import { customerIndex } from './sessions.ts';
import type { Vault } from './vault.ts';

export type RegistrationState = Tables['registrations']['state'];

/** The call in which the customer approved, as evidence: never the digits that were pressed. */
export type ApprovedCall = {
  /** Hecto's number of the call, to ask about it. */
  readonly transactionNumber: string;
  readonly placedAt: string;
  /** When Hecto told us. */
  readonly approvedAt: string;
  readonly maskedPhone: string;
  readonly bankCode: string;
  readonly maskedNumber: string;
};

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
  readonly call?: ApprovedCall;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** What came of it, once it is known; `unknown` stays open for an inquiry. */
export type RegistrationEnd = {
  readonly state: 'registered' | 'failed' | 'unknown';
  readonly result?: Readonly<Record<string, string>>;
};

export type Registrations = ReturnType<typeof registrationStore>;

type Row = Tables['registrations'];
type Sealed = { readonly call?: ApprovedCall } & Readonly<Record<string, unknown>>;

/** The same states in the ledger's words. */
const inLedger: Record<RegistrationState, IntentState> = {
  created: 'created',
  submitting: 'submitting',
  registered: 'succeeded',
  failed: 'failed',
  unknown: 'unknown',
};

/** Words for the ledger. */
const reasons: Record<RegistrationEnd['state'], string> = {
  registered: 'registered',
  failed: 'not-registered',
  unknown: 'answer-lost',
};

/**
 * Intents of `accountRegistration`: written down before the call, sent at most once. Every move is one transaction
 * that also writes the ledger.
 */
export function registrationStore(
  database: Database,
  vault: Vault,
  { merchantId, ledger }: { readonly merchantId: string; readonly ledger: Ledger },
) {
  const table = 'registrations';
  const seal = (id: string, value: Sealed) => vault.seal(table, 'sealed_result', id, JSON.stringify(value));
  const unseal = ({ id, sealed_result }: Pick<Row, 'id' | 'sealed_result'>): Sealed =>
    sealed_result ? (JSON.parse(vault.open(table, 'sealed_result', id, sealed_result)) as Sealed) : {};

  function restore(row: Row): RegistrationIntent {
    const { call, ...result } = unseal(row);
    return {
      id: row.id,
      sessionId: row.session_id,
      orderNumber: row.order_number,
      sent: { date: row.kst_date, time: row.kst_time },
      state: row.state,
      ...(Object.keys(result).length > 0 && { result: result as Record<string, string> }),
      ...(call && { call }),
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    };
  }

  const step = (
    transaction: Transaction<Tables>,
    intentId: string,
    from: RegistrationState | null,
    to: RegistrationState,
    reason: string,
    at: Date,
  ) =>
    ledger.append(transaction, [
      {
        intentId,
        kind: 'registration',
        from: from && inLedger[from],
        to: inLedger[to],
        amount: null,
        reason,
        at,
      },
    ]);

  /** Moves it on if it is in one of these states, and tells whether it was. */
  async function move(
    id: string,
    from: readonly RegistrationState[],
    { state: to, result }: { readonly state: RegistrationState; readonly result?: RegistrationEnd['result'] },
    reason: string,
    now: Date,
  ): Promise<boolean> {
    return database.transaction().execute(async (transaction) => {
      const before = await transaction
        .selectFrom(table)
        .selectAll()
        .where('id', '=', id)
        .where('state', 'in', from)
        .forUpdate()
        .executeTakeFirst();
      if (!before) return false;
      await transaction
        .updateTable(table)
        .set({
          state: to,
          updated_at: now,
          ...(result && { sealed_result: seal(id, { ...unseal(before), ...result }) }),
        })
        .where('id', '=', id)
        .execute();
      if (before.state !== to) await step(transaction, id, before.state, to, reason, now);
      return true;
    });
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
      readonly call?: ApprovedCall | undefined;
    },
    now: Date,
  ): Promise<RegistrationIntent | undefined> {
    const id = `reg_${randomBytes(18).toString('base64url')}`;
    return database.transaction().execute(async (transaction) => {
      const row = await transaction
        .insertInto(table)
        .values({
          id,
          session_id: intent.sessionId,
          customer_index: customerIndex(vault, intent.customerId),
          order_number: intent.orderNumber,
          kst_date: intent.sent.date,
          kst_time: intent.sent.time,
          state: 'created',
          sealed_result: intent.call ? seal(id, { call: intent.call }) : null,
          created_at: now,
          updated_at: now,
          merchant_id: merchantId,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      if (row) {
        await step(transaction, id, null, 'created', intent.call ? 'call-approved' : 'requested', now);
        return restore(row);
      }
      const unsent = await transaction
        .updateTable(table)
        .set({ kst_date: intent.sent.date, kst_time: intent.sent.time, updated_at: now })
        .where('session_id', '=', intent.sessionId)
        .where('state', '=', 'created')
        .returningAll()
        .executeTakeFirst();
      return unsent && restore(unsent);
    });
  }

  /** Ends one that was not sent. One that somebody else took over and sent stays. */
  async function abandon(id: string, now: Date): Promise<void> {
    await move(id, ['created'], { state: 'failed' }, 'never-sent', now);
  }

  /** created -> submitting. Only who gets `true` may call Hecto, and only once. */
  const submit = (id: string, now: Date): Promise<boolean> =>
    move(id, ['created'], { state: 'submitting' }, 'sending', now);

  /** Writes down the outcome. `false` when it was final already: what is final stays. */
  const finish = (id: string, end: RegistrationEnd, now: Date): Promise<boolean> =>
    move(id, ['created', 'submitting', 'unknown'], end, reasons[end.state], now);

  async function read(id: string): Promise<RegistrationIntent | undefined> {
    const row = await database.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirst();
    return row && restore(row);
  }

  /** Sent, and nobody knows yet what came of them: the oldest first. */
  async function unknown(limit: number): Promise<RegistrationIntent[]> {
    const rows = await database
      .selectFrom(table)
      .selectAll()
      .where((is) => is.or([is('merchant_id', '=', merchantId), is('merchant_id', 'is', null)]))
      // Written out, so that the index of open registrations fits.
      .where(sql<boolean>`state IN ('created', 'submitting', 'unknown') AND state <> 'created'`)
      .orderBy('created_at')
      .limit(limit)
      .execute();
    return rows.map(restore);
  }

  /** Of one customer, oldest first. */
  async function ofCustomer(customerId: string): Promise<RegistrationIntent[]> {
    const rows = await database
      .selectFrom(table)
      .selectAll()
      .where('customer_index', '=', customerIndex(vault, customerId))
      .where((is) =>
        is.or([
          is('merchant_id', '=', merchantId),
          // Of an older version: the session may name the merchant.
          is.and([
            is('merchant_id', 'is', null),
            is('session_id', 'not in', (select) =>
              select
                .selectFrom('onboarding_sessions')
                .select('id')
                .where('customer_index', '=', customerIndex(vault, customerId))
                .where('merchant_id', '<>', merchantId),
            ),
          ]),
        ]),
      )
      .orderBy('created_at')
      .execute();
    return rows.map(restore);
  }

  return { create, submit, abandon, finish, read, unknown, ofCustomer };
}

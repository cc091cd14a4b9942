import { randomBytes } from 'node:crypto';
import { sql, type Selectable, type Transaction } from 'kysely';
import type { RefusalCode } from '../../shared/api/refusals.ts';
import type { Stamp } from '../hecto/seal.ts';
import { passBy, type Checkpoint } from '../checkpoint.ts';
import type { Database, Tables } from './database.ts';
import type { Ledger } from './ledger.ts';
import type { NewEvent, Outbox } from './outbox.ts';
import type { PaymentAuthorizations } from './payment-authorizations.ts';
import { customerIndex } from './sessions.ts';
import type { Vault } from './vault.ts';

export type IntentKind = 'payment' | 'charge' | 'refund' | 'remittance' | 'registration';
export type IntentEndpoint =
  | 'payment'
  | 'recurringPaymentApproval'
  | 'paymentCancel'
  | 'remittance'
  | 'accountRegistration'
  | 'merchantAccountRegistration';

/** `expired`: created and never sent. `unknown`: sent, and nobody has told yet what came of it. */
export type IntentState =
  'created' | 'submitting' | 'unknown' | 'succeeded' | 'failed' | 'needs_review' | 'expired';

/** What may be shown of an intent for as long as the ledger is kept. */
export type IntentAbout = {
  readonly bankCode?: string | undefined;
  readonly accountKey?: string | undefined;
  readonly maskedAccountNumber?: string | undefined;
  readonly productName?: string | undefined;
  readonly recurringPaymentKey?: string | undefined;
  /** Of a registration: how the customer approved, and Hecto's number of the approved call. */
  readonly approval?: {
    readonly method: 'ars' | 'written' | 'pass' | 'merchant-evidence';
    readonly number?: string | undefined;
  };
  readonly metadata?: Readonly<Record<string, string>> | undefined;
};

/** What Hecto said about an intent that succeeded. */
export type IntentResult = {
  readonly transactionNumber?: string;
  readonly recurringPaymentKey?: string;
  readonly maskedAccountNumber?: string;
  readonly accountKey?: string;
  readonly alreadyRegistered?: boolean;
};

/** Hecto's last refusal, in our words and with its codes. Final with `failed`, otherwise a hint. */
export type IntentRefusal = {
  readonly code: RefusalCode;
  readonly hecto?: { readonly outStatCd: string; readonly outRsltCd: string };
};

export type Intent = {
  readonly id: string;
  readonly seq: number;
  readonly kind: IntentKind;
  readonly endpoint: IntentEndpoint;
  readonly state: IntentState;
  readonly orderNumber: string;
  readonly customerId?: string;
  /** Of a refund: its payment. */
  readonly parentId?: string;
  readonly amount?: number;
  /** Plain values for Hecto. Gone once the outcome is final. */
  readonly request?: Readonly<Record<string, string | undefined>>;
  readonly about: IntentAbout;
  readonly result?: IntentResult;
  readonly refusal?: IntentRefusal;
  /** Korean date and time of the order, from the moment it is handed to Hecto. */
  readonly sent?: Stamp;
  readonly submittedAt?: Date;
  readonly inquiries: number;
  /** How often in a row Hecto did not know it. */
  readonly absences: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type NewIntent = Pick<Intent, 'kind' | 'endpoint' | 'orderNumber' | 'about'> &
  Partial<Pick<Intent, 'customerId' | 'amount' | 'parentId'>> & {
    readonly request: Readonly<Record<string, string | undefined>>;
    /** Route and Idempotency-Key: the same again is the same intent. */
    readonly requestKey: string;
    /** Everything that the request said, as one text: another one under the same key is a mistake. */
    readonly fingerprint: string;
    /** Of a payment: the customer's approval of it, used up by it (S70). */
    readonly authorization?: string | undefined;
  };

/** What the same request brought about before. */
export type Replay = { readonly kind: 'replayed'; readonly intent: Intent } | { readonly kind: 'other-body' };

export type Created =
  | { readonly kind: 'created'; readonly intent: Intent }
  | Replay
  | { readonly kind: 'order-number-taken' | 'not-authorized' };

/** What became of an intent, and why. */
export type Settlement = {
  readonly to: 'unknown' | 'succeeded' | 'failed' | 'needs_review' | 'expired';
  /** A word for the ledger. */
  readonly reason: string;
  readonly result?: IntentResult;
  readonly refusal?: IntentRefusal;
  /** When to ask Hecto next; only for `unknown`. */
  readonly dueAt?: Date;
};

export type IntentFilter = {
  readonly kinds: readonly IntentKind[];
  readonly states?: readonly IntentState[];
  readonly customerId?: string;
  readonly orderNumber?: string;
  readonly parentId?: string;
  /** Korean day of the order, yyyyMMdd. */
  readonly date?: string;
  /** Only what came before this `seq`. */
  readonly before?: number;
};

const prefixes: Record<IntentKind, string> = {
  payment: 'pay',
  charge: 'pay',
  refund: 'rfd',
  remittance: 'rmt',
  registration: 'reg',
};
const openStates = ['created', 'submitting', 'unknown', 'needs_review'] as const;
/** Longer than any call to Hecto: an intent that is still being sent belongs to a process that died (R15). */
export const abandonedAfterMs = 40_000;
/** An intent that nobody began to send within this time belongs to a process that died, too. */
const unsentAfterMs = 10_000;

/** Undoes the transaction that would have committed the payment. */
class NotAuthorized extends Error {}

type Row = Selectable<Tables['intents']>;
type Sealed = Pick<Intent, 'customerId' | 'request' | 'about'>;

/**
 * Intents to move money or bind an account. Every move is one transaction that also writes the ledger and the
 * event; what is final stays final. `now` always comes from the caller's clock.
 */
export function intentStore(
  database: Database,
  vault: Vault,
  {
    merchantId,
    ledger,
    outbox,
    paymentAuthorizations,
    checkpoint = passBy,
  }: {
    readonly merchantId: string;
    readonly ledger: Ledger;
    readonly outbox: Pick<Outbox, 'add'>;
    readonly paymentAuthorizations: Pick<PaymentAuthorizations, 'use'>;
    readonly checkpoint?: Checkpoint | undefined;
  },
) {
  const mine = (transaction: Database | Transaction<Tables> = database) =>
    transaction.selectFrom('intents').selectAll().where('merchant_id', '=', merchantId);
  const keyOf = (requestKey: string) => vault.index('intent-request', requestKey);
  const fingerprintOf = (fingerprint: string) => vault.index('intent-fingerprint', fingerprint);

  const seal = (id: string, column: 'sealed_request' | 'sealed_result', value: object) =>
    vault.seal('intents', column, id, JSON.stringify(value));
  const unseal = (row: Row, column: 'sealed_request' | 'sealed_result') => {
    const sealed = row[column];
    return sealed ? (JSON.parse(vault.open('intents', column, row.id, sealed)) as unknown) : undefined;
  };

  function restore(row: Row): Intent {
    const result = unseal(row, 'sealed_result') as IntentResult | undefined;
    return {
      id: row.id,
      seq: row.seq,
      kind: row.kind,
      endpoint: row.endpoint,
      state: row.state,
      orderNumber: row.order_number,
      ...(row.parent_id !== null && { parentId: row.parent_id }),
      ...(row.amount !== null && { amount: row.amount }),
      ...(unseal(row, 'sealed_request') as Sealed),
      ...(result && { result }),
      ...(row.refusal !== null && {
        refusal: {
          code: row.refusal,
          ...(row.hecto_code !== null && {
            hecto: { outStatCd: row.hecto_status ?? '', outRsltCd: row.hecto_code },
          }),
        },
      }),
      ...(row.kst_date !== null &&
        row.kst_time !== null && { sent: { date: row.kst_date, time: row.kst_time } }),
      ...(row.submitted_at && { submittedAt: row.submitted_at }),
      inquiries: row.inquiries,
      absences: row.absences,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    };
  }

  /** Commits an intent before anybody hears of it, or finds the one that the same request made before. */
  async function create(wish: NewIntent, now: Date): Promise<Created> {
    let created: Intent | undefined;
    try {
      created = await database.transaction().execute(async (transaction) => {
        const intent = await insert(transaction, wish, now);
        // After the insert: a repeat that lost the race for its key must hear of the intent, not of a used authorization.
        if (intent && !(await isAuthorized(transaction, wish, now))) throw new NotAuthorized();
        return intent;
      });
    } catch (error) {
      if (error instanceof NotAuthorized) return { kind: 'not-authorized' };
      throw error;
    }
    if (created) {
      checkpoint('intent.created');
      return { kind: 'created', intent: created };
    }
    return (await replayOf(wish)) ?? { kind: 'order-number-taken' };
  }

  /** Whether the wish needs no authorization, or its authorization is good for exactly this and now used up. */
  async function isAuthorized(
    transaction: Transaction<Tables>,
    wish: NewIntent,
    now: Date,
  ): Promise<boolean> {
    const { authorization, customerId, amount, orderNumber, about } = wish;
    if (authorization === undefined) return true;
    const { bankCode, accountKey } = about;
    if (customerId === undefined || amount === undefined) return false;
    if (bankCode === undefined || accountKey === undefined) return false;
    const payment = { customerId, bankCode, accountKey, amount, orderNumber };
    return paymentAuthorizations.use(transaction, authorization, payment, now);
  }

  /**
   * The same for a refund: at most what is left of its payment, counting refunds that are under way. Without an
   * amount all that is left. `too-much` leaves nothing behind.
   */
  async function createRefund(
    wish: Omit<NewIntent, 'amount' | 'parentId'> & { readonly parentId: string; readonly amount?: number },
    withAmount: (amount: number) => NewIntent['request'],
    now: Date,
  ): Promise<Created | { readonly kind: 'too-much'; readonly left: number }> {
    const made = await database.transaction().execute(async (transaction) => {
      // Refunds of one payment take turns.
      const payment = await mine(transaction)
        .where('id', '=', wish.parentId)
        .forUpdate()
        .executeTakeFirstOrThrow();
      // Whose turn was before ours may have been this very request; then what it took is no reason to refuse (R02).
      const replay = await replayOf(wish, transaction);
      if (replay) return replay;
      const left = (payment.amount ?? 0) - (await refunded(wish.parentId, transaction)).claimed;
      const amount = wish.amount ?? left;
      if (amount < 1 || amount > left) return { kind: 'too-much' as const, left };
      const intent = await insert(transaction, { ...wish, amount, request: withAmount(amount) }, now);
      return intent && { kind: 'created' as const, intent };
    });
    if (made?.kind === 'created') checkpoint('intent.created');
    return made ?? (await replayOf(wish)) ?? { kind: 'order-number-taken' };
  }

  async function insert(
    transaction: Transaction<Tables>,
    wish: NewIntent,
    now: Date,
  ): Promise<Intent | undefined> {
    const id = `${prefixes[wish.kind]}_${randomBytes(18).toString('base64url')}`;
    const { customerId, request, about } = wish;
    const row = await transaction
      .insertInto('intents')
      .values({
        id,
        merchant_id: merchantId,
        kind: wish.kind,
        endpoint: wish.endpoint,
        state: 'created',
        order_number: wish.orderNumber,
        customer_index: customerId === undefined ? null : customerIndex(vault, customerId),
        parent_id: wish.parentId ?? null,
        amount: wish.amount ?? null,
        request_key: keyOf(wish.requestKey),
        fingerprint: fingerprintOf(wish.fingerprint),
        sealed_request: seal(id, 'sealed_request', { customerId, request, about }),
        due_at: new Date(now.getTime() + unsentAfterMs),
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) return undefined;
    await step(transaction, row, null, 'created', 'requested', now);
    checkpoint('intent.creating');
    return restore(row);
  }

  /** The intent of an earlier request with this key, if there was one. */
  async function replayOf(
    wish: Pick<NewIntent, 'requestKey' | 'fingerprint'>,
    transaction?: Transaction<Tables>,
  ): Promise<Replay | undefined> {
    const row = await mine(transaction).where('request_key', '=', keyOf(wish.requestKey)).executeTakeFirst();
    if (!row) return undefined;
    if (!row.fingerprint.equals(fingerprintOf(wish.fingerprint))) return { kind: 'other-body' };
    return { kind: 'replayed', intent: restore(row) };
  }

  const step = (
    transaction: Transaction<Tables>,
    { id, kind, amount }: Row,
    from: IntentState | null,
    to: IntentState,
    reason: string,
    at: Date,
  ) => ledger.append(transaction, [{ intentId: id, kind, from, to, amount, reason, at }]);

  /** created -> submitting. Only who gets the intent back may call Hecto, and only once, with this very stamp. */
  async function submit(id: string, sent: Stamp, now: Date): Promise<Intent | undefined> {
    const submitted = await database.transaction().execute(async (transaction) => {
      const row = await transaction
        .updateTable('intents')
        .set((set) => ({
          state: 'submitting',
          kst_date: sent.date,
          kst_time: sent.time,
          submitted_at: now,
          due_at: new Date(now.getTime() + abandonedAfterMs),
          updated_at: now,
          version: set('version', '+', 1),
        }))
        .where('id', '=', id)
        .where('state', '=', 'created')
        .returningAll()
        .executeTakeFirst();
      if (row) await step(transaction, row, 'created', 'submitting', 'sending', now);
      if (row) checkpoint('intent.submitting');
      return row && restore(row);
    });
    if (submitted) checkpoint('intent.submitted');
    return submitted;
  }

  /**
   * Writes down what became of an intent, with its step in the ledger and its event. Answers the intent as it is
   * then; one that is final already stays as it is. `expired` is only for what was never sent.
   */
  async function settle(
    id: string,
    { to, reason, result, refusal, dueAt }: Settlement,
    eventOf: (intent: Intent) => NewEvent | undefined,
    now: Date,
  ): Promise<Intent> {
    const settled = await database.transaction().execute(async (transaction) => {
      const before = await mine(transaction).where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
      if (!isOpen(before.state) || (to === 'expired' && before.state !== 'created')) return restore(before);
      const final = to !== 'unknown' && to !== 'needs_review';
      const { customerId, about } = restore(before);
      const row = await transaction
        .updateTable('intents')
        .set({
          state: to,
          due_at: dueAt ?? null,
          refusal: refusal?.code ?? null,
          hecto_status: refusal?.hecto?.outStatCd ?? null,
          hecto_code: refusal?.hecto?.outRsltCd ?? null,
          updated_at: now,
          version: before.version + 1,
          ...(result && { sealed_result: seal(id, 'sealed_result', result) }),
          // What only the call needed (account numbers, dates of birth) goes with the outcome (S83).
          ...(final && { sealed_request: seal(id, 'sealed_request', { customerId, about }) }),
          // One whose outcome stays open may still be somebody's.
          ...(to !== 'unknown' && { claimed_until: null }),
        })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      const intent = restore(row);
      if (before.state !== to) {
        const event = eventOf(intent);
        if (event) await outbox.add(transaction, event);
        await step(transaction, row, before.state, to, reason, now);
      }
      checkpoint('intent.settling');
      return intent;
    });
    checkpoint('intent.settled');
    return settled;
  }

  /** Nothing new: when to ask again, and what was heard. */
  async function postpone(
    id: string,
    {
      dueAt,
      asked,
      absences,
      refusal,
    }: { dueAt: Date; asked: boolean; absences: number; refusal?: IntentRefusal | undefined },
  ): Promise<void> {
    await database
      .updateTable('intents')
      .set((set) => ({
        due_at: dueAt,
        claimed_until: null,
        absences,
        inquiries: set('inquiries', '+', asked ? 1 : 0),
        version: set('version', '+', 1),
        ...(refusal && {
          refusal: refusal.code,
          hecto_status: refusal.hecto?.outStatCd ?? null,
          hecto_code: refusal.hecto?.outRsltCd ?? null,
        }),
      }))
      .where('id', '=', id)
      .where('state', '=', 'unknown')
      .execute();
  }

  /**
   * Intents whose moment has come. Each is the caller's for `leaseMs`; if nothing is written by then, it is due
   * again. Several instances never get the same one (R15).
   */
  async function claimDue(now: Date, leaseMs: number, limit: number): Promise<Intent[]> {
    const rows = await database
      .updateTable('intents')
      .set({ due_at: new Date(now.getTime() + leaseMs), claimed_until: new Date(now.getTime() + leaseMs) })
      .where('id', 'in', (select) =>
        select
          .selectFrom('intents')
          .select('id')
          .where('merchant_id', '=', merchantId)
          .where('due_at', '<=', now)
          .orderBy('due_at')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .returningAll()
      .execute();
    return rows.map(restore);
  }

  /**
   * One whose outcome is not known, for the caller alone until the lease ends; `release` ends it earlier. Undefined when
   * somebody has it, a worker or another operator, and when there is nothing to ask about.
   */
  async function claim(id: string, now: Date, leaseMs: number): Promise<Intent | undefined> {
    const until = new Date(now.getTime() + leaseMs);
    const row = await database
      .updateTable('intents')
      .set({
        claimed_until: until,
        // What waits for a person is never due to a worker.
        due_at: sql<Date | null>`CASE WHEN state = 'unknown' THEN ${until}::timestamptz ELSE due_at END`,
      })
      .where('merchant_id', '=', merchantId)
      .where('id', '=', id)
      .where('state', 'in', ['unknown', 'needs_review'])
      .where((is) => is.or([is('claimed_until', 'is', null), is('claimed_until', '<=', now)]))
      .returningAll()
      .executeTakeFirst();
    return row && restore(row);
  }

  /** Ends a claim that `now` and `leaseMs` began; one that has passed to somebody else stays. */
  async function release(id: string, now: Date, leaseMs: number): Promise<void> {
    await database
      .updateTable('intents')
      .set({ claimed_until: null })
      .where('id', '=', id)
      .where('claimed_until', '=', new Date(now.getTime() + leaseMs))
      .execute();
  }

  /** What is unknown or waits for a person, with when it is asked about next: the oldest first. */
  async function open(limit: number): Promise<(Intent & { readonly nextInquiryAt?: Date })[]> {
    const rows = await mine()
      .where('state', 'in', ['unknown', 'needs_review'])
      .orderBy('created_at')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...restore(row), ...(row.due_at && { nextInquiryAt: row.due_at }) }));
  }

  async function read(id: string): Promise<Intent | undefined> {
    const row = await mine().where('id', '=', id).executeTakeFirst();
    return row && restore(row);
  }

  /** Newest first. */
  async function list(filter: IntentFilter, limit: number): Promise<Intent[]> {
    let query = mine().where('kind', 'in', filter.kinds);
    if (filter.states) query = query.where('state', 'in', filter.states);
    if (filter.customerId !== undefined)
      query = query.where('customer_index', '=', customerIndex(vault, filter.customerId));
    if (filter.orderNumber !== undefined) query = query.where('order_number', '=', filter.orderNumber);
    if (filter.parentId !== undefined) query = query.where('parent_id', '=', filter.parentId);
    if (filter.date !== undefined) query = query.where('kst_date', '=', filter.date);
    if (filter.before !== undefined) query = query.where('seq', '<', filter.before);
    const rows = await query.orderBy('seq', 'desc').limit(limit).execute();
    return rows.map(restore);
  }

  /** Won of a payment that came back (`done`), and that came back or still may (`claimed`). */
  async function refunded(
    paymentId: string,
    transaction: Database | Transaction<Tables> = database,
  ): Promise<{ done: number; claimed: number }> {
    const { rows } = await sql<{ done: number; claimed: number }>`
      SELECT COALESCE(SUM(amount) FILTER (WHERE state = 'succeeded'), 0)::bigint AS done,
        COALESCE(SUM(amount) FILTER (WHERE state NOT IN ('failed', 'expired')), 0)::bigint AS claimed
      FROM intents WHERE merchant_id = ${merchantId} AND parent_id = ${paymentId}`.execute(transaction);
    return rows[0] ?? { done: 0, claimed: 0 };
  }

  return {
    ...{ create, createRefund, replayOf, submit, settle, postpone },
    ...{ claimDue, claim, release, open, read, list, refunded },
  };
}

/** Whether an intent can still change. */
export const isOpen = (state: IntentState): boolean => openStates.some((one) => one === state);

export type Intents = ReturnType<typeof intentStore>;

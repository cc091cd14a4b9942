import { randomBytes } from 'node:crypto';
import { sql, type Selectable, type Transaction } from 'kysely';
import type { EventState, EventType, WebhookBody } from '../../shared/api/merchant/events.ts';
import { kstIso } from '../../shared/values/kst.ts';
import type { Database, Tables } from './database.ts';
import type { Vault } from './vault.ts';

/** A change the merchant's server has to hear of. */
export type NewEvent = {
  readonly type: EventType;
  /** What changed: our own id of it, nothing personal. Its events arrive in the order in which they were added. */
  readonly subject: string;
  /** JSON, as the merchant API shows it. Sealed at rest. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: Date;
};

export type OutboxEvent = {
  readonly id: string;
  readonly type: EventType;
  readonly subject: string;
  /** The bytes to send, the same at every attempt. */
  readonly body: string;
  readonly state: EventState;
  /** Attempts begun so far. */
  readonly attempts: number;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly deliveredAt?: Date;
};

/** An event that is ours to deliver until the lease ends. */
export type ClaimedEvent = OutboxEvent & {
  /** Which attempt this is on the retry schedule, from 1; a replay starts it anew. */
  readonly attemptOfSchedule: number;
};

/** What came of one attempt: an HTTP status, or why there was none. */
export type AttemptResult = {
  readonly at: Date;
  readonly ms: number;
  readonly httpStatus?: number;
  readonly error?: 'timeout' | 'connection' | 'address-refused';
};

export type Delivery = AttemptResult & { readonly attempt: number };

/** An event without what it says: how its delivery stands. */
export type DeliveryState = Pick<OutboxEvent, 'id' | 'type' | 'state' | 'attempts' | 'createdAt' | 'dueAt'> &
  Pick<AttemptResult, 'httpStatus' | 'error'>;

export type EventFilter = {
  readonly type?: EventType | undefined;
  readonly state?: EventState | undefined;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
  readonly limit: number;
};

export type Outbox = ReturnType<typeof outboxStore>;

type Row = Tables['outbox'];
type Stored = Selectable<Row>;

/**
 * The transactional outbox (R16): a change and its event are committed together, a worker delivers afterwards.
 *
 *     await database.transaction().execute(async (transaction) => {
 *       await transaction.updateTable('intents')...;
 *       await outbox.add(transaction, { type: 'payment.succeeded', subject: 'pay_...', data: view, at: now });
 *     });
 */
export function outboxStore(
  database: Database,
  vault: Vault,
  { merchantId, isDelivered }: { readonly merchantId: string; readonly isDelivered: boolean },
) {
  function restore(row: Stored): OutboxEvent {
    return {
      id: row.id,
      type: row.type as EventType,
      subject: row.subject,
      body: vault.open('outbox', 'sealed_body', row.id, row.sealed_body),
      state: row.state,
      attempts: row.attempts,
      createdAt: row.created_at,
      dueAt: row.due_at,
      ...(row.delivered_at && { deliveredAt: row.delivered_at }),
    };
  }

  /**
   * Adds the event to the transaction of its change. A second event of the same type about the same subject is
   * the first one again: nothing is added. Without an address to send it to, it is held.
   */
  async function add(transaction: Transaction<Tables>, { type, subject, data, at }: NewEvent): Promise<void> {
    const id = `evt_${randomBytes(18).toString('base64url')}`;
    const body: WebhookBody = { type, timestamp: kstIso(at), data };
    await transaction
      .insertInto('outbox')
      .values({
        id,
        merchant_id: merchantId,
        type,
        subject,
        sealed_body: vault.seal('outbox', 'sealed_body', id, JSON.stringify(body)),
        created_at: at,
        state: isDelivered ? 'pending' : 'held',
        due_at: at,
        locked_until: null,
        delivered_at: null,
      })
      .onConflict((conflict) => conflict.constraint('outbox_once').doNothing())
      .execute();
  }

  /**
   * Events whose moment has come, each ours for `leaseMs`: when nobody has told what came of it by then, it is
   * another attempt's turn. Of one subject only the oldest that is still pending is ever given out.
   */
  async function claimDue(now: Date, leaseMs: number, limit: number): Promise<ClaimedEvent[]> {
    const rows = await database
      .updateTable('outbox')
      .set({ locked_until: new Date(now.getTime() + leaseMs), attempts: sql`attempts + 1` })
      .where('id', 'in', (select) =>
        select
          .selectFrom('outbox as o')
          .select('o.id')
          .where('o.merchant_id', '=', merchantId)
          .where('o.state', '=', 'pending')
          .where('o.due_at', '<=', now)
          .where((is) => is.or([is('o.locked_until', 'is', null), is('o.locked_until', '<=', now)]))
          .where((is) =>
            is.not(
              is.exists(
                is
                  .selectFrom('outbox as older')
                  .select('older.id')
                  .whereRef('older.merchant_id', '=', 'o.merchant_id')
                  .whereRef('older.subject', '=', 'o.subject')
                  .where('older.state', '=', 'pending')
                  .whereRef('older.seq', '<', 'o.seq'),
              ),
            ),
          )
          .orderBy('o.due_at')
          .orderBy('o.seq')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .returningAll()
      .execute();
    return rows
      .sort((a, b) => a.seq - b.seq)
      .map((row) => ({ ...restore(row), attemptOfSchedule: row.attempts - row.schedule_start }));
  }

  /** Writes the attempt down and moves the event on, unless another attempt has begun meanwhile. */
  async function settle(
    { id, attempts }: ClaimedEvent,
    result: AttemptResult,
    change: Partial<Pick<Row, 'state' | 'due_at' | 'delivered_at'>>,
  ): Promise<void> {
    await database.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('deliveries')
        .values({
          event_id: id,
          attempt: attempts,
          at: result.at,
          http_status: result.httpStatus ?? null,
          error: result.error ?? null,
          ms: result.ms,
        })
        .execute();
      await transaction
        .updateTable('outbox')
        .set({ ...change, locked_until: null })
        .where('id', '=', id)
        .where('attempts', '=', attempts)
        .where('state', '=', 'pending')
        .execute();
    });
  }

  const delivered = (event: ClaimedEvent, result: AttemptResult): Promise<void> =>
    settle(event, result, { state: 'delivered', delivered_at: result.at });

  const postpone = (event: ClaimedEvent, result: AttemptResult, dueAt: Date): Promise<void> =>
    settle(event, result, { due_at: dueAt });

  const fail = (event: ClaimedEvent, result: AttemptResult): Promise<void> =>
    settle(event, result, { state: 'failed' });

  /** One page, newest first; `nextCursor` is absent on the last. */
  async function list(filter: EventFilter): Promise<{ events: OutboxEvent[]; nextCursor?: string }> {
    let query = database.selectFrom('outbox').selectAll().where('merchant_id', '=', merchantId);
    if (filter.type !== undefined) query = query.where('type', '=', filter.type);
    if (filter.state !== undefined) query = query.where('state', '=', filter.state);
    if (filter.cursor !== undefined) query = query.where('seq', '<', Number(filter.cursor));
    const rows = await query
      .orderBy('seq', 'desc')
      .limit(filter.limit + 1)
      .execute();
    const page = rows.slice(0, filter.limit);
    const last = page.at(-1);
    return {
      events: page.map(restore),
      ...(last && rows.length > page.length && { nextCursor: String(last.seq) }),
    };
  }

  /** What is not delivered, and the last few of all, newest first; each with what came of its last attempt. */
  async function latest(limit: number): Promise<DeliveryState[]> {
    const some = (state: ReturnType<typeof sql>, most: number) =>
      sql`(SELECT id, seq, type, state, attempts, created_at, due_at FROM outbox
        WHERE merchant_id = ${merchantId} AND ${state} ORDER BY seq DESC LIMIT ${most})`;
    const { rows } = await sql<
      Omit<Stored, 'sealed_body'> & {
        http_status: number | null;
        error: NonNullable<Delivery['error']> | null;
      }
    >`
      SELECT o.*, d.http_status, d.error
      FROM (
        ${some(sql`state IN ('failed', 'held')`, limit)}
        UNION ${some(sql`state = 'pending'`, limit)}
        UNION ${some(sql`true`, limit / 2)}
      ) o LEFT JOIN LATERAL (
        SELECT http_status, error FROM deliveries WHERE event_id = o.id ORDER BY attempt DESC LIMIT 1
      ) d ON true ORDER BY o.seq DESC`.execute(database);
    return rows.map((row) => ({
      id: row.id,
      type: row.type as EventType,
      state: row.state,
      attempts: row.attempts,
      createdAt: row.created_at,
      dueAt: row.due_at,
      ...(row.http_status !== null && { httpStatus: row.http_status }),
      ...(row.error !== null && { error: row.error }),
    }));
  }

  /** An event with every attempt to deliver it, oldest first. */
  async function read(id: string): Promise<(OutboxEvent & { deliveries: Delivery[] }) | undefined> {
    const row = await database
      .selectFrom('outbox')
      .selectAll()
      .where('merchant_id', '=', merchantId)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return undefined;
    const attempts = await database
      .selectFrom('deliveries')
      .selectAll()
      .where('event_id', '=', id)
      .orderBy('attempt')
      .execute();
    return { ...restore(row), deliveries: attempts.map(deliveryOf) };
  }

  /**
   * Sends the event again with the same id, at once and on a fresh schedule, whatever became of it before.
   * Tells whether there is such an event.
   */
  async function replay(id: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await database
      .updateTable('outbox')
      .set(again(now))
      .where('merchant_id', '=', merchantId)
      .where('id', '=', id)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** The same for all that failed or were held since a moment. Tells how many. */
  async function replayAll(state: 'failed' | 'held', since: Date, now: Date): Promise<number> {
    const { numUpdatedRows } = await database
      .updateTable('outbox')
      .set(again(now))
      .where('merchant_id', '=', merchantId)
      .where('state', '=', state)
      .where('created_at', '>=', since)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  /** Everything that waits is due now: the endpoint works again. */
  async function hurry(now: Date): Promise<void> {
    await database
      .updateTable('outbox')
      .set(again(now))
      .where('merchant_id', '=', merchantId)
      .where('state', '=', 'pending')
      .execute();
  }

  return { add, claimDue, delivered, postpone, fail, list, latest, read, replay, replayAll, hurry };
}

/** An attempt that is under way keeps its lease, so the same event is never on its way twice. */
const again = (now: Date) => ({
  state: 'pending' as const,
  due_at: now,
  delivered_at: null,
  schedule_start: sql<number>`attempts`,
});

const deliveryOf = (row: Tables['deliveries']): Delivery => ({
  attempt: row.attempt,
  at: row.at,
  ms: row.ms,
  ...(row.http_status !== null && { httpStatus: row.http_status }),
  ...(row.error !== null && { error: row.error }),
});

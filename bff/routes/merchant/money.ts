import type { Router } from 'express';
import { payments } from '../../../shared/api/merchant/payments.ts';
import { registrations } from '../../../shared/api/merchant/registrations.ts';
import { remittances } from '../../../shared/api/merchant/remittances.ts';
import { plainDay } from '../../../shared/values/kst.ts';
import { Problem } from '../../http/problem.ts';
import {
  paymentView,
  refundView,
  registrationView,
  remittanceView,
  statesOf,
  statusOf,
  type Status,
} from '../../services/money/intent-views.ts';
import type { MoneyDeps } from '../../services/money/money-deps.ts';
import { answerOf, checkContract, type Placing } from '../../services/money/place-intent.ts';
import {
  chargeWish,
  evidencedRegistrationWish,
  paymentWish,
  refundWish,
  registrationWish,
  remittanceWish,
  type Asked,
} from '../../services/money/wishes.ts';
import type { Intent, IntentFilter, IntentKind } from '../../store/intents.ts';
import { cursorOf, ok, seqOf } from './cursor.ts';
import { reconciliationCalls } from './reconciliation.ts';
import { reviewCalls } from './reviews.ts';
import { createMerchantRouter, serve } from './serve.ts';

export type MoneyRouteDeps = MoneyDeps & { readonly placing: Placing };

const paid: readonly IntentKind[] = ['payment', 'charge'];

/** Everything that moves money or binds an account: payments, charges, refunds, remittances, registrations. */
export function createMoneyRouter(deps: MoneyRouteDeps): Router {
  const { store, clock, placing } = deps;
  const { intents } = store;

  const asked = (operation: { id: string }, key: string): Asked => ({
    requestKey: `${operation.id} ${key}`,
    now: clock(),
  });

  /** The intent if it is one of these kinds; 404 whatever else it is. */
  async function find(id: string, ...kinds: readonly IntentKind[]): Promise<Intent> {
    const intent = await intents.read(id);
    if (!intent || !kinds.includes(intent.kind)) throw new Problem('not-found');
    return intent;
  }

  const shownPayment = async (intent: Intent) =>
    paymentView(intent, (await intents.refunded(intent.id)).done);

  async function list(
    filter: Omit<IntentFilter, 'states' | 'before'>,
    query: ListQuery,
  ): Promise<{ intents: Intent[]; nextCursor?: string }> {
    const found = await intents.list({ ...filter, ...filterOf(query) }, query.limit + 1);
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    return { intents: page, ...(found.length > page.length && last && { nextCursor: cursorOf(last.seq) }) };
  }

  /** Hecto's number of the call in which the customer approved. */
  function approvalOf(_arsCallId: string, _customerId: string): Promise<string> {
    return Promise.reject(new Problem('not-found'));
  }

  return createMerchantRouter([
    serve(payments.createPayment, async ({ body, key }) => {
      const placed = await placing.place(paymentWish(body, asked(payments.createPayment, key)));
      return answerOf(placed, await shownPayment(placed.intent));
    }),
    serve(payments.listPayments, async ({ query }) => {
      const { intents: found, ...rest } = await list({ kinds: paid }, query);
      return ok({ data: await Promise.all(found.map(shownPayment)), ...rest });
    }),
    serve(payments.readPayment, async ({ params }) =>
      ok(await shownPayment(await find(params.paymentId, ...paid))),
    ),
    serve(payments.createRefund, async ({ params, body, key }) => {
      const payment = await find(params.paymentId, ...paid);
      const { wish, withAmount } = refundWish(payment, body, asked(payments.createRefund, key));
      const placed = await placing.settleOn(
        await intents.replayOf(wish),
        async () => {
          if (statusOf(payment) !== 'succeeded') {
            throw new Problem('not-refundable', { detail: 'Only a payment that succeeded can be refunded.' });
          }
          checkContract('paymentCancel', withAmount(body.amount ?? payment.amount ?? 0));
          const created = await intents.createRefund(wish, withAmount, clock());
          if (created.kind !== 'too-much') return created;
          throw new Problem('not-refundable', { detail: `At most ${created.left} won are left to refund.` });
        },
        'paymentCancel',
      );
      return answerOf(placed, refundView(placed.intent));
    }),
    serve(payments.listRefunds, async ({ params, query }) => {
      const { id } = await find(params.paymentId, ...paid);
      const { intents: found, ...rest } = await list({ kinds: ['refund'], parentId: id }, query);
      return ok({ data: found.map(refundView), ...rest });
    }),
    serve(payments.readRefund, async ({ params }) => ok(refundView(await find(params.refundId, 'refund')))),
    serve(payments.createCharge, async ({ params, body, key }) => {
      const wish = chargeWish(params.recurringPaymentKey, body, asked(payments.createCharge, key));
      const placed = await placing.place(wish);
      return answerOf(placed, await shownPayment(placed.intent));
    }),

    serve(remittances.createRemittance, async ({ body, key }) => {
      const placed = await placing.place(remittanceWish(body, asked(remittances.createRemittance, key)));
      return answerOf(placed, remittanceView(placed.intent));
    }),
    serve(remittances.listRemittances, async ({ query }) => {
      const { intents: found, ...rest } = await list({ kinds: ['remittance'] }, query);
      return ok({ data: found.map(remittanceView), ...rest });
    }),
    serve(remittances.readRemittance, async ({ params }) =>
      ok(remittanceView(await find(params.remittanceId, 'remittance'))),
    ),

    serve(registrations.registerAccount, async ({ params: { customerId }, body, key }) => {
      const { approval } = body;
      const trdNo = approval.method === 'ars' ? await approvalOf(approval.arsCallId, customerId) : undefined;
      const placed = await placing.place(
        registrationWish(customerId, body, trdNo, asked(registrations.registerAccount, key)),
      );
      return answerOf(placed, registrationView(placed.intent));
    }),
    serve(registrations.registerAccountWithEvidence, async ({ params, body, key }) => {
      const wish = evidencedRegistrationWish(
        params.customerId,
        body,
        asked(registrations.registerAccountWithEvidence, key),
      );
      const placed = await placing.place(wish);
      return answerOf(placed, registrationView(placed.intent));
    }),
    serve(registrations.readRegistration, async ({ params }) =>
      ok(registrationView(await find(params.registrationId, 'registration'))),
    ),

    ...reviewCalls(deps),
    ...reconciliationCalls(deps),
  ]);
}

type ListQuery = {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly customerId?: string | undefined;
  readonly orderNumber?: string | undefined;
  readonly date?: string | undefined;
  readonly status?: Status | undefined;
};

const filterOf = ({
  cursor,
  customerId,
  orderNumber,
  date,
  status,
}: ListQuery): Omit<IntentFilter, 'kinds'> => ({
  ...(cursor !== undefined && { before: seqOf(cursor) }),
  ...(customerId !== undefined && { customerId }),
  ...(orderNumber !== undefined && { orderNumber }),
  ...(date !== undefined && { date: plainDay(date) }),
  ...(status !== undefined && { states: statesOf(status) }),
});

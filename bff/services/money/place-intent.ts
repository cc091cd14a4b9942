import { setTimeout as sleep } from 'node:timers/promises';
import { endpointOf } from '../../../shared/hecto/endpoints.ts';
import { check } from '../../hecto/check.ts';
import { Problem } from '../../http/problem.ts';
import { invalidRequest } from '../../http/validate.ts';
import type { Created, Intent, IntentEndpoint, NewIntent, Replay } from '../../store/intents.ts';
import { refusedByHecto } from '../accepted-by-hecto.ts';
import { createCarryOut } from './carry-out.ts';
import { pathOf, statusOf } from './intent-views.ts';
import type { MoneyDeps } from './money-deps.ts';

/** A repeat that arrives while the first request is at work waits this long for its answer (R02, R04). */
const repeatWaitMs = 4_000;
const repeatLookMs = 200;

export type Placed = { readonly intent: Intent; readonly replayed: boolean };

/** Requests that are being carried out in this process, so that a stop can wait for them (R17). */
export type Placing = ReturnType<typeof createPlacing>;

/**
 * From a merchant's wish to an intent and its outcome: committed first, then sent once, then answered, at the latest
 * after eight seconds with whatever is known. The same Idempotency-Key finds the same intent for as long as the
 * ledger is kept: that is all the memory a repeat needs.
 */
export function createPlacing(deps: MoneyDeps) {
  const { config, store, hecto, clock, log, answerWithinMs } = deps;
  const carryOut = createCarryOut(deps);
  /** By intent: what this process is at work on. */
  const running = new Map<string, Promise<Intent>>();

  /**
   * Throws `idempotency-key-reused`, `idempotency-key-in-flight`, `order-number-taken`, `payment-not-authorized`,
   * `hecto-unavailable` (nothing was sent) and, before anything is stored, `invalid-request` for what Hecto's contract does not take.
   */
  async function place(wish: NewIntent): Promise<Placed> {
    return settleOn(
      await store.intents.replayOf(wish),
      () => {
        checkContract(wish.endpoint, wish.request);
        if (config.paymentAuthorization === 'required' && isUnauthorizedPayment(wish)) throw notAuthorized();
        return store.intents.create(wish, clock());
      },
      wish.endpoint,
    );
  }

  /** The same for whatever else makes intents; `create` is only called when no earlier request did. */
  async function settleOn(
    replay: Replay | undefined,
    create: () => Promise<Created>,
    endpoint: IntentEndpoint,
  ): Promise<Placed> {
    if (!replay) {
      const admission = hecto.admits(endpoint);
      if (!admission.admitted) {
        throw new Problem('hecto-unavailable', { retryAfter: admission.retryAfterSeconds });
      }
    }
    const created = replay ?? (await create());
    switch (created.kind) {
      case 'other-body':
        throw new Problem('idempotency-key-reused');
      case 'order-number-taken':
        throw new Problem('order-number-taken', {
          detail: 'Every new try needs an order number of its own.',
        });
      case 'not-authorized':
        throw notAuthorized(
          'It is used, too old, or was given for another payment: ask for the password again.',
        );
      case 'replayed':
        return { intent: await untilAnswered(created.intent), replayed: true };
      case 'created':
        return { intent: await untilKnown(created.intent), replayed: false };
    }
  }

  /** The outcome, or what is known of it when the time is up. The work goes on either way. */
  async function untilKnown(intent: Intent): Promise<Intent> {
    const work = carryOut(intent);
    const done = work.finally(() => running.delete(intent.id));
    running.set(intent.id, done);
    const up = new AbortController();
    const timeUp = sleep(answerWithinMs, undefined, { signal: up.signal, ref: false });
    timeUp.catch(() => undefined); // aborted
    try {
      const known = await Promise.race([done, timeUp]);
      if (known) return known;
    } finally {
      up.abort();
    }
    done.catch((error: unknown) => log.fault(error));
    return (await store.intents.read(intent.id)) ?? intent;
  }

  async function untilAnswered(intent: Intent): Promise<Intent> {
    const deadline = performance.now() + repeatWaitMs;
    let current = intent;
    for (let left = repeatWaitMs; isAtWork(current) && left > 0; left = deadline - performance.now()) {
      // In this process its end is known at once; another instance has to be looked after.
      const here = running.get(intent.id)?.catch(() => undefined);
      await (here ? Promise.race([here, sleep(left)]) : sleep(Math.min(left, repeatLookMs)));
      current = (await store.intents.read(intent.id)) ?? current;
    }
    if (isAtWork(current)) throw new Problem('idempotency-key-in-flight', { retryAfter: 2 });
    return current;
  }

  /** Nobody has been told anything about it yet. */
  const isAtWork = ({ state, createdAt }: Intent): boolean =>
    (state === 'created' || state === 'submitting') &&
    clock().getTime() - createdAt.getTime() < answerWithinMs;

  return {
    place,
    settleOn,
    /** Waits for what is being carried out; it ends within Hecto's time limit. */
    async finish() {
      await Promise.allSettled(running.values());
    },
  };
}

/** An instalment was approved with the first payment; a refund is not the customer's to approve. */
const isUnauthorizedPayment = ({ kind, authorization }: NewIntent): boolean =>
  kind === 'payment' && authorization === undefined;

/** The merchant wants the customer's approval of every payment (`PAYMENT_AUTHORIZATION`), or it gave one that is not good. */
export const notAuthorized = (
  detail = 'Give the paymentAuthorization of a verified payment password.',
): Problem => new Problem('payment-not-authorized', { detail });

/** Hecto's field names as the merchant knows them. */
const apiNames: Readonly<Record<string, string>> = {
  mchtCustId: 'customerId',
  mchtTrdNo: 'orderNumber',
  mchtCustNm: 'holderName',
  uii: 'holderIdentity',
  bankCd: 'bankCode',
  custAcntNo: 'accountNumber',
  custAcntKey: 'accountKey',
  trdAmt: 'amount',
  splAmt: 'supplyAmount',
  vat: 'vatAmount',
  svcAmt: 'serviceCharge',
  cupDepositAmt: 'cupDepositAmount',
  pmtPrdtNm: 'productName',
  custAcntSumry: 'passbookText',
  csrcRegNo: 'cashReceipt.identifier',
  rglChrgKey: 'recurringPaymentKey',
  rglEdDt: 'recurring.endsOn',
  payerNo: 'payerNumber',
  custIp: 'customerIp',
};

/** Before an intent exists: nothing that Hecto's contract does not take may become one (R05). */
export function checkContract(endpoint: IntentEndpoint, request: NewIntent['request']): void {
  const checked = check(endpointOf(endpoint), request);
  if ('values' in checked) return;
  throw invalidRequest(
    checked.errors.map(({ field, message }) => ({ field: apiNames[field] ?? 'body', message })),
  );
}

/**
 * The answer to a request that placed an intent: 201 when it came about, 202 while that is not known. One that
 * did not is thrown as the Problem that says why.
 */
export function answerOf<View>({ intent, replayed }: Placed, view: View) {
  const location = pathOf(intent);
  const status = statusOf(intent);
  if (status === 'failed') throw whyNot(intent, replayed);
  return status === 'succeeded'
    ? ({ status: 201, body: view, location, replayed } as const)
    : ({ status: 202, body: view, location, replayed, retryAfter: 5 } as const);
}

function whyNot(intent: Intent, replayed: boolean): Problem {
  const about = { instance: pathOf(intent), replayed };
  const { endpoint, refusal = { code: 'service-unavailable' as const } } = intent;
  if (refusal.hecto) return refusedByHecto(endpoint, refusal.hecto.outStatCd, refusal.hecto.outRsltCd, about);
  if (refusal.code === 'service-unavailable')
    return new Problem('hecto-unavailable', { ...about, retryAfter: 5 });
  return new Problem('hecto-refused', {
    ...about,
    refusal: refusal.code,
    retryable: true,
    detail: 'Hecto does not know of this order: nothing was moved.',
  });
}

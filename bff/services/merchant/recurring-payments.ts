import { randomBytes } from 'node:crypto';
import type { RecurringPayment } from '../../../shared/api/merchant/recurring-payments.ts';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import { kstIso, plainDay } from '../../../shared/values/kst.ts';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import { Problem } from '../../http/problem.ts';
import { acceptedByHecto } from '../accepted-by-hecto.ts';
import { endAtHecto } from './end-at-hecto.ts';
import { accountFields, dayOf, given, momentOf, orderStatus, wonOf } from './from-hecto.ts';
import type { MerchantDeps } from './merchant-deps.ts';
import { pageOfList } from './page-of-list.ts';

type Period = {
  readonly from: string;
  readonly to: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

const endReasons: Readonly<Record<string, NonNullable<RecurringPayment['endReason']>>> = {
  EXPIRE: 'expired',
  FAIL: 'payment-failed',
  CANCEL: 'cancelled',
  ADMIN: 'cancelled-by-hecto',
};

/** Recurring payments as Hecto keeps them. */
export function createRecurringPayments({ hecto, clock }: MerchantDeps) {
  /** Throws `not-found` for a key that Hecto does not know of this customer. */
  async function read(key: string, customerId: string): Promise<RecurringPayment> {
    const answer = await knownToHecto('recurringPaymentInfo', () =>
      acceptedByHecto(hecto, 'recurringPaymentInfo', { mchtCustId: customerId, rglChrgKey: key }),
    );
    const { unregDt, unregStatCd } = answer;
    const ended = unregDt !== undefined || unregStatCd !== undefined;
    return {
      key,
      customerId,
      status: ended ? 'ended' : 'active',
      ...accountFields(answer.bankCd, answer.custAcntNo, answer.bankNm),
      ...given('startsOn', dayOf(answer.useStDt)),
      ...given('endsOn', dayOf(answer.useEdDt)),
      ...given('firstAmount', wonOf(answer.rglPmtAmt)),
      ...given('paidAmount', wonOf(answer.pmtAcmAmt)),
      ...given('paidCount', wonOf(answer.pmtAcmOrd)),
      ...given('endedAt', momentOf(unregDt)),
      ...(ended && { endReason: endReasons[unregStatCd ?? ''] ?? 'other' }),
    };
  }

  /** A page of what was paid and refunded in a period, in Hecto's order. */
  async function transactions(key: string, customerId: string, { from, to, ...page }: Period) {
    const { trRecords = [] } = await knownToHecto('recurringPaymentHistory', () =>
      acceptedByHecto(hecto, 'recurringPaymentHistory', {
        mchtCustId: customerId,
        rglChrgKey: key,
        useStDt: plainDay(from),
        useEdDt: plainDay(to),
      }),
    );
    const { data, ...next } = pageOfList(trRecords, page);
    return {
      ...next,
      data: data.map((record) => ({
        ...given('orderNumber', record.recordMchtTrdNo),
        ...orderStatus('recurringPaymentApproval', record.recordOutStatCd, record.recordOutRsltCd),
        ...given('amount', wonOf(record.recordTrdAmt)),
        ...given('at', momentOf(record.recordTrdDt)),
        ...given('instalment', wonOf(record.recordUseOrd)),
        ...accountFields(record.recordBankCd, record.recordCustAcntNo, record.recordBankNm),
      })),
    };
  }

  /** Ends it; see `endAtHecto`. */
  function end(key: string, customerId: string): Promise<RecurringPayment> {
    return endAtHecto(hecto, {
      call: 'recurringPaymentCancel',
      request: () => ({
        mchtTrdNo: newOrderNumber('END', clock(), randomBytes),
        mchtCustId: customerId,
        rglChrgKey: key,
      }),
      look: () => read(key, customerId),
      isOver: ({ status }) => status === 'ended',
      over: (recurring) => ({
        ...recurring,
        status: 'ended',
        endedAt: kstIso(clock()),
        endReason: 'cancelled',
      }),
      endedBefore: 'payment-cancelled',
    });
  }

  return { read, transactions, end };
}

/** A key that Hecto does not know is a resource that is not there. */
async function knownToHecto<T>(endpoint: EndpointName, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { refusal, hecto } = error instanceof Problem ? error.details : {};
    if (refusal !== 'transaction-not-found' || hecto?.endpoint !== endpoint) throw error;
    throw new Problem('not-found', { refusal, hecto });
  }
}

import type { Payment, Refund } from '../../../shared/api/merchant/payments.ts';
import type { Registration } from '../../../shared/api/merchant/registrations.ts';
import type { Remittance } from '../../../shared/api/merchant/remittances.ts';
import type { Review } from '../../../shared/api/merchant/reviews.ts';
import { refusalOf } from '../../../shared/hecto/codes.ts';
import { dashedDay, kstIso } from '../../../shared/values/kst.ts';
import type { Intent, IntentKind, IntentState } from '../../store/intents.ts';
import type { Transition } from '../../store/ledger.ts';
import type { NewEvent } from '../../store/outbox.ts';
import { refusalTexts } from '../../text/refusal-texts.ts';

/* What the merchant's server may see of intents. Everything is named here; nothing leaves by accident. */

export type Status = Payment['status'];

/** Unknown is never shown as failed (R41). */
const statuses: Record<IntentState, Status> = {
  created: 'processing',
  submitting: 'processing',
  unknown: 'processing',
  succeeded: 'succeeded',
  failed: 'failed',
  expired: 'failed',
  needs_review: 'needs_review',
};
export const statusOf = ({ state }: Intent): Status => statuses[state];

/** The states behind a status, for lists. */
export const statesOf = (status: Status): IntentState[] =>
  (Object.keys(statuses) as IntentState[]).filter((state) => statuses[state] === status);

/** Why it failed. An intent that expired was never sent: the same wish may be made again. */
function failureOf(intent: Intent): { failure?: NonNullable<Payment['failure']> } {
  if (statusOf(intent) !== 'failed') return {};
  const { endpoint, refusal = { code: 'service-unavailable' } } = intent;
  const { code, hecto } = refusal;
  return {
    failure: {
      code,
      message: refusalTexts[code].en,
      // Without a code of Hecto's nothing reached it, or it never knew the order.
      retryable: hecto ? refusalOf(endpoint, hecto.outRsltCd).retryable : true,
      ...(hecto && { hecto: { endpoint, ...hecto } }),
    },
  };
}

const common = (intent: Intent) => ({
  id: intent.id,
  status: statusOf(intent),
  orderNumber: intent.orderNumber,
  ...(intent.sent && { orderDate: dashedDay(intent.sent.date) }),
  ...failureOf(intent),
  createdAt: kstIso(intent.createdAt),
  updatedAt: kstIso(intent.updatedAt),
  ...(intent.about.metadata && { metadata: intent.about.metadata }),
});

const numberOf = ({ result }: Intent) =>
  result?.transactionNumber === undefined ? {} : { transactionNumber: result.transactionNumber };

/** Payments and charges. */
export function paymentView(intent: Intent, refundedAmount: number): Payment {
  const { about, result = {}, amount = 0, customerId = '' } = intent;
  const maskedAccountNumber = result.maskedAccountNumber ?? about.maskedAccountNumber;
  const recurringPaymentKey = result.recurringPaymentKey ?? about.recurringPaymentKey;
  return {
    ...common(intent),
    customerId,
    amount,
    refundedAmount,
    ...(about.bankCode !== undefined && { bankCode: about.bankCode }),
    ...(about.accountKey !== undefined && { accountKey: about.accountKey }),
    ...(maskedAccountNumber !== undefined && { maskedAccountNumber }),
    ...(about.productName !== undefined && { productName: about.productName }),
    ...numberOf(intent),
    ...(recurringPaymentKey !== undefined && { recurringPaymentKey }),
  };
}

export const refundView = (intent: Intent): Refund => ({
  ...common(intent),
  paymentId: intent.parentId ?? '',
  amount: intent.amount ?? 0,
  ...numberOf(intent),
});

export const remittanceView = (intent: Intent): Remittance => ({
  ...common(intent),
  amount: intent.amount ?? 0,
  ...(intent.customerId !== undefined && { customerId: intent.customerId }),
  ...(intent.about.bankCode !== undefined && { bankCode: intent.about.bankCode }),
  ...(intent.about.maskedAccountNumber !== undefined && {
    maskedAccountNumber: intent.about.maskedAccountNumber,
  }),
  ...numberOf(intent),
});

export function registrationView(intent: Intent): Registration {
  const { about, result = {}, customerId = '' } = intent;
  const maskedAccountNumber = result.maskedAccountNumber ?? about.maskedAccountNumber;
  return {
    ...common(intent),
    customerId,
    bankCode: about.bankCode ?? '',
    ...(maskedAccountNumber !== undefined && { maskedAccountNumber }),
    ...(result.accountKey !== undefined && { accountKey: result.accountKey }),
    ...(result.alreadyRegistered !== undefined && { alreadyRegistered: result.alreadyRegistered }),
  };
}

/** How an intent came to where it is, for whoever has to settle it. */
export const reviewView = (intent: Intent, history: readonly Transition[]): Review => ({
  id: intent.id,
  kind: intent.kind,
  status: statusOf(intent),
  orderNumber: intent.orderNumber,
  ...(intent.sent && { orderDate: dashedDay(intent.sent.date) }),
  ...(intent.amount !== undefined && { amount: intent.amount }),
  inquiries: intent.inquiries,
  ...(intent.refusal?.hecto && { lastAnswer: { endpoint: intent.endpoint, ...intent.refusal.hecto } }),
  history: history.map(({ to, reason, at }) => ({ status: to, reason, at: kstIso(at) })),
  createdAt: kstIso(intent.createdAt),
  updatedAt: kstIso(intent.updatedAt),
});

const subjects: Record<
  IntentKind,
  { name: 'payment' | 'refund' | 'remittance' | 'registration'; view: (intent: Intent) => object }
> = {
  payment: { name: 'payment', view: (intent) => paymentView(intent, 0) },
  charge: { name: 'payment', view: (intent) => paymentView(intent, 0) },
  refund: { name: 'refund', view: refundView },
  remittance: { name: 'remittance', view: remittanceView },
  registration: { name: 'registration', view: registrationView },
};

/** The event that tells of an intent's new state; none while the outcome is open. */
export function eventOf(intent: Intent): NewEvent | undefined {
  const status = statusOf(intent);
  if (status === 'processing') return undefined;
  const { name, view } = subjects[intent.kind];
  return {
    type: `${name}.${status}`,
    subject: intent.id,
    data: view(intent) as Readonly<Record<string, unknown>>,
    at: intent.updatedAt,
  };
}

/** Where the merchant reads it. */
export function pathOf({ id, kind }: Intent): string {
  const paths: Record<IntentKind, string> = {
    payment: '/v1/payments',
    charge: '/v1/payments',
    refund: '/v1/refunds',
    remittance: '/v1/remittances',
    registration: '/v1/account-registrations',
  };
  return `${paths[kind]}/${id}`;
}

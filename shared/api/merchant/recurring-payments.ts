/** Payments that repeat without the customer: what they are and how they end. */
import { z } from 'zod';
import {
  bankName,
  customerId,
  day,
  failure,
  maskedAccountNumber,
  moment,
  page,
  pageOf,
  wonOrNone,
} from './fields.ts';
import { operation } from './operation.ts';

/** The key that the first payment answered. */
export const recurringKey = z
  .string()
  .regex(/^[^:&?'<>\s]{1,32}$/, '1 to 32 characters, as it was answered')
  .meta({ description: 'Key of the recurring payment.', example: 'RGL20261123000001' });
const params = z.strictObject({ recurringPaymentKey: recurringKey });
const ofCustomer = z.strictObject({ customerId });

export const recurringPayment = z
  .object({
    key: recurringKey,
    customerId,
    status: z.enum(['active', 'ended']),
    bankCode: z.string().optional(),
    bankName: bankName.optional(),
    maskedAccountNumber: maskedAccountNumber.optional(),
    startsOn: day.optional(),
    endsOn: day.optional(),
    firstAmount: wonOrNone.optional(),
    paidAmount: wonOrNone.optional().meta({ description: 'Withdrawn so far, in won.' }),
    paidCount: z.int().min(0).optional(),
    endedAt: moment.optional(),
    endReason: z.enum(['expired', 'payment-failed', 'cancelled', 'cancelled-by-hecto', 'other']).optional(),
  })
  .meta({ id: 'RecurringPayment' });
export type RecurringPayment = z.output<typeof recurringPayment>;

export const recurringTransaction = z
  .object({
    orderNumber: z.string().optional(),
    status: z.enum(['processing', 'succeeded', 'failed']),
    amount: wonOrNone.optional(),
    at: moment.optional(),
    instalment: z.int().min(0).optional().meta({ description: 'Which instalment it is, or belongs to.' }),
    bankCode: z.string().optional(),
    bankName: bankName.optional(),
    maskedAccountNumber: maskedAccountNumber.optional(),
    failure: failure.optional(),
  })
  .meta({ id: 'RecurringTransaction' });

const problems = ['not-found', 'hecto-refused', 'hecto-unavailable', 'hecto_unknown'] as const;

export const readRecurringPayment = operation({
  id: 'readRecurringPayment',
  method: 'GET',
  path: '/v1/recurring-payments/{recurringPaymentKey}',
  tag: 'Recurring payments',
  summary: 'Read a recurring payment',
  params,
  query: ofCustomer,
  answers: { 200: recurringPayment },
  hecto: ['recurringPaymentInfo'],
  problems,
});

export const listRecurringTransactions = operation({
  id: 'listRecurringTransactions',
  method: 'GET',
  path: '/v1/recurring-payments/{recurringPaymentKey}/transactions',
  tag: 'Recurring payments',
  summary: 'List payments and refunds of a recurring payment',
  description: 'Of a period of at most 365 days.',
  params,
  query: z
    .strictObject({ customerId, from: day, to: day, ...page })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'not before from' })
    .refine(({ from, to }) => daysBetween(from, to) <= 365, {
      path: ['to'],
      message: 'at most 365 days after from',
    }),
  answers: { 200: pageOf(recurringTransaction) },
  hecto: ['recurringPaymentHistory'],
  problems,
});

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

export const endRecurringPayment = operation({
  id: 'endRecurringPayment',
  method: 'DELETE',
  scope: 'pay',
  path: '/v1/recurring-payments/{recurringPaymentKey}',
  tag: 'Recurring payments',
  summary: 'End a recurring payment',
  description:
    'Repeating it does no harm: one that has ended is answered as it is. When the answer gets lost, Hecto is asked; where the end does not show, the answer is `hecto_unknown`: read it a little later.',
  params,
  query: ofCustomer,
  answers: { 200: recurringPayment },
  hecto: ['recurringPaymentCancel', 'recurringPaymentInfo'],
  problems,
});

/** Payments out of registered accounts, the charges of recurring ones, and their refunds. */
import { z } from 'zod';
import {
  accountKey,
  bankCode,
  customerId,
  customerIp,
  day,
  failure,
  intentStatus,
  maskedAccountNumber,
  metadata,
  moment,
  orderNumber,
  page,
  pageOf,
  paymentAuthorization,
  wireText,
  won,
  wonOrNone,
} from './fields.ts';
import { operation } from './operation.ts';

const tag = 'Payments';

/** Tells Hecto to issue a cash receipt (현금영수증) with the payment. */
const cashReceipt = z
  .strictObject({
    purpose: z.enum(['income-deduction', 'expense-proof']),
    identifierType: z.enum(['card', 'business-number', 'mobile']),
    identifier: z.string().regex(/^\d{8,20}$/, '8 to 20 digits'),
    taxFree: z.boolean().default(false),
    extraDeduction: z.enum(['public-transport', 'culture']).optional(),
  })
  .meta({
    id: 'CashReceipt',
    description: 'Cash receipt. A resident registration number is never accepted.',
  });
export type CashReceipt = z.output<typeof cashReceipt>;

/** How the amount is made up. */
const amounts = {
  amount: won,
  supplyAmount: wonOrNone.optional(),
  vatAmount: wonOrNone.optional(),
  serviceCharge: wonOrNone.optional(),
};
const cupDepositAmount = wonOrNone
  .optional()
  .meta({ description: 'Container deposit; already part of `amount`.' });
const containsDeposit = ({
  amount,
  cupDepositAmount: deposit = 0,
}: {
  amount: number;
  cupDepositAmount?: number | undefined;
}) => deposit <= amount;
const depositRule = { path: ['cupDepositAmount'], error: 'at most the amount, of which it is a part' };

export const createPaymentBody = z
  .strictObject({
    customerId,
    bankCode,
    accountKey: accountKey
      .optional()
      .meta({ description: "Left out, the customer's registered account at this bank." }),
    ...amounts,
    cupDepositAmount,
    orderNumber: orderNumber.optional(),
    productName: wireText(100).optional(),
    passbookText: wireText(30).optional(),
    cashReceipt: cashReceipt.optional(),
    cashReceiptAllowed: z.boolean().optional(),
    recurring: z
      .strictObject({ endsOn: day.optional() })
      .optional()
      .meta({
        description: 'Makes this the first of a recurring payment: the answer carries `recurringPaymentKey`.',
      }),
    paymentAuthorization: paymentAuthorization
      .optional()
      .meta({
        description:
          "The customer's approval, from verifying the payment password. It is used up by this payment, which must have the very `accountKey`, `amount` and `orderNumber` that were approved.",
      }),
    customerIp: customerIp.optional(),
    metadata: metadata.optional(),
  })
  .refine(containsDeposit, depositRule)
  .meta({ id: 'CreatePayment' });

export const chargeBody = z
  .strictObject({
    customerId,
    ...amounts,
    cupDepositAmount,
    orderNumber: orderNumber.optional(),
    productName: wireText(50).optional(),
    passbookText: wireText(7, 'characters').optional(),
    cashReceipt: cashReceipt
      .extend({ extraDeduction: z.enum(['public-transport', 'culture']) })
      .optional()
      .meta({ id: 'ChargeCashReceipt' }),
    cashReceiptAllowed: z.boolean().optional(),
    customerIp: customerIp.optional(),
    metadata: metadata.optional(),
  })
  .refine(containsDeposit, depositRule)
  .meta({ id: 'CreateCharge' });

export const payment = z
  .object({
    id: z.string().meta({ example: 'pay_4pXcTzRkJ1mQvN8sYb2wLh7d' }),
    status: intentStatus,
    customerId,
    amount: won,
    refundedAmount: wonOrNone,
    orderNumber: z.string(),
    orderDate: day.optional().meta({ description: 'Korean day under which Hecto keeps the order.' }),
    bankCode: z.string().optional(),
    accountKey: z.string().optional(),
    maskedAccountNumber: maskedAccountNumber.optional(),
    productName: z.string().optional(),
    transactionNumber: z.string().optional().meta({ description: "Hecto's number of the transaction." }),
    recurringPaymentKey: z.string().optional(),
    failure: failure.optional(),
    createdAt: moment,
    updatedAt: moment,
    metadata: metadata.optional(),
  })
  .meta({ id: 'Payment' });
export type Payment = z.output<typeof payment>;

export const refundBody = z
  .strictObject({
    amount: won.optional().meta({ description: 'Left out, all that is left of the payment.' }),
    supplyAmount: wonOrNone.optional(),
    vatAmount: wonOrNone.optional(),
    serviceCharge: wonOrNone.optional(),
    orderNumber: orderNumber.optional(),
    passbookText: wireText(30).optional(),
    customerIp: customerIp.optional(),
    metadata: metadata.optional(),
  })
  .meta({ id: 'CreateRefund' });

export const refund = z
  .object({
    id: z.string().meta({ example: 'rfd_4pXcTzRkJ1mQvN8sYb2wLh7d' }),
    paymentId: z.string(),
    status: intentStatus,
    amount: won,
    orderNumber: z.string(),
    orderDate: day.optional(),
    transactionNumber: z.string().optional(),
    failure: failure.optional(),
    createdAt: moment,
    updatedAt: moment,
    metadata: metadata.optional(),
  })
  .meta({ id: 'Refund' });
export type Refund = z.output<typeof refund>;

const paymentId = z.object({ paymentId: z.string().max(60) });
const moneyProblems = ['order-number-taken', 'hecto-refused', 'hecto-unavailable', 'unavailable'] as const;
const processing =
  'Answers 201 when the money has moved, 402 `hecto-refused` when it has not, and 202 with status `processing` when that is not known after eight seconds: do not pay again, the outcome comes by webhook and by `GET`.';

export const payments = {
  createPayment: operation({
    id: 'createPayment',
    method: 'POST',
    scope: 'pay',
    path: '/v1/payments',
    tag,
    summary: 'Pay from a registered account',
    description: processing,
    body: createPaymentBody,
    example: {
      customerId: 'customer-17',
      bankCode: '088',
      amount: 15_000,
      orderNumber: 'order-2026-0001',
      productName: '아메리카노 2잔',
    },
    answers: { 201: payment, 202: payment },
    once: true,
    hecto: ['payment', 'transactionResult'],
    problems: ['payment-not-authorized', ...moneyProblems],
  }),
  listPayments: operation({
    id: 'listPayments',
    method: 'GET',
    path: '/v1/payments',
    tag,
    summary: 'List payments, newest first',
    query: z.strictObject({
      ...page,
      customerId: customerId.optional(),
      orderNumber: orderNumber.optional(),
      date: day.optional(),
      status: intentStatus.optional(),
    }),
    answers: { 200: pageOf(payment) },
  }),
  readPayment: operation({
    id: 'readPayment',
    method: 'GET',
    path: '/v1/payments/{paymentId}',
    tag,
    summary: 'Read a payment',
    params: paymentId,
    answers: { 200: payment },
    problems: ['not-found'],
  }),
  createRefund: operation({
    id: 'createRefund',
    method: 'POST',
    scope: 'refund',
    path: '/v1/payments/{paymentId}/refunds',
    tag,
    summary: 'Refund a payment, whole or in part',
    description: processing,
    params: paymentId,
    body: refundBody,
    example: { amount: 5_000, orderNumber: 'refund-2026-0001' },
    answers: { 201: refund, 202: refund },
    once: true,
    hecto: ['paymentCancel', 'transactionHistory'],
    problems: ['not-found', 'not-refundable', ...moneyProblems],
  }),
  listRefunds: operation({
    id: 'listRefunds',
    method: 'GET',
    path: '/v1/payments/{paymentId}/refunds',
    tag,
    summary: 'List the refunds of a payment, newest first',
    params: paymentId,
    query: z.strictObject(page),
    answers: { 200: pageOf(refund) },
    problems: ['not-found'],
  }),
  readRefund: operation({
    id: 'readRefund',
    method: 'GET',
    path: '/v1/refunds/{refundId}',
    tag,
    summary: 'Read a refund',
    params: z.object({ refundId: z.string().max(60) }),
    answers: { 200: refund },
    problems: ['not-found'],
  }),
  createCharge: operation({
    id: 'createCharge',
    method: 'POST',
    scope: 'pay',
    path: '/v1/recurring-payments/{recurringPaymentKey}/charges',
    tag: 'Recurring payments',
    summary: 'Charge an instalment of a recurring payment',
    description: `A charge is a payment: read, list and refund it as one. ${processing}`,
    params: z.object({ recurringPaymentKey: wireText(32) }),
    body: chargeBody,
    example: { customerId: 'customer-17', amount: 9_900, productName: '원두 정기배송' },
    answers: { 201: payment, 202: payment },
    once: true,
    hecto: ['recurringPaymentApproval', 'transactionResult'],
    problems: moneyProblems,
  }),
} as const;

/** What Hecto has on record right now. */
import { z } from 'zod';
import { day, failure, maskedAccountNumber, orderNumber, wonOrNone } from './fields.ts';
import { operation } from './operation.ts';

const type = z.enum(['payment', 'refund', 'remittance']);

export const transaction = z
  .object({
    type,
    orderNumber: z.string(),
    date: day.optional(),
    status: z.enum(['processing', 'succeeded', 'failed']),
    amount: wonOrNone.optional(),
    bankCode: z.string().optional(),
    maskedAccountNumber: maskedAccountNumber.optional(),
    failure: failure.optional(),
  })
  .meta({ id: 'Transaction' });
export type Transaction = z.output<typeof transaction>;

export const listTransactions = operation({
  id: 'listTransactions',
  method: 'GET',
  path: '/v1/transactions',
  tag: 'Transactions',
  summary: 'Ask what Hecto has on record for an order',
  description:
    "An empty list says that Hecto knows of no such order now; in the first minutes after an order that is no proof that it failed. Refunds are found by their own order number or by their payment's.",
  query: z.strictObject({
    type,
    orderNumber: orderNumber.meta({ description: 'Number of the order.', example: 'order-2026-0001' }),
    date: day.meta({ description: 'Day of the order in Korea.', example: '2026-11-23' }),
  }),
  answers: { 200: z.object({ data: z.array(transaction) }) },
  hecto: ['transactionHistory', 'transactionResult'],
  problems: ['hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});

export const readRemittanceBalance = operation({
  id: 'readRemittanceBalance',
  method: 'GET',
  path: '/v1/remittance-balance',
  tag: 'Transactions',
  summary: 'Read what is left for remittances',
  answers: { 200: z.object({ balance: wonOrNone }).meta({ id: 'RemittanceBalance' }) },
  hecto: ['remittanceBalance'],
  problems: ['hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});

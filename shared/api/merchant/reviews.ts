/** Outcomes that nobody has told yet: ask Hecto now, or settle them by hand after asking Hecto by phone. */
import { z } from 'zod';
import { day, hectoCodes, intentStatus, moment, page, pageOf, won } from './fields.ts';
import { operation } from './operation.ts';

const tag = 'Reviews';

export const review = z
  .object({
    id: z.string().meta({ description: 'Of the payment, refund, remittance or registration.' }),
    kind: z.enum(['payment', 'charge', 'refund', 'remittance', 'registration']),
    status: intentStatus,
    orderNumber: z.string(),
    orderDate: day.optional(),
    amount: won.optional(),
    inquiries: z.int().meta({ description: 'How often Hecto was asked without a final answer.' }),
    lastAnswer: hectoCodes.optional(),
    history: z.array(z.object({ status: z.string(), reason: z.string(), at: moment })),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: 'Review' });
export type Review = z.output<typeof review>;

const id = z.object({ id: z.string().max(60) });

export const reviews = {
  listReviews: operation({
    id: 'listReviews',
    method: 'GET',
    path: '/v1/reviews',
    tag,
    summary: 'List what is not known, newest first',
    query: z.strictObject({
      ...page,
      status: z.enum(['processing', 'needs_review']).default('needs_review'),
    }),
    answers: { 200: pageOf(review) },
  }),
  readReview: operation({
    id: 'readReview',
    method: 'GET',
    path: '/v1/reviews/{id}',
    tag,
    summary: 'Read how an intent came to where it is',
    params: id,
    answers: { 200: review },
    problems: ['not-found'],
  }),
  inquireNow: operation({
    id: 'inquireNow',
    method: 'POST',
    scope: 'manage',
    path: '/v1/reviews/{id}/inquire',
    tag,
    summary: 'Ask Hecto now',
    description: 'Moves nothing. Answers the intent as it is after the inquiry.',
    params: id,
    body: z.strictObject({}),
    answers: { 200: review },
    hecto: ['transactionResult', 'transactionHistory', 'accountList'],
    problems: ['not-found', 'nothing-to-review'],
  }),
  resolveReview: operation({
    id: 'resolveReview',
    method: 'POST',
    scope: 'manage',
    path: '/v1/reviews/{id}/resolve',
    tag,
    summary: 'Settle by hand what Hecto never told',
    description:
      'Only for `needs_review`. The ledger keeps that it was settled by hand; the event goes out as usual. No money moves.',
    params: id,
    body: z.strictObject({ outcome: z.enum(['succeeded', 'failed']) }),
    example: { outcome: 'failed' },
    answers: { 200: review },
    problems: ['not-found', 'nothing-to-review'],
  }),
} as const;

/** Our ledger against Hecto's, day by day. */
import { z } from 'zod';
import { day, intentStatus, moment, wonOrNone } from './fields.ts';
import { operation } from './operation.ts';

const kind = z.enum(['payment', 'charge', 'refund', 'remittance']);
const count = z.int().min(0);

const sum = z.object({ count, amount: wonOrNone }).meta({ id: 'ReconciledSum' });

/** What Hecto says of an order. */
const theirs = z.object({
  outcome: z
    .enum(['succeeded', 'failed', 'absent', 'not-certain', 'taken-back', 'more-than-once', 'not-answered'])
    .meta({
      description:
        '`absent`: Hecto knows no such order. `not-certain`: Hecto itself does not call it final. `taken-back`: cancelled, and not by a refund of ours.',
    }),
  amount: wonOrNone.optional(),
  resultCode: z.string().optional().meta({ description: "Hecto's own code." }),
});

const difference = z
  .object({
    id: z.string(),
    kind,
    orderNumber: z.string(),
    what: z.enum(['missing-at-hecto', 'other-amount', 'other-outcome', 'not-answered']),
    ours: z.object({ status: intentStatus, amount: wonOrNone }),
    theirs,
  })
  .meta({ id: 'ReconciliationDifference' });
export type Difference = z.output<typeof difference>;

const openOrder = z.object({ id: z.string(), kind, orderNumber: z.string(), status: intentStatus });

/** So many differences and open orders stand in one report at most; the counts count all. */
export const mostListed = 1_000;

export const reconciliationReport = z
  .object({
    date: day,
    madeAt: moment,
    checked: count.meta({ description: 'Orders that were sent to Hecto that day.' }),
    totals: z
      .array(z.object({ kind, ours: sum, theirs: sum }))
      .meta({
        description:
          'What succeeded, by kind. Open orders are in neither. Hecto does not tell the amount of a remittance: ours stands for it.',
      }),
    differenceCount: count,
    differences: z.array(difference),
    openCount: count,
    open: z.array(openOrder).meta({ description: 'Their outcome was not known yet: no difference.' }),
  })
  .meta({ id: 'Reconciliation' });
export type Reconciliation = z.output<typeof reconciliationReport>;

export const reconciliations = {
  readReconciliation: operation({
    id: 'readReconciliation',
    method: 'GET',
    path: '/v1/reconciliations/{date}',
    tag: 'Reconciliation',
    summary: 'Read how a day of ours compares with Hecto',
    description: `Made after 11:00 Korean time of the day after; before that there is none. Every payment, charge, refund and remittance that was sent that day is asked about, and amount and outcome are compared. The report is made anew while orders are open or Hecto did not answer. Differences and open orders are listed up to ${mostListed}. Hecto has no list by day: an order that is at Hecto and not in our ledger cannot be found this way.`,
    params: z.object({ date: day }),
    answers: { 200: reconciliationReport },
    hecto: ['transactionHistory', 'transactionResult'],
    problems: ['not-found'],
  }),
} as const;

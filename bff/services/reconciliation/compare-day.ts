import {
  mostListed,
  type Difference,
  type Reconciliation,
} from '../../../shared/api/merchant/reconciliation.ts';
import { dashedDay, kstIso } from '../../../shared/values/kst.ts';
import type { HectoClient } from '../../hecto/client.ts';
import { aboutIntent } from '../../log/current-work.ts';
import type { Intent } from '../../store/intents.ts';
import type { Store } from '../../store/store.ts';
import { statusOf } from '../money/intent-views.ts';
import { askAboutOrder, type Theirs } from './ask-about-order.ts';

type Deps = {
  readonly store: Pick<Store, 'intents'>;
  readonly hecto: HectoClient;
  readonly clock: () => Date;
};

const kinds = ['payment', 'charge', 'refund', 'remittance'] as const;
type Kind = (typeof kinds)[number];

const pageSize = 200;
/** Inquiries about payments that wait for their outcome come first: most of their lane stays free. */
const atOnce = 4;

/**
 * Compares what we know of a Korean day (yyyyMMdd) with what Hecto has on record, order by order (R35). Only orders
 * of ours are asked about: Hecto has no list by day, so one that we do not know of cannot be found this way.
 * Undefined when `isStopped` said so first.
 */
export function createCompareDay({ store, hecto, clock }: Deps) {
  const { intents } = store;

  return async function compareDay(
    day: string,
    isStopped: () => boolean,
  ): Promise<Reconciliation | undefined> {
    const tally = createTally(day);
    for await (const page of sentOn(day)) {
      const waiting = page.values();
      const work = async () => {
        for (const intent of waiting) {
          if (isStopped()) return;
          await check(intent, tally);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      if (isStopped()) return undefined;
    }
    return tally.report(clock());
  };

  async function* sentOn(date: string): AsyncGenerator<readonly Intent[]> {
    let before: number | undefined;
    for (;;) {
      const page = await intents.list({ kinds, date, ...(before !== undefined && { before }) }, pageSize);
      yield page;
      before = page.at(-1)?.seq;
      if (page.length < pageSize) return;
    }
  }

  async function check(intent: Intent, tally: Tally): Promise<void> {
    const status = statusOf(intent);
    if (status !== 'succeeded' && status !== 'failed') {
      tally.open(intent);
      return;
    }
    const told = await aboutIntent(intent.id, () => askAboutOrder(hecto, intent));
    const ours = told.outcome === 'taken-back' && (await intents.refunded(intent.id)).done > 0;
    // What a refund of ours gave back had moved before.
    tally.compared(intent, ours ? { ...told, outcome: 'succeeded' } : told);
  }
}

export type CompareDay = ReturnType<typeof createCompareDay>;
type Tally = ReturnType<typeof createTally>;

function createTally(day: string) {
  const nothing = () => ({ count: 0, amount: 0 });
  const totals = new Map(kinds.map((kind) => [kind, { kind, ours: nothing(), theirs: nothing() }]));
  const found = { checked: 0, differenceCount: 0, openCount: 0 };
  const differences: Difference[] = [];
  const open: Reconciliation['open'] = [];

  const add = (sum: { count: number; amount: number }, amount: number) => {
    sum.count += 1;
    sum.amount += amount;
  };
  const named = (intent: Intent) => ({
    id: intent.id,
    kind: intent.kind as Kind,
    orderNumber: intent.orderNumber,
  });

  return {
    open(intent: Intent): void {
      found.checked += 1;
      found.openCount += 1;
      if (open.length < mostListed) open.push({ ...named(intent), status: statusOf(intent) });
    },

    compared(intent: Intent, theirs: Theirs): void {
      const { amount = 0 } = intent;
      const status = statusOf(intent);
      const total = totals.get(intent.kind as Kind)!;
      found.checked += 1;
      if (status === 'succeeded') add(total.ours, amount);
      if (theirs.outcome === 'succeeded') add(total.theirs, theirs.amount ?? amount);
      const what = differenceBetween({ status, amount }, theirs);
      if (!what) return;
      found.differenceCount += 1;
      if (differences.length < mostListed)
        differences.push({ ...named(intent), what, ours: { status, amount }, theirs });
    },

    report: (now: Date): Reconciliation => ({
      date: dashedDay(day),
      madeAt: kstIso(now),
      ...found,
      totals: [...totals.values()],
      differences,
      open,
    }),
  };
}

/** Nothing moved where both say so, whatever the words. */
function differenceBetween(
  ours: { readonly status: string; readonly amount: number },
  { outcome, amount = ours.amount }: Theirs,
): Difference['what'] | undefined {
  if (outcome === 'not-answered') return 'not-answered';
  if (ours.status === 'failed')
    return outcome === 'failed' || outcome === 'absent' ? undefined : 'other-outcome';
  if (outcome === 'absent') return 'missing-at-hecto';
  if (outcome !== 'succeeded') return 'other-outcome';
  return amount === ours.amount ? undefined : 'other-amount';
}

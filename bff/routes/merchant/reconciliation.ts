import { reconciliations } from '../../../shared/api/merchant/reconciliation.ts';
import { plainDay } from '../../../shared/values/kst.ts';
import { Problem } from '../../http/problem.ts';
import type { Store } from '../../store/store.ts';
import { ok } from './cursor.ts';
import { serve, type Served } from './serve.ts';

/** How our days compare with Hecto's. */
export function reconciliationCalls({ store }: { readonly store: Pick<Store, 'reconciliations'> }): Served[] {
  return [
    serve(reconciliations.readReconciliation, async ({ params: { date } }) => {
      const report = await store.reconciliations.read(plainDay(date));
      if (report) return ok(report);
      throw new Problem('not-found', {
        detail: 'There is no report of this day; one is made after 11:00 Korean time of the day after.',
      });
    }),
  ];
}

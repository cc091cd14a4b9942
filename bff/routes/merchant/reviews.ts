import { reviews } from '../../../shared/api/merchant/reviews.ts';
import { Problem } from '../../http/problem.ts';
import { createAskWhatBecame } from '../../services/money/ask-what-became.ts';
import { eventOf, reviewView, statesOf, statusOf } from '../../services/money/intent-views.ts';
import type { MoneyDeps } from '../../services/money/money-deps.ts';
import type { Intent, IntentKind } from '../../store/intents.ts';
import { cursorOf, ok, seqOf } from './cursor.ts';
import { serve, type Served } from './serve.ts';

const everyKind: readonly IntentKind[] = ['payment', 'charge', 'refund', 'remittance', 'registration'];

/** What is not known: list it, ask Hecto about it now, settle it by hand. */
export function reviewCalls(deps: MoneyDeps): Served[] {
  const { store, clock } = deps;
  const askWhatBecame = createAskWhatBecame(deps);

  async function find(id: string): Promise<Intent> {
    const intent = await store.intents.read(id);
    if (!intent) throw new Problem('not-found');
    return intent;
  }
  const shown = async (intent: Intent) => reviewView(intent, await store.ledger.of(intent.id));

  return [
    serve(reviews.listReviews, async ({ query: { status, cursor, limit } }) => {
      const before = cursor === undefined ? {} : { before: seqOf(cursor) };
      const found = await store.intents.list(
        { kinds: everyKind, states: statesOf(status), ...before },
        limit + 1,
      );
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const next = found.length > page.length && last ? { nextCursor: cursorOf(last.seq) } : {};
      return ok({ data: await Promise.all(page.map(shown)), ...next });
    }),
    serve(reviews.readReview, async ({ params }) => ok(await shown(await find(params.id)))),
    serve(reviews.inquireNow, async ({ params }) => {
      const intent = await find(params.id);
      // While it is being sent, its own answer comes first.
      if (intent.state !== 'unknown' && intent.state !== 'needs_review')
        throw new Problem('nothing-to-review');
      return ok(await shown(await askWhatBecame(intent)));
    }),
    serve(reviews.resolveReview, async ({ params, body: { outcome } }) => {
      const intent = await find(params.id);
      if (statusOf(intent) !== 'needs_review') throw new Problem('nothing-to-review');
      const settled = await store.intents.settle(
        intent.id,
        {
          to: outcome,
          reason: 'settled-by-hand',
          ...(outcome === 'failed' && { refusal: intent.refusal ?? { code: 'transaction-failed' } }),
          ...(outcome === 'succeeded' && intent.result && { result: intent.result }),
        },
        eventOf,
        clock(),
      );
      return ok(await shown(settled));
    }),
  ];
}

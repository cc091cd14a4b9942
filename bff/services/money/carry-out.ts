import { kstStamp } from '../../../shared/values/kst.ts';
import type { RequestOf } from '../../../shared/hecto/endpoints.ts';
import type { Intent, IntentEndpoint } from '../../store/intents.ts';
import { InvalidRequest } from '../../hecto/errors.ts';
import { aboutIntent } from '../../log/current-work.ts';
import { askHecto, type Reply } from '../ask-hecto.ts';
import { verdictOf } from './money-calls.ts';
import type { MoneyDeps } from './money-deps.ts';
import { createWriteVerdict } from './write-verdict.ts';

/**
 * A process that slept longer than this between writing "I am sending" and sending must not send any more: somebody
 * else may have begun to ask what became of it.
 */
const sendWithinMs = 5_000;

/**
 * Sends a created intent, once, and writes down what came of it. Whoever submits it first sends it; everybody else
 * gets it as it is. Answers the intent as it is afterwards.
 */
export function createCarryOut(deps: MoneyDeps) {
  const { store, hecto, clock, log } = deps;
  const writeVerdict = createWriteVerdict(deps);

  return async function carryOut(created: Intent): Promise<Intent> {
    const now = clock();
    const begun = performance.now();
    const intent = await store.intents.submit(created.id, kstStamp(now), now);
    if (!intent) return (await store.intents.read(created.id)) ?? created;
    const late = clock().getTime() - now.getTime() > sendWithinMs || performance.now() - begun > sendWithinMs;
    const reply = late ? notSent : await aboutIntent(intent.id, () => send(intent, now));
    return writeVerdict(intent, verdictOf(intent, reply));
  };

  async function send(intent: Intent, at: Date): Promise<Reply<IntentEndpoint>> {
    const request = (intent.request ?? {}) as RequestOf<IntentEndpoint>;
    try {
      const first = await askHecto(hecto, intent.endpoint, request, { at });
      // Not one byte left, so this is still the first time: once more, under the same order number.
      return first.kind === 'not-sent' ? await askHecto(hecto, intent.endpoint, request, { at }) : first;
    } catch (error) {
      // Routes check against the contract before an intent exists; what slips through must not look sent.
      if (!(error instanceof InvalidRequest)) throw error;
      log.fault(error);
      return notSent;
    }
  }
}

const notSent = { kind: 'not-sent' } as const;

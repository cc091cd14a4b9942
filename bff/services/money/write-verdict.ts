import type { Intent, IntentRefusal } from '../../store/intents.ts';
import { firstInquiryMs, jittered } from '../inquiry-schedule.ts';
import { eventOf } from './intent-views.ts';
import type { MoneyDeps } from './money-deps.ts';
import type { Verdict } from './verdict.ts';

/**
 * Writes the verdict of the call itself: final, or unknown with the first inquiry to come. Answers the intent as
 * it is then.
 */
export function createWriteVerdict({ store, clock, log, checkpoint }: MoneyDeps) {
  return async function writeVerdict(intent: Intent, verdict: Verdict): Promise<Intent> {
    checkpoint('intent.answered');
    const now = clock();
    switch (verdict.kind) {
      case 'succeeded':
      case 'failed': {
        const { kind: to, ...rest } = verdict;
        return store.intents.settle(intent.id, { to, ...rest }, eventOf, now);
      }
      case 'contradiction':
        log.event('money.contradiction', { intentId: intent.id });
        return store.intents.settle(intent.id, { to: 'needs_review', reason: verdict.reason }, eventOf, now);
      case 'open':
      case 'absent':
      case 'no-answer': {
        const { reason, refusal } = heardIn(verdict);
        const sentAt = (intent.submittedAt ?? now).getTime();
        const dueAt = new Date(
          Math.max(sentAt + firstInquiryMs, now.getTime()) + jittered(1_000, Math.random()),
        );
        const unknown = { to: 'unknown', reason, dueAt, ...(refusal && { refusal }) } as const;
        return store.intents.settle(intent.id, unknown, eventOf, now);
      }
    }
  };
}

const heardIn = (verdict: Verdict): { reason: string; refusal?: IntentRefusal } =>
  verdict.kind === 'open' ? verdict : { reason: verdict.kind };

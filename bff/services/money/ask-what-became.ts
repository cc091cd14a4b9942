import { aboutIntent } from '../../log/current-work.ts';
import type { Intent } from '../../store/intents.ts';
import {
  absentEnough,
  alertMs,
  givenUpMs,
  graceMs,
  jittered,
  pauseAfter,
  pauseWithoutAnswerMs,
} from '../inquiry-schedule.ts';
import { eventOf } from './intent-views.ts';
import { callOf } from './money-calls.ts';
import type { MoneyDeps } from './money-deps.ts';
import { wasUsedBefore, type Verdict } from './verdict.ts';

/**
 * Asks Hecto once what became of an intent whose outcome is unknown, and writes down the answer or when to ask
 * again. "Not there" counts only when it was said often enough and late enough; after a day without an answer a
 * person has to look (R07-R10). Answers the intent as it is afterwards.
 */
export function createAskWhatBecame({ store, hecto, clock, log, checkpoint }: MoneyDeps) {
  return async function askWhatBecame(intent: Intent): Promise<Intent> {
    const verdict = await aboutIntent(intent.id, () => callOf(intent.endpoint).inquire(hecto, intent));
    checkpoint('inquiry.answered');
    const now = clock();
    const waited = now.getTime() - (intent.submittedAt ?? now).getTime();
    const settle = async (settlement: Parameters<typeof store.intents.settle>[1]) => {
      const settled = await store.intents.settle(intent.id, settlement, eventOf, now);
      checkpoint('inquiry.settled');
      return settled;
    };
    const absences = verdict.kind === 'absent' ? intent.absences + 1 : 0;
    switch (verdict.kind) {
      case 'succeeded':
      case 'failed': {
        const { kind: to, ...rest } = verdict;
        return settle({ to, ...rest });
      }
      case 'contradiction':
        log.event('money.contradiction', { intentId: intent.id });
        return settle({ to: 'needs_review', reason: verdict.reason, ...lastHeard(intent, verdict) });
      case 'absent':
        if (absences >= absentEnough && waited >= graceMs) {
          return settle({
            to: 'failed',
            reason: 'not-known-to-hecto',
            refusal: { code: 'transaction-not-found' },
          });
        }
        break;
      case 'open':
        if (verdict.alert) log.event('money.contradiction', { intentId: intent.id });
        break;
      case 'no-answer':
        break;
    }
    if (intent.state === 'needs_review') return intent;
    if (waited >= givenUpMs) {
      log.event('money.needs-review', { intentId: intent.id });
      return settle({ to: 'needs_review', reason: 'unknown-for-a-day', ...lastHeard(intent, verdict) });
    }
    const asked = verdict.kind !== 'no-answer';
    const pause = asked
      ? pauseAfter(intent.inquiries)
      : Math.min(pauseAfter(intent.inquiries), pauseWithoutAnswerMs);
    const pauseMs = jittered(pause, Math.random());
    // With the last inquiry of every hour, so that nobody has to remember who knows already.
    if (hoursIn(waited + pauseMs) > hoursIn(waited))
      log.event('money.unknown-for-long', { intentId: intent.id });
    await store.intents.postpone(intent.id, {
      dueAt: new Date(now.getTime() + pauseMs),
      asked,
      // A lost inquiry neither confirms nor breaks a row of absences.
      absences: asked ? absences : intent.absences,
      // That the number had been used before is worth more than what an inquiry says meanwhile.
      refusal: verdict.kind === 'open' && !wasUsedBefore(intent) ? verdict.refusal : undefined,
    });
    return (await store.intents.read(intent.id)) ?? intent;
  };
}

const hoursIn = (ms: number): number => Math.floor(ms / alertMs);

/** For the person who has to settle it: what Hecto said last. */
function lastHeard({ refusal }: Intent, verdict: Verdict): Pick<Intent, 'refusal'> {
  const heard = verdict.kind === 'open' ? (verdict.refusal ?? refusal) : refusal;
  return heard ? { refusal: heard } : {};
}

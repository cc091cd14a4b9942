import type { Intent } from '../../store/intents.ts';
import { createAskWhatBecame } from './ask-what-became.ts';
import { createCarryOut } from './carry-out.ts';
import { eventOf } from './intent-views.ts';
import type { MoneyDeps } from './money-deps.ts';

const tickMs = 500;
const atOnce = 20;
/** Longer than any call to Hecto: a claim that is older belongs to a process that died. */
const leaseMs = 40_000;
/** An intent that was created this long ago and never sent is not sent any more: nobody waits for it. */
const sendAtMostAfterMs = 5 * 60_000;

export type MoneyWorker = { readonly stop: () => Promise<void> };

/**
 * Brings to an end what no request brings to an end: sends what was created by a process that died before it could,
 * takes over what a dead process was sending (R15), and asks about what is unknown. Any number of instances may run
 * it: an intent is due to one of them at a time.
 */
export function startMoneyWorker(deps: MoneyDeps): MoneyWorker {
  const { store, clock, log } = deps;
  const advance = createAdvanceIntent(deps);
  const running = new Map<string, Promise<unknown>>();
  let stopped = false;
  let ticking: Promise<unknown> = Promise.resolve();

  async function tick(): Promise<void> {
    for (const intent of await store.intents.claimDue(clock(), leaseMs, atOnce - running.size)) {
      if (running.has(intent.id)) continue;
      const work = advance(intent)
        .catch((error: unknown) => log.fault(error))
        .finally(() => running.delete(intent.id));
      running.set(intent.id, work);
    }
  }

  const timer = setInterval(() => {
    if (stopped || running.size >= atOnce) return;
    ticking = ticking.then(tick).catch((error: unknown) => log.fault(error));
  }, tickMs);

  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await ticking;
      await Promise.all(running.values());
    },
  };
}

/** One step with one intent that is due. */
export function createAdvanceIntent(deps: MoneyDeps) {
  const { store, clock, checkpoint } = deps;
  const carryOut = createCarryOut(deps);
  const askWhatBecame = createAskWhatBecame(deps);

  return async function advance(intent: Intent): Promise<Intent> {
    checkpoint('inquiry.claimed');
    const now = clock();
    switch (intent.state) {
      case 'created':
        return now.getTime() - intent.createdAt.getTime() < sendAtMostAfterMs
          ? carryOut(intent)
          : store.intents.settle(intent.id, { to: 'expired', reason: 'never-sent' }, eventOf, now);
      case 'submitting':
        // Whoever sent it is gone, and its answer with it. While we ask, it stays ours (R15).
        return askWhatBecame(
          await store.intents.settle(
            intent.id,
            { to: 'unknown', reason: 'process-lost', dueAt: new Date(now.getTime() + leaseMs) },
            eventOf,
            now,
          ),
        );
      case 'unknown':
        return askWhatBecame(intent);
      default:
        return intent;
    }
  };
}

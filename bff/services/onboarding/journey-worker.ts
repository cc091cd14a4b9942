import type { Session } from '../../store/store.ts';
import { createCompleteRegistration } from './complete-registration.ts';
import { createConfirmRegistration } from './confirm-registration.ts';
import { createFollowCall } from './follow-call.ts';
import type { JourneyDeps } from './journey-deps.ts';
import { callCheckMs, dueAt, type Journey } from './journey.ts';
import { hasExpired } from './public-state.ts';
import { confirming, createRegisterAccount } from './register-account.ts';

const tickMs = 500;
/** While there is more to look at than one look takes: two hundred calls a second at most. */
const busyTickMs = 100;
/** Terms, a name, a code, an account and a call take longer, however much was filled in ahead. */
const humanMs = 20_000;
const atOnce = 20;

export type JourneyWorker = { readonly stop: () => Promise<void> };

/**
 * Moves on the sessions that wait for Hecto and not for the customer: asks how a call stands, registers the
 * account once it is approved, looks up a registration whose answer was lost. Any number of instances may run
 * it: a session is due to one of them at a time, and only a compare-and-swap changes anything.
 */
export function startJourneyWorker(deps: JourneyDeps): JourneyWorker {
  const { store, clock, log } = deps;
  const advance = createAdvance(deps);
  const running = new Map<string, Promise<void>>();
  let stopped = false;
  let ticking = Promise.resolve();
  let lookedAt = -Infinity;
  /** The last look did not see everything. */
  let isMore = false;
  let isTicking = false;

  async function tick(): Promise<void> {
    const free = atOnce - running.size;
    // The lease is the rhythm: a call that is still going on is simply due again.
    const due = await store.sessions.claimDue(clock(), callCheckMs, free);
    isMore = due.length === free;
    for (const session of due) {
      if (running.has(session.id)) continue;
      const work = advance(session)
        .catch((error: unknown) => log.fault(error, { sessionId: session.id }))
        .finally(() => running.delete(session.id));
      running.set(session.id, work);
    }
  }

  const timer = setInterval(() => {
    const now = performance.now();
    if (stopped || isTicking || running.size >= atOnce) return;
    if (now - lookedAt < (isMore ? 0 : tickMs - busyTickMs / 2)) return;
    lookedAt = now;
    isTicking = true;
    ticking = tick()
      .catch((error: unknown) => log.fault(error))
      .finally(() => {
        isTicking = false;
      });
  }, busyTickMs);

  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await ticking;
      await Promise.all(running.values());
    },
  };
}

/** One look at one session. */
export function createAdvance(deps: JourneyDeps) {
  const { config, store, clock, log } = deps;
  const completeRegistration = createCompleteRegistration(deps);
  const followCall = createFollowCall(deps);
  const registerAccount = createRegisterAccount({ ...deps, completeRegistration });
  const confirmRegistration = createConfirmRegistration({ ...deps, completeRegistration });

  async function save(session: Session, next: Journey): Promise<Session | undefined> {
    return store.sessions.save(session, next, { dueAt: dueAt(next) });
  }

  async function move(session: Session): Promise<Session | undefined> {
    const { journey } = session;
    if (journey.step !== 'ars' || journey.ars.phase === 'ready') return save(session, journey);
    if (hasExpired(session, config, clock()))
      return save(session, { step: 'expired', endedAt: clock().toISOString() });
    // The command that is running saves the session, and with it the next moment to look.
    if (journey.claim && clock() < new Date(journey.claim.until)) return undefined;
    const { ars } = journey;
    switch (ars.phase) {
      case 'calling': {
        const call = await followCall(session, { ...journey, ars });
        if (call.outcome === 'pending') return undefined;
        return call.outcome === 'approved'
          ? registerAccount(session, journey, call.approval)
          : save(session, call.journey);
      }
      case 'registering':
        // Still here after Hecto's time limit: the process that sent it is gone, and its answer with it.
        return save(session, confirming(journey, ars.registration, false, clock()));
      case 'confirming':
        return save(session, await confirmRegistration(session, { ...journey, ars }));
    }
  }

  return async function advance(session: Session): Promise<void> {
    const after = await move(session);
    const { step, refusal } = after?.journey ?? session.journey;
    if (after && (step !== session.journey.step || refusal)) {
      log.event('journey.moved', {
        sessionId: session.id,
        from: session.journey.step,
        to: step,
        refusal: refusal?.code,
      });
    }
    const registered = session.journey.step === 'ars' && (step === 'password' || step === 'done');
    const tookMs = clock().getTime() - session.createdAt.getTime();
    if (after && registered && tookMs < humanMs)
      log.event('journey.too-fast', { sessionId: session.id, seconds: Math.round(tookMs / 1000) });
  };
}

import { stages } from '../../store/funnel.ts';
import { createAskWhatBecame } from '../money/ask-what-became.ts';
import type { MoneyDeps } from '../money/money-deps.ts';
import { callCheckMs, isRegistering, stageOf, type Journey } from '../onboarding/journey.ts';

/** Longer than any call to Hecto: a claim that is older belongs to a process that died. */
const leaseMs = 40_000;
/** How long the answer of an onboarding's own inquiry is waited for. */
const waitMs = 35_000;

/**
 * What an inquiry brought. `under-way`: somebody asks already, a worker or another operator. `final`: there is nothing to
 * ask about any more.
 */
export type Inquired =
  'succeeded' | 'failed' | 'unknown' | 'needs_review' | 'under-way' | 'final' | 'not-found';

/**
 * Asks Hecto once, at once, what became of money or of an account that is being registered: the inquiry that the workers
 * make, under the lease by which they keep out of each other's way. It only asks; nothing is ever sent again.
 */
export function createInquireNow(deps: MoneyDeps) {
  const { store, clock } = deps;
  const askWhatBecame = createAskWhatBecame(deps);

  async function aboutIntent(id: string): Promise<Inquired> {
    const now = clock();
    const intent = await store.intents.claim(id, now, leaseMs);
    if (!intent) {
      const there = await store.intents.read(id);
      if (!there) return 'not-found';
      return there.state === 'unknown' || there.state === 'needs_review' ? 'under-way' : 'final';
    }
    try {
      const { state } = await askWhatBecame(intent);
      return state === 'succeeded' || state === 'failed' || state === 'needs_review' ? state : 'unknown';
    } finally {
      await store.intents.release(id, now, leaseMs);
    }
  }

  /** The journey's own worker asks: the session is made due, and what the worker writes down is waited for. */
  async function aboutRegistration(id: string): Promise<Inquired> {
    const registration = await store.registrations.read(id);
    const session = registration && (await store.sessions.read(registration.sessionId));
    if (!session) return 'not-found';
    if (!isConfirming(session.journey)) return isRegistering(session.journey) ? 'under-way' : 'final';
    if (!(await store.sessions.hurry(session.id, clock(), callCheckMs))) return 'under-way';
    const after = await store.sessions.waitForChange(session.id, session.version, waitMs);
    if (!after) return 'under-way';
    if (isConfirming(after.journey)) return 'unknown';
    return stages[stageOf(after.journey)] >= stages.registered ? 'succeeded' : 'failed';
  }

  return async function inquireNow(id: string): Promise<Inquired> {
    const inquired = await aboutIntent(id);
    return inquired === 'not-found' ? aboutRegistration(id) : inquired;
  };
}

export const isConfirming = (journey: Journey): boolean =>
  journey.step === 'ars' && journey.ars.phase === 'confirming';

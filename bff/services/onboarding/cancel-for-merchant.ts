import { Problem } from '../../http/problem.ts';
import type { Session } from '../../store/store.ts';
import type { JourneyDeps } from './journey-deps.ts';
import { isOver } from './journey.ts';
import { createGiveUp } from './leave-step.ts';
import { hasExpired } from './public-state.ts';
import { createTakeTurn } from './take-turn.ts';

/**
 * Ends a session on the merchant's behalf. One that is over already stays as it is. Throws `conflict` while the
 * account is being registered: that outcome comes first.
 */
export function createCancelForMerchant(deps: Omit<JourneyDeps, 'hecto'>) {
  const giveUp = createGiveUp({ clock: deps.clock, takeTurn: createTakeTurn(deps) });

  return async function cancelForMerchant(session: Session): Promise<Session> {
    if (isOver(session.journey) || hasExpired(session, deps.config, deps.clock())) return session;
    try {
      return await giveUp(session);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'wrong-step') throw error;
      throw new Problem('conflict', { detail: 'The account is being registered; try again in a moment.' });
    }
  };
}

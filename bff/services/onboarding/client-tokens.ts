import type { OnboardingSessionWithToken } from '../../../shared/api/merchant/onboarding-sessions.ts';
import type { Config } from '../../config.ts';
import { Problem } from '../../http/problem.ts';
import type { Session, Store } from '../../store/store.ts';
import { isOver } from './journey.ts';
import { onboardingSessionView } from './onboarding-session-view.ts';
import { hasExpired } from './public-state.ts';

export type ClientTokenDeps = { readonly config: Config; readonly store: Store; readonly clock: () => Date };

/** A client token opens one widget once, soon (S10). */
const tokenMs = 10 * 60_000;

/** Issues a client token for a session that is still open; throws `conflict` for one that is over. */
export function createIssueClientToken({ config, store, clock }: ClientTokenDeps) {
  return async function issueClientToken(session: Session): Promise<OnboardingSessionWithToken> {
    const now = clock();
    if (isOver(session.journey) || hasExpired(session, config, now)) {
      throw new Problem('conflict', { detail: 'The session is over: create a new one.' });
    }
    const endsAt = Math.min(now.getTime() + tokenMs, session.expiresAt.getTime());
    const clientToken = await store.tokens.issueClientToken(session.id, new Date(endsAt));
    return {
      ...onboardingSessionView(session, config, now),
      clientToken,
      hostedUrl: `${config.publicUrl}/onboarding/${session.id}#${clientToken}`,
    };
  };
}

import {
  cancelSession,
  createClientToken,
  createSession,
  readSession,
} from '../../../shared/api/merchant/onboarding-sessions.ts';
import { Problem } from '../../http/problem.ts';
import type { MerchantDeps } from '../../services/merchant/merchant-deps.ts';
import { createCancelForMerchant } from '../../services/onboarding/cancel-for-merchant.ts';
import { createIssueClientToken } from '../../services/onboarding/client-tokens.ts';
import { createCreateOnboardingSession } from '../../services/onboarding/create-onboarding-session.ts';
import { onboardingSessionView } from '../../services/onboarding/onboarding-session-view.ts';
import type { Session } from '../../store/store.ts';
import { serve, serveOnce, type Served } from './serve.ts';

/** Onboarding sessions: the merchant's server creates, reads and cancels. */
export function onboardingSessionCalls(deps: MerchantDeps): Served[] {
  const { config, store, clock } = deps;
  const create = createCreateOnboardingSession(deps);
  const issueClientToken = createIssueClientToken(deps);
  const cancelForMerchant = createCancelForMerchant(deps);
  const view = (session: Session) => onboardingSessionView(session, config, clock());

  async function find({ onboardingSessionId }: { onboardingSessionId: string }): Promise<Session> {
    const session = await store.sessions.read(onboardingSessionId);
    if (!session) throw new Problem('not-found');
    return session;
  }

  return [
    serveOnce(createSession, async ({ body }) => ({
      status: 201,
      body: await issueClientToken(await create(body)),
    })),
    serve(readSession, async ({ params }) => ({ status: 200, body: view(await find(params)) })),
    serve(createClientToken, async ({ params }) => ({
      status: 201,
      body: await issueClientToken(await find(params)),
    })),
    serve(cancelSession, async ({ params }) => ({
      status: 200,
      body: view(await cancelForMerchant(await find(params))),
    })),
  ];
}

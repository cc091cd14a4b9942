import { Router } from 'express';
import { createOnboardingSession } from '../../../shared/api/merchant/onboarding-sessions.ts';
import { empty } from '../../../shared/api/widget.ts';
import { idempotencyKeyOf, sendAnswer } from '../../http/idempotency.ts';
import { onlyMethods } from '../../http/methods.ts';
import { Problem, sendJson } from '../../http/problem.ts';
import { validate } from '../../http/validate.ts';
import { createCancelForMerchant } from '../../services/onboarding/cancel-for-merchant.ts';
import { createIssueClientToken } from '../../services/onboarding/client-tokens.ts';
import { createCreateOnboardingSession } from '../../services/onboarding/create-onboarding-session.ts';
import type { Idempotently } from '../../services/idempotently.ts';
import type { JourneyDeps } from '../../services/onboarding/journey-deps.ts';
import { onboardingSessionView } from '../../services/onboarding/onboarding-session-view.ts';
import type { Session } from '../../store/store.ts';

/** `/v1/onboarding-sessions`: the merchant's server creates, reads and cancels. */
export function createMerchantSessionsRouter(
  deps: Omit<JourneyDeps, 'hecto'> & { readonly idempotently: Idempotently },
): Router {
  const { config, store, clock, idempotently } = deps;
  const createSession = createCreateOnboardingSession(deps);
  const issueClientToken = createIssueClientToken(deps);
  const cancelForMerchant = createCancelForMerchant(deps);
  const router = Router();

  async function find(id: string): Promise<Session> {
    const session = await store.sessions.read(id);
    if (!session) throw new Problem('not-found');
    return session;
  }

  router
    .route('/v1/onboarding-sessions')
    .post(async (req, res) => {
      const key = idempotencyKeyOf(req);
      const request = validate(createOnboardingSession, req.body);
      const work = async () => ({ status: 201, body: await issueClientToken(await createSession(request)) });
      // Without an answer nobody knows the session's id: another one does no harm.
      sendAnswer(
        res,
        await idempotently({
          route: 'onboarding-sessions',
          key,
          body: req.body,
          work,
          mayRepeatAfter: () => true,
          afterLoss: work,
        }),
      );
    })
    .all(onlyMethods('POST'));

  router
    .route('/v1/onboarding-sessions/:id')
    .get(async (req, res) => {
      sendJson(res, 200, onboardingSessionView(await find(req.params.id), config, clock()));
    })
    .all(onlyMethods('GET'));

  router
    .route('/v1/onboarding-sessions/:id/client-tokens')
    .post(async (req, res) => {
      validate(empty, req.body);
      sendJson(res, 201, await issueClientToken(await find(req.params.id)));
    })
    .all(onlyMethods('POST'));

  router
    .route('/v1/onboarding-sessions/:id/cancel')
    .post(async (req, res) => {
      validate(empty, req.body);
      const cancelled = await cancelForMerchant(await find(req.params.id));
      sendJson(res, 200, onboardingSessionView(cancelled, config, clock()));
    })
    .all(onlyMethods('POST'));

  return router;
}

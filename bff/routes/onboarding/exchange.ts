import { Router } from 'express';
import { exchange, widgetRoutes, type Exchanged } from '../../../shared/api/widget.ts';
import { onlyMethods } from '../../http/methods.ts';
import { Problem, requestIdOf, sendJson } from '../../http/problem.ts';
import { setSessionCookie } from '../../http/session-cookie.ts';
import { validate } from '../../http/validate.ts';
import type { Log } from '../../log/log.ts';
import type { ClientTokenDeps } from '../../services/onboarding/client-tokens.ts';
import { createExchangeClientToken } from '../../services/onboarding/exchange-client-token.ts';
import { publicState } from '../../services/onboarding/public-state.ts';

/** `POST /sessions`: the widget's way in. */
export function createExchangeRouter(deps: ClientTokenDeps & { readonly log: Log }): Router {
  const { config, clock } = deps;
  const exchangeClientToken = createExchangeClientToken(deps);
  const router = Router();
  const [, path] = widgetRoutes.exchange;

  router
    .route(path)
    .post(async (req, res) => {
      const { clientToken, transport } = validate(exchange, req.body);
      // The cookie is for our own hosted page; other pages could not use it anyway.
      if (transport === 'cookie' && req.headers.origin !== config.publicUrl)
        throw new Problem('origin-not-allowed');
      const { session, sessionToken } = await exchangeClientToken(
        clientToken,
        req.headers.origin,
        requestIdOf(res),
      );
      const state = publicState(session, config, clock());
      if (transport === 'cookie') setSessionCookie(res, sessionToken, config);
      const answer: Exchanged = transport === 'cookie' ? { state } : { sessionToken, state };
      sendJson(res, 200, answer);
    })
    .all(onlyMethods('POST'));

  return router;
}

import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import {
  account,
  back,
  code,
  consents,
  empty,
  identity,
  keypad,
  password,
  widgetRoutes,
} from '../../../shared/api/widget.ts';
import { answerErrors } from '../../http/answer-errors.ts';
import { answerLater } from '../../http/answer-later.ts';
import { onlyMethods } from '../../http/methods.ts';
import { Problem, requestIdOf, sendJson } from '../../http/problem.ts';
import { setSessionCookie } from '../../http/session-cookie.ts';
import { validate } from '../../http/validate.ts';
import { carriedBy, isRotated, sessionOf } from '../../http/widget-session.ts';
import { createJourney } from '../../services/onboarding/create-journey.ts';
import type { Caller, JourneyDeps } from '../../services/onboarding/journey-deps.ts';
import { publicState } from '../../services/onboarding/public-state.ts';
import type { Session } from '../../store/store.ts';

const waiting = z.object({
  since: z.coerce.number().int().min(0).optional(),
  wait: z.coerce.number().int().min(0).max(25).default(0),
});

/**
 * The customer's journey over HTTP, behind the widget's session. Every command answers 200 with the whole public
 * state, also after a refusal.
 */
export function createWidgetRouter(deps: JourneyDeps): Router {
  const { config, clock, store, log } = deps;
  const journey = createJourney(deps);
  const refuse = answerErrors(log);
  const router = Router();

  const answer = (res: Response, session: Session) =>
    sendJson(res, 200, { state: publicState(session, config, clock()) });

  /** A POST that moves the journey: body by schema in, state out. */
  function command<S extends z.ZodType>(
    path: string,
    schema: S,
    run: (session: Session, body: z.output<S>, caller: Caller) => Promise<Session>,
  ): void {
    router
      .route(path)
      .post(async (req, res) => {
        answer(res, await run(sessionOf(res), validate(schema, req.body), callerOf(req)));
      })
      .all(onlyMethods('POST'));
  }

  /**
   * The same for what proves the phone: from then on the session goes on under a new token (S11), where the widget
   * says by `?rotates` that it will take it up. Version 1.0.0 of the widget does not.
   */
  function proof<S extends z.ZodType>(
    path: string,
    schema: S,
    run: (session: Session, body: z.output<S>, caller: Caller) => Promise<Session>,
  ): void {
    router
      .route(path)
      .post(async (req, res) => {
        const body = validate(schema, req.body);
        const before = sessionOf(res);
        const again = isRotated(res);
        const after = again ? before : await run(before, body, callerOf(req));
        if (!again && !(req.query['rotates'] !== undefined && isProven(before, after))) {
          answer(res, after);
          return;
        }
        const { token, by } = carriedBy(res);
        const sessionToken = await store.tokens.rotateSessionToken(
          token,
          `${path} ${JSON.stringify(body)}`,
          clock(),
        );
        if (sessionToken === undefined) throw new Problem(again ? 'session-invalid' : 'session-taken-over');
        log.event('security', {
          what: 'session-token-rotated',
          requestId: requestIdOf(res),
          sessionId: after.id,
        });
        if (by === 'cookie') setSessionCookie(res, sessionToken, config);
        const state = publicState(after, config, clock());
        sendJson(res, 200, by === 'cookie' ? { state } : { sessionToken, state });
      })
      .all(onlyMethods('POST'));
  }

  router
    .route('/session')
    .get((req, res) => {
      const { since, wait } = validate(waiting, req.query);
      const session = sessionOf(res);
      if (since === undefined || wait === 0 || (session.version > since && isWhole(session)))
        answer(res, session);
      else waitForNews(req, res, session.id, Math.max(since, session.version), wait * 1000);
    })
    .all(onlyMethods('GET'));

  /** A long poll: answers once something changed for the customer, or with things as they are when the time is up. */
  function waitForNews(req: Request, res: Response, id: string, seen: number, ms: number): void {
    answerLater(req, res, {
      find: (gone) => store.sessions.waitForChange(id, seen, ms, { gone, isNews: isWhole }),
      async answer(_, changed) {
        const session = changed ?? (await store.sessions.read(id));
        if (!session) throw new Problem('session-invalid');
        answer(res, session);
      },
      refuse,
    });
  }

  router
    .route('/session/terms')
    .get((_req, res) => {
      sendJson(res, 200, { documents: journey.terms.documents(sessionOf(res).locale) });
    })
    .all(onlyMethods('GET'));
  router
    .route('/session/banks')
    .get(async (_req, res) => {
      sendJson(res, 200, { banks: await journey.listBanks() });
    })
    .all(onlyMethods('GET'));
  router
    .route('/session/keypads')
    .post(async (req, res) => {
      const { purpose } = validate(keypad, req.body);
      sendJson(res, 201, await journey.showKeypad(sessionOf(res), purpose));
    })
    .all(onlyMethods('POST'));

  command('/session/consents', consents, journey.giveConsents);
  command('/session/identity', identity, journey.startPhoneVerification);
  proof(widgetRoutes.code[1], code, (session, body, caller) => journey.checkCode(session, body.code, caller));
  command('/session/resend', empty, (session, _, caller) => journey.resend(session, caller));
  proof(widgetRoutes.pass[1], empty, (session, _, caller) => journey.checkPass(session, caller));
  command('/session/back', back, journey.goBack);
  command('/session/account', account, journey.chooseAccount);
  command('/session/ars-calls', empty, (session, _, caller) => journey.requestCall(session, caller));
  command('/session/password', password, journey.enterPassword);
  command('/session/cancel', empty, (session) => journey.giveUp(session));
  return router;
}

/** A claim is a change of ours: its command brings the customer's right after. */
const isWhole = ({ journey }: Session): boolean => journey.claim === undefined;

/** Whether the customer has just proven the phone. */
const isProven = ({ journey: { step: from } }: Session, { journey: { step: to } }: Session): boolean =>
  (from === 'code' || from === 'pass') && (to === 'account' || to === 'password');

const callerOf = (req: Request): Caller => ({
  address: req.ip ?? '',
  userAgent: (req.headers['user-agent'] ?? '').slice(0, 300),
});

import type { RequestHandler, Response } from 'express';
import { widgetRoutes } from '../../shared/api/widget.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log/log.ts';
import { hasExpired } from '../services/onboarding/public-state.ts';
import type { Session, Store } from '../store/store.ts';
import { bearerOf } from './bearer.ts';
import { Problem, requestIdOf } from './problem.ts';
import { cookieGuard, sessionCookieOf } from './session-cookie.ts';
import { isOriginOfSession } from './widget-origin.ts';

export type WidgetSessionDeps = {
  readonly config: Config;
  readonly store: Store;
  readonly clock: () => Date;
  readonly log: Log;
};

/** Commands whose answer may carry a new session token: they prove the phone. */
const rotating = [widgetRoutes.code, widgetRoutes.pass] as const;

/** How precisely the idle time is kept; fewer writes than one a request. */
const touchMs = 1_000;

/**
 * Finds the session of a widget request: by bearer token or, on the hosted page, by cookie and header, never by
 * both. Routes behind it read it with `sessionOf`. An expired session is let through: its state says so.
 */
export function widgetSession({ config, store, clock, log }: WidgetSessionDeps): RequestHandler {
  return async (req, res, next) => {
    const bearer = req.headers.authorization === undefined ? undefined : (bearerOf(req) ?? '');
    const cookie = sessionCookieOf(req, config);
    if (bearer !== undefined && cookie !== undefined) {
      throw new Problem('malformed-request', { detail: 'Send the bearer token or the cookie, not both.' });
    }
    if (cookie !== undefined) {
      const [header, value] = cookieGuard;
      if (req.headers[header] !== value)
        throw new Problem('unauthorized', { detail: `${header} is missing.` });
      if (!isOriginOfSession(req.headers.origin, {}, config)) throw new Problem('origin-not-allowed');
    }
    const token = bearer ?? cookie;
    if (token === undefined) throw new Problem('unauthorized');

    const found = await store.sessions.readByToken(token);
    if (!found) {
      log.event('security', { what: 'session-token-refused', requestId: requestIdOf(res) });
      throw new Problem('session-invalid');
    }
    const { session } = found;
    if (!isOriginOfSession(req.headers.origin, session, config)) {
      log.event('security', { what: 'origin-refused', requestId: requestIdOf(res), sessionId: session.id });
      throw new Problem('origin-not-allowed');
    }
    if (found.token === 'taken-over') throw new Problem('session-taken-over');
    res.locals['carried'] = { token, by: bearer === undefined ? 'cookie' : 'bearer' } satisfies Carried;
    if (found.token === 'rotated') {
      // Whether it is the command whose answer got lost is for the route to find out.
      if (!rotating.some(([method, path]) => method === req.method && path === req.path))
        throw new Problem('session-invalid');
      res.locals['session'] = session;
      res.locals['rotated'] = true;
      next();
      return;
    }
    // Screens renew the keypad by themselves: nobody need be there.
    const isActive = req.path !== widgetRoutes.keypad[1];
    res.locals['session'] = isActive ? await active(session, clock()) : session;
    next();
  };

  async function active(session: Session, now: Date): Promise<Session> {
    if (hasExpired(session, config, now)) return session;
    if (now.getTime() - session.lastSeenAt.getTime() < touchMs) return session;
    await store.sessions.touch(session.id, now);
    return { ...session, lastSeenAt: now };
  }
}

/** The session token of a request, and how it came. */
export type Carried = { readonly token: string; readonly by: 'bearer' | 'cookie' };

export const carriedBy = (res: Response): Carried => res.locals['carried'] as Carried;

/** Whether the token was replaced by the answer to an earlier request: then nothing may be done for it. */
export const isRotated = (res: Response): boolean => res.locals['rotated'] === true;

/** The session that `widgetSession` found. */
export function sessionOf(res: Response): Session {
  const session = res.locals['session'] as Session | undefined;
  if (!session) throw new Error('This route is not behind widgetSession.');
  return session;
}

import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { currentWork } from '../log/current-work.ts';
import type { Log } from '../log/log.ts';

export const newRequestId = (): string => `req_${randomBytes(12).toString('base64url')}`;

/** Gives the request a name of its own and writes one line when it is answered. */
export function requestId(log: Log): RequestHandler {
  return (req, res, next) => {
    const id = newRequestId();
    const started = performance.now();
    res.locals['requestId'] = id;
    res.set('X-Request-Id', id);
    res.once('close', () => {
      const { session, problem } = res.locals as { session?: { id: string }; problem?: never };
      log.event('http.answered', {
        requestId: id,
        method: req.method as 'GET',
        route: routeOf(req),
        status: res.statusCode,
        ms: Math.round(performance.now() - started),
        problem,
        sessionId: session?.id,
      });
    });
    currentWork.run({ requestId: id }, () => next());
  };
}

/** The pattern that matched, which is our own text; the path may hold anything. */
function routeOf(req: Parameters<RequestHandler>[0]): string | undefined {
  const path: unknown = (req.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : undefined;
}

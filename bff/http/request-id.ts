import type { Request, RequestHandler, Response } from 'express';
import { currentWork } from '../log/current-work.ts';
import type { Log } from '../log/log.ts';
import { someRandomBytes } from '../random-bytes.ts';

/** A name nobody can guess, e.g. `req_` and 16 characters. */
export const newRequestId = (): string => `req_${someRandomBytes(12).toString('base64url')}`;

/** Gives the request a name of its own and writes one line when it is answered. */
export function requestId(log: Log): RequestHandler {
  return (req, res, next) => {
    const id = newRequestId();
    res.locals['requestId'] = id;
    res.set('X-Request-Id', id);
    // Comes once anyway, and `once` is three objects more for each that waits.
    res.on('close', lineOf(log, req, res, id));
    currentWork.run({ requestId: id }, () => next());
  };
}

/** Apart from the handler, for while a request waits this must not hold on to all that comes next. */
function lineOf(log: Log, req: Request, res: Response, requestId: string): () => void {
  const started = performance.now();
  return () => {
    const { session, problem } = res.locals as { session?: { id: string }; problem?: never };
    log.event('http.answered', {
      requestId,
      method: req.method as 'GET',
      route: routeOf(req),
      status: res.statusCode,
      ms: Math.round(performance.now() - started),
      problem,
      sessionId: session?.id,
    });
  };
}

/** The pattern that matched, which is our own text; the path may hold anything. */
function routeOf(req: Request): string | undefined {
  const path: unknown = (req.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : undefined;
}

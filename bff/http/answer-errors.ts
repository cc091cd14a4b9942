import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { ProblemCode } from '../../shared/api/problems.ts';
import type { Log } from '../log/log.ts';
import { isDatabaseTrouble } from '../store/database-trouble.ts';
import { Problem, requestIdOf, sendProblem } from './problem.ts';

/** Nothing else answered. */
export const notFound: RequestHandler = () => {
  throw new Problem('not-found');
};

/** A database that restarts is back within seconds. */
const databaseRetryAfter = 5;

/**
 * The one place that turns a thrown error into an answer. What is not a Problem becomes a bare 500, or a 503 where
 * only the database is away and the same request may come again.
 */
export function answerErrors(log: Log): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, req, res, _next) => {
    if (res.headersSent) {
      // Half an answer is out. Express would print the error's text; we break the connection instead.
      log.fault(error, { requestId: requestIdOf(res) });
      res.destroy();
      return;
    }
    // Part of the body may be unread: the connection cannot carry another request.
    if (!req.complete) res.set('Connection', 'close');
    if (error instanceof Problem) {
      const what = securityEvents[error.code];
      if (what) log.event('security', { what });
      sendProblem(res, error);
      return;
    }
    if (isMalformedPath(error)) {
      sendProblem(res, new Problem('malformed-request'));
      return;
    }
    if (req.destroyed && !req.complete) return; // the client went away while sending
    log.fault(error, { requestId: requestIdOf(res) });
    sendProblem(
      res,
      isDatabaseTrouble(error)
        ? new Problem('unavailable', { retryAfter: databaseRetryAfter })
        : new Problem('internal'),
    );
  };
}

/** Refusals that a person who looks for an attack wants to find. */
const securityEvents: Partial<Record<ProblemCode, 'merchant-key-not-allowed' | 'payment-not-authorized'>> = {
  'key-not-allowed': 'merchant-key-not-allowed',
  'payment-not-authorized': 'payment-not-authorized',
};

/** Express throws this for a path such as `/%ff`. */
const isMalformedPath = (error: unknown): boolean =>
  error instanceof URIError || (error as { status?: unknown } | null)?.status === 400;

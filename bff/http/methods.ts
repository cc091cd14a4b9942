import type { RequestHandler } from 'express';
import { Problem } from './problem.ts';

/** Ends a route: `router.route(path).get(...).all(onlyMethods('GET'))`. */
export const onlyMethods =
  (...allowed: ('GET' | 'POST' | 'DELETE')[]): RequestHandler =>
  () => {
    throw new Problem('method-not-allowed', {
      allow: allowed.flatMap((m) => (m === 'GET' ? ['GET', 'HEAD'] : m)),
    });
  };

const known = ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'];

/** Stops what no route can want (S45, S52): other methods, long URLs, NUL, a query key given twice. */
export const plainRequestsOnly: RequestHandler = (req, _res, next) => {
  if (!known.includes(req.method)) throw new Problem('method-not-allowed', { allow: known });
  if (req.url.length > 2048) throw new Problem('uri-too-long');
  // PostgreSQL's texts cannot hold NUL.
  if (req.url.includes('%00')) throw new Problem('malformed-request', { detail: 'NUL is not allowed.' });
  const start = req.url.indexOf('?');
  if (start >= 0) {
    const keys = [...new URLSearchParams(req.url.slice(start)).keys()];
    if (new Set(keys).size < keys.length) {
      throw new Problem('malformed-request', { detail: 'A query parameter must not come twice.' });
    }
  }
  next();
};

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

/**
 * Stops what no route can want (S45, S52): other methods, long URLs, NUL, a query key given twice, and no host or
 * more than one (RFC 9112, 3.2), of which two servers in a row may each believe another one.
 */
export const plainRequestsOnly: RequestHandler = (req, _res, next) => {
  const hosts = req.rawHeaders.filter(
    (name, index) => index % 2 === 0 && name.toLowerCase() === 'host',
  ).length;
  if (hosts > 1 || (hosts === 0 && req.httpVersion !== '1.0')) {
    throw new Problem('malformed-request', { detail: 'Send one Host header.' });
  }
  // Node's parser takes others, too.
  if (!['1.0', '1.1'].includes(req.httpVersion)) {
    throw new Problem('malformed-request', { detail: 'This is HTTP/1.1.' });
  }
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

import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import type { Log } from '../log/log.ts';
import { Problem, requestIdOf } from './problem.ts';

/**
 * Who may call the widget API from a browser (S22, S23): our own pages, and the merchant's listed origins
 * exactly as they are listed. No wildcard, no credentials; everybody else is refused before anything happens.
 */
export function widgetOrigin(config: Pick<Config, 'publicUrl' | 'allowedOrigins'>, log: Log): RequestHandler {
  return (req, res, next) => {
    res.vary('Origin');
    const origin = req.headers.origin;
    const refuse = () => {
      log.event('security', { what: 'origin-refused', requestId: requestIdOf(res) });
      throw new Problem('origin-not-allowed');
    };
    if (origin === undefined) {
      // Browsers leave the header out only when they read from the page's own origin.
      const site = req.headers['sec-fetch-site'] ?? 'same-origin';
      if (!['GET', 'HEAD'].includes(req.method) || site !== 'same-origin') refuse();
      next();
      return;
    }
    if (origin === config.publicUrl) {
      next();
      return;
    }
    if (!config.allowedOrigins.includes(origin)) refuse();

    res.set('Access-Control-Allow-Origin', origin);
    res.set('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id');
    if (req.method !== 'OPTIONS') {
      next();
      return;
    }
    res.set('Access-Control-Allow-Methods', 'GET, POST');
    res.set('Access-Control-Allow-Headers', 'Authorization, Content-Type');
    res.set('Access-Control-Max-Age', '600');
    res.status(204).end();
  };
}

/** Whether a request may use a session: from our own pages, or from the origin it was made for. */
export function isOriginOfSession(
  origin: string | undefined,
  session: { readonly origin?: string },
  config: Pick<Config, 'publicUrl'>,
): boolean {
  // `widgetOrigin` has let a missing one through only where it does no harm.
  return origin === undefined || origin === config.publicUrl || origin === session.origin;
}

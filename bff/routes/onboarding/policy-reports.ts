import { Router } from 'express';
import { onlyMethods } from '../../http/methods.ts';
import { Problem } from '../../http/problem.ts';
import { readStrictBody } from '../../http/read-json.ts';
import { policyReports } from '../../http/security-headers.ts';
import type { Log } from '../../log/log.ts';
import { directives, type Directive } from '../../log/policy-directives.ts';

/** Anybody may send them, so nobody can fill the log with them. */
const mostPerMinute = 60;

/**
 * Browsers tell here that something on one of our pages was against the page's policy (S24): an extension most often, an
 * attack at worst. Only the directive is kept: addresses and samples may hold anything.
 */
export function createPolicyReportsRouter(log: Log, clock: () => Date): Router {
  const router = Router();
  let minute = 0;
  let written = 0;

  function mayWrite(): boolean {
    const now = Math.floor(clock().getTime() / 60_000);
    if (now !== minute) [minute, written] = [now, 0];
    written += 1;
    return written <= mostPerMinute;
  }

  router
    .route(policyReports)
    .post(async (req, res) => {
      if (!/^application\/(csp-report|json)\b/i.test(req.headers['content-type'] ?? ''))
        throw new Problem('unsupported-media-type');
      const directive = directiveOf(await readStrictBody(req));
      if (mayWrite()) log.event('page.policy-broken', { directive });
      res.status(204).end();
    })
    .all(onlyMethods('POST'));

  return router;
}

function directiveOf(body: unknown): Directive {
  const report = (body as { 'csp-report'?: Record<string, unknown> } | null)?.['csp-report'];
  const said = report?.['effective-directive'] ?? report?.['violated-directive'];
  // Older browsers give the whole directive with its sources.
  const name = typeof said === 'string' ? said.split(' ')[0] : undefined;
  return directives.find((known) => known === name) ?? 'other';
}

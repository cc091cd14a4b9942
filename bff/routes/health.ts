import { Router } from 'express';
import { onlyMethods } from '../http/methods.ts';
import { Problem, sendJson } from '../http/problem.ts';

/** `/healthz`: the process runs. `/readyz`: it can take work; not so without its database or while stopping. */
export function createHealthRouter(isReady: () => Promise<boolean>): Router {
  const router = Router();

  router
    .route('/healthz')
    .get((_req, res) => sendJson(res, 200, { status: 'ok' }))
    .all(onlyMethods('GET'));

  router
    .route('/readyz')
    .get(async (_req, res) => {
      if (!(await isReady())) throw new Problem('unavailable');
      sendJson(res, 200, { status: 'ready' });
    })
    .all(onlyMethods('GET'));

  return router;
}

import { Router, type Response } from 'express';
import { endpointOf, isEndpointName, type EndpointName } from '../../../shared/hecto/endpoints.ts';
import type { HectoClient } from '../../hecto/client.ts';
import { idempotencyKeyOf, sendAnswer } from '../../http/idempotency.ts';
import { onlyMethods } from '../../http/methods.ts';
import { bodyOf, Problem, requestIdOf, sendJson } from '../../http/problem.ts';
import { invalidRequest } from '../../http/validate.ts';
import { createCallHectoRaw, heldUnknown } from '../../services/call-hecto-raw.ts';
import type { Idempotently } from '../../services/idempotently.ts';

/** `POST /v1/hecto/:endpointId`: any of the 32 calls with Hecto's own field names, plain values in and out. */
export function createMerchantHectoRouter(deps: {
  readonly hecto: HectoClient;
  readonly idempotently: Idempotently;
}): Router {
  const callHectoRaw = createCallHectoRaw(deps.hecto);
  const router = Router();

  router
    .route('/v1/hecto/:endpointId')
    .post(async (req, res) => {
      const { endpointId } = req.params;
      if (!isEndpointName(endpointId)) throw new Problem('not-found');
      const fields = fieldsOf(req.body);
      if (endpointOf(endpointId).effect !== 'once') {
        sendJson(res, 200, await callHectoRaw(endpointId, fields));
        return;
      }
      const lost = () => Promise.resolve(answerOf(heldUnknown(endpointId), res));
      const key = idempotencyKeyOf(req);
      sendAnswer(
        res,
        await deps.idempotently({
          route: `hecto/${endpointId}`,
          key,
          body: fields,
          work: () => callOnce(endpointId, fields, res),
          // Only these two say that Hecto never heard of it.
          mayRepeatAfter: (error) =>
            error instanceof Problem && ['invalid-request', 'hecto-unavailable'].includes(error.code),
          afterLoss: lost,
        }),
      );
    })
    .all(onlyMethods('POST'));

  /** An unknown outcome is an answer too: whoever repeats the request must hear it again. */
  async function callOnce(endpoint: EndpointName, fields: Readonly<Record<string, unknown>>, res: Response) {
    try {
      return { status: 200, body: await callHectoRaw(endpoint, fields) };
    } catch (error) {
      if (error instanceof Problem && error.code === 'hecto_unknown') return answerOf(error, res);
      throw error;
    }
  }

  return router;
}

const answerOf = (problem: Problem, res: Response) => ({
  status: problem.status,
  body: bodyOf(problem, requestIdOf(res)),
});

function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw invalidRequest([{ field: 'body', message: 'must be an object of field names and values' }]);
}

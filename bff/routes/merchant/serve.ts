import { Router } from 'express';
import type { AnsweredOf, AskedOf, Operation } from '../../../shared/api/merchant/operation.ts';
import { idempotencyKeyOf, sendAnswer } from '../../http/idempotency.ts';
import { onlyMethods } from '../../http/methods.ts';
import { validate } from '../../http/validate.ts';

/** A call of the merchant API with what answers it. */
export type Served = { readonly operation: Operation; readonly handle: (asked: never) => Promise<Answered> };
type Answered = AnsweredOf<Operation>;

/** Ties a handler to its operation: what it is given and what it may answer follow from the entry. */
export const serve = <O extends Operation>(
  operation: O,
  handle: (asked: AskedOf<O>) => Promise<AnsweredOf<O>>,
): Served => ({ operation, handle });

/**
 * The routes of all calls: checks what comes in, hands it over parsed, and lets out only what the answer's schema
 * names. A path's other methods are 405.
 */
export function createMerchantRouter(served: readonly Served[]): Router {
  const router = Router();
  for (const [path, calls] of byPath(served)) {
    const route = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const { operation, handle } of calls) {
      route[operation.method.toLowerCase() as 'get' | 'post' | 'delete'](async (req, res) => {
        const key = operation.once ? idempotencyKeyOf(req) : '';
        const answer = await handle({
          params: operation.params ? validate(operation.params, req.params) : {},
          query: operation.query ? validate(operation.query, req.query) : {},
          body: operation.body ? validate(operation.body, req.body) : {},
          key,
        } as never);
        const schema = operation.answers[answer.status];
        if (!schema) throw new Error(`${operation.id} has no answer ${answer.status}`);
        if (answer.retryAfter !== undefined) res.set('Retry-After', String(answer.retryAfter));
        if (answer.location !== undefined) res.set('Location', answer.location);
        sendAnswer(res, {
          status: answer.status,
          body: schema.parse(answer.body),
          replayed: answer.replayed ?? false,
        });
      });
    }
    route.all(onlyMethods(...calls.map(({ operation }) => operation.method)));
  }
  return router;
}

function byPath(served: readonly Served[]): Map<string, Served[]> {
  const paths = new Map<string, Served[]>();
  for (const one of served) {
    const { path } = one.operation;
    paths.set(path, [...(paths.get(path) ?? []), one]);
  }
  return paths;
}

import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { AnsweredOf, AskedOf, Operation } from '../../../shared/api/merchant/operation.ts';
import { idempotencyKeyOf, sendAnswer } from '../../http/idempotency.ts';
import { mayMake } from '../../http/merchant-key.ts';
import { onlyMethods } from '../../http/methods.ts';
import { bodyOf, Problem, requestIdOf } from '../../http/problem.ts';
import { validate } from '../../http/validate.ts';
import { heldUnknown } from '../../services/call-hecto-raw.ts';
import type { Idempotently } from '../../services/idempotently.ts';

type Answered = AnsweredOf<Operation>;
type Handle = (asked: AskedOf<Operation>) => Promise<Answered>;

/** A call of the merchant API with what answers it. */
export type Served = {
  readonly operation: Operation;
  readonly handle: (asked: never) => Promise<Answered>;
  /** For which requests the first answer is kept, and every repeat of the key is answered with it. */
  readonly kept?: (asked: never) => boolean;
};

/**
 * Ties a handler to its operation: what it is given and what it may answer follow from the entry. Where the operation
 * happens `once`, the handler is given the key and sees to it itself, e.g. by an intent of its own.
 */
export const serve = <O extends Operation, const A extends AnsweredOf<O>>(
  operation: O,
  handle: (asked: AskedOf<O>) => Promise<A>,
): Served => ({ operation, handle });

type Onced = Operation & { readonly once: NonNullable<Operation['once']> };

/**
 * The same for a handler without an intent of its own: its first answer is kept and repeated, and so are Hecto's
 * refusal and the word that an answer was lost. Any other Problem says that nothing was done and frees the key.
 */
export const serveOnce = <O extends Onced, const A extends AnsweredOf<O>>(
  operation: O,
  handle: (asked: AskedOf<O>) => Promise<A>,
  /** Which requests need a key; all of them, if left out. */
  kept: (asked: AskedOf<O>) => boolean = () => true,
): Served => ({ operation, handle, kept });

/**
 * The routes of all calls: checks what comes in, hands it over parsed, and lets out only what the answer's schema
 * names. A path's other methods are 405.
 */
export function createMerchantRouter(served: readonly Served[], idempotently: Idempotently): Router {
  const router = Router();
  for (const [path, calls] of byPath(served)) {
    const route = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const call of calls) {
      const method = call.operation.method.toLowerCase() as 'get' | 'post' | 'delete';
      route[method]((req, res) => answer(call, req, res));
    }
    route.all(onlyMethods(...calls.map(({ operation }) => operation.method)));
  }
  return router;

  async function answer({ operation, handle, kept }: Served, req: Request, res: Response): Promise<void> {
    if (!mayMake(operation, res)) throw new Problem('key-not-allowed');
    const key = operation.once === true ? idempotencyKeyOf(req) : '';
    const asked = {
      params: validate(operation.params ?? nothing, req.params),
      query: validate(operation.query ?? nothing, req.query),
      body: req.method === 'POST' ? validate(operation.body ?? nothing, req.body) : {},
      key,
    } as never;

    if (!kept?.(asked)) {
      const answered = await (handle as Handle)(asked);
      if (answered.retryAfter !== undefined) res.set('Retry-After', String(answered.retryAfter));
      if (answered.location !== undefined) res.set('Location', answered.location);
      const { status, replayed = false } = answered;
      sendAnswer(res, { status, body: leaving(operation, answered), replayed });
      return;
    }
    const asAnswer = (problem: Problem) => ({
      status: problem.status,
      body: bodyOf(problem, requestIdOf(res)),
    });
    const work = async () => {
      try {
        const answered = await (handle as Handle)(asked);
        return { status: answered.status, body: leaving(operation, answered) };
      } catch (error) {
        if (isAnswer(error)) return asAnswer(error);
        throw error;
      }
    };
    const [first] = operation.hecto ?? [];
    sendAnswer(
      res,
      await idempotently({
        route: `${operation.method} ${operation.path}`,
        key: keyFor(req),
        body: req.body,
        work,
        // A fault may have come after Hecto's answer. Without Hecto a second time does no harm.
        mayRepeatAfter: (error) => error instanceof Problem || first === undefined,
        afterLoss: first === undefined ? work : () => Promise.resolve(asAnswer(heldUnknown(first))),
      }),
    );
  }
}

const nothing = z.strictObject({});

/** These say what became of the request: whoever repeats it must hear them again. */
const isAnswer = (error: unknown): error is Problem =>
  error instanceof Problem && ['hecto-refused', 'refused', 'hecto_unknown'].includes(error.code);

/**
 * The key of one resource is not the key of another. What names the resource may name a customer, too: it is part of
 * the key, which is kept as a blind index, and not of the route, which is kept as it is.
 */
const keyFor = (req: Request): string => [idempotencyKeyOf(req), ...Object.values(req.params)].join('\n');

function leaving({ id, answers }: Operation, { status, body }: Answered): unknown {
  const schema = answers[status];
  if (!schema) throw new Error(`${id} has no answer ${status}`);
  return schema.parse(body);
}

function byPath(served: readonly Served[]): Map<string, Served[]> {
  const paths = new Map<string, Served[]>();
  for (const one of served) {
    const { path } = one.operation;
    paths.set(path, [...(paths.get(path) ?? []), one]);
  }
  return paths;
}

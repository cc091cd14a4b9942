import type { Response } from 'express';
import { problems, type ProblemBody, type ProblemCode } from '../../shared/api/problems.ts';
import type { RefusalCode } from '../../shared/api/refusals.ts';

/** Which field is wrong and what is allowed there; never the value. */
export type FieldError = { readonly field: string; readonly message: string };

export type ProblemDetails = {
  /** One sentence for a developer; without it the title says enough. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly hecto?: NonNullable<ProblemBody['hecto']>;
  /** `hecto-refused` and `refused`: why, in our words. */
  readonly refusal?: RefusalCode;
  readonly triesLeft?: number;
  /** When it is worth trying again, as ISO with Korea's offset. */
  readonly opensAt?: string;
  /** Whether the same request may succeed later, where the code alone does not say. */
  readonly retryable?: boolean;
  /** The resource that this is about. */
  readonly instance?: string;
  /** Seconds until another try makes sense, for `Retry-After`. */
  readonly retryAfter?: number;
  /** An earlier request with the same Idempotency-Key was refused with it. */
  readonly replayed?: boolean;
  /** What the path can do, for `Allow`. */
  readonly allow?: readonly string[];
};

const retryable: readonly ProblemCode[] = [
  'conflict',
  'too-many-requests',
  'idempotency-key-in-flight',
  'hecto-unavailable',
  'unavailable',
];

/** Thrown anywhere below a route; the last middleware answers it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}, options?: ErrorOptions) {
    super(details.detail ?? problems[code][1], options);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return problems[this.code][0];
  }
}

/** The answer's body (RFC 9457). */
export function bodyOf({ code, status, message, details }: Problem, requestId: string): ProblemBody {
  return {
    type: `/problems/${code}`,
    title: problems[code][1],
    status,
    detail: message,
    code,
    requestId,
    retryable: details.retryable ?? retryable.includes(code),
    ...(details.instance !== undefined && { instance: details.instance }),
    ...(details.refusal && { refusal: details.refusal }),
    ...(details.triesLeft !== undefined && { triesLeft: details.triesLeft }),
    ...(details.opensAt !== undefined && { opensAt: details.opensAt }),
    ...(details.errors && { errors: details.errors }),
    ...(details.hecto && { hecto: details.hecto }),
  };
}

export const problemType = 'application/problem+json';

export function sendProblem(res: Response, problem: Problem): void {
  const { retryAfter, replayed, allow } = problem.details;
  res.locals['problem'] = problem.code;
  if (retryAfter !== undefined) res.set('Retry-After', String(retryAfter));
  if (replayed) res.set('Idempotent-Replayed', 'true');
  if (allow) res.set('Allow', allow.join(', '));
  if (problem.status === 401) res.set('WWW-Authenticate', 'Bearer');
  sendJson(res, problem.status, bodyOf(problem, requestIdOf(res)), problemType);
}

/** JSON without an ETag: nothing of ours is to be cached. */
export function sendJson(res: Response, status: number, body: unknown, type = 'application/json'): void {
  res.statusCode = status;
  res.setHeader('Content-Type', `${type}; charset=utf-8`);
  res.end(JSON.stringify(body));
}

export const requestIdOf = (res: Response): string => String(res.locals['requestId']);

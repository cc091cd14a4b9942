import type { ProblemBody, ProblemCode } from '../../shared/api/problems.ts';

/** The BFF answered with a problem. */
export class ProblemAnswer extends Error {
  readonly code: ProblemCode;
  readonly status: number;

  constructor(status: number, code: ProblemCode) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** No answer that could be read came back: offline, timed out, cut off. What was asked may have happened. */
export class NoAnswer extends Error {
  constructor(cause: unknown) {
    super('no answer', { cause });
  }
}

/**
 * Reads an answer of the BFF.
 * @throws ProblemAnswer for every status that is no success, NoAnswer when the body cannot be read.
 */
export async function readAnswer<T>(response: Response): Promise<T> {
  const body = (await response.json().catch(() => undefined)) as unknown;
  if (response.ok && body) return body as T;
  const code = (body as Partial<ProblemBody> | undefined)?.code;
  if (response.ok || (!code && response.status >= 502)) throw new NoAnswer(response.status);
  throw new ProblemAnswer(response.status, code ?? 'internal');
}

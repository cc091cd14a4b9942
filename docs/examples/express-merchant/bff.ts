/** The door to the BFF: it alone has the secret key. */
import { setTimeout as sleep } from 'node:timers/promises';

type Request = { readonly body?: object; readonly idempotencyKey?: string };
export type Bff = <Answer>(method: 'GET' | 'POST', path: string, request?: Request) => Promise<Answer>;

/** The BFF said no. What to do about a `code` or a `refusal` stands in its documents under Errors. */
export class BffProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly refusal: string | undefined;

  constructor(call: string, status: number, { code = '', refusal }: { code?: string; refusal?: string }) {
    super(`${call} answered ${status} ${code}`);
    this.status = status;
    this.code = code;
    this.refusal = refusal;
  }
}

/** Makes one call. Throws a BffProblem where the answer is no, and what fetch throws where no answer comes. */
export function createBff(url: string, secretKey: string): Bff {
  return async <Answer>(method: string, path: string, { body, idempotencyKey }: Request = {}) => {
    const headers = {
      authorization: `Bearer ${secretKey}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    };
    for (let tries = 1; ; tries++) {
      let response: Response;
      let answer: Answer & { code?: string };
      try {
        const signal = AbortSignal.timeout(15_000);
        response = await fetch(new URL(path, url), {
          method,
          headers,
          signal,
          body: body ? JSON.stringify(body) : null,
        });
        answer = (await response.json()) as typeof answer;
      } catch (error) {
        // No answer says nothing about what was done. The same key again: it is not done twice.
        if (tries === 3) throw error;
        await sleep(1000);
        continue;
      }
      if (response.ok) return answer;
      if (answer.code !== 'idempotency-key-in-flight' || tries === 10)
        throw new BffProblem(`${method} ${path}`, response.status, answer);
      await sleep(1000 * Number(response.headers.get('retry-after') ?? 1));
    }
  };
}

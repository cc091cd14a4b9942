import { Pool } from 'undici';
import { expect } from 'vitest';
import type { Operation } from '../../../shared/api/merchant/operation.ts';
import { problem } from '../../../shared/api/merchant/problem.ts';
import { problems } from '../../../shared/api/problems.ts';
import { answerMs, repeated, side, type Watch } from './any-input.ts';
import { DescribedRequests, type Asked, type Document } from './described-requests.ts';
import type { System } from './start-system.ts';

export type Answer = {
  readonly status: number;
  readonly type: string;
  /** Whether an earlier request was answered with it. */
  readonly replayed: boolean;
  readonly requestId: string;
  readonly text: string;
};

/** A merchant's server that sends anything at all to two instances of ours, and looks closely at what it gets. */
export class CarelessMerchant {
  readonly requests: DescribedRequests;
  readonly #operations: ReadonlyMap<string, Operation>;
  readonly #pools: readonly Pool[];

  private constructor(
    requests: DescribedRequests,
    operations: ReadonlyMap<string, Operation>,
    pools: readonly Pool[],
  ) {
    this.requests = requests;
    this.#operations = operations;
    this.#pools = pools;
  }

  static async of(system: System, operations: ReadonlyMap<string, Operation>): Promise<CarelessMerchant> {
    const document = (await (await fetch(`${system.url()}/openapi.json`)).json()) as Document;
    const pools = [0, 1].map(
      (instance) => new Pool(system.url(instance), { connections: side, pipelining: 1 }),
    );
    return new CarelessMerchant(new DescribedRequests(document), operations, pools);
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.close()));
  }

  /** Sends a request of the operation. Rejects, telling request and answer, unless the answer is as promised and in time. */
  async asks(operationId: string, asked: Asked, instance: number, watch: Watch): Promise<Answer> {
    const begun = performance.now();
    const { method, path, headers, body } = asked;
    const { statusCode, ...answered } = await this.#pools[instance % 2]!.request({
      ...{ method, path, headers: [...headers] },
      ...{ headersTimeout: answerMs, bodyTimeout: answerMs },
      ...(body && { body }),
    });
    const text = await answered.body.text();
    watch.saw(statusCode, performance.now() - begun);
    const answer: Answer = {
      status: statusCode,
      type: String(answered.headers['content-type']),
      replayed: answered.headers['idempotent-replayed'] === 'true',
      requestId: String(answered.headers['x-request-id']),
      text,
    };
    try {
      this.#judge(operationId, asked, answer);
    } catch (error) {
      throw new Error(showing(asked, answer), { cause: error });
    }
    return answer;
  }

  /** Nobody fails; whoever is refused is told so in the form, and with a code, that the document promises. */
  #judge(operationId: string, { method, own }: Asked, answer: Answer): void {
    const { status, type, text } = answer;
    if (method === 'HEAD') {
      expect(status).toBeLessThan(500);
      return;
    }
    if (status < 400) {
      expect(type).toBe('application/json; charset=utf-8');
      const body: unknown = JSON.parse(text);
      if (own)
        expect(this.#operations.get(operationId)?.answers[status]?.safeParse(body)).toMatchObject({
          success: true,
        });
      return;
    }
    expect(type).toBe('application/problem+json; charset=utf-8');
    const told = problem.strict().parse(JSON.parse(text));
    expect([told.status, told.title]).toEqual([status, problems[told.code][1]]);
    expect(problems[told.code][0]).toBe(status);
    // A machine that is too busy may say so.
    if (status >= 500) expect(told.code).toBe('unavailable');
    // An answer that is given again names the request that it was given to first.
    if (!answer.replayed) expect(told.requestId).toBe(answer.requestId);
    if (own) expect(this.requests.codes(operationId, status)).toContain(told.code);
    expect(text).not.toMatch(repeated);
  }
}

const showing = ({ body, ...asked }: Asked, answer: Answer) =>
  JSON.stringify({ ...asked, body: body?.toString('latin1'), answer }, (_, value: unknown) =>
    typeof value === 'string' && value.length > 2_000 ? `${value.slice(0, 40)}... ${value.length}` : value,
  );

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { HectoApi } from '../hecto-api.ts';
import { RequestError } from '../http.ts';

export type Asked = {
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  api: HectoApi;
  request: IncomingMessage;
  response: ServerResponse;
};
/** What a route answers; `undefined` when it answered by itself. */
export type Route = { method: 'GET' | 'POST'; path: string; handle: (asked: Asked) => unknown };

export const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, handle });
export const post = <B>(
  path: string,
  schema: z.ZodType<B>,
  handle: (body: B, asked: Asked) => unknown,
): Route => ({ method: 'POST', path, handle: (asked) => handle(parse(schema, asked.body), asked) });

/** The value in its checked form; throws a `RequestError` that names what is wrong. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, name = ''): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = [...(name ? [name] : []), ...(issue?.path ?? [])].map(String).join('.') || 'body';
  throw new RequestError(400, `${where}: ${issue?.message ?? 'not valid'}`);
}

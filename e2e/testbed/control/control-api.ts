import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HectoApi } from '../hecto-api.ts';
import { readBody, RequestError, sendJson } from '../http.ts';
import { routes } from './routes.ts';

/** Serves `/_testbed/*`. Throws a `RequestError` for whatever it cannot do. */
export async function answerControl(
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
  api: HectoApi,
): Promise<void> {
  const path = url.pathname.slice('/_testbed'.length);
  const fitting = routes.flatMap((route) => {
    const params = match(route.path, path);
    return params ? [{ route, params }] : [];
  });
  if (fitting.length === 0) throw new RequestError(404, 'no such control call');
  const found = fitting.find(({ route }) => route.method === request.method);
  if (!found) throw new RequestError(405, `use ${fitting.map(({ route }) => route.method).join(' or ')}`);

  const body = found.route.method === 'POST' ? await readJson(request) : undefined;
  const { params } = found;
  api.state.ledger.settle();
  const answer = found.route.handle({ params, query: url.searchParams, body, api, request, response });
  if (answer !== undefined) sendJson(response, 200, answer);
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}

/** JSON only: a form or plain text, which any web page could post here, is refused. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = (await readBody(request)).toString('utf8');
  if (body === '' && request.headers['content-type'] === undefined) return undefined;
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new RequestError(415, 'the body must be application/json');
  }
  try {
    return body === '' ? undefined : JSON.parse(body);
  } catch {
    throw new RequestError(400, 'body: not JSON');
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';

const mostBytes = 256 * 1024;

/** The whole body; throws a `RequestError` when it is absurdly long. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw new RequestError(413, 'the body is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A request to the testbed itself that cannot be served: status and one sentence. */
export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}

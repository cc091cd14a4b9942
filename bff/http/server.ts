import {
  createServer,
  IncomingMessage,
  ServerResponse,
  STATUS_CODES,
  type RequestListener,
  type Server,
} from 'node:http';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Express } from 'express';
import { expressPrototypes } from './express-prototypes.ts';
import { bodyOf, Problem, problemType } from './problem.ts';
import { newRequestId } from './request-id.ts';
import { apiHeaders } from './security-headers.ts';

/**
 * A server that slow or greedy clients cannot block (S45, S46). Long polls only wait with their answer. `levers: false` leaves
 * out what only makes it faster.
 */
export function createHttpServer(app: Express, { levers = true } = {}): Server {
  /** By connection: requests that have not all arrived or are not answered. */
  const unfinished = new WeakMap<Socket, Set<ServerResponse>>();
  const refused = new WeakSet<Socket>();
  const listen: RequestListener = (req, res) => {
    const open = unfinished.get(req.socket) ?? new Set();
    unfinished.set(req.socket, open.add(res));
    const over = () => req.complete && res.closed && open.delete(res);
    req.once('close', over);
    res.once('close', over);
    app(req, res);
  };
  const server = createServer(
    {
      ...(levers && expressPrototypes(app)),
      maxHeaderSize: 8 * 1024,
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 2_000,
      insecureHTTPParser: false,
      // Node would refuse it without a word: `plainRequestsOnly` does so with a problem.
      requireHostHeader: false,
    },
    listen,
  );
  // Of what a client expects Node knows `100-continue`, and would refuse anything else without a word.
  server.on('checkExpectation', listen);
  server.maxRequestsPerSocket = 1_000;
  server.maxConnections = 12_000;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (refused.has(socket)) return;
    refused.add(socket);
    const open = [...(unfinished.get(socket) ?? [])];
    const broken = open.find(({ req }) => !req.complete);
    const refuse = () => {
      if (broken?.headersSent) socket.destroySoon();
      else answerBadRequest(error, socket);
    };
    // What came whole is answered first: nobody may take the word about what came behind it for its answer.
    const last = open.findLast(({ req }) => req.complete);
    if (last) last.once('close', refuse);
    else refuse();
  });
  return server;
}

/** What never became a request still gets a problem as its answer. */
function answerBadRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = new Problem(
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'headers-too-large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'request-timeout'
        : 'malformed-request',
  );
  const requestId = newRequestId();
  const body = JSON.stringify(bodyOf(problem, requestId));
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      ...dataHeaders,
      `X-Request-Id: ${requestId}`,
      `Content-Type: ${problemType}; charset=utf-8`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

/** The headers of every answer that is data (S29). */
const dataHeaders = (() => {
  const answer = new ServerResponse(new IncomingMessage(new Socket()));
  apiHeaders()(answer.req, answer, () => undefined);
  return Object.entries(answer.getHeaders()).map(([name, value]) => `${name}: ${String(value)}`);
})();

/** Starts listening; rejects with the system's error, e.g. EADDRINUSE. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Takes no new connections and waits for running requests, at most `patienceMs`. Tells whether all finished. */
export async function closeGracefully(server: Server, patienceMs: number): Promise<boolean> {
  let closed = !server.listening;
  if (!closed) server.close(() => (closed = true));
  const deadline = performance.now() + patienceMs;
  while (!closed && performance.now() < deadline) {
    server.closeIdleConnections();
    await sleep(20);
  }
  if (!closed) server.closeAllConnections();
  return closed;
}

import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { bodyOf, Problem, problemType } from './problem.ts';
import { newRequestId } from './request-id.ts';

/** What each server has not answered yet. */
const openResponses = new WeakMap<Server, Set<ServerResponse>>();

/**
 * A server that slow or greedy clients cannot block (S45, S46). Long polls only wait with their answer. `keepAliveMs`: how
 * long a connection may stay open without a request; longer than the proxy in front keeps it, or now and then it sends
 * on one that we are closing.
 */
export function createHttpServer(listener: RequestListener, { keepAliveMs = 5_000 } = {}): Server {
  const open = new Set<ServerResponse>();
  const server = createServer({
    maxHeaderSize: 8 * 1024,
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: 2_000,
    insecureHTTPParser: false,
  });
  openResponses.set(server, open);
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    open.add(res);
    res.once('close', () => open.delete(res));
    // What comes while we stop is answered, as the last thing on its connection.
    if (!server.listening) res.shouldKeepAlive = false;
    listener(req, res);
  });
  server.maxRequestsPerSocket = 1_000;
  server.maxConnections = 12_000;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => answerBadRequest(error, socket));
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
  const body = JSON.stringify(bodyOf(problem, newRequestId()));
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `Content-Type: ${problemType}; charset=utf-8`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      'X-Content-Type-Options: nosniff',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

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

/**
 * Takes no new connections and waits for running requests, at most `patienceMs`. Tells whether all finished. A
 * connection ends with the answer on it. Idle ones are left alone for `idleMs`, for a proxy may just be sending on one:
 * breaking it would lose a request that nobody may repeat.
 */
export async function closeGracefully(
  server: Server,
  patienceMs: number,
  { idleMs = 0 } = {},
): Promise<boolean> {
  let closed = !server.listening;
  const begun = performance.now();
  // Not HTTP's own way to close, which breaks idle connections at once.
  if (!closed) NetServer.prototype.close.call(server, () => (closed = true));
  for (const res of openResponses.get(server) ?? []) if (!res.headersSent) res.shouldKeepAlive = false;
  while (!closed && performance.now() < begun + patienceMs) {
    if (performance.now() >= begun + idleMs) server.closeIdleConnections();
    await sleep(20);
  }
  if (!closed) server.closeAllConnections();
  // Ends its timers, too.
  server.close();
  return closed;
}

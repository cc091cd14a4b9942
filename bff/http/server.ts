import { createServer, STATUS_CODES, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Express } from 'express';
import { expressPrototypes } from './express-prototypes.ts';
import { bodyOf, Problem, problemType } from './problem.ts';
import { newRequestId } from './request-id.ts';

/**
 * A server that slow or greedy clients cannot block (S45, S46). Long polls only wait with their answer. `levers: false` leaves
 * out what only makes it faster.
 */
export function createHttpServer(app: Express, { levers = true } = {}): Server {
  const server = createServer(
    {
      ...(levers && expressPrototypes(app)),
      maxHeaderSize: 8 * 1024,
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 2_000,
      insecureHTTPParser: false,
    },
    app,
  );
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

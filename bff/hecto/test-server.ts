/** Servers for the client's tests: real sockets that answer whatever a test wants, and keep what they got. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';

export type Running = { readonly url: string; readonly port: number; close(): Promise<void> };

/** Listens on loopback; closing also ends open connections. */
export async function listen(server: Server, scheme: 'http' | 'https' = 'http'): Promise<Running> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export type Received = { readonly path: string; readonly rawHeaders: string[]; readonly body: string };
export type HttpServer = Running & { readonly received: Received[] };

/** An HTTP server that reads each request whole, then lets the test answer. */
export async function httpServer(
  answer: (request: Received, response: ServerResponse, raw: IncomingMessage) => void,
): Promise<HttpServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const got = {
        path: request.url ?? '',
        rawHeaders: request.rawHeaders,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      received.push(got);
      answer(got, response, request);
    });
  });
  return { ...(await listen(server)), received };
}

export type RawServer = Running & {
  /** How many whole requests came, and over how many connections. */
  readonly seen: { requests: number; connections: number };
};

/** A TCP server that sees a whole request, then lets the test write any bytes. */
export async function rawServer(answer: (socket: Socket, request: number) => void): Promise<RawServer> {
  const seen = { requests: 0, connections: 0 };
  const server = net.createServer((socket) => {
    seen.connections += 1;
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
      if (head < 0 || text.length < head + 4 + length) return;
      text = '';
      seen.requests += 1;
      answer(socket, seen.requests);
    });
  });
  return { ...(await listen(server)), seen };
}

/** A whole HTTP answer as bytes. */
export const httpAnswer = (body: string | Buffer, head = 'HTTP/1.1 200 OK'): Buffer => {
  const bytes = Buffer.from(body);
  return Buffer.concat([
    Buffer.from(`${head}\r\ncontent-type: application/json\r\ncontent-length: ${bytes.length}\r\n\r\n`),
    bytes,
  ]);
};

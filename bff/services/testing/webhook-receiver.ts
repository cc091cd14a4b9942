import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { vi } from 'vitest';

/** A webhook as it arrived. */
export type Arrival = {
  readonly id: string;
  /** Of the attempt, in seconds. */
  readonly timestamp: number;
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
  readonly body: string;
};

/** The merchant's server: a real one, which writes down what arrives and answers as told. */
export class WebhookReceiver {
  readonly arrivals: Arrival[] = [];
  /** What it answers. By default it takes everything. */
  answer: (arrival: Arrival, response: ServerResponse) => void | Promise<void> = (_, response) => {
    response.writeHead(204).end();
  };
  /** How many requests were in its hands at the same time, at most. */
  mostAtOnce = 0;
  readonly url: string;
  readonly close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.close = close;
  }

  static async start(): Promise<WebhookReceiver> {
    let inHand = 0;
    const server = createServer((request, response) => {
      inHand += 1;
      receiver.mostAtOnce = Math.max(receiver.mostAtOnce, inHand);
      response.once('close', () => {
        inHand -= 1;
      });
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { headers } = request;
        const arrival = {
          id: String(headers['webhook-id']),
          timestamp: Number(headers['webhook-timestamp']),
          headers,
          path: request.url ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
        };
        receiver.arrivals.push(arrival);
        void receiver.answer(arrival, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const receiver = new WebhookReceiver(
      `http://127.0.0.1:${port}/webhooks`,
      () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );
    return receiver;
  }

  answers(status: number, headers: Record<string, string> = {}): void {
    this.answer = (_, response) => {
      response.writeHead(status, headers).end();
    };
  }

  types(): string[] {
    return this.arrivals.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  }
}

/**
 * What an independent verifier reads, at the moment when it arrived. Throws when the secret did not sign exactly
 * this.
 */
export function verified(arrival: Arrival, secret: Buffer, change: Partial<Arrival> = {}): unknown {
  const { body, headers, timestamp } = { ...arrival, ...change };
  vi.useFakeTimers({ toFake: ['Date'], now: timestamp * 1000 });
  try {
    return new Webhook(`whsec_${secret.toString('base64')}`).verify(body, headers as Record<string, string>);
  } finally {
    vi.useRealTimers();
  }
}

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

type Value = { readonly stringValue?: string; readonly intValue?: number | string };
type Attribute = { readonly key: string; readonly value: Value };
type Export = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Exported[] }[];
  }[];
};
type Exported = {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code?: number; readonly message?: string };
};

/** A span as it was exported, with its attributes as an object. */
export type CollectedSpan = Omit<Exported, 'attributes'> & {
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
};

/** A collector of traces: a real server that reads OTLP as JSON and keeps what came. */
export class TraceCollector {
  readonly spans: CollectedSpan[] = [];
  /** Of what the spans are about, as the last export said it. */
  resource: CollectedSpan['attributes'] = {};
  headers: IncomingHttpHeaders = {};
  /** Everything that came, byte by byte. */
  text = '';
  /** What it answers; `never` leaves the sender waiting. */
  answer: number | 'never' = 200;
  readonly url: string;
  readonly close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.close = close;
  }

  static async start(port = 0): Promise<TraceCollector> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { answer } = collector;
        if (answer === 'never') return;
        if (request.url !== '/v1/traces') response.writeHead(404).end();
        else {
          if (answer < 300) collector.take(Buffer.concat(chunks).toString('utf8'), request.headers);
          response.writeHead(answer, { 'content-type': 'application/json' }).end('{}');
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const { port: own } = server.address() as AddressInfo;
    const collector = new TraceCollector(
      `http://127.0.0.1:${own}`,
      () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );
    return collector;
  }

  private take(text: string, headers: IncomingHttpHeaders): void {
    this.text += text;
    this.headers = headers;
    for (const { resource, scopeSpans } of (JSON.parse(text) as Export).resourceSpans) {
      this.resource = plain(resource.attributes);
      for (const span of scopeSpans.flatMap(({ spans }) => spans))
        this.spans.push({ ...span, attributes: plain(span.attributes) });
    }
  }
}

const plain = (attributes: readonly Attribute[]): CollectedSpan['attributes'] =>
  Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue } }) => [key, stringValue ?? Number(intValue)]),
  );

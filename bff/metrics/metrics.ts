import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { listen } from '../http/server.ts';
import { observeEvents, type Observer } from './from-events.ts';

export type Metrics = {
  /** Told of every event of the log. */
  readonly observe: Observer;
  readonly registry: Registry;
  /** Begins to answer `GET /metrics` on a port of its own, never on the public one (S52). Rejects, e.g. with EADDRINUSE. */
  serve(on: { readonly port: number; readonly host: string }, read: () => Promise<void>): Promise<string>;
  close(): Promise<void>;
};

/** Prometheus metrics of one app: what happened, by events; what is so at the moment, by `read` at each scrape. */
export function createMetrics(about: { readonly version: string; readonly environment: string }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const info = new Gauge({
    ...{ name: 'hecto_onboarding_build_info', registers: [registry] },
    help: 'Always 1: which version runs, and against which Hecto.',
    labelNames: ['version', 'environment'],
  });
  info.set(about, 1);
  let server: Server | undefined;

  return {
    observe: observeEvents(registry),
    registry,
    async serve({ port, host }, read) {
      server = createServer((request, response) => {
        if (request.method !== 'GET' || request.url !== '/metrics') {
          response.writeHead(404).end();
          return;
        }
        read()
          .then(() => registry.metrics())
          .then(
            (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
            () => response.writeHead(500).end(),
          );
      });
      return `http://${host.includes(':') ? `[${host}]` : host}:${await listen(server, port, host)}/metrics`;
    },
    close: () =>
      new Promise((resolve) => {
        registry.clear();
        if (server) {
          server.close(() => resolve());
          server.closeAllConnections();
        } else resolve();
      }),
  };
}

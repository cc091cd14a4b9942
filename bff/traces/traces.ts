/** Loaded only where spans are wanted: with it comes all of OpenTelemetry. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { ExportResultCode, parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';
import type { Request, RequestHandler } from 'express';
import { requestIdOf } from '../http/problem.ts';
import type { EventName } from '../log/events.ts';
import type { EventValues } from '../log/log.ts';
import type { TraceConfig } from '../trace-config.ts';
import { callAttributes, requestAttributes } from './attributes.ts';

type Deps = {
  readonly clock: () => Date;
  readonly version: string;
  readonly environment: string;
  /** Told when spans cannot be delivered, and when they can again. */
  readonly onChange: (change: 'lost' | 'delivered-again') => void;
  /** How often spans are sent. */
  readonly everyMs?: number | undefined;
};

export type Traces = {
  /** Told of every event of the log: spans are made of what it lets through. */
  observe<N extends EventName>(name: N, values: EventValues<N>): void;
  /**
   * Begins the span of a request, so that its calls to Hecto are part of it. With `continued` it goes on with the trace
   * of the caller, who must be known by then: anybody else could write into the traces of a merchant.
   */
  begin(how: 'anew' | 'continued'): RequestHandler;
  /** Sends what is left, if that can be done soon. */
  close(): Promise<void>;
};

type Observers = { readonly [N in EventName]?: (values: EventValues<N>) => void };
type Begun = { readonly span: Span; readonly at: number };

/** A collector that is slow must not pile up work here, nor hold up a stop for long. */
const deliverWithinMs = 5_000;
const closeWithinMs = 3_000;
/** Asked every few seconds by whatever watches us, and nobody wants to read it. */
const unwatched = ['/healthz', '/readyz'];

/** Spans for one app, by OpenTelemetry: nothing of it is set for the whole process. */
export function createTraces(config: TraceConfig, { clock, everyMs, onChange, ...about }: Deps): Traces {
  const processor = new BatchSpanProcessor({
    exporter: watched(exporterFor(config), onChange),
    ...(everyMs !== undefined && { scheduledDelayMillis: everyMs }),
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'hecto-onboarding',
      'service.version': about.version,
      'deployment.environment.name': about.environment,
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(config.share) }),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('hecto-onboarding', about.version);
  const parent = new AsyncLocalStorage<Context>();
  const begun = new Map<string, Begun>();

  const start = (at: number, from: Context): Begun => ({
    at,
    span: tracer.startSpan('request', { kind: SpanKind.SERVER, startTime: at }, from),
  });

  const observers: Observers = {
    'http.answered'(values) {
      const { requestId, method, route, status, ms } = values;
      const known = begun.get(requestId);
      begun.delete(requestId);
      if (route !== undefined && unwatched.includes(route)) return;
      const { span, at } = known ?? start(clock().getTime() - ms, ROOT_CONTEXT);
      span.updateName(route === undefined ? method : `${method} ${route}`);
      span.setAttributes(requestAttributes(values));
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(at + ms);
    },
    'hecto.called'(values) {
      const { endpoint, kind, durationMs } = values;
      const now = clock().getTime();
      const span = tracer.startSpan(
        `hecto ${endpoint}`,
        { kind: SpanKind.CLIENT, startTime: now - durationMs, attributes: callAttributes(values) },
        parent.getStore() ?? ROOT_CONTEXT,
      );
      // A refusal is an answer.
      if (kind !== 'accepted' && kind !== 'refused') span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(now);
    },
  };

  return {
    observe: (name, values) => observers[name]?.(values),
    begin: (how) => (req, res, next) => {
      const one = start(clock().getTime(), how === 'continued' ? callerOf(req) : ROOT_CONTEXT);
      begun.set(requestIdOf(res), one);
      parent.run(trace.setSpan(ROOT_CONTEXT, one.span), () => next());
    },
    async close() {
      const closed = provider.shutdown().catch(() => undefined);
      await Promise.race([closed, sleep(closeWithinMs, undefined, { ref: false })]);
    },
  };
}

/** The span that the caller names in `traceparent` (W3C Trace Context), and nothing else of what it sends. */
function callerOf({ headers: { traceparent } }: Request): Context {
  const caller = typeof traceparent === 'string' ? parseTraceParent(traceparent) : null;
  if (!caller) return ROOT_CONTEXT;
  const traceFlags = caller.traceFlags & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { ...caller, traceFlags, isRemote: true });
}

const exporterFor = ({ endpoint, headers }: TraceConfig): SpanExporter =>
  new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, headers, timeoutMillis: deliverWithinMs });

/** The same exporter, with somebody who is told when it begins to fail and when that is over. */
function watched(exporter: SpanExporter, onChange: Deps['onChange']): SpanExporter {
  let fails = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const failed = result.code !== ExportResultCode.SUCCESS;
        if (failed !== fails) onChange(failed ? 'lost' : 'delivered-again');
        fails = failed;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}

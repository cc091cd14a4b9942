import { ConfigError, readAll } from './config-error.ts';
import type { readerOf } from './environment.ts';

/** Where spans are sent. */
export type TraceConfig = {
  /** Of a collector that speaks OTLP over HTTP, without a slash at the end; `/v1/traces` is added. */
  readonly endpoint: string;
  /** Sent along, e.g. the key for the collector. */
  readonly headers: Readonly<Record<string, string>>;
  /** From 0 to 1: how many of the traces that begin here are kept. */
  readonly share: number;
};

type Reader = ReturnType<typeof readerOf>;

const endpointName = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const headersName = 'OTEL_EXPORTER_OTLP_HEADERS';
const samplers = ['parentbased_always_on', 'parentbased_traceidratio'] as const;

/**
 * OpenTelemetry's own variables; undefined without an endpoint, and then the others mean nothing. Throws a ConfigError for
 * what is not allowed.
 */
export function parseTraces(read: Reader): TraceConfig | undefined {
  if (read.text(endpointName) === undefined) return undefined;
  return readAll({
    endpoint: () => parseEndpoint(read),
    headers: () => parseHeaders(read),
    share: () => parseShare(read),
  });
}

function parseEndpoint(read: Reader): string {
  const value = read.text(endpointName) ?? '';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (
    !url ||
    !/^https?:\/\/[\x21-\x7e]+$/.test(value) ||
    /[?#]/.test(value) ||
    url.username ||
    url.password
  ) {
    throw new ConfigError(endpointName, 'must be an address such as http://collector.example.com:4318');
  }
  if (url.protocol === 'http:' && !isLoopback(url) && read.secret(headersName) !== undefined) {
    throw new ConfigError(endpointName, `must be https, except on this machine, where ${headersName} is set`);
  }
  return url.href.replace(/\/$/, '');
}

function parseHeaders(read: Reader): TraceConfig['headers'] {
  const entries = read.list(headersName, read.secret(headersName)) ?? [];
  return Object.fromEntries(
    entries.map((entry) => {
      const [, name = '', encoded = ''] = /^([A-Za-z0-9-]{1,100})=([\x21-\x7e]+)$/.exec(entry) ?? [];
      const value = decoded(encoded);
      if (!value || !/^[\x20-\x7e]+$/.test(value)) {
        throw new ConfigError(
          headersName,
          'must be a comma list of name=value, where the values are URL-encoded, as in authorization=Bearer%20key',
        );
      }
      return [name.toLowerCase(), value];
    }),
  );
}

function parseShare(read: Reader): number {
  if (read.oneOf('OTEL_TRACES_SAMPLER', samplers, samplers[0]) === 'parentbased_always_on') return 1;
  const name = 'OTEL_TRACES_SAMPLER_ARG';
  const value = read.text(name) ?? '1';
  const share = /^\d(\.\d{1,9})?$/.test(value) ? Number(value) : NaN;
  if (share <= 1) return share;
  throw new ConfigError(name, 'must be a number from 0 to 1');
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);

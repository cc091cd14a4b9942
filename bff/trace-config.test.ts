import { expect, test } from 'vitest';
import type { ConfigError } from './config-error.ts';
import { readerOf, type Environment } from './environment.ts';
import { parseTraces } from './trace-config.ts';

const endpoint = 'http://127.0.0.1:4318';
const parse = (env: Environment) => parseTraces(readerOf(env));

/** The refusal, without the value. */
function refusal(env: Environment): ConfigError {
  try {
    parse(env);
  } catch (error) {
    expect((error as Error).message).not.toContain('canary');
    return error as ConfigError;
  }
  throw new Error('It was accepted.');
}

test('without an endpoint there are no traces, whatever else a cluster sets', () => {
  expect(parse({})).toBeUndefined();
  expect(parse({ OTEL_TRACES_SAMPLER: 'canary', OTEL_EXPORTER_OTLP_HEADERS: 'canary' })).toBeUndefined();
});

test('an endpoint is enough, with or without a path', () => {
  expect(parse({ OTEL_EXPORTER_OTLP_ENDPOINT: `${endpoint}/` })).toEqual({ endpoint, headers: {}, share: 1 });
  const vendor = 'https://otlp.example.com/otlp';
  expect(parse({ OTEL_EXPORTER_OTLP_ENDPOINT: vendor })).toMatchObject({ endpoint: vendor });
  expect(parse({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.internal:4318' })).toBeDefined();
});

test('headers for the collector are decoded, and their names never matter by case', () => {
  const headers = 'Authorization=Bearer%20k%2C1=, x-tenant=shop';
  expect(parse({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers })).toMatchObject(
    { headers: { authorization: 'Bearer k,1=', 'x-tenant': 'shop' } },
  );
  for (const bad of [
    'canary',
    'canary=',
    '=canary',
    'a b=canary',
    'a=%canary',
    'a=%0d%0acanary',
    'a=%EA%B0%80canary',
  ])
    expect(refusal({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: bad }).variable).toBe(
      'OTEL_EXPORTER_OTLP_HEADERS',
    );
});

test('what is sent along in headers is not sent in the clear to another machine', () => {
  const env = { OTEL_EXPORTER_OTLP_HEADERS: 'authorization=canary' };
  const refused = refusal({ ...env, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.internal:4318' });
  expect(refused.variable).toBe('OTEL_EXPORTER_OTLP_ENDPOINT');
  expect(parse({ ...env, OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.internal' })).toBeDefined();
});

test('a share of the traces can be kept', () => {
  const sampled = (value?: string) => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: value,
  });
  expect(parse(sampled('0.25'))).toMatchObject({ share: 0.25 });
  expect(parse(sampled('0'))).toMatchObject({ share: 0 });
  expect(parse(sampled())).toMatchObject({ share: 1 });
  for (const bad of ['1.1', '2', '-1', 'canary', '0,5', '.5'])
    expect(refusal(sampled(bad)).variable).toBe('OTEL_TRACES_SAMPLER_ARG');
  expect(refusal({ ...sampled(), OTEL_TRACES_SAMPLER: 'canary' }).variable).toBe('OTEL_TRACES_SAMPLER');
});

import { Agent, request } from 'undici';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpointNames } from '../../../shared/hecto/endpoints.ts';
import { examples } from '../../../shared/hecto/examples.ts';
import { samples } from '../../services/testing/merchant-samples.ts';
import { System } from '../../services/testing/start-system.ts';
import { servedCalls } from './served.ts';

/* No input may make us fail. `FUZZ_RUNS` says how many requests each call gets; a failure prints seed and path.
 * `FUZZ_SEED=<seed>` sends the same ones again. */

const runs = Number(process.env['FUZZ_RUNS'] ?? 200);
const side = 8;
// The same requests at every run of CI, so that a change is judged by what it changed; new ones everywhere else.
const seed = Number(process.env['FUZZ_SEED'] ?? (process.env['CI'] ? 4711 : Date.now() % 1_000_000));

type Schema = {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  additionalProperties?: Schema | boolean;
  example?: unknown;
};
type Parameter = { name: string; in: 'path' | 'query' | 'header'; schema: Schema };
type Described = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
};
type Document = {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
};

let system: System;
let document: Document;
const agent = new Agent({ connections: side, pipelining: 1 });
beforeAll(async () => {
  system = await System.start();
  document = (await (await fetch(`${system.url()}/openapi.json`)).json()) as Document;
});
afterAll(async () => {
  await agent.close();
  await system.stop();
});

const ids = servedCalls({ store: {} } as never).map(({ operation }) => operation.id);

/** What people and machines send by mistake or malice. */
const nasty = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '0', '-1', '1e309', 'null', '<script>', "' OR 1=1 --", '../../etc/passwd', '%00', '%ff'],
    ...['__proto__', 'constructor', '\u0000', '\u2028', '𝒳'.repeat(40), '가'.repeat(200), 'a'.repeat(5000)],
    ...['2026-02-29', '9999-99-99', '0000-00-00', '00000000000000', 'toString', ':&?', '\ud800'],
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const garbage = fc.oneof(nasty, fc.jsonValue({ maxDepth: 4 }));

/** Values that fit a schema, so that what lies behind the validation is reached too. */
function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.$ref) return fitting(document.components.schemas[schema.$ref.split('/').at(-1)!]!);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  const either = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (either) return fc.oneof(...either.map(fitting));
  const examples = schema.example === undefined ? [] : [fc.constant(schema.example)];
  switch (schema.type) {
    case 'object':
      return fields(schema);
    case 'array':
      return fc.array(fitting(schema.items ?? {}), { maxLength: 3 });
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.integer({
        min: schema.minimum ?? 0,
        max: Math.min(schema.maximum ?? 1e9, Number.MAX_SAFE_INTEGER),
      });
    case 'string':
      return fc.oneof(
        ...examples,
        schema.pattern ? fc.stringMatching(new RegExp(schema.pattern)) : fc.string({ maxLength: 30 }),
      );
    default:
      return garbage;
  }
}

const fields = ({ properties = {}, required = [] }: Schema): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, fitting(schema)])), {
    requiredKeys: required,
  });

/** What fits, with one field of it spoilt, one left out, or one too many. */
const spoilt = (schema: Schema) =>
  fc
    .tuple(fields(schema), fc.nat(), garbage, fc.constantFrom('spoil', 'leave out', 'add'))
    .map(([body, place, value, how]) => {
      const names = Object.keys(body);
      const name = names[place % Math.max(1, names.length)] ?? 'unknownField';
      if (how === 'add') return { ...body, [`${name}2`]: value };
      if (how === 'spoil') return { ...body, [name]: value };
      const { [name]: _, ...rest } = body;
      return rest;
    });

const resolved = (schema: Schema): Schema =>
  schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)!]! : schema;

type Asked = { path: string; body: string | undefined; key: string | undefined };

function inputs(id: string): { method: 'GET' | 'POST' | 'DELETE'; asked: fc.Arbitrary<Asked> } {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { operationId, parameters = [], requestBody }] of Object.entries(methods)) {
      if (operationId !== id) continue;
      const value = ({ schema }: Parameter) =>
        fc.oneof({ weight: 4, arbitrary: fitting(schema) }, { weight: 1, arbitrary: nasty }).map(String);
      const named = (where: Parameter['in']) => parameters.filter((one) => one.in === where);
      const inPath = fc.record(Object.fromEntries(named('path').map((one) => [one.name, value(one)])));
      const query = fc.record(Object.fromEntries(named('query').map((one) => [one.name, value(one)])), {
        requiredKeys: [],
      });
      const schema = requestBody && resolved(requestBody.content['application/json'].schema);
      const body = schema
        ? fc.oneof(
            { weight: 5, arbitrary: fields(schema).map((json) => JSON.stringify(json)) },
            { weight: 3, arbitrary: spoilt(schema).map((json) => JSON.stringify(json)) },
            { weight: 1, arbitrary: garbage.map((json) => JSON.stringify(json)) },
            { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
          )
        : fc.constantFrom(undefined, '{}', '[]', '{"a":1}');
      const key = fc.oneof(
        { weight: 9, arbitrary: fc.uuid() },
        { weight: 1, arbitrary: fc.constant(undefined) },
      );
      const asked = fc
        .record({ inPath, query, body, key })
        .map((given): Asked => ({
          path:
            path.replaceAll(/\{(\w+)\}/g, (_, name: string) => escaped(given.inPath[name] || '-')) +
            queryOf(given.query),
          body: method === 'post' ? given.body : undefined,
          key: given.key,
        }));
      return { method: method.toUpperCase() as 'GET', asked };
    }
  }
  throw new Error(`${id} is not published`);
}

/** Hecto's own fields as they should be, but for one. */
const rawCalls: fc.Arbitrary<Asked> = fc
  .tuple(fc.constantFrom(...endpointNames), fc.nat(), fc.option(garbage, { nil: undefined }), fc.uuid())
  .map(([name, place, value, key]) => {
    const names = Object.keys(examples[name]);
    const spoilt = value === undefined ? {} : { [names[place % names.length] ?? 'other']: value };
    return { path: `/v1/hecto/${name}`, body: JSON.stringify({ ...examples[name], ...spoilt }), key };
  });

const escaped = (text: string) =>
  encodeURIComponent(text.slice(0, 400).replaceAll(/\p{Cs}/gu, '?')).replaceAll('.', '%2E');
const queryOf = (query: Partial<Record<string, string>>) => {
  const pairs = Object.entries(query).map(([name, value = '']) => `${name}=${escaped(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
};

const mayBe5xx = ['hecto-unavailable', 'hecto_unknown', 'unavailable'];

describe('S40 no input makes us fail', () => {
  test.each(ids)('%s', { timeout: Math.max(60_000, runs * 60) }, async (id) => {
    const { method, asked: made } = inputs(id);
    const { path: real } = await samples[id]!.succeeds(system);
    // A path that leads somewhere, so that what lies behind it is reached.
    const led = fc.tuple(made, fc.boolean()).map(([one, is]) => (is ? { ...one, path: real } : one));
    const asked = id === 'callHecto' ? fc.oneof(made, rawCalls) : led;
    const logged = system.log.length;
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: side, maxLength: side }), async (many) => {
        await Promise.all(
          many.map(async ({ path, body, key }) => {
            const { statusCode, body: answer } = await request(system.url() + path, {
              method,
              dispatcher: agent,
              headers: {
                authorization: 'Bearer sk_local_demo',
                ...(key !== undefined && { 'idempotency-key': key }),
                ...(body !== undefined && { 'content-type': 'application/json' }),
              },
              ...(body !== undefined && { body }),
            });
            const text = await answer.text();
            if (statusCode < 500) return;
            const { code } = JSON.parse(text) as { code: string };
            expect({ method, path, body, text, fine: mayBe5xx.includes(code) }).toMatchObject({ fine: true });
          }),
        );
      }),
      { numRuns: Math.ceil(runs / side), seed },
    );
    // And the next customer is served.
    const { path } = await samples['listBanks']!.succeeds(system);
    expect((await system.merchant('GET', path)).status).toBe(200);
    expect(system.log.slice(logged).filter((line) => line.includes('"fault"'))).toEqual([]);
  });
});

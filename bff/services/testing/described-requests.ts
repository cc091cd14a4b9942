import fc from 'fast-check';
import { edits, escaped, rough, values, words, type Edit } from './any-input.ts';

/*
 * Requests made out of the published document: those that fit it, so that what lies behind the validation is reached,
 * and those that fit but for something.
 */

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
  example?: unknown;
};
type Parameter = { name: string; in: 'path' | 'query' | 'header'; schema: Schema };
type Described = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, { content: Record<string, { examples?: Record<string, unknown> }> }>;
};
/** What of `/openapi.json` is needed here. */
export type Document = {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
};

/** Something that is there already, so that a request leads somewhere. */
export type Real = { readonly path: string; readonly body?: object };

export type Asked = {
  readonly method: string;
  readonly path: string;
  /** Names and values in turns; a name may come twice. */
  readonly headers: readonly string[];
  readonly body?: Buffer;
  /** The Idempotency-Key, where the header is as it should be. */
  readonly key?: string;
  /** Whether method and path are the operation's own. */
  readonly own: boolean;
};
/** Where a request goes is known when it is sent. */
export type Asking = (real: Real, key: string) => Asked;

/** A request as it should be, as far as its headers go. */
export const jsonRequest = (path: string, body: unknown, key: string): Asked => ({
  ...{ method: 'POST', path, body: Buffer.isBuffer(body) ? body : jsonOf(body), key, own: true },
  headers: [...['authorization', 'Bearer sk_local_demo', 'idempotency-key', key], ...json],
});

const other = ['PUT', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'GET', 'DELETE', 'POST', 'PROPFIND'];
/** Behind a path that leads somewhere. */
const detours = [
  ...['/', '//', '/%ff', '/%00', '/%E0%A4', '/..%2f..%2fetc', ';a=1', '/.', '%20', '\u00ff', '/__proto__'],
  ...['?a=1&a=2', '?__proto__[x]=1', '?__proto__=1', '?constructor=1', '?x[]=1', '?limit=1e3', '?limit=-1'],
  ...[
    '?limit=',
    '?cursor=%F0%9F%92%A9',
    '?cursor=AAAA',
    '?%ff=1',
    '?date=2026-13-45',
    `?${'a'.repeat(2_100)}`,
  ],
];

const json = ['content-type', 'application/json'];
/** These take the place of those of the same name. */
const oddHeaders: readonly (readonly string[])[] = [
  ['idempotency-key', ' '],
  ['idempotency-key', 'x'.repeat(256)],
  ['idempotency-key', '\u00ff\u00fe'],
  ['idempotency-key', 'one', 'idempotency-key', 'two'],
  ['authorization', 'Bearer'],
  ['authorization', 'Basic eDp5'],
  ['authorization', 'Bearer sk_local_demo, Bearer sk_local_demo'],
  ['authorization', `Bearer ${'s'.repeat(5_000)}`],
  ['content-type', 'text/plain'],
  ['content-type', 'application/json; charset=utf-16'],
  ['content-type', 'application/json;'.repeat(200)],
  [...json, 'content-type', 'text/plain'],
  ['content-encoding', 'gzip'],
  ['content-encoding', 'identity, br'],
  ['x-http-method-override', 'DELETE', 'x-method-override', 'PUT'],
  ['origin', 'null', 'referer', 'http://evil.example/'],
  ['accept', 'text/html', 'accept-encoding', 'gzip;q=NaN', 'accept-language', '*;q=x'],
  ['range', 'bytes=0-1', 'if-none-match', '*', 'if-modified-since', 'yesterday'],
  ['x-forwarded-for', '1.2.3.4,'.repeat(100), 'forwarded', 'for=_x;proto=gopher'],
  ['cookie', '=;;a=%00;__proto__=1'],
  ['traceparent', '00-x', '__proto__', '1', 'constructor', '1'],
  ['x-long', '\u00e9'.repeat(7_000)],
  ['x-longer', 'a'.repeat(9_000)],
];

/** How to ask for one operation in every way. */
export class DescribedRequests {
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  /** Everything that `operationId` may be asked with. */
  of(operationId: string): fc.Arbitrary<Asking> {
    const { method, path, call } = this.#find(operationId);
    const schema = call.requestBody && this.#resolved(call.requestBody.content['application/json'].schema);
    return fc
      .record({
        path: this.#paths(path, call.parameters ?? []),
        body: schema ? this.bodies(schema) : noBody,
        method: mostly(method.toUpperCase(), fc.constantFrom(...other), 30),
        headers: mostly<readonly string[]>([], fc.constantFrom(...oddHeaders), 8),
        hasKey: mostly(true, fc.constant(false), 10),
      })
      .map((given) => (real, key) => {
        const body = given.method === 'POST' || method !== 'post' ? given.body(real.body ?? {}) : undefined;
        const usual = [
          ...['authorization', 'Bearer sk_local_demo'],
          ...(given.hasKey ? ['idempotency-key', key] : []),
          ...(body ? json : []),
        ];
        const odd = given.headers.filter((_, index) => index % 2 === 0);
        const kept = usual.filter((_, index) => !odd.includes(usual[index - (index % 2)]!));
        const asked = given.path(real.path);
        return {
          method: given.method,
          path: asked.path,
          headers: [...kept, ...given.headers],
          own: asked.own && asked.path.length < 2_000 && given.method === method.toUpperCase(),
          ...(body && { body }),
          ...(given.hasKey && !odd.includes('idempotency-key') && { key }),
        };
      });
  }

  /** Bodies that fit a schema or what is real, those that fit but for something, and those that are none. */
  bodies(schema: Schema): fc.Arbitrary<Edit> {
    const fitting = this.#fields(schema);
    const varied = this.#varied(schema);
    return fc.oneof(
      {
        weight: 4,
        arbitrary: varied.map(
          (vary): Edit =>
            (body) =>
              jsonOf(vary(body)),
        ),
      },
      {
        weight: 3,
        arbitrary: fc.tuple(varied, edits).map(
          ([vary, edit]): Edit =>
            (body) =>
              edit(vary(body)),
        ),
      },
      {
        weight: 4,
        arbitrary: fitting.map(
          (body): Edit =>
            () =>
              jsonOf(body),
        ),
      },
      {
        weight: 2,
        arbitrary: fc.tuple(fitting, edits).map(
          ([body, edit]): Edit =>
            () =>
              edit(body),
        ),
      },
      {
        weight: 1,
        arbitrary: values.map(
          (value): Edit =>
            () =>
              jsonOf(value),
        ),
      },
      {
        weight: 1,
        arbitrary: rough.map(
          (bytes): Edit =>
            () =>
              bytes,
        ),
      },
    );
  }

  /** Which codes the document promises for a status. */
  codes(operationId: string, status: number): readonly string[] {
    const { content } = this.#find(operationId).call.responses[status] ?? {};
    return Object.keys(content?.['application/problem+json']?.examples ?? {});
  }

  #find(operationId: string): { method: string; path: string; call: Described } {
    for (const [path, calls] of Object.entries(this.#document.paths)) {
      for (const [method, call] of Object.entries(calls)) {
        if (call.operationId === operationId) return { method, path, call };
      }
    }
    throw new Error(`${operationId} is not published`);
  }

  /** Paths of the operation, and the real one, of which some lead astray. */
  #paths(path: string, parameters: readonly Parameter[]) {
    const value = ({ schema }: Parameter) =>
      fc.oneof({ weight: 4, arbitrary: this.#fitting(schema) }, { weight: 1, arbitrary: words }).map(String);
    const named = (where: Parameter['in']) => parameters.filter((one) => one.in === where);
    const inPath = fc.record(Object.fromEntries(named('path').map((one) => [one.name, value(one)])));
    const query = fc.record(Object.fromEntries(named('query').map((one) => [one.name, value(one)])), {
      requiredKeys: [],
    });
    const made = fc
      .tuple(inPath, query)
      .map(([params, asked]) => ({
        path:
          path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segment(params[name] || '-')) + queryOf(asked),
        own: true,
      }));
    return fc.oneof(
      { weight: 8, arbitrary: fc.constant((real: string) => ({ path: real, own: true })) },
      { weight: 6, arbitrary: made.map((one) => () => one) },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom(...detours)
          .map((detour) => (real: string) => ({ path: real + detour, own: false })),
      },
    );
  }

  /** What is real with other amounts and numbers, so that it happens again. */
  #varied({ properties = {} }: Schema): fc.Arbitrary<(body: object) => object> {
    return fc
      .record({
        amount: fc.integer({ min: 300, max: 400 }),
        orderNumber: fc.option(fc.uuid(), { nil: undefined }),
      })
      .map((given) => (body) => ({
        ...body,
        ...('amount' in properties && { amount: given.amount }),
        ...('orderNumber' in properties && { orderNumber: given.orderNumber }),
      }));
  }

  #resolved = (schema: Schema): Schema =>
    schema.$ref ? this.#document.components.schemas[schema.$ref.split('/').at(-1)!]! : schema;

  #fitting(schema: Schema): fc.Arbitrary<unknown> {
    if (schema.$ref) return this.#fitting(this.#resolved(schema));
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.const !== undefined) return fc.constant(schema.const);
    const either = schema.anyOf ?? schema.oneOf ?? schema.allOf;
    if (either) return fc.oneof(...either.map((one) => this.#fitting(one)));
    const examples = schema.example === undefined ? [] : [fc.constant(schema.example)];
    switch (schema.type) {
      case 'object':
        return this.#fields(schema);
      case 'array':
        return fc.array(this.#fitting(schema.items ?? {}), { maxLength: 3 });
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
        return values;
    }
  }

  #fields({ properties = {}, required = [] }: Schema): fc.Arbitrary<Record<string, unknown>> {
    return fc.record(
      Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, this.#fitting(schema)])),
      { requiredKeys: required },
    );
  }
}

/** For calls that take no body. */
const noBody: fc.Arbitrary<(body: object) => Buffer | undefined> = fc
  .constantFrom(undefined, undefined, undefined, '{}', '[]', '{"a":1}', 'x')
  .map((text) => () => (text === undefined ? undefined : Buffer.from(text)));

const mostly = <T>(usual: T, odd: fc.Arbitrary<T>, times: number): fc.Arbitrary<T> =>
  fc.oneof({ weight: times, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });
const jsonOf = (value: unknown) => Buffer.from(JSON.stringify(value), 'utf8');
const segment = (text: string) => escaped(text).replaceAll('.', '%2E');
const queryOf = (query: Partial<Record<string, string>>) => {
  const pairs = Object.entries(query).map(([name, value = '']) => `${name}=${escaped(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
};

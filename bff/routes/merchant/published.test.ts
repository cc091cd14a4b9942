import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpointNames } from '../../../shared/hecto/endpoints.ts';
import { samples, type Asked } from '../../services/testing/merchant-samples.ts';
import { System } from '../../services/testing/start-system.ts';
import { createMerchantRouter } from './serve.ts';
import { servedCalls } from './served.ts';

type Method = 'get' | 'post' | 'delete';
type Described = { operationId: string; requestBody?: object; responses: Record<string, object> };
type Document = { openapi: string; paths: Record<string, Partial<Record<Method, Described>>> };
type Call = { path: string; method: Method; described: Described };

// Creating the calls asks nothing of what they are given.
const served = servedCalls({ store: {} } as never);
const ids = served.map(({ operation }) => operation.id);

let system: System;
let document: Document;
let calls: Map<string, Call>;
const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': true } });
beforeAll(async () => {
  const webhook = {
    url: 'http://127.0.0.1:9/nobody',
    secrets: [Buffer.alloc(32, 7)],
    networks: ['127.0.0.1'],
  };
  system = await System.start({ webhook });
  document = (await (await fetch(`${system.url()}/openapi.json`)).json()) as Document;
  ajv.addSchema(document, 'published');
  calls = new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]): [string, Call] => [
        described.operationId,
        { path, method: method as Method, described },
      ]),
    ),
  );
});
afterAll(() => system.stop());

async function ask({ method }: Call, { path, body }: Asked) {
  const response = await fetch(system.url() + path, {
    method: method.toUpperCase(),
    headers: {
      authorization: 'Bearer sk_local_demo',
      'idempotency-key': `published-${Math.random()}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const type = (response.headers.get('content-type') ?? '').replace(/;.*/, '');
  return { status: response.status, type, body: (await response.json()) as Record<string, unknown> };
}

/** That the document says so: this status, this type, and a schema that lets no other field through. */
function isPublished({ path, method }: Call, { status, type, body }: Awaited<ReturnType<typeof ask>>): void {
  const pointer = ['paths', path, method, 'responses', String(status), 'content', type, 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const fits = ajv.compile({ $ref: `published#/${pointer}` });
  const errors = fits(body) ? [] : fits.errors;
  expect({ path, status, body, errors }).toMatchObject({ errors: [] });
}

describe('the published document', () => {
  test('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate(document as never)).toMatchObject({ valid: true });
  });

  test('holds every route, and no other', () => {
    const routed = createMerchantRouter(served, undefined as never).stack.flatMap(({ route }) => {
      const path = (route?.path ?? '').replaceAll(/:(\w+)/g, '{$1}');
      // `.all(...)`, which answers 405, has no method.
      const methods = route?.stack.flatMap(({ method }) => (method ? [method] : []));
      return (methods ?? []).map((method) => `${method} ${path}`);
    });
    const published = [...calls.values()].map(({ method, path }) => `${method} ${path}`);
    expect(published.sort()).toEqual(routed.sort());
  });

  test('tells of each path all that it can do', async () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const response = await fetch(system.url() + path.replaceAll(/[{}]/g, ''), {
        method: 'OPTIONS',
        headers: { authorization: 'Bearer sk_local_demo' },
      });
      const allowed = (response.headers.get('allow') ?? '').toLowerCase().split(', ');
      expect({ path, status: response.status, allowed: allowed.filter((m) => m !== 'head').sort() }).toEqual({
        path,
        status: 405,
        allowed: Object.keys(methods).sort(),
      });
    }
  });

  test('shows bodies that are accepted', () => {
    for (const { id, body, example } of served.map(({ operation }) => operation)) {
      if (example) expect({ id, errors: body?.safeParse(example).error?.issues }).toEqual({ id });
    }
  });

  test('every call has a sample that succeeds and one that is refused', () => {
    expect(Object.keys(samples).sort()).toEqual([...ids].sort());
  });

  test('all 32 calls of Hecto stand behind it', () => {
    const behind = served.flatMap(({ operation }) => operation.hecto ?? []);
    expect([...new Set(behind)].sort()).toEqual([...endpointNames].sort());
  });
});

describe.each(ids)('%s', (id) => {
  const { [id]: sample } = samples;

  test('succeeds as published', async () => {
    const call = calls.get(id)!;
    const answer = await ask(call, await sample!.succeeds(system));
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    isPublished(call, answer);
  });

  test('is refused as published', async () => {
    const call = calls.get(id)!;
    const { code, ...asked } = await sample!.refused(system);
    const answer = await ask(call, asked);
    expect(answer.body).toMatchObject({ code });
    isPublished(call, answer);
  });

  test('S40 refuses what it does not know', async () => {
    const call = calls.get(id)!;
    const { path, body } = await sample!.succeeds(system);
    const asked = [
      { path: `${path}${path.includes('?') ? '&' : '?'}unknownField=1`, ...(body && { body }) },
      ...(call.method === 'post' ? [{ path, body: { ...body, unknownField: '1' } }] : []),
    ];
    for (const one of asked) {
      const answer = await ask(call, one);
      expect(answer).toMatchObject({
        status: 422,
        body: { code: 'invalid-request', errors: [{ field: 'unknownField' }] },
      });
      isPublished(call, answer);
    }
  });

  test('needs a key', async () => {
    const { path } = calls.get(id)!;
    const method = calls.get(id)!.method.toUpperCase();
    const response = await fetch(system.url() + path.replaceAll(/[{}]/g, ''), { method });
    const answer = { status: response.status, body: (await response.json()) as Record<string, unknown> };
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    isPublished(calls.get(id)!, { ...answer, type: 'application/problem+json' });
  });
});

test('in production the document is off, unless it is asked for', async () => {
  const closed = await System.start({ apiDocs: false });
  try {
    for (const path of ['/openapi.json', '/docs', '/docs/start.js']) {
      expect((await fetch(closed.url() + path)).status).toBe(404);
    }
  } finally {
    await closed.stop();
  }
});

/** The document of the merchant API (OpenAPI 3.1), made from the table of its calls. */
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { problems, type ProblemCode } from '../problems.ts';
import { scopesOf, type Operation } from './operation.ts';
import { problem } from './problem.ts';

export type Webhooks = Readonly<Record<string, { readonly post: ZodOpenApiOperationObject }>>;

/** These can happen on every call. */
const always: readonly ProblemCode[] = [
  'malformed-request',
  'unauthorized',
  'key-not-allowed',
  'request-timeout',
  'uri-too-long',
  'invalid-request',
  'too-many-requests',
  'headers-too-large',
  'internal',
  'unavailable',
];
const withBody: readonly ProblemCode[] = ['invalid-json', 'body-too-large', 'unsupported-media-type'];
const withKey: readonly ProblemCode[] = [
  'idempotency-key-required',
  'idempotency-key-reused',
  'idempotency-key-in-flight',
];

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/)
  .meta({
    description:
      'New for each thing you want to happen, and the same for every repeat of it: a repeat is answered with the first answer and does nothing.',
    example: '5f0c2d7e-8a1b-4c3d-9e6f-0a1b2c3d4e5f',
  });

const introduction = `Server to server, with \`Authorization: Bearer sk_...\`. Bodies are JSON, amounts whole won, moments ISO 8601
with Korea's offset, days Korean ones. An unknown field is refused.

**Errors** are \`application/problem+json\` (RFC 9457). Decide by \`code\`; where something was refused (402), by
\`refusal\`. \`hecto_unknown\` says that Hecto's answer was lost: it is never a failure, so ask before you do
anything again.

**Idempotency-Key** is needed wherever something is made, moved or counted. The same key and body get the first
answer again, with \`Idempotent-Replayed: true\`; another body is 422; while the first is still running, 409.`;

/** Builds the document. `webhooks` are the events that we send, by their type. */
export function openApiOf(
  operations: readonly Operation[],
  { version, serverUrl, webhooks }: { version: string; serverUrl: string; webhooks?: Webhooks },
) {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    const method = operation.method.toLowerCase() as 'get' | 'post' | 'delete';
    paths[operation.path] = { ...paths[operation.path], [method]: described(operation) };
  }
  const tags = [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name }));
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Merchant API', version, description: introduction },
    servers: [{ url: serverUrl }],
    security: [{ merchantKey: [] }],
    tags,
    paths,
    ...(webhooks && { webhooks }),
    components: {
      securitySchemes: {
        merchantKey: { type: 'http', scheme: 'bearer', description: 'One of MERCHANT_API_KEYS.' },
      },
      schemas: { Problem: problem },
    },
  });
}

function described(operation: Operation): ZodOpenApiOperationObject {
  const allowedTo = `Keys with the scope ${scopesOf(operation)
    .map((scope) => `\`${scope}\``)
    .join(' or ')}.`;
  const { id, tag, summary, description, params, query, body, example, once } = operation;
  const header =
    once && z.object({ 'Idempotency-Key': once === true ? idempotencyKey : idempotencyKey.optional() });
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: description === undefined ? allowedTo : `${description}\n\n${allowedTo}`,
    requestParams: { ...(params && { path: params }), ...(query && { query }), ...(header && { header }) },
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body, ...(example && { example }) } },
      },
    }),
    responses: { ...answersOf(operation), ...problemsOf(operation) },
  };
}

const words: Readonly<Record<number, string>> = { 200: 'Done', 201: 'Created', 202: 'Still going on' };

function answersOf({ answers, once }: Operation): ZodOpenApiResponsesObject {
  const headers = {
    'X-Request-Id': z.string().meta({ description: 'Our name of the request.' }),
    ...(once && {
      'Idempotent-Replayed': z
        .literal('true')
        .optional()
        .meta({ description: 'The answer of an earlier request with this key.' }),
    }),
  };
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      {
        description: words[Number(status)] ?? 'Answer',
        headers: z.object(headers),
        content: { 'application/json': { schema } },
      },
    ]),
  );
}

function problemsOf({ method, once, problems: own = [] }: Operation): ZodOpenApiResponsesObject {
  const codes = new Set<ProblemCode>([
    ...always,
    ...(method === 'POST' ? withBody : []),
    ...(once ? withKey : []),
    ...own,
  ]);
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const [status] = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${problems[code][1]}.`).join(' '),
        content: {
          'application/problem+json': {
            schema: problem,
            examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
          },
        },
      },
    ]),
  );
}

const retryable: readonly ProblemCode[] = ['conflict', 'idempotency-key-in-flight', 'hecto-unavailable'];

function exampleOf(code: ProblemCode): z.input<typeof problem> {
  const [status, title] = problems[code];
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail: title,
    code,
    requestId: 'req_2YsxNqk0fVbT7aPm',
    retryable: retryable.includes(code),
    ...(code === 'invalid-request' && { errors: [{ field: 'bankCode', message: 'three digits' }] }),
    ...(code === 'hecto-refused' && {
      refusal: 'account-not-confirmed',
      hecto: { endpoint: 'accountHolderNameInquiry', outStatCd: '0031', outRsltCd: 'ST24' },
    }),
    ...(code === 'refused' && { refusal: 'password-wrong', triesLeft: 3 }),
  };
}

/** Writes the page of the merchant API from the very table that routes and OpenAPI are made of. */
import { servedCalls } from '../../bff/routes/merchant/served.ts';
import { openApiOf } from '../../shared/api/merchant/openapi.ts';
import { scopesOf, type Operation } from '../../shared/api/merchant/operation.ts';
import { inKorean } from './api-words-ko.ts';
import type { Locale } from './pages.ts';
import { nameOf, typeText, type Schema } from './type-text.ts';
import { writtenBy } from './written-by.ts';

type Parameter = {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
};
type Described = {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

// Creating the calls asks nothing of what they are given.
const operations: readonly Operation[] = servedCalls({ store: {} } as never).map(
  ({ operation }) => operation,
);
const document = openApiOf(operations, { version: '', serverUrl: '' }) as unknown as Document;
const tags = [...new Set(operations.map(({ tag }) => tag))];

/** The page in a language, as Markdown. @throws when something has no words in Korean. */
export function apiPage(locale: Locale): string {
  const say = (text: string): string => (locale === 'en' ? text : koreanOf(text));
  const { head, types } = words[locale];
  return `${[
    head,
    ...tags.flatMap((tag) => [
      `## ${say(tag)}`,
      ...operations
        .filter((operation) => operation.tag === tag)
        .flatMap((operation) => callPart(operation, say, locale)),
    ]),
    types,
    ...typeParts(say),
  ].join('\n\n')}\n`;
}

function koreanOf(text: string): string {
  const korean = inKorean[text];
  if (korean === undefined) throw new Error(`e2e/docs/api-words-ko.ts has no Korean for: ${text}`);
  return korean;
}

const describedAs = ({ path, method }: Operation): Described => document.paths[path]![method.toLowerCase()]!;

function callPart(operation: Operation, say: (text: string) => string, locale: Locale): string[] {
  const { id, method, path, summary, description, once, problems = [] } = operation;
  const name = `${id[0]!.toUpperCase()}${id.slice(1)}`;
  const { parameters = [], requestBody, responses } = describedAs(operation);
  const { scope, takes, answers, own, forSome } = words[locale];
  const body = requestBody?.content['application/json'].schema;
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const answered = Object.entries(responses).flatMap(([status, { content }]) => {
    const schema = content?.['application/json']?.schema;
    return schema ? [`**${status}** ${linked(schema, say)}`] : [];
  });
  const codes = problems.map((code) => `[\`${code}\`](errors${locale === 'ko' ? '.ko' : ''}.md#${code})`);
  return [
    `### ${say(summary)}`,
    `\`${method} ${path}\``,
    ...(description === undefined ? [] : [say(description)]),
    fenced('sh', curlOf(operation)),
    ...(query.length > 0 ? [fenced('ts', `type ${name}Query = ${typeText(asObject(query), say)};`)] : []),
    ...(body && takesSomething(body)
      ? [fenced('ts', `type ${name}Body = ${typeText(resolved(body), say)};`)]
      : []),
    [
      `- ${takes} ${scopesOf(operation)
        .map((one) => `\`${one}\``)
        .join(scope)}${once === 'for-some' ? ` ${forSome}` : ''}`,
      `- ${answers} ${answered.join(', ')}`,
      ...(codes.length > 0 ? [`- ${own} ${codes.join(', ')}`] : []),
    ].join('\n'),
  ];
}

const fenced = (language: string, code: string) => `\`\`\`${language}\n${code}\n\`\`\``;

const resolved = (schema: Schema): Schema =>
  schema.$ref === undefined ? schema : document.components.schemas[schema.$ref.replace(/^.*\//, '')]!;
const takesSomething = (schema: Schema) => Object.keys(resolved(schema).properties ?? {}).length > 0;

const asObject = (parameters: readonly Parameter[]): Schema => ({
  properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  required: parameters.filter(({ required }) => required).map(({ name }) => name),
});

/** A named type with a link to it; a list is told by its items. */
function linked(schema: Schema, say: (text: string) => string): string {
  if (schema.$ref !== undefined) return `[\`${nameOf(schema.$ref)}\`](#${nameOf(schema.$ref).toLowerCase()})`;
  const items = schema.properties?.['data']?.items;
  if (!items?.$ref) return `\`${typeText(schema, say).replace(/\s+/g, ' ')}\``;
  const more = schema.properties!['nextCursor'] ? ', nextCursor?' : '';
  const name = nameOf(items.$ref);
  return `\`{ data: ${name}[]${more} }\` ([\`${name}\`](#${name.toLowerCase()}))`;
}

/** Made by the server, so that only the reader has it: a variable of the shell. */
const made = /Id$|^id$|Key$/;
/** As in the examples of bodies. */
const sameEverywhere: readonly string[] = ['customerId', 'endpointId'];
const variableOf = (name: string) => `$${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
const valueOf = ({ name, schema }: Parameter): string =>
  made.test(name) && !sameEverywhere.includes(name)
    ? variableOf(name)
    : String(schema.example ?? schema.enum?.[0] ?? schema.default ?? '');

/** The call as somebody would try it in a shell. */
export function curlOf(operation: Operation): string {
  const { id, method, path, body, example, once } = operation;
  const { parameters = [] } = describedAs(operation);
  const inPath = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    valueOf(parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)!),
  );
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map((parameter) => `${parameter.name}=${valueOf(parameter)}`);
  const key = id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return [
    `curl -sS ${method === 'DELETE' || (method === 'POST' && !body) ? `-X ${method} ` : ''}"$BFF_URL${inPath}${query.length > 0 ? `?${query.join('&')}` : ''}"`,
    '-H "Authorization: Bearer $SECRET_KEY"',
    ...(once === true ? [`-H "Idempotency-Key: ${key}-1"`] : []),
    ...(body
      ? [
          '-H "Content-Type: application/json"',
          `-d '${JSON.stringify(example ?? {}, undefined, 2).replaceAll('\n', '\n  ')}'`,
        ]
      : []),
  ].join(' \\\n  ');
}

/** Every named type that an answer has, and those within them. */
function typeParts(say: (text: string) => string): string[] {
  const names = new Set<string>();
  const collect = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const { $ref } = schema as Schema;
    if ($ref !== undefined && !names.has($ref)) {
      names.add($ref);
      collect(document.components.schemas[$ref.replace(/^.*\//, '')]);
    }
    Object.values(schema).forEach(collect);
  };
  for (const operation of operations) {
    const { requestBody, responses } = describedAs(operation);
    collect(resolved(requestBody?.content['application/json'].schema ?? {}));
    for (const { content } of Object.values(responses)) collect(content?.['application/json']?.schema);
  }
  return [...names]
    .map((ref) => ({ name: nameOf(ref), schema: resolved({ $ref: ref }) }))
    .sort((one, other) => one.name.localeCompare(other.name))
    .flatMap(({ name, schema }) => [
      `### ${name}`,
      ...(schema.description === undefined ? [] : [say(schema.description)]),
      fenced('ts', `type ${name} = ${typeText(schema, say)};`),
    ]);
}

const variables = `\`\`\`sh
export BFF_URL="\${BFF_URL:-http://localhost:4010}" SECRET_KEY="\${SECRET_KEY:-sk_local_demo}"
\`\`\``;

const words = {
  en: {
    scope: ' or ',
    takes: 'Keys with the scope',
    forSome: '· calls that move money or bind an account need an `Idempotency-Key`',
    answers: 'Answers',
    own: 'Besides what every call can answer:',
    types: '## Types\n\nFields may be added to what is answered: pass over those that you do not know.',
    head: `# Merchant API

[한국어](api.ko.md)

${writtenBy}

Server to server, with \`Authorization: Bearer\` and one of \`MERCHANT_API_KEYS\`. Bodies are JSON, amounts whole won, moments ISO 8601 with
Korea's offset, days Korean ones. An unknown field is refused. [Payments](payments.md) tells how to use it; \`/openapi.json\` of a BFF
outside production is the same for machines, \`/docs\` a page to try it.

**Errors** are \`application/problem+json\`: decide by [\`code\` and \`refusal\`](errors.md). **Idempotency-Key** is needed wherever something is
made, moved or counted: the same key and body get the first answer again, with \`Idempotent-Replayed: true\`. Every call can answer
\`invalid-request\`, \`unauthorized\`, \`key-not-allowed\`, \`unavailable\` and the like.

${variables}

What stands in capitals in an address (\`$PAYMENT_ID\`) is an id of yours. Which keys may make which calls, their [scopes](../README.md#keys) say.`,
  },
  ko: {
    scope: ' 또는 ',
    takes: '필요한 범위:',
    forSome: '· 돈을 움직이거나 계좌를 묶는 호출에는 `Idempotency-Key`가 필요해요',
    answers: '답:',
    own: '모든 호출에 있는 것 말고도:',
    types: '## 타입\n\n답의 필드는 늘어날 수 있어요. 모르는 필드는 넘기세요.',
    head: `# 가맹점 API

[English](api.md)

${writtenBy}

서버끼리 쓰는 API예요. \`Authorization: Bearer\`에 \`MERCHANT_API_KEYS\` 가운데 하나를 보내세요. 본문은 JSON, 금액은 원 단위 정수, 시각은 한국 시각의
ISO 8601, 날짜는 한국 날짜예요. 모르는 필드가 있으면 거절해요. 쓰는 방법은 [결제](payments.ko.md)에 있고, 운영 환경이 아닌 BFF의
\`/openapi.json\`은 같은 내용을 기계가 읽는 형식으로, \`/docs\`는 직접 해 보는 페이지로 보여 줘요.

**오류**는 \`application/problem+json\`이에요. [\`code\`와 \`refusal\`](errors.ko.md)에 따라 정하세요. 무언가를 만들거나 움직이거나 세는 호출에는
**Idempotency-Key**가 필요해요. 같은 키와 같은 본문에는 첫 답을 \`Idempotent-Replayed: true\`와 함께 다시 줘요. \`invalid-request\`,
\`unauthorized\`, \`key-not-allowed\`, \`unavailable\` 등은 모든 호출이 답할 수 있어요.

${variables}

주소에 대문자로 적은 것(\`$PAYMENT_ID\`)은 가맹점이 가진 id예요. 어느 키로 무엇을 할 수 있는지는 [범위](../README.ko.md#키)에 있어요.`,
  },
} as const;

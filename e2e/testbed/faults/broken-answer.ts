import type { ServerResponse } from 'node:http';
import { endpointOf, type EndpointName } from '../../../shared/hecto/endpoints.ts';
import { encrypt, type Keys } from '../wire/cipher.ts';
import type { FaultKind } from './kinds.ts';

export type Answer = Record<string, unknown>;

export const contentType = 'text/plain;charset=UTF-8';
const hugeBytes = 10 * 1024 * 1024;

export function sendAnswer(response: ServerResponse, body: string | Buffer): void {
  const bytes = Buffer.from(body);
  response.writeHead(200, { 'content-type': contentType, 'content-length': bytes.length }).end(bytes);
}

type Break = (context: { response: ServerResponse; answer: Answer; name: EndpointName; keys: Keys }) => void;

const status =
  (code: number, headers: Record<string, string> = {}): Break =>
  ({ response }) => {
    response.writeHead(code, { 'content-type': 'text/plain', ...headers }).end('error');
  };

const send =
  (spoil: (answer: Answer, name: EndpointName, keys: Keys) => string | Buffer): Break =>
  ({ response, answer, name, keys }) => {
    sendAnswer(response, spoil(answer, name, keys));
  };

const reset: Break = ({ response }) => response.socket?.resetAndDestroy();

/** How each fault is played to the caller. */
const breaks: Record<Exclude<FaultKind, `refuse:${string}`>, Break> = {
  delay: send((answer) => JSON.stringify(answer)),
  'reset-before-headers': reset,
  'lost-answer': reset,
  'reset-mid-body': ({ response, answer }) => {
    const body = Buffer.from(JSON.stringify(answer));
    response.writeHead(200, { 'content-type': contentType, 'content-length': body.length });
    response.write(body.subarray(0, body.length >> 1), () => response.socket?.resetAndDestroy());
  },
  'http-429': status(429, { 'retry-after': '1' }),
  'http-500': status(500),
  'http-502': status(502),
  'http-503': status(503, { 'retry-after': '1' }),
  'http-504': status(504),
  redirect: status(307, { location: '/_testbed/redirect-target' }),
  html: ({ response }) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>점검 안내</title><h1>점검 중입니다</h1>');
  },
  malformed: send((answer) => `${JSON.stringify(answer)},}`),
  truncated: send((answer) => {
    const body = Buffer.from(JSON.stringify(answer));
    return body.subarray(0, body.length - 9);
  }),
  empty: send(() => ''),
  huge: send((answer) => JSON.stringify({ ...answer, filler: 'x'.repeat(hugeBytes) })),
  'euc-kr': send((answer) => {
    const [before = '', after = ''] = JSON.stringify({ ...answer, outRsltMsg: '@@' }).split('@@');
    return Buffer.concat([Buffer.from(before), Buffer.from([0xbc, 0xba, 0xb0, 0xf8]), Buffer.from(after)]);
  }),
  'bad-ciphertext': send((answer, name) =>
    JSON.stringify(
      replaceFields(answer, name, (field) => (field.encrypted ? 'bm90IGEgYmxvY2s=' : undefined)),
    ),
  ),
  'missing-status': send((answer) => {
    const { outStatCd: _, ...rest } = answer;
    return JSON.stringify(rest);
  }),
  'wrong-echo': send((answer, name, keys) => {
    const other: Record<string, string> = {
      mchtTrdNo: 'SOMEBODY-ELSES-ORDER',
      trdAmt: '1',
      mchtCustId: encrypt('somebody-else', keys),
      bankCd: '999',
      ...(name === 'arsCheck' ? { trdNo: 'SFP_FIRM_OTHER' } : {}),
    };
    return JSON.stringify(replaceFields(answer, name, (_, field) => other[field]));
  }),
  'unknown-code': send((answer) => JSON.stringify({ ...answer, outStatCd: '0031', outRsltCd: 'ZZ99' })),
  drip: ({ response, answer }) => {
    const body = Buffer.from(JSON.stringify(answer));
    response.writeHead(200, { 'content-type': contentType, 'content-length': body.length });
    let sent = 0;
    const drop = setInterval(() => {
      response.write(body.subarray(sent, ++sent));
      if (sent >= body.length) response.end();
    }, 1000);
    response.on('close', () => clearInterval(drop));
  },
};

function replaceFields(
  answer: Answer,
  name: EndpointName,
  replace: (contract: { encrypted?: true }, field: string) => string | undefined,
): Answer {
  const contract = endpointOf(name).answer;
  return Object.fromEntries(
    Object.entries(answer).map(([field, value]) => {
      const known = contract[field];
      return [field, (known && !known.records && replace(known, field)) || value];
    }),
  );
}

/** Answers the way the fault says. A `refuse:` fault is an ordinary answer by now. */
export function sendBroken(kind: FaultKind, context: Parameters<Break>[0]): void {
  const play = kind in breaks ? breaks[kind as keyof typeof breaks] : breaks.delay;
  play(context);
}

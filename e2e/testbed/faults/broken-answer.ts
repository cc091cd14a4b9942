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

/** The connection is gone, and with it the answer. */
export const reset = (response: ServerResponse): void => void response.socket?.resetAndDestroy();
const lose: Break = ({ response }) => {
  reset(response);
};

/** Right behind the answer more bytes come on the same connection. */
const sendThen =
  (more: (answer: Answer, name: EndpointName, keys: Keys) => string): Break =>
  ({ response, answer, name, keys }) => {
    const { socket } = response;
    sendAnswer(response, JSON.stringify(answer));
    socket?.write(more(answer, name, keys));
  };

/** A whole HTTP answer as text. */
const wholeAnswer = (answer: Answer): string => {
  const body = JSON.stringify(answer);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${contentType}\r\nContent-Length: ${Buffer.byteLength(body)}`;
  return `${head}\r\n\r\n${body}`;
};

const encryptedFields = (becomes: string): Break =>
  send((answer, name) =>
    JSON.stringify(replaceFields(answer, name, (field) => (field.encrypted ? becomes : undefined))),
  );

const deep = 50_000;
/** Not the testbed's. */
const otherKeys: Keys = { aesKey: 'ANOTHERKEYANOTHERKEYANOTHERKEY12', hashKey: '' };

/** How each fault is played to the caller. */
const breaks: Record<Exclude<FaultKind, `refuse:${string}`>, Break> = {
  delay: send((answer) => JSON.stringify(answer)),
  'reset-before-headers': lose,
  'lost-answer': lose,
  'late-work': lose,
  'half-close': ({ response, answer }) => {
    const { socket } = response;
    sendAnswer(response, JSON.stringify(answer));
    socket?.end();
  },
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
  'redirect-301': status(301, { location: '/_testbed/redirect-target' }),
  'redirect-302': status(302, { location: '/_testbed/redirect-target' }),
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
  'two-objects': send((answer) => JSON.stringify(answer) + JSON.stringify(answer)),
  empty: send(() => ''),
  'json-null': send(() => 'null'),
  'json-array': send((answer) => JSON.stringify([answer])),
  'json-number': send(() => '21'),
  'deep-json': send((answer) => {
    const nested = '['.repeat(deep) + ']'.repeat(deep);
    return `{"deep":${nested},${JSON.stringify(answer).slice(1)}`;
  }),
  huge: send((answer) => JSON.stringify({ ...answer, filler: 'x'.repeat(hugeBytes) })),
  'euc-kr': send((answer) => {
    const [before = '', after = ''] = JSON.stringify({ ...answer, outRsltMsg: '@@' }).split('@@');
    return Buffer.concat([Buffer.from(before), Buffer.from([0xbc, 0xba, 0xb0, 0xf8]), Buffer.from(after)]);
  }),
  // A Korean syllable without its last byte, in JSON that is whole otherwise.
  'truncated-utf8': send((answer) => {
    const [before = '', after = ''] = JSON.stringify({ ...answer, outRsltMsg: '@@' }).split('@@');
    return Buffer.concat([Buffer.from(before), Buffer.from('성').subarray(0, 2), Buffer.from(after)]);
  }),
  bom: send((answer) => `\ufeff${JSON.stringify(answer)}`),
  // Base64, but not of whole blocks.
  'bad-ciphertext': encryptedFields('bm90IGEgYmxvY2s='),
  'not-base64': encryptedFields('*** no base64 ***'),
  'wrong-key': encryptedFields(encrypt('110432109876', otherKeys)),
  // Opens with the right key and padding; what comes out is no text.
  'junk-in-block': send((answer, name, keys) => {
    const junk = encrypt(Buffer.from([0xff, 0xfe, 0x80]), keys);
    return JSON.stringify(replaceFields(answer, name, (field) => (field.encrypted ? junk : undefined)));
  }),
  'missing-status': send((answer) => {
    const { outStatCd: _, ...rest } = answer;
    return JSON.stringify(rest);
  }),
  'missing-result': send((answer) => {
    const { outRsltCd: _, ...rest } = answer;
    return JSON.stringify(rest);
  }),
  // Whatever is all digits becomes a number, so that codes lose their zeros.
  'wrong-types': send((answer) =>
    JSON.stringify(answer, (_, value: unknown) =>
      typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
    ),
  ),
  'extra-fields': send((answer) =>
    JSON.stringify({
      newInThisVersion: { nested: ['1', null] },
      ...Object.fromEntries(Object.entries(answer).toReversed()),
      constructor: 'x',
    }),
  ),
  'wrong-echo': send((answer, name, keys) => JSON.stringify(ofSomebodyElse(answer, name, keys))),
  'unknown-code': send((answer) => JSON.stringify({ ...answer, outStatCd: '0031', outRsltCd: 'ZZ99' })),
  'unknown-status': send((answer) => JSON.stringify({ ...answer, outStatCd: '0077' })),
  'pipelined-garbage': sendThen(() => 'HTTP/1.1 200 OK\r\n\u0000 this is no answer\r\n\r\n{{{'),
  'duplicate-answer': sendThen(wholeAnswer),
  // The first thing to arrive is the answer to somebody's earlier order; the right one is behind it.
  'late-answer': ({ response, answer, name, keys }) => {
    const { socket } = response;
    sendAnswer(response, JSON.stringify(ofSomebodyElse(answer, name, keys)));
    socket?.write(wholeAnswer(answer));
  },
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

/** The same answer about another order of another customer. */
function ofSomebodyElse(answer: Answer, name: EndpointName, keys: Keys): Answer {
  const other: Record<string, string> = {
    mchtTrdNo: 'SOMEBODY-ELSES-ORDER',
    trdAmt: '1',
    mchtCustId: encrypt('somebody-else', keys),
    bankCd: '999',
    ...(name === 'arsCheck' ? { trdNo: 'SFP_FIRM_OTHER' } : {}),
  };
  return replaceFields(answer, name, (_, field) => other[field]);
}

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

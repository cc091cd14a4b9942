import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerControl } from './control/control-api.ts';
import { Faults } from './faults/faults.ts';
import { answerCall, endpointAt, type HectoApi } from './hecto-api.ts';
import { RequestError, sendJson } from './http.ts';
import { answerPhone } from './phone/phone-page.ts';
import { RequestLog } from './request-log.ts';
import { TestbedState } from './state/testbed-state.ts';
import { testbedKeys, type Keys } from './wire/cipher.ts';

export type TestbedOptions = {
  /** 0 takes any free port. */
  port: number;
  /** Loopback unless said otherwise. */
  host?: string;
  clock?: () => Date;
  /** Off, every name inquiry answers 홍길동, as at the vendor's testbed. On by default. */
  strictNames?: boolean;
  /** Those of the merchant: several are valid while they are replaced. */
  keys?: readonly [Keys, ...Keys[]];
  merchantIds?: readonly string[];
  /** How many requests the log keeps at least; 10,000 unless said otherwise. */
  keepRequests?: number;
  /** Told of whatever the testbed itself could not cope with. */
  log?: (problem: string) => void;
};

export type Testbed = HectoApi & {
  /** `http://127.0.0.1:4020`, without a slash at the end. */
  url: string;
  /** From now on the merchant has these: others open nothing. */
  replaceKeys(keys: readonly [Keys, ...Keys[]]): void;
  close(): Promise<void>;
};

/**
 * Starts Hecto's side: the 32 calls, the virtual phone at `/phone`, the control API at `/_testbed`.
 * Rejects when the port is taken.
 */
export async function startTestbed(options: TestbedOptions): Promise<Testbed> {
  const { port, host = '127.0.0.1', log = () => {} } = options;
  const api: HectoApi = {
    state: new TestbedState({
      clock: options.clock ?? (() => new Date()),
      strictNames: options.strictNames ?? true,
    }),
    faults: new Faults(),
    requests: new RequestLog(options.keepRequests),
    keys: options.keys ?? [testbedKeys],
    merchantIds: options.merchantIds ?? ['midtest'],
  };
  const server = createServer((request, response) => {
    answer(request, response, api).catch((error: unknown) => {
      if (error instanceof RequestError) {
        if (!response.headersSent) sendJson(response, error.status, { error: error.message });
        return;
      }
      log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: 'the testbed is at fault' });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    ...api,
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    replaceKeys(keys) {
      api.keys = keys;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, api: HectoApi): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://testbed');
  const name = endpointAt(url.pathname);
  if (name) {
    if (request.method !== 'POST') throw new RequestError(405, 'use POST');
    return answerCall(name, request, response, api);
  }
  if (url.pathname === '/_testbed/redirect-target') {
    answerFollowedRedirect(request, response, api);
    return;
  }
  if (url.pathname.startsWith('/_testbed/')) return answerControl(url, request, response, api);
  if (url.pathname === '/' && request.method === 'GET') {
    response.writeHead(302, { location: '/phone' }).end();
    return;
  }
  if (url.pathname === '/phone' || url.pathname.startsWith('/phone/')) {
    return answerPhone(url.pathname, request, response);
  }
  throw new RequestError(404, 'nothing here');
}

/** Whoever follows the `redirect` fault is given a success, and caught. */
function answerFollowedRedirect(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { requests, state }: HectoApi,
): void {
  const at = state.now().toISOString();
  requests.add({
    at,
    endpoint: 'redirect-target',
    valid: false,
    worked: false,
    outcome: 'followed',
    headers,
    fields: {},
  });
  sendJson(response, 200, { outStatCd: '0021', outRsltCd: '0000', outRsltMsg: '성공' });
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { endpointNames, endpointOf, type EndpointName } from '../../shared/hecto/endpoints.ts';
import { reset, sendAnswer, sendBroken } from './faults/broken-answer.ts';
import type { Faults } from './faults/faults.ts';
import { doesWork } from './faults/kinds.ts';
import { readBody } from './http.ts';
import type { RequestLog } from './request-log.ts';
import { judge } from './rules/rules.ts';
import type { TestbedState } from './state/testbed-state.ts';
import type { Keys } from './wire/cipher.ts';
import { receive, type Reading } from './wire/receive.ts';
import { refused, reply, type Verdict } from './wire/reply.ts';

export type HectoApi = {
  state: TestbedState;
  faults: Faults;
  requests: RequestLog;
  /** Any of them opens a request, and what opened it seals the answer: several while a merchant replaces them. */
  keys: readonly Keys[];
  merchantIds: readonly string[];
};

const paths = new Map(endpointNames.map((name) => [endpointOf(name).path as string, name]));

/** The endpoint behind a path, if Hecto has one there. */
export const endpointAt = (path: string): EndpointName | undefined => paths.get(path);

/** Answers one call of Hecto's API: check, judge, seal, and break what a fault says. */
export async function answerCall(
  name: EndpointName,
  request: IncomingMessage,
  response: ServerResponse,
  { state, faults, requests, keys, merchantIds }: HectoApi,
): Promise<void> {
  const body = await readBody(request);
  const reading: Reading<EndpointName> = /^application\/json\b/i.test(request.headers['content-type'] ?? '')
    ? receive(name, body, { merchantIds, keys })
    : { valid: false, complaint: 'content-type: not application/json', plain: {}, keys: keys[0]! };
  const fault = faults.take(name, reading.plain['mchtTrdNo']);
  const logged = requests.add({
    at: state.now().toISOString(),
    endpoint: name,
    valid: reading.valid,
    worked: false,
    outcome: 'under way',
    ...(reading.valid ? {} : { complaint: reading.complaint }),
    ...(fault ? { fault: fault.kind } : {}),
    headers: request.headers,
    fields: reading.plain,
  });

  if (fault?.kind === 'late-work') reset(response);
  if (fault?.delayMs) {
    const { ledger } = state;
    await sleep(fault.delayMs, undefined, { ref: false });
    // The testbed was reset meanwhile: what belongs to an earlier test must not show in the next.
    if (state.ledger !== ledger) {
      reset(response);
      return;
    }
  }
  const verdict = decide();
  logged.outcome = verdict.code;
  const answer = reply(name, verdict, reading.keys);
  if (fault) sendBroken(fault.kind, { response, answer, name, keys: reading.keys });
  else if (verdict.lost) reset(response);
  else sendAnswer(response, JSON.stringify(answer));

  function decide(): Verdict {
    if (!reading.valid) return refused('ST09');
    if (fault?.kind.startsWith('refuse:')) {
      if (doesWork(fault)) work(reading.request);
      return refused(fault.kind.slice('refuse:'.length));
    }
    return fault && !doesWork(fault) ? refused('ST10') : work(reading.request);
  }
  function work(received: (typeof reading & { valid: true })['request']): Verdict {
    logged.worked = true;
    return judge(name, received, state);
  }
}

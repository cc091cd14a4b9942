import type { RefusalCode } from '../../shared/api/refusals.ts';
import { refusalOf } from '../../shared/hecto/codes.ts';
import type { AnswerOf, EndpointName, RequestOf } from '../../shared/hecto/endpoints.ts';
import type { HectoClient } from '../hecto/client.ts';
import { InvalidRequest } from '../hecto/errors.ts';
import { Problem, type ProblemDetails } from '../http/problem.ts';
import { invalidRequest } from '../http/validate.ts';
import { refusalTexts } from '../text/refusal-texts.ts';
import { askHecto, type Reply } from './ask-hecto.ts';
import { heldUnknown } from './call-hecto-raw.ts';

/**
 * Calls Hecto for the merchant's server and answers what was accepted. Throws the Problems `hecto-refused` (with
 * Hecto's codes and our words), `hecto-unavailable` (nothing was sent) and `hecto_unknown` (sent, answer lost).
 */
export async function acceptedByHecto<N extends EndpointName>(
  hecto: HectoClient,
  name: N,
  request: RequestOf<N>,
): Promise<AnswerOf<N>> {
  return acceptedIn(name, await askHectoChecked(hecto, name, request));
}

/** The same, for whoever has to look at refusals first. A request outside Hecto's contract is `invalid-request`. */
export async function askHectoChecked<N extends EndpointName>(
  hecto: HectoClient,
  name: N,
  request: RequestOf<N>,
): Promise<Reply<N>> {
  try {
    return await askHecto(hecto, name, request);
  } catch (error) {
    if (error instanceof InvalidRequest) throw invalidRequest(error.errors);
    throw error;
  }
}

/** The answer of an accepted reply; every other one is thrown as the Problem that a merchant hears. */
export function acceptedIn<N extends EndpointName>(name: N, reply: Reply<N>): AnswerOf<N> {
  if (reply.kind === 'accepted') return reply.answer;
  throw problemIn(name, reply);
}

/** What a merchant hears of a reply that is no acceptance. */
export function problemIn(
  name: EndpointName,
  reply: Exclude<Reply<EndpointName>, { kind: 'accepted' }>,
): Problem {
  switch (reply.kind) {
    case 'refused':
      return refusedByHecto(name, reply.status, reply.code);
    case 'not-sent':
      return new Problem('hecto-unavailable', { retryAfter: 5 });
    case 'unknown':
      return heldUnknown(name);
  }
}

/** A refusal in our words, with Hecto's codes beside it. */
export function refusedByHecto(
  endpoint: EndpointName,
  outStatCd: string,
  outRsltCd: string,
  details: Pick<
    ProblemDetails,
    'instance' | 'triesLeft' | 'opensAt' | 'refusal' | 'retryable' | 'replayed'
  > = {},
): Problem {
  const { code, retryable } = refusalOf(endpoint, outRsltCd);
  return new Problem('hecto-refused', {
    detail: refusalTexts[details.refusal ?? code].en,
    refusal: code,
    retryable,
    hecto: { endpoint, outStatCd, outRsltCd },
    ...details,
  });
}

/** A refusal of ours, before or instead of Hecto. */
export const refusedByUs = (
  refusal: RefusalCode,
  details: Pick<ProblemDetails, 'triesLeft' | 'opensAt' | 'retryable'> = {},
): Problem =>
  new Problem('refused', { detail: refusalTexts[refusal].en, refusal, retryable: false, ...details });

/** `hecto_unknown` for an answer that was lost or that left the outcome open; then with Hecto's codes. */
export function lostOrOpen(endpoint: EndpointName, reply: Reply<EndpointName>): Problem {
  const lost = heldUnknown(endpoint);
  if (reply.kind !== 'refused') return lost;
  const { status: outStatCd, code: outRsltCd, meaning } = reply;
  return new Problem('hecto_unknown', {
    ...lost.details,
    refusal: meaning.code,
    hecto: { endpoint, outStatCd, outRsltCd },
  });
}

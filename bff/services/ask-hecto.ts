import type { RefusalCode } from '../../shared/api/refusals.ts';
import type { Instant, Refusal } from '../../shared/api/state.ts';
import { isAboutTheService, refusalOf, type Meaning } from '../../shared/hecto/codes.ts';
import type { AnswerOf, EndpointName, RequestOf } from '../../shared/hecto/endpoints.ts';
import { endpointOf } from '../../shared/hecto/endpoints.ts';
import type { HectoClient } from '../hecto/client.ts';
import { NotSent, Unknown } from '../hecto/errors.ts';

/** What came of a call, as the journey tells the cases apart. Everything else is a fault and is thrown. */
export type Reply<N extends EndpointName> =
  | { readonly kind: 'accepted'; readonly answer: AnswerOf<N> }
  | {
      readonly kind: 'refused';
      readonly meaning: Meaning;
      readonly code: string;
      readonly status: string;
      readonly answer: AnswerOf<N>;
    }
  /** Nothing left this machine. */
  | { readonly kind: 'not-sent' }
  /** It was sent and the answer is lost. */
  | { readonly kind: 'unknown' };

/** One browser request has one deadline: a second try must fit into it. */
const retryWithinMs = 12_000;

/**
 * Calls Hecto and turns lost calls into values. A call that changes nothing is tried a second time when it
 * failed early; messages, phone calls and registrations never are (R22).
 */
export async function askHecto<N extends EndpointName>(
  hecto: HectoClient,
  name: N,
  request: RequestOf<N>,
): Promise<Reply<N>> {
  const started = performance.now();
  const first = await once(hecto, name, request);
  const lost = first.kind === 'not-sent' || first.kind === 'unknown';
  const again = lost && endpointOf(name).effect === 'read' && performance.now() - started < retryWithinMs;
  return again ? once(hecto, name, request) : first;
}

async function once<N extends EndpointName>(
  hecto: HectoClient,
  name: N,
  request: RequestOf<N>,
): Promise<Reply<N>> {
  try {
    const outcome = await hecto.call(name, request);
    if (outcome.kind === 'accepted') return { kind: 'accepted', answer: outcome.answer };
    const { code, status, answer } = outcome;
    return { kind: 'refused', meaning: refusalOf(name, code), code, status, answer };
  } catch (error) {
    if (error instanceof NotSent) return { kind: 'not-sent' };
    if (error instanceof Unknown) return { kind: 'unknown' };
    throw error;
  }
}

type Details = { readonly triesLeft?: number; readonly opensAt?: Instant };

/** A refusal after which the customer may try again. */
export const again = (code: RefusalCode, details: Details = {}): Refusal => ({
  code,
  retryable: true,
  ...details,
});

/** A refusal that ends this way of trying. */
export const final = (code: RefusalCode, details: Details = {}): Refusal => ({
  code,
  retryable: false,
  ...details,
});

/** The refusal for a reply that is not an acceptance. A lost answer invites to press again, never blames. */
export function refusalFrom(
  reply: Exclude<Reply<EndpointName>, { kind: 'accepted' }>,
  details: Details = {},
): Refusal {
  switch (reply.kind) {
    case 'not-sent':
      return again('service-unavailable', details);
    case 'unknown':
      return again('no-answer', details);
    case 'refused':
      return {
        code: reply.meaning.code,
        retryable: reply.meaning.retryable || !reply.meaning.terminal,
        ...details,
      };
  }
}

/**
 * Whether the reply may say something about what the customer gave. Only a lost one, and one about the service
 * itself, surely does not and is no try; a refusal that we do not know may be a "wrong", so it counts.
 */
export const isVerdict = (reply: Reply<EndpointName>): boolean =>
  reply.kind === 'accepted' || (reply.kind === 'refused' && !isAboutTheService(reply.meaning));

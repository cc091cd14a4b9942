import { setTimeout } from 'node:timers/promises';
import type { RefusalCode } from '../../shared/api/refusals.ts';
import type { Instant, Refusal } from '../../shared/api/state.ts';
import { isAboutTheService, refusalOf, type Meaning } from '../../shared/hecto/codes.ts';
import type { AnswerOf, EndpointName, RequestOf } from '../../shared/hecto/endpoints.ts';
import { endpointOf } from '../../shared/hecto/endpoints.ts';
import type { CallOptions, HectoClient } from '../hecto/client.ts';
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
 * failed early; messages, phone calls and registrations never are (R22). Neither is a call that we did not send
 * because Hecto or we have too much to do: one more would be the wrong help.
 */
export async function askHecto<N extends EndpointName>(
  hecto: HectoClient,
  name: N,
  request: RequestOf<N>,
  options: CallOptions = {},
): Promise<Reply<N>> {
  const started = performance.now();
  const { reply, againAfterMs } = await once(hecto, name, request, options);
  if (againAfterMs === undefined || endpointOf(name).effect !== 'read') return reply;
  if (performance.now() - started + againAfterMs >= retryWithinMs) return reply;
  await setTimeout(againAfterMs);
  return (await once(hecto, name, request, options)).reply;
}

/** What came of one try, and how long to wait before another one, if another could help. */
type Try<N extends EndpointName> = { readonly reply: Reply<N>; readonly againAfterMs?: number };

async function once<N extends EndpointName>(
  hecto: HectoClient,
  name: N,
  request: RequestOf<N>,
  options: CallOptions,
): Promise<Try<N>> {
  try {
    const outcome = await hecto.call(name, request, options);
    if (outcome.kind === 'accepted') return { reply: { kind: 'accepted', answer: outcome.answer } };
    const { code, status, answer } = outcome;
    return { reply: { kind: 'refused', meaning: refusalOf(name, code), code, status, answer } };
  } catch (error) {
    if (error instanceof NotSent)
      return { reply: { kind: 'not-sent' }, ...(error.reason === 'unreachable' && { againAfterMs: 0 }) };
    if (error instanceof Unknown) return { reply: { kind: 'unknown' }, againAfterMs: pauseAfter(error) };
    throw error;
  }
}

/** What Hecto asked for, or a moment, not the same for all whose calls were lost together. */
const pauseAfter = ({ retryAfterSeconds = 0 }: Unknown): number =>
  Math.max(retryAfterSeconds * 1_000, 100 + Math.random() * 300);

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

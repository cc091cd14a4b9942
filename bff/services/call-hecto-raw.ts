import type { EndpointName } from '../../shared/hecto/endpoints.ts';
import type { HectoClient } from '../hecto/client.ts';
import { InvalidRequest, NotSent, Unknown } from '../hecto/errors.ts';
import { invalidRequest } from '../http/validate.ts';
import { Problem } from '../http/problem.ts';

/** Hecto's own answer, opened: accepted or refused. */
export type RawAnswer = Readonly<Record<string, unknown>> & { readonly outStatCd: string };

export const heldUnknown = (endpoint: EndpointName): Problem =>
  new Problem('hecto_unknown', {
    detail: `Whether Hecto carried out ${endpoint} is not known: ask with the matching inquiry, do not send it again.`,
  });

/** Nothing was sent; the same request may come again. */
export const hectoUnavailable = (error: NotSent): Problem =>
  new Problem('hecto-unavailable', { retryAfter: error.retryAfterSeconds }, { cause: error });

/**
 * One of the 32 calls with Hecto's own field names. Throws the Problems `invalid-request` (fields named, nothing
 * sent), `hecto-unavailable` (nothing sent) and `hecto_unknown` (sent, answer lost).
 */
export function createCallHectoRaw(hecto: HectoClient) {
  return async function callHectoRaw(
    endpoint: EndpointName,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<RawAnswer> {
    try {
      return (await hecto.callUntyped(endpoint, fields)).answer;
    } catch (error) {
      if (error instanceof InvalidRequest) throw invalidRequest(error.errors);
      if (error instanceof NotSent) throw hectoUnavailable(error);
      if (error instanceof Unknown) throw heldUnknown(endpoint);
      throw error;
    }
  };
}

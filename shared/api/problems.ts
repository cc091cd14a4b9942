/**
 * Problem answers (RFC 9457, `application/problem+json`) of both APIs.
 */
import type { RefusalCode } from './refusals.ts';

/** Code to HTTP status and title. Refusals of the journey are not problems: they come in the state. */
export const problems = {
  'invalid-request': [422, 'A field is missing or not allowed'],
  'invalid-json': [400, 'The body is not valid JSON'],
  'malformed-request': [400, 'The request is not well-formed'],
  'uri-too-long': [414, 'The address is too long'],
  'headers-too-large': [431, 'The headers are too large'],
  'request-timeout': [408, 'The request took too long to arrive'],
  'unsupported-media-type': [415, 'Send application/json'],
  'body-too-large': [413, 'The body is too large'],
  'not-found': [404, 'There is nothing here'],
  'method-not-allowed': [405, 'This method is not allowed here'],
  unauthorized: [401, 'A valid key or token is needed'],
  'key-not-allowed': [403, 'The key may not make this call'],
  'origin-not-allowed': [403, 'This origin is not allowed'],
  'client-token-invalid': [401, 'The client token is used, too old or not for this origin'],
  'session-invalid': [401, 'The session is not known'],
  'session-taken-over': [401, 'The onboarding goes on somewhere else'],
  'wrong-step': [409, 'This is not possible at this step'],
  conflict: [409, 'Something else changed it at the same time'],
  'keypad-invalid': [409, 'The keypad was used already or is too old'],
  'too-many-requests': [429, 'Too many requests'],
  'idempotency-key-required': [400, 'Idempotency-Key is needed'],
  'idempotency-key-reused': [422, 'The Idempotency-Key was used with another body'],
  'idempotency-key-in-flight': [409, 'The first request with this Idempotency-Key is still running'],
  /* As with a declined card: the request was fine, what it asked for was refused. */
  'hecto-refused': [402, 'Hecto refused the request'],
  /* By us, before or instead of Hecto: too many tries, or a payment password that is ours. */
  refused: [402, 'The request was refused'],
  'order-number-taken': [409, 'The order number was used before'],
  'payment-not-authorized': [403, 'The customer has to approve this payment with the payment password'],
  'not-refundable': [409, 'This cannot be refunded'],
  'no-webhook-endpoint': [409, 'No WEBHOOK_URL is set'],
  'nothing-to-review': [409, 'The outcome is known already'],
  'hecto-unavailable': [503, 'Hecto could not be reached; nothing was sent'],
  hecto_unknown: [502, 'The answer was lost; the outcome is not known'],
  unavailable: [503, 'The service is not ready'],
  internal: [500, 'Something went wrong on our side'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof problems;

/** The body of every error answer. */
export type ProblemBody = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly requestId: string;
  readonly retryable: boolean;
  /** `invalid-request`: which field, and what is allowed there. Never the value. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  /** Where Hecto refused (merchant API only). */
  readonly hecto?: { readonly endpoint: string; readonly outStatCd: string; readonly outRsltCd: string };
  /** Why it was refused, in our words (merchant API only). */
  readonly refusal?: RefusalCode;
  /** Tries that are left, where tries are counted. */
  readonly triesLeft?: number;
  /** When it is worth trying again. */
  readonly opensAt?: string;
  /** The resource that this is about. */
  readonly instance?: string;
};

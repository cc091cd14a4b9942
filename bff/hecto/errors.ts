import type { EndpointName } from '../../shared/hecto/endpoints.ts';

/**
 * The ways in which a call has no answer. Messages hold names only; no cause that could carry a piece of an
 * answer is kept (parsers quote what they could not read).
 */
export abstract class HectoError extends Error {
  readonly endpoint: EndpointName;

  constructor(endpoint: EndpointName, message: string, options?: ErrorOptions) {
    super(`${endpoint}: ${message}`, options);
    this.name = new.target.name;
    this.endpoint = endpoint;
  }
}

/** What is wrong with one field and what is allowed there. Never the value. */
export type FieldError = { readonly field: string; readonly message: string };

/** The request breaks Hecto's contract. Nothing was sent. */
export class InvalidRequest extends HectoError {
  readonly errors: readonly FieldError[];

  constructor(endpoint: EndpointName, errors: readonly FieldError[]) {
    super(endpoint, errors.map(({ field, message }) => `${field} ${message}`).join('; '));
    this.errors = errors;
  }
}

export type NotSentReason =
  /** Refused, no such name, untrusted certificate, no connection in time. */
  | 'unreachable'
  /** Hecto failed too often lately: we leave it in peace for some seconds. */
  | 'breaker-open'
  /** Too many calls of its kind were already waiting, or it waited too long for its turn. */
  | 'queue-full'
  /** The client was closed. */
  | 'closed';

/** Seconds until another try makes sense. When the breaker is open, it knows. */
export const retryAfter = { unreachable: 5, queueFull: 2 } as const;

/** No byte of the request left. */
export class NotSent extends HectoError {
  readonly reason: NotSentReason;
  readonly retryAfterSeconds: number;

  constructor(
    endpoint: EndpointName,
    reason: NotSentReason,
    retryAfterSeconds: number,
    options?: ErrorOptions,
  ) {
    super(endpoint, `could not be sent (${reason})`, options);
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type UnknownReason =
  /** No complete answer within the time limit. */
  | 'timeout'
  /** The connection broke after the request began to leave. */
  | 'connection'
  /** An HTTP status other than 2xx, redirects among them. */
  | 'http-status'
  | 'too-large'
  /** Not UTF-8, not JSON, or not the shape of an answer. */
  | 'unreadable'
  /** An `outStatCd` that this endpoint does not have. */
  | 'status'
  /** A field that Hecto repeats differs from what was sent. */
  | 'echo';

/** The request left, or may have left; what Hecto did with it is not known. Never a failure. */
export class Unknown extends HectoError {
  readonly reason: UnknownReason;
  /** For `http-status`. */
  readonly httpStatus: number | undefined;
  /** For `http-status`: the seconds that Hecto asked us to wait. */
  readonly retryAfterSeconds: number | undefined;
  /** For `echo`: the name of the field. */
  readonly field: string | undefined;

  constructor(
    endpoint: EndpointName,
    reason: UnknownReason,
    detail: { httpStatus?: number; retryAfterSeconds?: number | undefined; field?: string } = {},
  ) {
    super(endpoint, `outcome unknown (${reason}${detail.field ? ` of ${detail.field}` : ''})`);
    this.reason = reason;
    this.httpStatus = detail.httpStatus;
    this.retryAfterSeconds = detail.retryAfterSeconds;
    this.field = detail.field;
  }
}

/** An answer that breaks the contract: we cannot say what it means. */
export class InvalidAnswer extends Unknown {}

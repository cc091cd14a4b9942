/**
 * How a call of the merchant API is written down. From one table of these come the routes, the validation of what
 * comes in, the allowlist of what goes out, the types, `/openapi.json` and the documents.
 */
import type { z } from 'zod';
import type { EndpointName } from '../../hecto/endpoints.ts';
import type { ProblemCode } from '../problems.ts';

/** What a merchant key may be limited to (S05). */
export const scopes = [
  /** Begin, follow and cancel onboardings. */
  'sessions',
  /** Everything that only reads. */
  'read',
  /** Verify people, accounts and payment passwords. */
  'verify',
  /** Register and cancel accounts. */
  'accounts',
  /** Payments, instalments and their end. */
  'pay',
  'refund',
  'remit',
  /** What an operator does: reviews, replays of events, test calls. */
  'manage',
  /** Hecto's calls as they are, so everything. */
  'hecto',
] as const;
export type Scope = (typeof scopes)[number];

export type Operation = {
  /** `operationId` in OpenAPI, and the name of its handler. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Which keys may make it, besides those that may do everything. */
  readonly scope?: Scope;
  /** OpenAPI's form: `/v1/payments/{paymentId}`. */
  readonly path: `/v1/${string}`;
  readonly tag: string;
  readonly summary: string;
  /** Markdown for the reader of the documents. */
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** A body as a merchant would send it, for the documents. */
  readonly example?: Readonly<Record<string, unknown>>;
  /** What is answered, by HTTP status. Fields that a schema does not name never leave. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** Creates or moves something: `Idempotency-Key` is required, or required for some of its requests. */
  readonly once?: true | 'for-some';
  /** Hecto's calls behind it; the first is the one whose answer must not get lost. */
  readonly hecto?: readonly EndpointName[];
  /** Problems of its own, besides those that every call can have. */
  readonly problems?: readonly ProblemCode[];
};

/** The scopes of which a key needs one to make the call: what only reads, `read` allows as well. */
export const scopesOf = ({ method, scope }: Operation): readonly Scope[] => [
  ...(method === 'GET' ? (['read'] as const) : []),
  ...(scope ? [scope] : []),
];

/** Keeps the literal types of an entry. */
export const operation = <const O extends Operation>(entry: O): O => entry;

type OutputOf<S> = S extends z.ZodType ? z.output<S> : unknown;

/** What a handler is given: everything parsed. */
export type AskedOf<O extends Operation> = {
  readonly params: OutputOf<O['params']>;
  readonly query: OutputOf<O['query']>;
  readonly body: OutputOf<O['body']>;
  /** The `Idempotency-Key`; empty where none is required. */
  readonly key: string;
};

/** What a handler answers: one of the statuses with its body. */
export type AnsweredOf<O extends Operation> = {
  [S in keyof O['answers'] & number]: {
    readonly status: S;
    readonly body: O['answers'][S] extends z.ZodType ? z.input<O['answers'][S]> : never;
    /** The request was answered before: sets `Idempotent-Replayed`. */
    readonly replayed?: boolean;
    /** Seconds until it is worth asking again, for `Retry-After`. */
    readonly retryAfter?: number;
    /** Where the created resource is, for `Location`. */
    readonly location?: string;
  };
}[keyof O['answers'] & number];

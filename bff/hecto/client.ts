import { endpointOf, type EndpointName, type RequestOf } from '../../shared/hecto/endpoints.ts';
import { status } from '../../shared/hecto/codes.ts';
import { assertKeys, type HectoKeys } from './cipher.ts';
import { HectoError, InvalidAnswer, InvalidRequest, NotSent, Unknown, type UnknownReason } from './errors.ts';
import { differingEcho, open, type Answer } from './open.ts';
import { seal, type Sealed, type Stamp } from './seal.ts';
import { createTransport, defaultTimeouts, type Timeouts } from './transport.ts';

/** What Hecto said. Only `outStatCd` 0021 in an answer that repeats what was sent is `accepted`. */
export type Outcome<N extends EndpointName> =
  | { readonly kind: 'accepted'; readonly answer: Answer<N>; readonly sent: Stamp }
  | {
      readonly kind: 'refused';
      /** `outRsltCd` */
      readonly code: string;
      /** `outStatCd`: 0031, and of arsCheck also 0000 (going on) and 0092 (no such call). */
      readonly status: string;
      readonly answer: Answer<N>;
      readonly sent: Stamp;
    };

/** What may be logged about a call: no values, not even a hash (S84, H4). */
export type HectoCallEvent = {
  readonly endpoint: EndpointName;
  readonly kind: 'accepted' | 'refused' | 'invalid-request' | 'not-sent' | 'unknown';
  readonly durationMs: number;
  readonly httpStatus?: number;
  readonly outStatCd?: string;
  readonly outRsltCd?: string;
  readonly reason?: UnknownReason;
};

export type HectoDeps = HectoKeys & {
  /** https, except for a testbed on loopback: the configuration sees to it. */
  readonly baseUrl: string;
  readonly merchantId: string;
  readonly hdInfo?: Partial<Record<EndpointName, string>>;
  readonly clock: () => Date;
  readonly log?: (event: HectoCallEvent) => void;
  readonly timeouts?: Timeouts;
};

export type HectoClient = {
  /**
   * Makes one call, once. Plain values in, the decrypted answer out. Throws InvalidRequest and NotSent (nothing
   * was sent), or Unknown (it may have been): a money call that is Unknown must be asked about, never repeated.
   */
  call<N extends EndpointName>(name: N, request: RequestOf<N>): Promise<Outcome<N>>;
  /** The same for values from outside: whatever is not Hecto's contract is InvalidRequest. */
  callUntyped<N extends EndpointName>(
    name: N,
    request: Readonly<Record<string, unknown>>,
  ): Promise<Outcome<N>>;
  /** Waits for the calls under way, then closes all connections. */
  close(): Promise<void>;
};

/** One client for all 32 calls. */
export function createHectoClient(deps: HectoDeps): HectoClient {
  const { merchantId, clock, log } = deps;
  const keys: HectoKeys = { aesKey: deps.aesKey, hashKey: deps.hashKey };
  assertKeys(keys);
  const transport = createTransport(deps.baseUrl, deps.timeouts ?? defaultTimeouts);

  async function callUntyped<N extends EndpointName>(name: N, request: unknown): Promise<Outcome<N>> {
    const begun = performance.now();
    const tell = (event: Omit<HectoCallEvent, 'endpoint' | 'durationMs'>) =>
      log?.({ endpoint: name, durationMs: Math.round(performance.now() - begun), ...event });
    try {
      const sealed = seal(name, request, { keys, merchantId, hdInfo: deps.hdInfo?.[name], now: clock() });
      const { path, group } = endpointOf(name);
      const delivery = await transport.post(group, path, sealed.body);
      if (delivery.kind === 'not-sent') throw new NotSent(name, delivery.cause);
      if (delivery.kind === 'lost') throw new Unknown(name, delivery.reason);
      const outcome = judge(name, delivery, sealed, keys);
      tell({ kind: outcome.kind, httpStatus: delivery.httpStatus, ...codesOf(outcome.answer) });
      return outcome;
    } catch (error) {
      if (error instanceof HectoError) tell(eventOf(error));
      throw error;
    }
  }

  return { call: callUntyped, callUntyped, close: () => transport.close() };
}

/**
 * What a delivered answer means. An HTTP error is never believed, whatever its body says: it may come from
 * something between us and Hecto, or after Hecto did its work.
 */
function judge<N extends EndpointName>(
  name: N,
  { httpStatus, body }: { httpStatus: number; body: Buffer },
  { plain, sent }: Sealed,
  keys: HectoKeys,
): Outcome<N> {
  if (httpStatus < 200 || httpStatus > 299) throw new Unknown(name, 'http-status', { httpStatus });
  const json = parse(name, body);
  const answer = open(name, json, keys);
  const differing = differingEcho(name, json, plain, keys);
  if (differing) throw new Unknown(name, 'echo', { field: differing });

  const { outStatCd, outRsltCd } = answer;
  if (outStatCd === status.accepted) return { kind: 'accepted', answer, sent };
  const refused = outStatCd === status.refused || endpointOf(name).statuses?.includes(outStatCd);
  if (!refused) throw new Unknown(name, 'status');
  if (outRsltCd === undefined) throw new InvalidAnswer(name, 'unreadable', { field: 'outRsltCd' });
  return { kind: 'refused', code: outRsltCd, status: outStatCd, answer, sent };
}

/**
 * JSON whatever the header says: the documents promise two content types. The bytes must be UTF-8; a byte order
 * mark is skipped, since what follows it is the same answer and not a different one.
 */
function parse(name: EndpointName, body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new InvalidAnswer(name, 'unreadable');
  }
}

// Codes come from outside: only what looks like one may reach a log.
const loggable = (code: string | undefined) =>
  code !== undefined && /^[0-9A-Za-z]{1,8}$/.test(code) ? code : '?';

const codesOf = ({ outStatCd, outRsltCd }: { outStatCd: string; outRsltCd?: string }) => ({
  outStatCd: loggable(outStatCd),
  outRsltCd: loggable(outRsltCd),
});

function eventOf(error: HectoError): Omit<HectoCallEvent, 'endpoint' | 'durationMs'> {
  if (error instanceof InvalidRequest) return { kind: 'invalid-request' };
  if (!(error instanceof Unknown)) return { kind: 'not-sent' };
  const { reason, httpStatus } = error;
  return { kind: 'unknown', reason, ...(httpStatus === undefined ? {} : { httpStatus }) };
}

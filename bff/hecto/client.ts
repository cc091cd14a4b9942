import { endpointOf, type EndpointName, type RequestOf } from '../../shared/hecto/endpoints.ts';
import { status } from '../../shared/hecto/codes.ts';
import { assertKeys, type HectoKeys } from './cipher.ts';
import {
  HectoError,
  InvalidAnswer,
  InvalidRequest,
  NotSent,
  retryAfter,
  Unknown,
  type NotSentReason,
  type UnknownReason,
} from './errors.ts';
import {
  createLane,
  defaultResilience,
  laneNames,
  laneOf,
  type Admission,
  type Lane,
  type LaneChange,
  type LaneName,
  type LaneStats,
  type Resilience,
} from './lanes.ts';
import { differingEcho, open, type Answer } from './open.ts';
import { seal, type Sealed, type Stamp } from './seal.ts';
import { createTransport, defaultTimeouts, type Delivery, type Timeouts } from './transport.ts';

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
  readonly reason?: UnknownReason | NotSentReason;
};

/** What a person must look at: money may have moved twice, or an answer belongs to something else. */
export type HectoAlert = {
  readonly what: 'echo-mismatch' | 'double-withdrawal' | 'double-remittance';
  readonly endpoint: EndpointName;
};

/** How the client is doing, in plain numbers that only grow or that are of this moment. */
export type HectoStats = {
  readonly lanes: Readonly<Record<LaneName, LaneStats>>;
  readonly outcomes: Readonly<Partial<Record<EndpointName, Readonly<Counts>>>>;
};
type Counts = Partial<Record<HectoCallEvent['kind'], number>>;

export type HectoDeps = HectoKeys & {
  /** https, except for a testbed on loopback: the configuration sees to it. */
  readonly baseUrl: string;
  readonly merchantId: string;
  readonly hdInfo?: Partial<Record<EndpointName, string>>;
  readonly clock: () => Date;
  readonly log?: (event: HectoCallEvent) => void;
  readonly onLaneChange?: (lane: LaneName, change: LaneChange) => void;
  readonly onAlert?: (alert: HectoAlert) => void;
  readonly timeouts?: Timeouts;
  readonly resilience?: Partial<Resilience>;
};

export type CallOptions = {
  /** The instant that the request's own time stamp says, if not the present one. It has no other effect. */
  readonly at?: Date;
};

export type HectoClient = {
  /**
   * Makes one call, once. Plain values in, the decrypted answer out. Throws InvalidRequest and NotSent (nothing
   * was sent), or Unknown (it may have been): a money call that is Unknown must be asked about, never repeated.
   * It may wait for its turn for 5 s; the 32 s until Unknown begin when its turn has come.
   */
  call<N extends EndpointName>(name: N, request: RequestOf<N>, options?: CallOptions): Promise<Outcome<N>>;
  /** The same for values from outside: whatever is not Hecto's contract is InvalidRequest. */
  callUntyped<N extends EndpointName>(
    name: N,
    request: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): Promise<Outcome<N>>;
  /** Whether a call would be let through now. Ask before a money intent is made; it is no reservation. */
  admits(name: EndpointName): Admission;
  stats(): HectoStats;
  /** Later calls use these; those on their way end with the ones they began with (S06). Throws a RangeError. */
  replaceKeys(keys: HectoKeys): void;
  /** Sends away the calls that wait for their turn, waits for those under way, then closes all connections. */
  close(): Promise<void>;
};

/** One client for all 32 calls. */
export function createHectoClient(deps: HectoDeps): HectoClient {
  const { merchantId, clock, log } = deps;
  let currentKeys!: HectoKeys;
  replaceKeys(deps);
  const resilience: Resilience = { ...defaultResilience, ...deps.resilience };
  const lanes = byLane((lane) =>
    createLane(
      lane,
      resilience,
      () => performance.now(),
      (change) => deps.onLaneChange?.(lane, change),
    ),
  );
  const sockets = byLane((lane) => resilience.lanes[lane].sockets);
  const transport = createTransport(deps.baseUrl, deps.timeouts ?? defaultTimeouts, sockets);
  const outcomes: Partial<Record<EndpointName, Counts>> = {};

  async function callUntyped<N extends EndpointName>(
    name: N,
    request: unknown,
    { at = clock() }: CallOptions = {},
  ): Promise<Outcome<N>> {
    const begun = performance.now();
    const keys = currentKeys;
    const tell = (event: Omit<HectoCallEvent, 'endpoint' | 'durationMs'>) => {
      const counts: Counts = (outcomes[name] ??= {});
      counts[event.kind] = (counts[event.kind] ?? 0) + 1;
      log?.({ endpoint: name, durationMs: Math.round(performance.now() - begun), ...event });
      const what = alertFor(event);
      if (what) deps.onAlert?.({ what, endpoint: name });
    };
    try {
      const sealed = seal(name, request, { keys, merchantId, hdInfo: deps.hdInfo?.[name], now: at });
      const { outcome, httpStatus } = await laneFor(name).run(name, () => post(name, sealed, keys));
      tell({ kind: outcome.kind, httpStatus, ...codesOf(outcome.answer) });
      return outcome;
    } catch (error) {
      if (error instanceof HectoError) tell(eventOf(error));
      throw error;
    }
  }

  const laneFor = (name: EndpointName): Lane => lanes[laneOf(endpointOf(name))];

  async function post<N extends EndpointName>(name: N, sealed: Sealed, keys: HectoKeys) {
    const endpoint = endpointOf(name);
    const delivery = await transport.post(laneOf(endpoint), endpoint.path, sealed.body);
    if (delivery.kind === 'not-sent')
      throw new NotSent(name, delivery.reason, retryAfter.unreachable, { cause: delivery.cause });
    if (delivery.kind === 'lost') throw new Unknown(name, delivery.reason);
    return { outcome: judge(name, delivery, sealed, keys), httpStatus: delivery.httpStatus };
  }

  function replaceKeys({ aesKey, hashKey }: HectoKeys): void {
    const keys = { aesKey, hashKey };
    assertKeys(keys);
    currentKeys = keys;
  }

  return {
    call: callUntyped,
    callUntyped,
    admits: (name) => laneFor(name).admits(),
    stats: () => ({ lanes: byLane((lane) => lanes[lane].stats()), outcomes: structuredClone(outcomes) }),
    replaceKeys,
    async close() {
      for (const lane of laneNames) lanes[lane].close();
      await transport.close();
    },
  };
}

const byLane = <T>(make: (lane: LaneName) => T): Readonly<Record<LaneName, T>> => ({
  authentication: make('authentication'),
  money: make('money'),
  inquiry: make('inquiry'),
});

/** The two codes are never right: an order number is sent once. */
function alertFor({ kind, reason, outRsltCd }: Partial<HectoCallEvent>): HectoAlert['what'] | undefined {
  if (reason === 'echo') return 'echo-mismatch';
  if (kind !== 'refused') return undefined;
  return outRsltCd === 'ST03' ? 'double-withdrawal' : outRsltCd === 'ST31' ? 'double-remittance' : undefined;
}

type Answered = Extract<Delivery, { kind: 'answered' }>;

/**
 * What a delivered answer means. An HTTP error is never believed, whatever its body says: it may come from
 * something between us and Hecto, or after Hecto did its work.
 */
function judge<N extends EndpointName>(
  name: N,
  { httpStatus, body, retryAfterSeconds }: Answered,
  { plain, sent }: Sealed,
  keys: HectoKeys,
): Outcome<N> {
  if (httpStatus < 200 || httpStatus > 299)
    throw new Unknown(name, 'http-status', { httpStatus, retryAfterSeconds });
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

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * JSON whatever the header says: the documents promise two content types. The bytes must be UTF-8; a byte order
 * mark is skipped, since what follows it is the same answer and not a different one.
 */
function parse(name: EndpointName, body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body));
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
  if (error instanceof NotSent) return { kind: 'not-sent', reason: error.reason };
  if (!(error instanceof Unknown)) return { kind: 'unknown' };
  const { reason, httpStatus } = error;
  return { kind: 'unknown', reason, ...(httpStatus === undefined ? {} : { httpStatus }) };
}

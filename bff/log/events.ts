import { eventTypes } from '../../shared/api/merchant/events.ts';
import { problems, type ProblemCode } from '../../shared/api/problems.ts';
import { refusalCodes } from '../../shared/api/refusals.ts';
import type { Step } from '../../shared/api/state.ts';
import { endpointNames } from '../../shared/hecto/endpoints.ts';
import { jobNames } from '../store/jobs.ts';
import { operatorActions, operatorOutcomes } from '../store/operator-actions.ts';
import { records, shortLived } from '../store/retention.ts';
import {
  address,
  day,
  errorName,
  flag,
  frames,
  hectoCode,
  id,
  number,
  oneOf,
  optional,
  route,
  variable,
} from './fields.ts';
import { directives } from './policy-directives.ts';

const steps = [
  'terms',
  'identity',
  'code',
  'pass',
  'account',
  'ars',
  'password',
  'done',
  'failed',
  'cancelled',
  'expired',
] as const satisfies readonly Step[];
const step = oneOf(steps);
const method = oneOf(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']);
const lane = oneOf(['authentication', 'money', 'inquiry']);
const problem = oneOf(Object.keys(problems) as ProblemCode[]);

/** Everything we ever log: a fixed set of events with fixed fields. There is no free text. */
export const events = {
  'app.started': { level: 'info', fields: { url: address } },
  'app.stopping': { level: 'info', fields: {} },
  'app.stopped': { level: 'info', fields: { clean: flag } },
  /** The project's folder is closed to PostgreSQL's user, so its data lies under the system's temporary folder. */
  'database.moved': { level: 'warn', fields: {} },
  'database.connection-lost': { level: 'warn', fields: {} },
  /** More to do than this process can: new orders are turned away until it is over. */
  'app.overloaded': { level: 'error', fields: { eventLoopMs: number, waiting: number } },
  'app.recovered': { level: 'info', fields: { eventLoopMs: number, waiting: number } },
  /** Spans cannot be delivered to the collector, or can again: nothing else is touched by it. */
  'traces.lost': { level: 'warn', fields: {} },
  'traces.delivered-again': { level: 'info', fields: {} },
  'widget.not-built': { level: 'warn', fields: {} },
  'http.answered': {
    level: 'info',
    fields: {
      requestId: id,
      method,
      route: optional(route),
      status: number,
      ms: number,
      problem: optional(problem),
      sessionId: optional(id),
    },
  },
  /** Something we did not expect. */
  fault: {
    level: 'error',
    fields: {
      requestId: optional(id),
      sessionId: optional(id),
      name: errorName,
      code: optional(errorName),
      frames: optional(frames),
      cause: optional(errorName),
    },
  },
  'hecto.called': {
    level: 'info',
    fields: {
      requestId: optional(id),
      intentId: optional(id),
      endpoint: oneOf(endpointNames),
      kind: oneOf(['accepted', 'refused', 'invalid-request', 'not-sent', 'unknown']),
      durationMs: number,
      httpStatus: optional(number),
      outStatCd: optional(hectoCode),
      outRsltCd: optional(hectoCode),
      reason: optional(
        oneOf([
          ...['timeout', 'connection', 'http-status', 'too-large', 'unreadable', 'status', 'echo'],
          ...['unreachable', 'breaker-open', 'queue-full', 'closed'],
        ] as const),
      ),
    },
  },
  /** Calls of this lane failed too often: none is made until one succeeds again. */
  'hecto.lane-opened': { level: 'error', fields: { lane } },
  'hecto.lane-closed': { level: 'info', fields: { lane } },
  /** A person must look at this today. */
  alert: {
    level: 'error',
    fields: {
      requestId: optional(id),
      intentId: optional(id),
      what: oneOf(['echo-mismatch', 'double-withdrawal', 'double-remittance']),
      endpoint: oneOf(endpointNames),
    },
  },
  /** Hecto knows something else under an intent's number, or says that it was taken back: a person has to look. */
  'money.contradiction': { level: 'error', fields: { intentId: id } },
  'money.unknown-for-long': { level: 'warn', fields: { intentId: id } },
  'money.needs-review': { level: 'error', fields: { intentId: id } },
  /** An account was registered sooner than a person can read, type and answer a call: a risk, not a refusal (S72). */
  'journey.too-fast': { level: 'warn', fields: { sessionId: id, seconds: number } },
  'journey.moved': {
    level: 'info',
    fields: {
      requestId: optional(id),
      sessionId: id,
      from: step,
      to: step,
      refusal: optional(oneOf(refusalCodes)),
    },
  },
  'webhook.attempted': {
    level: 'info',
    fields: {
      eventId: id,
      type: oneOf(eventTypes),
      attempt: number,
      outcome: oneOf(['delivered', 'postponed', 'failed']),
      httpStatus: optional(number),
      error: optional(oneOf(['timeout', 'connection', 'address-refused'])),
      ms: number,
    },
  },
  /** The last attempt failed; only a replay sends it again. */
  'webhook.given-up': { level: 'error', fields: { eventId: id, type: oneOf(eventTypes), attempt: number } },
  /** Nothing is delivered until somebody enables it: an alert should hang on this line. */
  'webhook.endpoint-disabled': { level: 'error', fields: { because: oneOf(['gone', 'failing']) } },
  'daily.ran': {
    level: 'info',
    fields: { job: oneOf(jobNames), day, run: number, outcome: oneOf(['done', 'failed', 'look-again']) },
  },
  'reconciliation.made': {
    level: 'info',
    fields: { day, checked: number, differences: number, open: number },
  },
  /** Our ledger and Hecto's differ: a person must look at the day's report. */
  'reconciliation.differs': { level: 'error', fields: { day, differences: number } },
  /** Values that an older key had sealed have the newest now. */
  'vault.resealed': { level: 'info', fields: { values: number } },
  /** Values that no key opens: damaged, or moved from elsewhere. */
  'vault.unreadable': { level: 'error', fields: { values: number } },
  /** Somebody did something on the operators' page. */
  'operator.acted': {
    level: 'info',
    fields: {
      requestId: optional(id),
      action: oneOf(operatorActions),
      subject: id,
      outcome: oneOf(operatorOutcomes),
    },
  },
  /** Rows whose time is over are gone, or have lost their customer. */
  'retention.cleared': {
    level: 'info',
    fields: { table: oneOf([...shortLived, ...records].map(({ table }) => table)), rows: number },
  },
  /** Keys that were replaced in their files are in use. */
  'secrets.replaced': { level: 'info', fields: {} },
  /** What the files hold cannot be used: those before stay in use until somebody mends it. */
  'secrets.refused': { level: 'error', fields: { variable } },
  /** A browser says that something on one of our pages was against its policy: an extension, or an attack. */
  'page.policy-broken': { level: 'warn', fields: { directive: oneOf(directives) } },
  security: {
    level: 'warn',
    fields: {
      what: oneOf([
        'merchant-key-refused',
        'merchant-key-not-allowed',
        'operator-password-wrong',
        'operator-action-refused',
        'payment-not-authorized',
        'phone-proven',
        'code-wrong',
        'password-right',
        'password-wrong',
        'account-cancelled',
        'client-token-refused',
        'session-token-refused',
        'origin-refused',
        'client-token-exchanged',
        'session-taken-over',
        'session-token-rotated',
        'limit-reached',
        'password-locked',
        'out-of-order',
        'consent-given',
      ]),
      requestId: optional(id),
      sessionId: optional(id),
    },
  },
} as const;

export type EventName = keyof typeof events;

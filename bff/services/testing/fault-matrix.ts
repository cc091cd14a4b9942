// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- for tests only: they need Hecto's side
import { faultKinds, type FaultKind } from '../../../e2e/testbed/faults/kinds.ts';
import { endpointOf, type EndpointName } from '../../../shared/hecto/endpoints.ts';

/*
 * The fault matrix of the reliability rules: what each kind of call has to make of each way in which Hecto's answer
 * can go wrong. M: verification of the phone, O: holder check, A: approval call, G: registration, P: payment, charge,
 * refund and remittance, W: inquiries, C: payment password.
 */

export type Group = 'M' | 'O' | 'A' | 'G' | 'P' | 'W' | 'C';

/** Accepted as it is. */
type Ok = 'ok';
type Classes = {
  /** Once, and the customer may press again. */
  readonly M: Ok | 'resend by user' | 'counted';
  /** A second time at once, then not available; never a word about the account. */
  readonly O: Ok | 'retry 1' | 'unavailable';
  /** The call is not placed again; asking how it went goes on. */
  readonly A: Ok | 'arscheck';
  /** Once, then only asked about. */
  readonly G: Ok | 'unknown';
  readonly P: Ok | 'unknown';
  /** As if it had not been asked: again later. */
  readonly W: Ok | 'next tick';
  /** Once; no try is counted, except for a word we do not know, which may mean "wrong". */
  readonly C: Ok | 'no verdict' | 'counted';
};

export type Row = Classes & {
  readonly fault: string;
  readonly kinds: readonly FaultKind[];
  /** The row is about fields of this sort; a call whose answer has none is not touched by it. */
  readonly touches?: 'encrypted' | 'echoed';
  readonly alert?: true;
};

const lost: Classes = {
  ...{ M: 'resend by user', O: 'retry 1', A: 'arscheck', G: 'unknown', P: 'unknown' },
  ...{ W: 'next tick', C: 'no verdict' },
};
const ok: Classes = { M: 'ok', O: 'ok', A: 'ok', G: 'ok', P: 'ok', W: 'ok', C: 'ok' };

export const faultMatrix: readonly Row[] = [
  { fault: 'reset', kinds: ['reset-before-headers', 'reset-mid-body', 'lost-answer'], ...lost },
  { fault: 'HTTP error', kinds: ['http-500', 'http-502', 'http-503', 'http-504', 'http-429'], ...lost },
  { fault: '200 and HTML', kinds: ['html'], ...lost },
  { fault: 'broken JSON', kinds: ['malformed', 'truncated', 'empty', 'two-objects'], ...lost },
  { fault: '10 MB body', kinds: ['huge'], ...lost },
  { fault: 'broken characters', kinds: ['truncated-utf8', 'euc-kr'], ...lost },
  // What follows the mark is the same answer.
  { fault: 'byte order mark', kinds: ['bom'], ...ok },
  {
    fault: 'bad ciphertext',
    kinds: ['not-base64', 'bad-ciphertext', 'wrong-key', 'junk-in-block'],
    touches: 'encrypted',
    // Absent. The approval and the account's key are not encrypted, so nothing that decides is missing.
    ...ok,
  },
  { fault: 'missing outStatCd, wrong types', kinds: ['missing-status', 'wrong-types'], ...lost },
  { fault: 'null, array, number', kinds: ['json-null', 'json-array', 'json-number'], ...lost },
  // Success is 0021 and nothing else.
  { fault: 'missing outRsltCd', kinds: ['missing-result'], ...ok },
  // Valid JSON within the limit, however deep: what we do not know is dropped.
  { fault: 'extra fields, other order, deep JSON', kinds: ['extra-fields', 'deep-json'], ...ok },
  { fault: 'new status', kinds: ['unknown-status'], ...lost },
  // Said clearly, only not in words we know: a second time would say the same.
  { fault: 'new code', kinds: ['unknown-code'], ...lost, M: 'counted', O: 'unavailable', C: 'counted' },
  { fault: "somebody else's answer", kinds: ['wrong-echo'], touches: 'echoed', alert: true, ...lost },
  {
    fault: 'late answer of another request',
    kinds: ['late-answer'],
    touches: 'echoed',
    alert: true,
    ...lost,
  },
  { fault: 'more than the answer', kinds: ['duplicate-answer', 'pipelined-garbage', 'half-close'], ...ok },
  { fault: 'redirect', kinds: ['redirect', 'redirect-301', 'redirect-302'], ...lost },
];

/** Those that need time, with time limits of their own: see the tests. */
export const slowKinds: readonly string[] = ['delay', 'drip', 'late-work'];

/** Every kind of fault the testbed can play has its place. */
export const unplacedKinds = (): string[] =>
  faultKinds.filter(
    (kind) =>
      !slowKinds.includes(kind) && !faultMatrix.some(({ kinds }) => kinds.some((one) => one === kind)),
  );

/** Fields that Hecto repeats in its answers. */
const repeated = ['mchtTrdNo', 'mchtCustId', 'trdAmt', 'bankCd'];

/** Asked without an order number, so nothing in the answer can be compared. */
const unnumbered: readonly EndpointName[] = ['accountHolderNameInquiry'];

/** What a call has to make of a row. */
export function expectedOf<G extends Group>(row: Row, group: G, endpoint: EndpointName): Row[G] | Ok {
  const answer = Object.entries(endpointOf(endpoint).answer);
  const touched = {
    encrypted: answer.some(([, field]) => field.encrypted),
    echoed:
      !unnumbered.includes(endpoint) && answer.some(([name, field]) => field.echo ?? repeated.includes(name)),
  };
  return row.touches && !touched[row.touches] ? 'ok' : row[group];
}

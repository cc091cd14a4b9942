import type { EndpointName } from '../../../shared/hecto/endpoints.ts';

const works = { works: true };
const fails = { works: false };

/** What can go wrong, and whether Hecto does its work all the same unless the plan says otherwise. */
const kinds = {
  delay: works,
  'reset-before-headers': fails,
  'reset-mid-body': works,
  'lost-answer': works,
  'late-work': works,
  'half-close': works,
  'http-429': fails,
  'http-500': fails,
  'http-502': fails,
  'http-503': fails,
  'http-504': fails,
  html: fails,
  redirect: fails,
  'redirect-301': fails,
  'redirect-302': fails,
  malformed: works,
  truncated: works,
  'two-objects': works,
  empty: works,
  'json-null': works,
  'json-array': works,
  'json-number': works,
  'deep-json': works,
  huge: works,
  'euc-kr': works,
  'truncated-utf8': works,
  bom: works,
  'bad-ciphertext': works,
  'not-base64': works,
  'wrong-key': works,
  'junk-in-block': works,
  'missing-status': works,
  'missing-result': works,
  'wrong-types': works,
  'extra-fields': works,
  'wrong-echo': works,
  'unknown-code': fails,
  'unknown-status': works,
  'pipelined-garbage': works,
  'duplicate-answer': works,
  'late-answer': works,
  drip: works,
} as const;

export type FaultKind = keyof typeof kinds | `refuse:${string}`;
export const faultKinds = Object.keys(kinds);

export const isFaultKind = (kind: string): kind is FaultKind =>
  Object.hasOwn(kinds, kind) || /^refuse:[A-Z0-9]{4}$/.test(kind);

export type PlannedFault = {
  endpoint: EndpointName | '*';
  kind: FaultKind;
  /** The `mchtTrdNo` it is for; any, if absent. */
  orderNumber?: string | undefined;
  /** How many requests it still hits. */
  times: number;
  /** Waits this long first, in real time, whatever the kind; the work is done after that. */
  delayMs: number;
  /** Whether the work is done; by default as in the table. */
  works?: boolean | undefined;
  /** Of hitting a request; always, if absent. Which ones are hit depends on `seed` alone. */
  probability?: number | undefined;
  seed?: number | undefined;
};

/** Whether a request that this fault hits is carried out. */
export function doesWork({ kind, works }: PlannedFault): boolean {
  return works ?? (kind in kinds && kinds[kind as keyof typeof kinds].works);
}

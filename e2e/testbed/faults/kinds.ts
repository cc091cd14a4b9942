import type { EndpointName } from '../../../shared/hecto/endpoints.ts';

/** What can go wrong, and whether Hecto does its work all the same unless the plan says otherwise. */
const kinds = {
  delay: { works: true },
  'reset-before-headers': { works: false },
  'reset-mid-body': { works: true },
  'http-429': { works: false },
  'http-500': { works: false },
  'http-502': { works: false },
  'http-503': { works: false },
  'http-504': { works: false },
  html: { works: false },
  redirect: { works: false },
  malformed: { works: true },
  truncated: { works: true },
  empty: { works: true },
  huge: { works: true },
  'euc-kr': { works: true },
  'bad-ciphertext': { works: true },
  'missing-status': { works: true },
  'wrong-echo': { works: true },
  drip: { works: true },
  'lost-answer': { works: true },
  'unknown-code': { works: false },
} as const;

export type FaultKind = keyof typeof kinds | `refuse:${string}`;
export const faultKinds = Object.keys(kinds);

export const isFaultKind = (kind: string): kind is FaultKind =>
  Object.hasOwn(kinds, kind) || /^refuse:[A-Z0-9]{4}$/.test(kind);

export type PlannedFault = {
  endpoint: EndpointName | '*';
  kind: FaultKind;
  /** How many requests it still hits. */
  times: number;
  /** Waits this long first, whatever the kind. */
  delayMs: number;
  /** Whether the work is done; by default as in the table. */
  works?: boolean | undefined;
};

/** Whether a request that this fault hits is carried out. */
export function doesWork({ kind, works }: PlannedFault): boolean {
  return works ?? (kind in kinds && kinds[kind as keyof typeof kinds].works);
}

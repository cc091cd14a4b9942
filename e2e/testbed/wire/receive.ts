import {
  endpointOf,
  isRequired,
  type endpoints,
  type EndpointName,
} from '../../../shared/hecto/endpoints.ts';
import type { Endpoint } from '../../../shared/hecto/contract.ts';
import { decrypt, hashOf, type Keys } from './cipher.ts';
import { complaintAbout } from './value-rules.ts';

type Request<N extends EndpointName> = (typeof endpoints)[N]['request'];
type OptionalIn<R> = { [K in keyof R]: R[K] extends { optional: true } ? K : never }[keyof R];

/** The plain values of a request that passed every check. */
export type Received<N extends EndpointName> = {
  readonly [K in Exclude<keyof Request<N>, OptionalIn<Request<N>>>]: string;
} & { readonly [K in OptionalIn<Request<N>>]?: string };

export type Reading<N extends EndpointName> = { readonly keys: Keys } & (
  | { valid: true; request: Received<N>; plain: Record<string, string> }
  /** `plain` is what could be read all the same. */
  | { valid: false; complaint: string; plain: Record<string, string> }
);

/** Reads a body with the first of the merchant's keys that fits, or says what the first one finds wrong. */
export function receive<N extends EndpointName>(
  name: N,
  body: Buffer,
  { merchantIds, keys }: { merchantIds: readonly string[]; keys: readonly Keys[] },
): Reading<N> {
  const readings = keys.map((one) => readWith(name, body, { merchantIds, keys: one }));
  return readings.find(({ valid }) => valid) ?? readings[0]!;
}

/**
 * Reads a body as strictly as the contract allows. Anything wrong is one complaint that names the field; Hecto
 * itself says no more than ST09. Fields the contract does not know are refused too: they are misspelt ones.
 */
function readWith<N extends EndpointName>(
  name: N,
  body: Buffer,
  { merchantIds, keys }: { merchantIds: readonly string[]; keys: Keys },
): Reading<N> {
  const endpoint = endpointOf(name);
  const plain: Record<string, string> = {};
  const refuse = (complaint: string) => ({ valid: false as const, complaint, plain, keys });

  const wire = parse(body);
  if (typeof wire === 'string') return refuse(wire);

  const first = openFields(endpoint, wire, plain, keys);
  const complaint =
    first ??
    (wire['hdInfo'] === endpoint.hdInfo ? undefined : `hdInfo: not ${endpoint.hdInfo}`) ??
    (merchantIds.includes(plain['mchtId'] ?? '') ? undefined : 'mchtId: unknown merchant') ??
    missing(endpoint, plain) ??
    wrongHash(endpoint, wire, plain, keys);
  if (complaint !== undefined) return refuse(complaint);
  return { valid: true, plain, request: plain as Received<N>, keys };
}

/** The body as an object, or what is wrong with it. */
function parse(body: Buffer): Record<string, unknown> | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    return 'body: not JSON in UTF-8';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'body: not an object';
  return value as Record<string, unknown>;
}

/** Fills `plain` with everything readable; the first complaint, if any, comes back. */
function openFields(
  endpoint: Endpoint,
  wire: Record<string, unknown>,
  plain: Record<string, string>,
  keys: Keys,
): string | undefined {
  let complaint: string | undefined;
  const complain = (name: string, what: string) => (complaint ??= `${name}: ${what}`);
  for (const [name, value] of Object.entries(wire)) {
    if (name === 'hdInfo' || (name === 'pktHash' && endpoint.hash)) {
      if (typeof value !== 'string') complain(name, 'not a string');
      continue;
    }
    const field = Object.hasOwn(endpoint.request, name) ? endpoint.request[name] : undefined;
    if (!field) complain(name, 'not in this call');
    else if (typeof value !== 'string') complain(name, 'not a string');
    else if (value === '') complain(name, 'empty; an absent value is left out');
    else {
      const opened = field.encrypted ? decrypt(value, keys) : value;
      if (opened === undefined) complain(name, 'cannot be decrypted');
      else {
        plain[name] = opened;
        const what = opened === '' ? 'empty' : complaintAbout(field, opened, value);
        if (what !== undefined) complain(name, what);
      }
    }
  }
  return complaint;
}

function missing(endpoint: Endpoint, plain: Record<string, string>): string | undefined {
  for (const [name, field] of Object.entries(endpoint.request)) {
    if (plain[name] === undefined && isRequired(field, plain)) return `${name}: missing`;
  }
  return undefined;
}

function wrongHash(
  endpoint: Endpoint,
  wire: Record<string, unknown>,
  plain: Record<string, string>,
  keys: Keys,
): string | undefined {
  if (!endpoint.hash) return undefined;
  if (wire['pktHash'] === undefined) return 'pktHash: missing';
  const values = endpoint.hash.map((name) => plain[name] ?? '');
  return wire['pktHash'] === hashOf(values, keys) ? undefined : 'pktHash: wrong';
}

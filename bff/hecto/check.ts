import { isIPv4, isIPv6 } from 'node:net';
import type { Endpoint, Field } from '../../shared/hecto/contract.ts';
import { isRequired } from '../../shared/hecto/endpoints.ts';
import { isRealDay } from '../../shared/values/kst.ts';
import type { FieldError } from './errors.ts';

export type PlainValues = Readonly<Record<string, string>>;

export type Checked = { readonly values: PlainValues } | { readonly errors: readonly FieldError[] };

/**
 * Checks the plain values of a request against the contract, before anything is filled in or sealed.
 * Fields without a value (`undefined` or empty) count as absent. Errors name the field and what is allowed,
 * in the order of the contract; they never repeat a value (S40, S41).
 */
export function check(endpoint: Endpoint, input: unknown): Checked {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { errors: [{ field: '', message: 'must be an object' }] };
  const given = new Map<string, unknown>(Object.entries(input).filter(([, value]) => value !== undefined));
  const values: Record<string, string> = {};
  const errors = new Map<string, string>();

  for (const [name, field] of Object.entries(endpoint.request)) {
    const value = given.get(name);
    if (value === undefined) continue;
    if (field.filled) errors.set(name, 'is filled in by the BFF and must not be given');
    else if (typeof value !== 'string') errors.set(name, 'must be a string');
    else {
      const usable = field.format === 'ipv4' ? toIPv4(value) : value;
      const message = usable && faultOf(field, usable);
      if (message) errors.set(name, message);
      else if (usable) values[name] = usable;
    }
  }
  for (const [name, field] of Object.entries(endpoint.request)) {
    if (field.filled || errors.has(name) || values[name] !== undefined) continue;
    if (isRequired(field, values)) errors.set(name, missing(field));
  }
  for (const name of given.keys()) {
    if (Object.hasOwn(endpoint.request, name)) continue;
    const filled = name === 'hdInfo' || name === 'pktHash';
    errors.set(
      nameable(name),
      filled ? 'is filled in by the BFF and must not be given' : 'is not a field of this call',
    );
  }
  if (errors.size === 0) return { values };
  return { errors: [...errors].map(([field, message]) => ({ field, message })) };
}

// A name may be anything, also a value in the wrong place.
const nameable = (name: string) => (/^[A-Za-z][A-Za-z0-9_]{0,31}$/.test(name) ? name : '(unnamed)');

/**
 * An IPv4 address, also out of its IPv6 clothes. Other IPv6 has no place in Hecto's 15 characters and is left out
 * (H12); what is no address at all stays, to be refused.
 */
const toIPv4 = (address: string): string => {
  const bare = address.trim().replace(/^::ffff:(?=[\d.]+$)/i, '');
  return isIPv6(bare) ? '' : bare;
};

const missing = ({ requiredIf }: Field) =>
  requiredIf ? `is required when ${requiredIf.field} is ${requiredIf.in.join(' or ')}` : 'is required';

// Five by one document, seven by another (`forbiddenCharactersStrict`); the longer list is safe with both.
const forbidden = /[:&?'<>\p{Cc}\u2028\u2029]/u;
const kinds = {
  N: [/^[0-9]+$/, 'must be digits only'],
  A: [/^[A-Za-z]+$/, 'must be letters only'],
  AN: [/^/, ''],
} as const;

/** What is wrong with a value, or nothing. */
function faultOf(field: Field, value: string): string | undefined {
  if (field.values && !field.values.includes(value)) return `must be ${field.values.join(' or ')}`;
  const [pattern, rule] = kinds[field.kind];
  if (!pattern.test(value)) return rule;
  // Half of a character has no UTF-8 bytes: what we hash and what we encrypt would differ.
  if (/\p{Cs}/u.test(value)) return 'must be well-formed Unicode';
  if (forbidden.test(value)) return "must not contain : & ? ' < > or control characters";
  if (field.ascii && !/^[\x20-\x7e]+$/.test(value)) return 'must be ASCII';
  if (field.plainLength !== undefined && [...value].length !== field.plainLength)
    return `must be exactly ${field.plainLength} long`;
  if (lengthOf(field, value) > field.max) return `must be at most ${field.max} ${unitName(field)}`;
  if (field.format === 'ipv4' && !isIPv4(value)) return 'must be an IP address';
  if (field.format === 'yyyyMMdd' && !isRealDay(value)) return 'must be a real date as yyyyMMdd';
  if (field.format === 'HHmmss' && !/^([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(value))
    return 'must be a real time as HHmmss';
  return undefined;
}

/** Length as the field's table counts it. */
export function lengthOf(field: Field, value: string): number {
  const bytes = Buffer.byteLength(value, 'utf8');
  switch (field.unit ?? 'utf8') {
    case 'utf8':
      return bytes;
    case 'euckr':
      return [...value].reduce((length, character) => length + (character <= '\x7f' ? 1 : 2), 0);
    case 'characters':
      return [...value].length;
    case 'ciphertext':
      // Whole blocks with at least one byte of padding, then base64.
      return Math.ceil(((Math.floor(bytes / 16) + 1) * 16) / 3) * 4;
  }
}

function unitName(field: Field): string {
  switch (field.unit ?? 'utf8') {
    case 'utf8':
      return field.kind === 'AN' ? 'bytes of UTF-8' : 'characters';
    case 'euckr':
      return 'characters, a Korean one counting two';
    case 'characters':
    case 'ciphertext':
      return 'characters';
  }
}

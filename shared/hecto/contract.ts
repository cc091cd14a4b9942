/**
 * The language in which Hecto's contract is written down: what a field may hold and what an endpoint is.
 * Everything that seals, opens, checks or rebuilds a call reads these values and nothing else.
 */

/** How Hecto's tables count a value's length. */
export type LengthUnit =
  /** UTF-8 bytes of the plain value: three for a Korean syllable. */
  | 'utf8'
  /** Two for a Korean or full-width character, one for ASCII. */
  | 'euckr'
  | 'characters'
  /** Characters of the base64 ciphertext. */
  | 'ciphertext';

/** One request field. `N` is digits, `A` letters, `AN` any text without forbidden characters. */
export type Field = {
  readonly kind: 'N' | 'A' | 'AN';
  readonly max: number;
  readonly unit?: LengthUnit;
  /** Exact length of the plain value. */
  readonly plainLength?: number;
  readonly encrypted?: true;
  readonly optional?: true;
  /** Required as soon as `field` has, or defaults to, one of the values. Implies `optional`. */
  readonly requiredIf?: { readonly field: string; readonly in: readonly string[]; readonly default?: string };
  readonly values?: readonly string[];
  /** A value that is no `ipv4` address is left out: customers on IPv6 have none. The others are refused. */
  readonly format?: 'yyyyMMdd' | 'HHmmss' | 'ipv4';
  readonly ascii?: true;
  /** The BFF fills it; a caller who sends it is refused. */
  readonly filled?: 'merchant' | 'date' | 'time';
};

/** One answer field. Answers are read tolerantly: lengths are not checked. */
export type AnswerField = {
  readonly encrypted?: true;
  readonly optional?: true;
  /** Other spellings seen on the wire. */
  readonly aliases?: readonly string[];
  /** Must equal the request's field of the same name. Some names always must: see `open`. */
  readonly echo?: true;
  /** A refusal with one of these codes may repeat an earlier request's value instead. */
  readonly earlierIf?: readonly string[];
  /** The field is a list of records. */
  readonly records?: AnswerFields;
};

export type Fields = Readonly<Record<string, Field>>;
export type AnswerFields = Readonly<Record<string, AnswerField>>;

/** Whether a repeat of the call could move money or bind an account twice. */
export type Effect = 'read' | 'verify' | 'once';

export type Endpoint = {
  readonly path: `/v${1 | 2}/api/${string}`;
  readonly group: 'authentication' | 'account' | 'transfer' | 'recurring' | 'inquiry';
  readonly hdInfo: string;
  /** What the call does to the world: nothing, a message or phone call, or something that must never happen twice. */
  readonly effect: Effect;
  /** In wire order, without `hdInfo` (first) and `pktHash` (last). */
  readonly request: Fields;
  /** What `pktHash` covers, in this order; the hash key follows. `false`: the call has no hash. */
  readonly hash: readonly string[] | false;
  /** Values of `outStatCd` that this endpoint alone has, besides 0021 and 0031. */
  readonly statuses?: readonly string[];
  /** Answer fields besides `outStatCd`, `outRsltCd` and `outRsltMsg`. */
  readonly answer: AnswerFields;
};

type RequiredName<R extends Fields> = {
  [K in keyof R & string]: R[K] extends { readonly optional: true } ? never : K;
}[keyof R & string];

/** Checks one entry: a hash name that is misspelt, or optional in the request, does not compile. */
export function endpoint<
  const R extends Fields,
  const A extends AnswerFields,
  const H extends readonly RequiredName<R>[] | false,
  const E extends Omit<Endpoint, 'request' | 'answer' | 'hash'>,
>(entry: E & { request: R; hash: H; answer: A }): E & { request: R; hash: H; answer: A } {
  return entry;
}

/* The words in which the tables below are written. */

export const text = <const N extends number>(max: N) => ({ kind: 'AN', max }) as const;
export const digits = <const N extends number>(max: N) => ({ kind: 'N', max }) as const;
export const letters = <const N extends number>(max: N) => ({ kind: 'A', max }) as const;
export const secret = <const F extends Field>(field: F) => ({ ...field, encrypted: true }) as const;
export const optional = <const F extends Field>(field: F) => ({ ...field, optional: true }) as const;
export const ascii = <const F extends Field>(field: F) => ({ ...field, ascii: true }) as const;
export const counted = <const F extends Field, const U extends LengthUnit>(field: F, unit: U) =>
  ({ ...field, unit }) as const;
export const oneOf = <const F extends Field, const V extends readonly string[]>(field: F, values: V) =>
  ({ ...field, values }) as const;
export const requiredIf = <const F extends Field, const V extends readonly string[]>(
  name: string,
  values: V,
  field: F,
  byDefault?: V[number],
) =>
  ({
    ...field,
    optional: true,
    requiredIf: { field: name, in: values, ...(byDefault === undefined ? {} : { default: byDefault }) },
  }) as const;

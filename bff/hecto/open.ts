import type { AnswerField, AnswerFields } from '../../shared/hecto/contract.ts';
import { status } from '../../shared/hecto/codes.ts';
import { endpointOf, type AnswerOf, type EndpointName } from '../../shared/hecto/endpoints.ts';
import { decrypt, type HectoKeys } from './cipher.ts';
import type { PlainValues } from './check.ts';
import { InvalidAnswer } from './errors.ts';

/** The three fields that every answer has. `outRsltMsg` is Hecto's text: never for customers. */
export type Result = {
  readonly outStatCd: string;
  readonly outRsltCd?: string;
  readonly outRsltMsg?: string;
};

export type Answer<N extends EndpointName> = AnswerOf<N> & Result;

type Json = Readonly<Record<string, unknown>>;
type Row = Record<string, string>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads an answer: the fields of the contract, decrypted; whatever else Hecto adds is dropped (H14). A field
 * that cannot be decrypted is absent, never its ciphertext; an empty one is absent too. Throws InvalidAnswer
 * when it is no object, has no `outStatCd`, or a field is of the wrong type. Pure.
 */
export function open<N extends EndpointName>(name: N, json: unknown, keys: HectoKeys): Answer<N> {
  if (!isObject(json)) throw new InvalidAnswer(name, 'unreadable');
  const opened: Record<string, string | Row[]> = {};
  for (const field of ['outStatCd', 'outRsltCd', 'outRsltMsg']) {
    const value = raw(json, field);
    if (value === undefined) continue;
    if (typeof value !== 'string') throw new InvalidAnswer(name, 'unreadable', { field });
    opened[field] = value;
  }
  if (opened['outStatCd'] === undefined) throw new InvalidAnswer(name, 'unreadable', { field: 'outStatCd' });

  for (const [field, rule] of Object.entries(endpointOf(name).answer)) {
    const value = present(json, field, rule);
    if (value === undefined) continue;
    if (rule.records ? !Array.isArray(value) : !isScalar(value))
      throw new InvalidAnswer(name, 'unreadable', { field });
    const read = rule.records ? rows(value as unknown[], rule.records, keys) : scalar(value, rule, keys);
    if (read !== undefined) opened[field] = read;
  }
  return opened as Answer<N>;
}

/** Hecto repeats these in many answers, also where its tables do not say so. */
const echoed = ['mchtTrdNo', 'mchtCustId', 'bankCd', 'trdAmt'];

/**
 * The name of a repeated field that is not what was sent: then the answer is not to be believed (H6). Answers
 * carry no hash, so this comparison is all that ties one to its request.
 */
export function differingEcho(
  name: EndpointName,
  json: unknown,
  plain: PlainValues,
  keys: HectoKeys,
): string | undefined {
  const { answer, request } = endpointOf(name);
  if (!isObject(json)) return undefined;
  const compared = [...echoed, ...Object.keys(answer).filter((field) => answer[field]?.echo)];
  const refusal = json['outStatCd'] === status.refused ? json['outRsltCd'] : undefined;
  return compared.find((field) => {
    if (plain[field] === undefined) return false;
    if (answer[field]?.earlierIf?.some((code) => code === refusal)) return false;
    const rule = answer[field] ?? (request[field]?.encrypted ? { encrypted: true } : {});
    const value = present(json, field, rule);
    if (value === undefined) return false;
    if (!isScalar(value)) return true;
    const told = scalar(value, rule, keys);
    return told !== undefined && told !== plain[field];
  });
}

const isScalar = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

const raw = (json: Json, name: string): unknown => {
  const value = Object.hasOwn(json, name) ? json[name] : undefined;
  return value === null ? undefined : value;
};

function present(json: Json, name: string, { aliases = [] }: Pick<AnswerField, 'aliases'>): unknown {
  const values = [name, ...aliases].map((spelling) => raw(json, spelling));
  return values.find((value) => value !== undefined && value !== '');
}

function scalar(
  value: unknown,
  { encrypted }: Pick<AnswerField, 'encrypted'>,
  keys: HectoKeys,
): string | undefined {
  const text = String(value);
  return encrypted ? decrypt(text, keys) : text;
}

/** Records are read one by one: a broken field or record never hides the others. */
function rows(values: unknown[], fields: AnswerFields, keys: HectoKeys): Row[] {
  return values.filter(isObject).map((json) => {
    const row: Row = {};
    for (const [field, rule] of Object.entries(fields)) {
      const value = present(json, field, rule);
      const read = isScalar(value) ? scalar(value, rule, keys) : undefined;
      if (read !== undefined) row[field] = read;
    }
    return row;
  });
}

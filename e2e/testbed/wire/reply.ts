import type { AnswerFields } from '../../../shared/hecto/contract.ts';
import { endpointOf, type EndpointName } from '../../../shared/hecto/endpoints.ts';
import { encrypt, type Keys } from './cipher.ts';
import { messageOf, success } from './result-messages.ts';

/** What a rule decided: both codes and whatever answer fields it has, in plain. */
export type Verdict = {
  readonly status: string;
  readonly code: string;
  readonly fields: object;
  /** The answer never arrives. */
  readonly lost?: true;
};

export const accepted = <F>(fields: F) => ({ status: '0021', code: success, fields });

/** A refusal. A few carry fields all the same: ST08 describes the account that is registered. */
export function refused(code: string): { status: string; code: string; fields: object };
export function refused<F>(code: string, fields: F): { status: string; code: string; fields: F };
export function refused(code: string, fields: object = {}) {
  return { status: '0031', code, fields };
}

/** The wire form of a verdict: contract order, marked fields encrypted, absent ones left out. */
export function reply(name: EndpointName, verdict: Verdict, keys: Keys): Record<string, unknown> {
  const { answer } = endpointOf(name);
  return {
    outStatCd: verdict.status,
    outRsltCd: verdict.code,
    outRsltMsg: messageOf(verdict.code),
    ...sealFields(answer, verdict.fields, keys, verdict.status === '0021'),
  };
}

function sealFields(
  contract: AnswerFields,
  values: object,
  keys: Keys,
  whole: boolean,
): Record<string, unknown> {
  const given = new Map<string, unknown>(Object.entries(values));
  const sealed: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(contract)) {
    const value = given.get(name);
    given.delete(name);
    if (value === undefined) {
      if (whole && !field.optional) throw new Error(`The testbed owes ${name}`);
    } else if (field.records) {
      const records = field.records;
      sealed[name] = (value as object[]).map((record) => sealFields(records, record, keys, whole));
    } else if (typeof value === 'string') {
      sealed[name] = field.encrypted ? encrypt(value, keys) : value;
    } else {
      throw new Error(`${name} is not a string`);
    }
  }
  if (given.size > 0) throw new Error(`The contract knows no ${[...given.keys()].join(', ')}`);
  return sealed;
}

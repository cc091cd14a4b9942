import type { Endpoint, Field } from './contract.ts';
import { account } from './endpoints/account.ts';
import { authentication } from './endpoints/authentication.ts';
import { inquiry } from './endpoints/inquiry.ts';
import { recurring, transfer } from './endpoints/transfer.ts';

/** All 32 calls. From this one table come types, encryption, hashes, checks and the testbed's routes. */
export const endpoints = { ...authentication, ...account, ...transfer, ...recurring, ...inquiry } as const;

export type EndpointName = keyof typeof endpoints;
export const endpointNames = Object.keys(endpoints) as EndpointName[];

/** The entry of one endpoint, typed for code that treats all 32 alike. */
export const endpointOf = (name: EndpointName): Endpoint => endpoints[name];

export const isEndpointName = (name: string): name is EndpointName => Object.hasOwn(endpoints, name);

type RequestFields<N extends EndpointName> = (typeof endpoints)[N]['request'];
type Callers<R> = { [K in keyof R as R[K] extends { filled: string } ? never : K]: R[K] };
type OptionalIn<R> = { [K in keyof R]: R[K] extends { optional: true } ? K : never }[keyof R];

/** What a caller gives: plain values; `hdInfo`, `mchtId`, the request's own time stamp and `pktHash` are filled in. */
export type RequestOf<N extends EndpointName> = {
  [K in Exclude<keyof Callers<RequestFields<N>>, OptionalIn<Callers<RequestFields<N>>>>]: string;
} & { [K in OptionalIn<Callers<RequestFields<N>>>]?: string | undefined };

type RecordsOf<R> = { [K in keyof R]?: string };
/** What an answer holds once opened. Hecto leaves out what it likes, so every field may be absent. */
export type AnswerOf<N extends EndpointName> = {
  [K in keyof (typeof endpoints)[N]['answer']]?: (typeof endpoints)[N]['answer'][K] extends {
    records: infer R;
  }
    ? RecordsOf<R>[]
    : string;
};

/** Whether the field must have a value, given the plain values of the others. */
export function isRequired(field: Field, values: Readonly<Record<string, string | undefined>>): boolean {
  if (!field.optional) return true;
  const rule = field.requiredIf;
  if (!rule) return false;
  const decider = values[rule.field] ?? rule.default;
  return decider !== undefined && rule.in.includes(decider);
}

/**
 * Promises that the compiler keeps: each `@ts-expect-error` fails the type check as soon as the mistake below
 * it would be accepted.
 */
import { expect, test } from 'vitest';
import { digits, endpoint, optional, secret, text } from './contract.ts';
import type { AnswerOf, RequestOf } from './endpoints.ts';

const entry = { path: '/v1/api/x', group: 'inquiry', hdInfo: 'X', effect: 'read', answer: {} } as const;
const request = { mchtId: text(8), trdAmt: digits(13), custIp: optional(text(15)), name: secret(text(60)) };

test('a hash may cover the required fields of its request and nothing else', () => {
  const good = endpoint({ ...entry, request, hash: ['mchtId', 'trdAmt', 'name'] });
  expect(good.hash).toEqual(['mchtId', 'trdAmt', 'name']);
  // @ts-expect-error a misspelt name
  endpoint({ ...entry, request, hash: ['mchtid', 'trdAmt'] });
  // @ts-expect-error an optional field
  endpoint({ ...entry, request, hash: ['mchtId', 'custIp'] });
  // @ts-expect-error a path outside the API
  endpoint({ ...entry, path: '/v3/x', request, hash: false });
});

test('a request needs its required fields, and takes none that the BFF fills in', () => {
  const check: RequestOf<'mobileVerificationCheck'> = { tid: 't', trdNo: 'n' };
  expect(check).toEqual({ tid: 't', trdNo: 'n' });
  // @ts-expect-error trdNo is missing
  const withoutTrdNo: RequestOf<'mobileVerificationCheck'> = { tid: 't' };
  // @ts-expect-error the BFF fills in mchtId
  const withMerchant: RequestOf<'mobileVerificationCheck'> = { tid: 't', trdNo: 'n', mchtId: 'midtest' };
  // @ts-expect-error the BFF fills in the time
  const withTime: RequestOf<'mobileVerificationCheck'> = { tid: 't', trdNo: 'n', reqTm: '101010' };
  // @ts-expect-error a name that does not exist
  const misspelt: RequestOf<'mobileVerificationCheck'> = { tid: 't', trdNo: 'n', authno: '123456' };
  // @ts-expect-error values are strings
  const withNumber: RequestOf<'mobileVerificationCheck'> = { tid: 't', trdNo: 1 };
  expect([withoutTrdNo, withMerchant, withTime, misspelt, withNumber]).toHaveLength(5);
});

test('an answer has the fields of its endpoint, each of which may be absent', () => {
  const answer: AnswerOf<'accountList'> = { acntRecords: [{ recordBankCd: '088' }] };
  expect(answer.acntRecords?.[0]?.recordBankCd).toBe('088');
  // @ts-expect-error an answer field of another endpoint
  expect(answer.custAcntKey).toBeUndefined();
  // @ts-expect-error it may be absent
  const count: string = answer.dataCnt;
  expect(count).toBeUndefined();
});

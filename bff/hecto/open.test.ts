import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endpointNames, endpointOf } from '../../shared/hecto/endpoints.ts';
import golden from '../../shared/hecto/vectors.json' with { type: 'json' };
import { encrypt } from './cipher.ts';
import { InvalidAnswer, Unknown } from './errors.ts';
import { differingEcho, open } from './open.ts';

const { keys } = golden;
const accepted = { outStatCd: '0021', outRsltCd: '0000', outRsltMsg: '성공' };

describe('opening an answer', () => {
  test('gives the fields of the contract, decrypted', () => {
    const json = {
      ...accepted,
      mchtCustId: encrypt('cust-1', keys),
      bankCd: '088',
      custAcntNo: '110***876',
      custAcntKey: 'key-1',
      svcDivCd: '1',
      trdNo: 'T1',
    };
    expect(open('accountRegistration', json, keys)).toEqual({ ...json, mchtCustId: 'cust-1' });
  });

  test.each(endpointNames)('of %s drops whatever is not in its contract (H14)', (name) => {
    const extra = { ...accepted, surprise: 'x', hdInfo: 'x', pktHash: 'x', ['__proto__x']: 'x' };
    expect(open(name, extra, keys)).toEqual(accepted);
  });

  test.each(endpointNames)('of %s opens each of its encrypted fields, in records too', (name) => {
    const { answer } = endpointOf(name);
    const json: Record<string, unknown> = { ...accepted };
    const plain: Record<string, unknown> = { ...accepted };
    for (const [field, { encrypted, records }] of Object.entries(answer)) {
      const row = Object.keys(records ?? {});
      json[field] = records
        ? [
            Object.fromEntries(
              row.map((key) => [key, records[key]?.encrypted ? encrypt('가나', keys) : '가나']),
            ),
          ]
        : encrypted
          ? encrypt('가나', keys)
          : '가나';
      plain[field] = records ? [Object.fromEntries(row.map((key) => [key, '가나']))] : '가나';
    }
    expect(open(name, json, keys)).toEqual(plain);
  });

  test('knows the small L that Hecto prints for a capital I', () => {
    const json = { ...accepted, mchtCustld: encrypt('cust-1', keys) };
    expect(open('paymentPasswordConfirm', json, keys)).toEqual({ ...accepted, mchtCustId: 'cust-1' });
  });

  test('S88 a field that cannot be decrypted is absent, never its ciphertext', () => {
    for (const mchtCustNm of ['홍길동', 'AAAA', 'n5SgqAlrrx6LQW+DGcQ/Yg==', ''])
      expect(open('accountHolderNameInquiry', { ...accepted, mchtCustNm }, keys)).toEqual(accepted);
  });

  test('takes null and nothing for the same', () => {
    expect(open('payment', { ...accepted, outRsltMsg: null, trdNo: null, trdAmt: '' }, keys)).toEqual({
      outStatCd: '0021',
      outRsltCd: '0000',
    });
  });

  test('a broken record hides no other', () => {
    const acntRecords = [
      null,
      'x',
      [],
      { recordBankCd: ['088'], recordCustAcntKey: 'k1' },
      { recordBankCd: 4 },
    ];
    expect(open('accountList', { ...accepted, acntRecords }, keys).acntRecords).toEqual([
      { recordCustAcntKey: 'k1' },
      { recordBankCd: '4' },
    ]);
  });
});

describe('what is no answer', () => {
  test.each([
    ['null', null],
    ['a list', [accepted]],
    ['a text', '0021'],
    ['a number', 21],
    ['no status', { outRsltCd: '0000' }],
    ['a number for a status', { outStatCd: 21 }],
    ['null for a status', { outStatCd: null }],
    ['a list for a status', { outStatCd: ['0021'] }],
    ['a number for a result code', { ...accepted, outRsltCd: 0 }],
    ['an object for a field', { ...accepted, trdNo: {} }],
    ['true for a field', { ...accepted, trdNo: true }],
  ])('%s is InvalidAnswer, which is Unknown', (_, json) => {
    const attempt = () => open('payment', json, keys);
    expect(attempt).toThrow(InvalidAnswer);
    expect(attempt).toThrow(Unknown);
  });

  test('records that are no list are InvalidAnswer', () => {
    expect(() => open('accountList', { ...accepted, acntRecords: {} }, keys)).toThrow(InvalidAnswer);
  });

  test('any JSON is opened or InvalidAnswer, nothing else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...endpointNames), fc.jsonValue(), fc.boolean(), (name, json, dressed) => {
        const answer = dressed ? { ...accepted, ...(Object(json) as object) } : json;
        try {
          expect(typeof open(name, answer, keys).outStatCd).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidAnswer);
        }
      }),
    );
  });
});

describe('H6 repeated fields', () => {
  const plain = { mchtTrdNo: 'O1', mchtCustId: 'cust-1', bankCd: '088', trdAmt: '1000', trdNo: 'T1' };

  test.each([
    ['payment', { mchtTrdNo: 'O1', trdAmt: '1000', bankCd: '088', mchtCustId: encrypt('cust-1', keys) }],
    ['payment', { trdAmt: 1000 }],
    ['payment', { mchtTrdNo: '', trdAmt: null }],
    ['accountRegistration', { mchtCustId: 'AAAA' }],
    ['paymentCancel', { trdNo: 'a new one' }],
    ['accountRegistration', { trdNo: 'a new one' }],
    ['arsCheck', { trdNo: 'T1' }],
  ] as const)('of %s are in order: %j', (name, json) => {
    expect(differingEcho(name, { ...accepted, ...json }, plain, keys)).toBeUndefined();
  });

  test.each([
    ['payment', 'mchtTrdNo', 'O2'],
    ['payment', 'mchtTrdNo', 'O1 '],
    ['payment', 'trdAmt', '1001'],
    ['payment', 'trdAmt', 1001],
    ['payment', 'trdAmt', ['1000']],
    ['payment', 'bankCd', '004'],
    ['payment', 'mchtCustId', encrypt('cust-2', keys)],
    ['accountRegistration', 'mchtCustId', encrypt('cust-2', keys)],
    ['paymentPasswordConfirm', 'mchtCustId', encrypt('cust-2', keys)],
    ['arsCheck', 'trdNo', 'T2'],
  ] as const)('of %s: %s that is %j differs', (name, field, value) => {
    expect(differingEcho(name, { ...accepted, [field]: value }, plain, keys)).toBe(field);
  });
});

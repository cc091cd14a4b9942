import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Field } from '../../shared/hecto/contract.ts';
import { endpointNames, endpointOf, isEndpointName, isRequired } from '../../shared/hecto/endpoints.ts';
import { examples } from '../../shared/hecto/examples.ts';
import golden from '../../shared/hecto/vectors.json' with { type: 'json' };
import { instantOfKst } from '../../shared/values/kst.ts';
import { lengthOf } from './check.ts';
import { decrypt } from './cipher.ts';
import { InvalidRequest } from './errors.ts';
import { seal } from './seal.ts';

const { keys } = golden;
const now = new Date('2026-11-23T01:00:00Z');
const wireOf = ({ body }: { body: string }) => JSON.parse(body) as Record<string, string>;
const sealing = { keys, merchantId: 'midtest', now };

describe('S88 golden vectors', () => {
  test.each(golden.vectors)('$endpoint, $case: byte for byte', (vector) => {
    const { endpoint: name, plain, hashInput, pktHash, wireBody } = vector;
    if (!isEndpointName(name)) throw new Error(name);
    const given: Record<string, string | undefined> = { ...plain };
    const rules = Object.entries(endpointOf(name).request);
    const stamped = (kind: string) => rules.find(([, { filled }]) => filled === kind)?.[0] ?? '';
    const at = instantOfKst(given[stamped('date')] ?? '', given[stamped('time')] ?? '');
    const request = Object.fromEntries(
      Object.entries(given).filter(([field]) => !endpointOf(name).request[field]?.filled),
    );

    const sealed = seal(name, request, { ...sealing, now: at });
    expect(sealed.body).toBe(wireBody);
    expect(sealed.plain).toEqual(plain);
    expect(createHash('sha256').update(hashInput).digest('hex')).toBe(pktHash);

    const wire = wireOf(sealed);
    for (const [field, { encrypted }] of rules) {
      const value = wire[field];
      if (value !== undefined) expect(encrypted ? decrypt(value, keys) : value).toBe(given[field]);
    }
  });
});

/** Any value that a field may hold, by its own rules. */
function valueOf(field: Field): fc.Arbitrary<string> {
  if (field.values) return fc.constantFrom(...field.values);
  if (field.format === 'yyyyMMdd') return fc.constantFrom('20261123', '20280229', '19991231');
  if (field.format === 'HHmmss') return fc.constantFrom('000000', '235959');
  if (field.format === 'ipv4') return fc.ipV4();
  const length = field.plainLength ?? field.max;
  if (field.kind === 'N')
    return fc.stringMatching(new RegExp(`^[0-9]{${field.plainLength ?? 1},${length}}$`));
  const characters = field.ascii ? 'abcXYZ019-_./ ' : 'abcXYZ019-_./ 가힣漢é😀';
  return fc
    .string({ unit: fc.constantFrom(...Array.from(characters)), minLength: 1, maxLength: length })
    .filter((value) => lengthOf(field, value) <= field.max);
}

describe.each(endpointNames)('S40 S88 any valid request of %s', (name) => {
  const endpoint = endpointOf(name);
  const request = fc
    .record(
      Object.fromEntries(
        Object.entries(endpoint.request)
          .filter(([, { filled }]) => !filled)
          .map(([field, rule]) => [field, valueOf(rule)]),
      ),
      { requiredKeys: [] },
    )
    .map((given) => {
      const known = given as Record<string, string>;
      // Fill what turns out to be required with the example's value.
      for (const [field, rule] of Object.entries(endpoint.request))
        if (!rule.filled && known[field] === undefined && isRequired(rule, known))
          known[field] = examples[name][field] ?? '';
      return known;
    });

  test('is sealed so that the wire gives the same values back, and hashed in the order of the contract', () => {
    fc.assert(
      fc.property(
        request,
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (given, at) => {
          const { body, plain, sent } = seal(name, given, { ...sealing, now: at });
          const wire = wireOf({ body });
          const names = ['hdInfo', ...Object.keys(endpoint.request), 'pktHash'];
          expect(Object.keys(wire)).toEqual(names.filter((field) => wire[field] !== undefined));

          for (const [field, { encrypted, filled }] of Object.entries(endpoint.request)) {
            const value = wire[field];
            const opened = value !== undefined && encrypted ? decrypt(value, keys) : value;
            if (filled)
              expect(opened).toBe({ merchant: 'midtest', date: sent.date, time: sent.time }[filled]);
            else expect(opened).toBe(given[field]);
            expect(plain[field]).toBe(opened);
            if (encrypted && value !== undefined) expect(value).not.toBe(opened);
          }
          const covered = endpoint.hash && endpoint.hash.map((field) => plain[field]).join('') + keys.hashKey;
          expect(wire['pktHash']).toBe(
            covered ? createHash('sha256').update(covered).digest('hex') : undefined,
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('what the BFF fills in', () => {
  test('R26 date and time are of one Korean instant', () => {
    const { body, sent } = seal('bankList', {}, { ...sealing, now: new Date('2026-12-31T14:59:59.999Z') });
    expect(sent).toEqual({ date: '20261231', time: '235959' });
    expect(JSON.parse(body)).toMatchObject({ mchtId: 'midtest', reqDt: '20261231', reqTm: '235959' });
  });

  test('R29 an inquiry says the original date of the order, not its own', () => {
    const request = { pktDivCd: 'RP', mchtTrdNo: 'O1', mchtTrdDt: '20261122' };
    expect(JSON.parse(seal('transactionResult', request, sealing).body)).toMatchObject({
      mchtTrdDt: '20261122',
      reqDt: '20261123',
    });
  });

  test('hdInfo is the printed one unless it is overridden', () => {
    expect(
      wireOf(seal('accountHolderNameConfirm', examples.accountHolderNameConfirm, sealing))['hdInfo'],
    ).toBe('SP_NA00_1.0');
    const overridden = seal('accountHolderNameConfirm', examples.accountHolderNameConfirm, {
      ...sealing,
      hdInfo: 'SPAY_NN00_1.0',
    });
    expect(wireOf(overridden)['hdInfo']).toBe('SPAY_NN00_1.0');
  });
});

test('an invalid request is an error that names fields and holds no value', () => {
  const attempt = () =>
    seal('paymentPasswordConfirm', { ...examples.paymentPasswordConfirm, pmtPwd: '98x765' }, sealing);
  expect(attempt).toThrow(InvalidRequest);
  expect(attempt).toThrow('paymentPasswordConfirm: pmtPwd must be digits only');
  expect(attempt).not.toThrow('98x765');
});

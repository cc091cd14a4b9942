import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endpointNames, endpointOf, type EndpointName } from '../../shared/hecto/endpoints.ts';
import { examples } from '../../shared/hecto/examples.ts';
import { check, lengthOf } from './check.ts';

const errorsOf = (name: EndpointName, input: unknown) => {
  const checked = check(endpointOf(name), input);
  return 'errors' in checked ? checked.errors : [];
};
const valuesOf = (name: EndpointName, input: unknown) => {
  const checked = check(endpointOf(name), input);
  return 'values' in checked ? checked.values : undefined;
};
const without = (request: Readonly<Record<string, string>>, ...names: string[]) =>
  Object.fromEntries(Object.entries(request).filter(([name]) => !names.includes(name)));
/** The one message about `field` when it has this value and all else is right. */
const faultWith = (name: EndpointName, field: string, value: unknown) => {
  const errors = errorsOf(name, { ...examples[name], [field]: value });
  expect(errors.map((error) => error.field)).toEqual(errors.length ? [field] : []);
  return errors[0]?.message;
};

describe('S40 every endpoint', () => {
  test.each(endpointNames)(
    '%s takes a request with all its fields, and one with none but the required',
    (name) => {
      expect(errorsOf(name, examples[name])).toEqual([]);
      const required = Object.entries(examples[name]).filter(
        ([field]) => !endpointOf(name).request[field]?.optional,
      );
      const conditional = name === 'accountRegistration' ? { authMthdCd: 'WR' } : {};
      expect(errorsOf(name, { ...Object.fromEntries(required), ...conditional })).toEqual([]);
    },
  );

  test.each(endpointNames)(
    '%s names each required field that is missing, in the order of the contract',
    (name) => {
      const required = Object.entries(endpointOf(name).request).filter(
        ([, field]) => !field.optional && !field.filled,
      );
      const errors = errorsOf(name, {});
      expect(errors.filter(({ message }) => message === 'is required').map(({ field }) => field)).toEqual(
        required.map(([field]) => field),
      );
    },
  );

  test.each(endpointNames)('%s refuses whatever the BFF fills in', (name) => {
    const filled = Object.entries(endpointOf(name).request).filter(([, { filled }]) => filled);
    for (const field of [...filled.map(([field]) => field), 'hdInfo', 'pktHash'])
      for (const value of ['20261123', '', null, 1])
        expect(faultWith(name, field, value)).toBe('is filled in by the BFF and must not be given');
  });

  test.each(endpointNames)('%s refuses every forbidden and control character in every field', (name) => {
    const characters = Array.from(":&?'<>\n\r\t\0\u001b\u007f\u0085\u2028\u2029");
    for (const field of Object.keys(examples[name]))
      for (const character of characters)
        expect(faultWith(name, field, `1${character}2`), field).toBeDefined();
  });

  test.each(endpointNames)('%s refuses values that are not strings', (name) => {
    for (const field of Object.keys(examples[name]))
      for (const value of [1, true, null, ['1'], { toString: () => '1' }, 1n, Symbol('1'), () => '1'])
        expect(faultWith(name, field, value)).toBe('must be a string');
  });

  test.each(endpointNames)('%s keeps to each length, counted in the unit of the field', (name) => {
    for (const [field, rule] of Object.entries(endpointOf(name).request)) {
      if (rule.filled || rule.values || rule.format || rule.plainLength !== undefined) continue;
      const fits = '1'.repeat(rule.max);
      expect(faultWith(name, field, fits), field).toBeUndefined();
      expect(faultWith(name, field, `${fits}1`), field).toContain(`at most ${rule.max}`);
    }
  });

  test('fields without a value are absent', () => {
    const absent = valuesOf('arsRequest', { ...examples.arsRequest, payerNo: '', mchtTrdNo: undefined });
    expect(Object.keys(absent ?? {})).not.toContain('payerNo');
    expect(Object.keys(absent ?? {})).not.toContain('mchtTrdNo');
    expect(faultWith('arsRequest', 'mchtCustId', '')).toBe('is required');
  });

  test('a field of no contract is refused; its name is repeated only if it looks like one', () => {
    expect(faultWith('arsRequest', 'authno', '1')).toBe('is not a field of this call');
    for (const name of ['__proto__', '010-1234-5678', 'x'.repeat(40), '<b>'])
      expect(
        errorsOf('arsRequest', { ...examples.arsRequest, ...JSON.parse(`{${JSON.stringify(name)}: "1"}`) }),
      ).toEqual([{ field: '(unnamed)', message: 'is not a field of this call' }]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each([[null], ['text'], [1], [[]], [undefined]])('%j is no request', (input) => {
    expect(errorsOf('arsRequest', input)).toEqual([{ field: '', message: 'must be an object' }]);
  });

  test('no error ever repeats a value, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...endpointNames),
        fc.dictionary(fc.constantFrom('mchtCustId', 'uii', 'pmtPwd', 'custAcntNo', 'bankCd'), fc.string()),
        (name, input) => {
          const marked = Object.fromEntries(
            Object.entries(input).map(([key, value]) => [key, `CANARY&${value}`]),
          );
          expect(JSON.stringify(errorsOf(name, marked))).not.toContain('CANARY');
        },
      ),
    );
  });
});

describe('S41 kinds and formats', () => {
  test.each([
    ['bankCd', ['12', '1234', '08a', '０８８', ' 88'], 'must be'],
    ['cphoneNo', ['0101234567a', '010-1234-5678', '+821012345678'], 'must be digits only'],
    ['authNo', ['12345６', '1 2'], 'must be digits only'],
  ] as const)('%s is digits', (field, wrong, message) => {
    for (const value of wrong) expect(faultWith('arsRequest', field, value)).toContain(message);
  });

  test('a bank code has three digits, no more and no fewer', () => {
    expect(faultWith('arsRequest', 'bankCd', '88')).toBe('must be exactly 3 long');
    expect(faultWith('arsRequest', 'bankCd', '0088')).toBe('must be exactly 3 long');
  });

  test('an amount is digits: no sign, no decimals, no exponent, no separators', () => {
    for (const value of ['-1', '+1', '1.5', '1e3', '1,000', '0x10', ' 1', '１'])
      expect(faultWith('payment', 'trdAmt', value)).toBe('must be digits only');
    expect(faultWith('payment', 'trdAmt', '9'.repeat(13))).toBeUndefined();
  });

  test('a payment password is exactly six digits', () => {
    for (const value of ['12345', '1234567', '12345678901234567890'])
      expect(faultWith('paymentPasswordConfirm', 'pmtPwd', value)).toBe('must be exactly 6 long');
    expect(faultWith('paymentPasswordConfirm', 'pmtPwd', '12345a')).toBe('must be digits only');
    expect(faultWith('paymentPasswordConfirm', 'pmtPwd', '000000')).toBeUndefined();
  });

  test('dates are real', () => {
    for (const day of ['20260229', '20261301', '20260431', '2026112', '202611233', '00000101'])
      expect(faultWith('transactionResult', 'mchtTrdDt', day)).toBeDefined();
    expect(faultWith('transactionResult', 'mchtTrdDt', '20280229')).toBeUndefined();
    expect(faultWith('ownershipVerificationHistory', 'orgTrdDt', '2026112x')).toBe(
      'must be a real date as yyyyMMdd',
    );
  });

  test('closed lists are closed, and say what they hold', () => {
    expect(faultWith('mobileVerificationRequest', 'telecomCd', '7')).toBe(
      'must be 1 or 2 or 3 or 4 or 5 or 6',
    );
    expect(faultWith('payment', 'rglPmtYn', 'y')).toBe('must be Y or N');
  });

  test('an order number is ASCII', () => {
    expect(faultWith('payment', 'mchtTrdNo', '주문-1')).toBe('must be ASCII');
    expect(faultWith('payment', 'mchtTrdNo', 'order-é')).toBe('must be ASCII');
  });

  test('half of a character is refused', () => {
    for (const value of ['김\ud83d', '\ude00김'])
      expect(faultWith('arsRequest', 'mchtCustNm', value)).toContain('well-formed');
    expect(faultWith('arsRequest', 'mchtCustNm', '김😀')).toBeUndefined();
  });
});

describe('fields that others require', () => {
  test('a receipt needs its four fields as soon as it is asked for', () => {
    const bare = without(examples.payment, 'taxTypeCd', 'csrcRegProposYn', 'csrcRegNoDivCd', 'csrcRegNo');
    expect(errorsOf('payment', { ...bare, csrcIssReqYn: 'N' })).toEqual([]);
    expect(errorsOf('payment', { ...bare, csrcIssReqYn: 'Y' })).toEqual(
      ['taxTypeCd', 'csrcRegProposYn', 'csrcRegNoDivCd', 'csrcRegNo'].map((field) => ({
        field,
        message: 'is required when csrcIssReqYn is Y',
      })),
    );
  });

  test('a registration is by phone call unless it says otherwise', () => {
    const bare = without(examples.accountRegistration, 'trdNo', 'authMthdCd');
    const missing = [{ field: 'trdNo', message: 'is required when authMthdCd is ARS' }];
    expect(errorsOf('accountRegistration', bare)).toEqual(missing);
    expect(errorsOf('accountRegistration', { ...bare, authMthdCd: '' })).toEqual(missing);
    expect(errorsOf('accountRegistration', { ...bare, authMthdCd: 'WR' })).toEqual([]);
  });

  test('remittance from an account at KFCC needs its password', () => {
    const bare = without(examples.remittance, 'macntPwd');
    expect(errorsOf('remittance', { ...bare, macntBankCd: '088' })).toEqual([]);
    expect(errorsOf('remittance', { ...bare, macntBankCd: '045' })).toEqual([
      { field: 'macntPwd', message: 'is required when macntBankCd is 045' },
    ]);
  });
});

describe('lengths', () => {
  test.each([
    ['utf8', '김민서', 9],
    ['utf8', '😀', 4],
    ['euckr', '김민서', 6],
    ['euckr', 'ＡＢ', 4],
    ['euckr', 'Ab1-', 4],
    ['characters', '김민서😀', 4],
    ['ciphertext', '123456', 24],
    ['ciphertext', '123456789012345', 24],
    ['ciphertext', '1234567890123456', 44],
  ] as const)('in %s, %s is %i long', (unit, value, length) => {
    expect(lengthOf({ kind: 'AN', max: 99, unit }, value)).toBe(length);
  });

  test.each([
    ['arsRequest', 'mchtCustNm', '가'.repeat(20), '가'.repeat(20) + 'a'],
    ['accountHolderNameInquiry', 'mchtCustNm', '가'.repeat(10), '가'.repeat(10) + 'a'],
    ['ownershipVerificationRequest', 'mchtCustNm', '가'.repeat(6) + 'ab', '가'.repeat(7)],
    ['ownershipVerificationRequest', 'remitterNm', '한강페이', '한강페이1'],
    ['accountOwnershipVerification', 'custAcntSumry', '가'.repeat(6), '가'.repeat(6) + 'a'],
    ['remittance', 'custAcntSumry', '가'.repeat(7), '가'.repeat(7) + 'a'],
    ['recurringPaymentApproval', 'custAcntSumry', '가'.repeat(7), '가'.repeat(8)],
    ['payment', 'custAcntSumry', '가'.repeat(10), '가'.repeat(10) + 'a'],
  ] as const)('%s takes %s up to its edge', (name, field, fits, tooLong) => {
    expect(faultWith(name, field, fits)).toBeUndefined();
    expect(faultWith(name, field, tooLong)).toContain('at most');
  });
});

describe('H12 the customer’s address', () => {
  test.each(['203.0.113.24', '::ffff:203.0.113.24', '::FFFF:203.0.113.24', ' 203.0.113.24 '])(
    '%j is sent as IPv4',
    (custIp) =>
      expect(valuesOf('arsCheck', { ...examples.arsCheck, custIp })).toMatchObject({
        custIp: '203.0.113.24',
      }),
  );
  test.each(['2001:db8::1', '::1', '2001:db8:1111:2222:3333:4444:5555:6666', ''])(
    '%j is left out, never cut and never refused',
    (custIp) => {
      const values = valuesOf('arsCheck', { ...examples.arsCheck, custIp });
      expect(values).toBeDefined();
      expect(Object.keys(values ?? {})).not.toContain('custIp');
    },
  );
  test.each(['203.0.113.256', '203.0.113', '<script>', 'localhost', '1'.repeat(16)])(
    '%j is no address and is refused',
    (custIp) => expect(faultWith('arsCheck', 'custIp', custIp)).toBeDefined(),
  );
});

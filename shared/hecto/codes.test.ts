import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalCodes } from '../api/refusals.ts';
import { arsCodes, arsOutcome, refusalOf, rejectCodes } from './codes.ts';
import { endpointNames } from './endpoints.ts';

/** Printed codes, and with them the three kinds of answer. Written down by hand from Hecto's table. */
const tryAgain =
  'ST01 ST02 ST11 ST12 ST13 ST14 ST17 ST20 ST21 ST24 ST26 ST27 ST28 ST32 ST33 ST37 ST41 ST52 ST60 ST61 ST66 ST67 ST72 ST86 ST87 ST99 SE01 SE02';
const final =
  'ST08 ST09 ST15 ST16 ST18 ST19 ST22 ST23 ST25 ST34 ST35 ST43 ST44 ST51 ST53 ST62 ST63 ST64 ST65 ST68 ST69 ST70 ST75 ST76 SE03 SE04 SE05 1001';
const open = 'ST03 ST04 ST05 ST06 ST07 ST10 ST29 ST30 ST31 ST36 ST38 ST39 ST40 ST42 ST50 VTIM';

describe('reject codes', () => {
  test('all 72 printed codes are known, and no other', () => {
    const printed = `${tryAgain} ${final} ${open}`.split(' ').toSorted();
    expect(Object.keys(rejectCodes).toSorted()).toEqual(printed);
    expect(printed).toHaveLength(72);
  });

  test.each([
    ['offers the step again', tryAgain, { terminal: true, retryable: true }],
    ['is the end of it', final, { terminal: true, retryable: false }],
    ['leaves the outcome open', open, { terminal: false, retryable: false }],
  ])('on a payment each of these %s: %s', (_, codes, expected) => {
    for (const code of codes.split(' ')) expect(refusalOf('payment', code), code).toMatchObject(expected);
  });

  test('R41 an outcome that is open is never called retryable, on no endpoint', () => {
    for (const endpoint of endpointNames)
      for (const code of [...Object.keys(rejectCodes), 'ST45', 'XX99', '']) {
        const { terminal, retryable } = refusalOf(endpoint, code);
        expect(terminal || !retryable, `${endpoint} ${code}`).toBe(true);
      }
  });

  test('S71 no account, no valid account, no payee and another holder are one and the same refusal', () => {
    for (const endpoint of [
      'accountHolderNameInquiry',
      'accountHolderNameConfirm',
      'accountRegistration',
    ] as const) {
      const answers = ['ST01', 'ST02', 'ST21', 'ST24'].map((code) =>
        JSON.stringify(refusalOf(endpoint, code)),
      );
      expect(new Set(answers)).toEqual(
        new Set(['{"code":"account-not-confirmed","terminal":true,"retryable":true}']),
      );
    }
  });

  test('S63 both blocks of account checks are one refusal until tomorrow', () => {
    for (const code of ['ST75', 'ST76'])
      expect(refusalOf('accountHolderNameInquiry', code)).toEqual({
        code: 'account-checks-exhausted',
        terminal: true,
        retryable: false,
      });
  });

  test('ST01 of the password check says that there is no password', () => {
    expect(refusalOf('paymentPasswordConfirm', 'ST01').code).toBe('password-not-set');
    expect(refusalOf('payment', 'ST01').code).toBe('account-not-confirmed');
  });

  test('PASS that is not approved yet can be asked about again', () => {
    expect(refusalOf('mobileVerificationCheck', 'ST38')).toMatchObject({
      code: 'pass-not-finished',
      retryable: true,
    });
    expect(refusalOf('payment', 'ST38')).toMatchObject({ code: 'request-pending', terminal: false });
  });

  test.each(['VTIM', 'ST04', 'ST05', 'ST07', 'ST10', 'ST36'])(
    'R22 %s keeps a registration or payment open, yet lets an inquiry be repeated',
    (code) => {
      for (const endpoint of ['payment', 'paymentCancel', 'remittance', 'accountRegistration'] as const)
        expect(refusalOf(endpoint, code)).toMatchObject({ terminal: false, retryable: false });
      for (const endpoint of ['transactionResult', 'transactionHistory', 'arsCheck'] as const)
        expect(refusalOf(endpoint, code)).toMatchObject({ terminal: false });
      for (const endpoint of [
        'accountHolderNameInquiry',
        'mobileVerificationRequest',
        'accountList',
      ] as const)
        expect(refusalOf(endpoint, code)).toMatchObject({ code: 'service-unavailable', retryable: true });
    },
  );

  test('H14 a code nobody printed is neither failure nor success where something was to happen', () => {
    fc.assert(
      fc.property(fc.string(), (code) => {
        fc.pre(!Object.hasOwn(rejectCodes, code));
        expect(refusalOf('payment', code)).toEqual({
          code: 'result-unknown',
          terminal: false,
          retryable: false,
        });
        expect(refusalOf('accountHolderNameInquiry', code).code).toBe('service-unavailable');
      }),
    );
    for (const code of ['__proto__', 'constructor', 'toString', 'ST45', 'ST98', '0021'])
      expect(refusalOf('payment', code).code).toBe('result-unknown');
  });

  test('every refusal has a name that the widget has a text for', () => {
    for (const { code } of Object.values(rejectCodes)) expect(refusalCodes).toContain(code);
    for (const outcome of Object.values(arsCodes))
      if (typeof outcome === 'object') expect(refusalCodes).toContain(outcome.refusal.code);
  });
});

describe('approval calls', () => {
  test.each([
    ['000', '0021', 'pending'],
    ['000', '0000', 'pending'],
    ['0', '0021', 'pending'],
    ['0000', '0021', 'pending'],
    ['00', '0000', 'pending'],
    ['100', '0021', 'pending'],
    ['999', '0031', 'pending'],
    ['1234', '0021', 'pending'],
    [undefined, '0021', 'pending'],
    ['00', '9999', 'pending'],
    ['00', '0021', 'approved'],
  ])('R30 H10 retCd %j with status %s is %s', (retCd, outStatCd, outcome) => {
    expect(arsOutcome(retCd, outStatCd)).toBe(outcome);
  });

  test.each([
    ['04', '0031', 'call-wrong-digits', true],
    ['08', '0031', 'call-no-digits', true],
    ['10', '0031', 'call-number-unreachable', true],
    ['11', '0031', 'call-declined', true],
    ['12', '0031', 'call-not-answered', true],
    ['20', '0031', 'call-cancelled', true],
    ['99', '0031', 'call-failed', true],
    ['700', '0031', 'call-not-requested', true],
    ['800', '0031', 'call-not-placed', true],
    ['005', '0031', 'request-not-accepted', false],
    ['007', '0031', 'request-not-accepted', false],
    ['04', '0021', 'call-wrong-digits', true],
    ['00', '0031', 'call-failed', true],
    [undefined, '0031', 'call-failed', true],
    [undefined, '0092', 'call-not-requested', true],
    ['00', '0092', 'call-not-requested', true],
  ])('R30 retCd %j with status %s is refused: %s', (retCd, outStatCd, code, retryable) => {
    expect(arsOutcome(retCd, outStatCd)).toEqual({ refusal: { code, terminal: true, retryable } });
  });

  test.each(['ST04', 'ST05', 'ST07', 'ST10', 'ST36', 'VTIM', 'ST38', 'ST41', 'ST99', 'ST11', 'ST68', 'ZZ99'])(
    'R30 a refusal %s without a retCd leaves the call open',
    (outRsltCd) => {
      expect(arsOutcome(undefined, '0031', outRsltCd)).toBe('pending');
    },
  );

  test.each(['ST27', 'ST28', 'ST09'])('R30 a refusal %s without a retCd ends the call', (outRsltCd) => {
    expect(arsOutcome(undefined, '0031', outRsltCd)).toMatchObject({ refusal: { code: 'call-failed' } });
    expect(arsOutcome('11', '0031', 'ST38')).toMatchObject({ refusal: { code: 'call-declined' } });
  });

  test('R30 nothing but the two characters "00" is ever approved', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^0*\d{0,3}$/)),
        fc.string(),
        (retCd, outStatCd) => {
          fc.pre(!(retCd === '00' && outStatCd === '0021'));
          expect(arsOutcome(retCd, outStatCd)).not.toBe('approved');
        },
      ),
    );
  });
});

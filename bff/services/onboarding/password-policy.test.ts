import { describe, expect, test } from 'vitest';
import { datesOf, fingerprint, fingerprintsOf, isTooSimple, stretches } from './password-policy.ts';

const tooSimple = (digits: string) => isTooSimple(Buffer.from(digits));

describe('S67 password policy', () => {
  test.each([
    ['three equal digits in a row', '611124'],
    ['six equal digits', '000000'],
    ['four digits up', '123486'],
    ['four digits down', '864321'],
    ['a run over nine and zero', '890123'],
    ['a run down over zero and nine', '210987'],
    ['a repeated pair', '121212'],
    ['a repeated triple', '472472'],
    ['a column of the keypad', '147258'],
    ['doubled counting', '112233'],
  ])('S67 %s is refused', (_, digits) => expect(tooSimple(digits)).toBe(true));

  test.each(['482913', '903817', '118822', '123987', '550274'])('S67 %s is allowed', (digits) =>
    expect(tooSimple(digits)).toBe(false),
  );

  test('S67 of a million passwords a stable share is refused', () => {
    let refused = 0;
    const digits = Buffer.alloc(6);
    for (let value = 0; value < 1_000_000; value += 1) {
      digits.write(String(value).padStart(6, '0'));
      if (isTooSimple(digits)) refused += 1;
    }
    // 4.36 %: a change of the policy has to change this figure knowingly.
    expect(refused).toBe(43_569);
  });

  test('S67 a birth date is refused in any order, and parts of phone and account', () => {
    const pepper = 'pepper for a test';
    const own = fingerprintsOf(pepper, {
      birth: '900131',
      phone: '01012345678',
      accountNumber: '110234567890',
    });
    for (const digits of ['900131', '013190', '310190', '234567', '345678', '102345', '567890'])
      expect(own).toContain(fingerprint(pepper, Buffer.from(digits)));
    expect(own).not.toContain(fingerprint(pepper, Buffer.from('482913')));
    expect(own.join()).not.toMatch(/900131|345678/);
  });

  test('stretches and dates', () => {
    expect(stretches('12345678')).toEqual(['123456', '234567', '345678']);
    expect(stretches('12345')).toEqual([]);
    expect(datesOf('991231')).toEqual(['991231', '123199', '311299']);
  });
});

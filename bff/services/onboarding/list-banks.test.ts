import { expect, test } from 'vitest';
import { offersIn } from './list-banks.ts';

const record = (recordBankCd: string, recordBankNm: string) => ({
  recordBankCd,
  recordBankNm,
  recordUseYn: 'Y',
});

test('S27 the name of a bank that nobody knew is one line of plain text', () => {
  const [offer] = offersIn([
    record('999', ' <img src=x onerror=alert(1)>\u202e\u200b새\u0000은\u2028행\ufeff '),
  ]);
  expect(offer?.name).toEqual({
    ko: '<img src=x onerror=alert(1)>새은행',
    en: '<img src=x onerror=alert(1)>새은행',
  });
});

test('S27 a bank that we know has our name for it, whatever Hecto calls it', () => {
  expect(offersIn([record('004', '<b>가짜은행</b>')])[0]?.name.ko).toBe('국민은행');
});

/** The banks a customer can hold an account with. Which of them a merchant may use, `bankList` says. */
export type BankEntry = {
  readonly code: string;
  readonly ko: string;
  readonly en: string;
  readonly kind: 'bank' | 'securities';
};

const bank = (code: string, ko: string, en: string): BankEntry => ({ code, ko, en, kind: 'bank' });
const securities = (code: string, ko: string, en: string): BankEntry => ({
  code,
  ko,
  en,
  kind: 'securities',
});

/** KFTC stands in Hecto's table too, but nobody holds an account there. */
export const clearingInstitute = '099';

export const banks: readonly BankEntry[] = [
  bank('002', '산업은행', 'KDB'),
  bank('003', '기업은행', 'IBK'),
  bank('004', '국민은행', 'Kookmin Bank'),
  bank('007', '수협은행', 'Suhyup Bank'),
  bank('011', 'NH농협은행', 'Nonghyup Bank'),
  bank('012', '농축협', 'National Agricultural Cooperative Federation (NACF)'),
  bank('020', '우리은행', 'Woori Bank'),
  bank('023', 'SC제일은행', 'SC Bank'),
  bank('027', '한국씨티은행', 'Citi Bank'),
  bank('031', '대구은행', 'Daegu Bank'),
  bank('032', '부산은행', 'Busan Bank'),
  bank('034', '광주은행', 'Kwangju Bank'),
  bank('035', '제주은행', 'Jeju Bank'),
  bank('037', '전북은행', 'Jeonbuk Bank'),
  bank('039', '경남은행', 'Kyongnam Bank'),
  bank('045', '새마을금고', 'Korean Federation of Community Credit Cooperatives (KFCC)'),
  bank('048', '신협', 'National Credit Union Federation of Korea (NACUFOK)'),
  bank('050', '저축은행', 'Korea Federation of Savings Banks (KFSB)'),
  bank('064', '산림조합중앙회', 'National Forestry Cooperative Federation (NFCF)'),
  bank('071', '우체국', 'Korea Post'),
  bank('081', '하나은행', 'Hana Bank'),
  bank('088', '신한은행', 'Shinhan Bank'),
  bank('089', '케이뱅크', 'Kbank'),
  bank('090', '카카오뱅크', 'Kakao Bank'),
  bank('092', '토스뱅크', 'Toss Bank'),
  bank('103', 'SBI저축은행', 'SBI Savings Bank'),
  securities('209', '유안타증권', 'Yuanta Securities'),
  securities('238', '미래에셋증권', 'Mirae Asset Securities'),
  securities('240', '삼성증권', 'Samsung Securities'),
  securities('243', '한국투자증권', 'Korea Investment & Securities'),
  securities('247', 'NH투자증권', 'NH Investment & Securities'),
  securities('266', 'SK증권', 'SK Securities'),
  securities('267', '대신증권', 'Daishin Securities'),
  securities('278', '신한투자증권', 'Shinhan Financial Investment'),
  securities('280', '유진투자증권', 'Eugene Investment & Securities'),
  securities('287', '메리츠증권', 'Meritz Securities'),
];

const byCode = new Map(banks.map((entry) => [entry.code, entry]));

/** The entry of a code, or nothing for a bank that was added after this table was written. */
export const bankOf = (code: string): BankEntry | undefined => byCode.get(code);

const bank = (code: string, name: string, inUse = true) => ({ code, name, inUse });

/** The banks in the order in which Hecto would show them. One is listed yet not in use: callers must look. */
export const banks = [
  bank('004', '국민은행'),
  bank('088', '신한은행'),
  bank('020', '우리은행'),
  bank('081', '하나은행'),
  bank('011', 'NH농협은행'),
  bank('003', '기업은행'),
  bank('090', '카카오뱅크'),
  bank('092', '토스뱅크'),
  bank('089', '케이뱅크'),
  bank('045', '새마을금고'),
  bank('048', '신협'),
  bank('071', '우체국'),
  bank('023', 'SC제일은행'),
  bank('027', '한국씨티은행', false),
  bank('031', '대구은행'),
  bank('032', '부산은행'),
  bank('039', '경남은행'),
  bank('034', '광주은행'),
  bank('037', '전북은행'),
  bank('035', '제주은행'),
  bank('007', '수협은행'),
  bank('002', '산업은행'),
  bank('012', '농축협'),
  bank('050', '저축은행'),
  bank('103', 'SBI저축은행'),
  bank('064', '산림조합중앙회'),
  bank('238', '미래에셋증권'),
  bank('240', '삼성증권'),
  bank('243', '한국투자증권'),
  bank('247', 'NH투자증권'),
  bank('278', '신한투자증권'),
  bank('209', '유안타증권'),
  bank('266', 'SK증권'),
  bank('267', '대신증권'),
  bank('280', '유진투자증권'),
  bank('287', '메리츠증권'),
] as const;

export const isServed = (code: string): boolean => banks.some((one) => one.code === code && one.inUse);
export const bankName = (code: string): string => banks.find((one) => one.code === code)?.name ?? code;

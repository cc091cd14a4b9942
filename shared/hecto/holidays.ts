/**
 * Korean public holidays that fall on weekdays, with substitute days and fixed election days.
 * Source: 공휴일에 관한 법률 as amended in 2026 (Constitution Day and Labour Day are holidays again).
 * Days that the government appoints at short notice are not known in advance: extend the table then.
 */
export const holidays = {
  version: '2026-11',
  from: '20260101',
  to: '20281231',
  days: new Set([
    '20260101', // New Year
    '20260216', // Seollal
    '20260217',
    '20260218',
    '20260302', // for Independence Movement Day
    '20260501', // Labour Day
    '20260505', // Children's Day
    '20260525', // for Buddha's Birthday
    '20260603', // local elections
    '20260717', // Constitution Day
    '20260817', // for Liberation Day
    '20260924', // Chuseok
    '20260925',
    '20261005', // for National Foundation Day
    '20261009', // Hangul Day
    '20261225', // Christmas
    '20270101',
    '20270208', // Seollal
    '20270209', // for Seollal
    '20270301',
    '20270503', // for Labour Day
    '20270505',
    '20270513', // Buddha's Birthday
    '20270719', // for Constitution Day
    '20270816', // for Liberation Day
    '20270914', // Chuseok
    '20270915',
    '20270916',
    '20271004', // for National Foundation Day
    '20271011', // for Hangul Day
    '20271227', // for Christmas
    '20280126', // Seollal
    '20280127',
    '20280128',
    '20280301',
    '20280412', // National Assembly elections
    '20280501',
    '20280502', // Buddha's Birthday
    '20280505',
    '20280606', // Memorial Day
    '20280717',
    '20280815',
    '20281002', // Chuseok
    '20281003',
    '20281004',
    '20281005', // for Chuseok
    '20281009',
    '20281225',
  ]) as ReadonlySet<string>,
} as const;

import type { Words } from '../../shared/api/state.ts';

/** What is said beside a refusal, and about banks that take nothing now; with places to fill in. */
export const phrases = {
  opensAt: { ko: '{time} 이후에 다시 할 수 있어요.', en: 'You can try again after {time} (Korean time).' },
  triesLeft: { ko: '{count}번 더 할 수 있어요.', en: 'Tries left: {count}.' },
  maintenance: { ko: '{from}-{to} 점검 중', en: 'Closed {from}-{to}' },
  maintenanceText: {
    ko: '{bank} 점검 시간이에요. {time} 이후에 다시 하거나 다른 은행을 선택해 주세요.',
    en: '{bank} is under maintenance. Try again after {time} (Korean time) or choose another bank.',
  },
  unusable: { ko: '이용 불가', en: 'Unavailable' },
  unusableText: {
    ko: '{bank} 계좌는 지금 쓸 수 없어요. 다른 은행을 선택해 주세요.',
    en: '{bank} accounts can’t be used now. Choose another bank.',
  },
} satisfies Record<string, Words>;

import { describe, expect, test } from 'vitest';
import { refusalTexts } from './refusal-texts.ts';
import { doneAt, refusalMessage, whyClosed } from './wording.ts';

const now = new Date('2026-11-23T01:00:00Z'); // 10:00 in Korea
const refusal = { code: 'bank-maintenance', retryable: true } as const;
const text = refusalTexts['bank-maintenance'];

describe('R26 a refusal tells', () => {
  test('what happened, and nothing that is not known', () => {
    expect(refusalMessage(refusal, now)).toEqual(text);
  });
  test('when it is worth trying again, in Korean time, with the day only when it is another one there', () => {
    const at = (opensAt: string) => refusalMessage({ ...refusal, opensAt }, now);
    expect(at('2026-11-23T02:30:00Z')).toEqual({
      ko: `${text.ko} 11:30 이후에 다시 할 수 있어요.`,
      en: `${text.en} You can try again after 11:30 (Korean time).`,
    });
    expect(at('2026-11-23T15:12:00Z').ko).toBe(`${text.ko} 11월 24일 00:12 이후에 다시 할 수 있어요.`);
  });
  test('how many tries are left, but never that none are: the text says what then', () => {
    const left = (triesLeft: number) =>
      refusalMessage({ code: 'code-wrong', retryable: true, triesLeft }, now);
    expect(left(4).ko).toBe(`${refusalTexts['code-wrong'].ko} 4번 더 할 수 있어요.`);
    expect(left(0)).toEqual(refusalTexts['code-wrong']);
  });
});

describe('a bank that takes nothing', () => {
  const name = { ko: '우리은행', en: 'Woori Bank' };
  test('R28 is under maintenance: from when to when, and until when', () => {
    const maintenance = { from: '23:50', to: '00:12', opensAt: '2026-11-23T15:12:00.000Z' };
    expect(whyClosed({ name, maintenance }, now)).toEqual({
      badge: { ko: '23:50-00:12 점검 중', en: 'Closed 23:50-00:12' },
      text: {
        ko: '우리은행 점검 시간이에요. 11월 24일 00:12 이후에 다시 하거나 다른 은행을 선택해 주세요.',
        en: 'Woori Bank is under maintenance. Try again after Nov 24, 00:12 (Korean time) or choose another bank.',
      },
    });
  });
  test('is not usable at all', () => {
    expect(whyClosed({ name }, now).text.ko).toBe(
      '우리은행 계좌는 지금 쓸 수 없어요. 다른 은행을 선택해 주세요.',
    );
  });
});

test('what is done has its day and time in Korea', () => {
  expect(doneAt('2026-11-23T16:05:00Z')).toEqual({ ko: '2026년 11월 24일 01:05', en: 'Nov 24, 2026, 01:05' });
});

import type { CallView } from '../../control/phone-view.ts';

/** `010-1234-5678` */
export const spaced = (number: string): string => number.replace(/^(\d{3})(\d{3,4})(\d{4})$/, '$1-$2-$3');

const inSeoul = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('ko-KR', { timeZone: 'Asia/Seoul', ...options });
const clock = inSeoul({ hour: 'numeric', minute: '2-digit', hourCycle: 'h23' });
const day = inSeoul({ month: 'long', day: 'numeric', weekday: 'long' });
const spoken = inSeoul({ hour: 'numeric', minute: '2-digit', hourCycle: 'h12' });

export const clockOf = (at: Date): string => clock.format(at);
export const dayOf = (at: Date): string => day.format(at);
/** `오전 10:00` */
export const timeOf = (at: Date): string => spoken.format(at);

export function agoOf(at: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return '지금';
  return minutes < 60 ? `${minutes}분 전` : timeOf(at);
}

/** The code in a message. */
export const codeIn = (text: string): string | undefined => /\[(\d{4,8})\]/.exec(text)?.[1];

/** What the voice says when a call has ended, and in short how it went. */
const endings: Record<string, readonly [title: string, voice: string]> = {
  '00': ['승인 완료', '승인되었습니다. 이용해 주셔서 감사합니다.'],
  '04': ['번호 불일치', '누르신 번호가 맞지 않습니다. 통화를 마치겠습니다.'],
  '08': ['입력 시간 초과', '번호가 입력되지 않아 통화를 마치겠습니다.'],
  '10': ['연결 실패', '전화를 받을 수 없는 번호입니다.'],
  '11': ['수신 거절', '전화를 받지 않았습니다.'],
  '12': ['부재중 전화', '전화를 받지 않아 끊어졌습니다.'],
  '20': ['승인 취소', '통화를 끊어 승인이 취소되었습니다.'],
};
export const endingOf = ({ result }: CallView): readonly [title: string, voice: string] =>
  endings[result ?? ''] ?? ['통화 종료', '통화가 끝났습니다.'];

export const prompt =
  '헥토파이낸셜입니다. 출금 동의를 확인합니다. 화면에 보이는 번호를 누르고 별표 없이 기다려 주세요.';

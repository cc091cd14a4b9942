import type { PassView } from '../../control/phone-view.ts';
import { element, icon, icons } from './element.ts';

const endings: Record<Exclude<PassView['state'], 'waiting'>, readonly [string, string]> = {
  approved: ['본인확인 완료', '요청한 화면으로 돌아가 계속 진행해 주세요.'],
  declined: ['요청을 거절했어요', '본인확인이 취소되었습니다.'],
  expired: ['시간이 지났어요', '요청한 화면에서 다시 시도해 주세요.'],
};

/** The operators' app: one request, approve or decline. */
export function passScreen(
  pass: PassView,
  now: Date,
  { decide, close }: { decide: (approve: boolean) => void; close: () => void },
): HTMLElement {
  const left = Math.max(0, Math.ceil((new Date(pass.expiresAt).getTime() - now.getTime()) / 1000));
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  const head = [
    element('div', { class: 'pass-brand' }, icon(icons.shield), 'PASS'),
    element('div', { class: 'pass-seal' }, icon(pass.state === 'waiting' ? icons.lock : icons.shield)),
  ];
  if (pass.state !== 'waiting') {
    const [title, words] = endings[pass.state];
    return element(
      'section',
      { class: `pass-app ${pass.state}`, label: 'PASS 본인확인' },
      ...head,
      element('h2', {}, title),
      element('p', {}, words),
      element(
        'div',
        { class: 'pass-choice' },
        element('button', { class: 'primary', key: 'pass-close', press: close }, '확인'),
      ),
    );
  }
  return element(
    'section',
    { class: 'pass-app', label: 'PASS 본인확인' },
    ...head,
    element('h2', {}, '본인확인 요청'),
    element('p', {}, '헥토파이낸셜에서 본인확인을 요청했습니다. 본인이 요청한 것이 맞나요?'),
    element(
      'dl',
      {},
      element('dt', {}, '요청 기관'),
      element('dd', {}, '헥토파이낸셜'),
      element('dt', {}, '용도'),
      element('dd', {}, '계좌 등록'),
      element('dt', {}, '남은 시간'),
      element('dd', { class: 'pass-left' }, clock),
    ),
    element(
      'div',
      { class: 'pass-choice' },
      element('button', { class: 'quiet', key: 'pass-no', press: () => decide(false) }, '거절'),
      element('button', { class: 'primary', key: 'pass-yes', press: () => decide(true) }, '승인'),
    ),
  );
}

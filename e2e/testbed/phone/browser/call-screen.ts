import type { CallView } from '../../control/phone-view.ts';
import { element, icon, icons } from './element.ts';
import { endingOf, prompt } from './words.ts';

export type CallActions = { answer: () => void; hangUp: () => void; press: (digit: string) => void };

/** The whole screen belongs to a call while it rings, is spoken, and for a moment after. */
export function callScreen(
  call: CallView,
  typed: string,
  seconds: number,
  { answer, hangUp, press }: CallActions,
): HTMLElement {
  const caller = (words: string) => [
    element('div', { class: 'call-face' }, '헥'),
    element('h2', {}, '헥토파이낸셜'),
    element('p', { class: 'call-number' }, words),
  ];
  if (call.state === 'ringing') {
    return element(
      'section',
      { class: 'call ringing', label: '걸려 온 전화' },
      ...caller(`대표번호 ${call.from}`),
      element(
        'div',
        { class: 'call-choice' },
        element(
          'div',
          {},
          roundButton('거절', 'decline', hangUp),
          element('span', { class: 'under' }, '거절'),
        ),
        element(
          'div',
          {},
          roundButton('받기', 'answer', answer),
          element('span', { class: 'under' }, '받기'),
        ),
      ),
    );
  }
  if (call.state === 'ended') {
    const [title, voice] = endingOf(call);
    return element(
      'section',
      { class: `call ended ${call.result === '00' ? 'good' : ''}`, label: '끝난 전화' },
      ...caller('통화 종료'),
      element('p', { class: 'call-title' }, title),
      element('p', { class: 'call-voice' }, voice),
    );
  }
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return element(
    'section',
    { class: 'call talking', label: '통화 중' },
    element('h2', {}, '헥토파이낸셜'),
    element('p', { class: 'call-number call-timer' }, clock),
    element('p', { class: 'call-voice' }, prompt),
    element('p', { class: 'call-typed', label: `누른 숫자 ${typed.length}개` }, typed || '\u00a0'),
    keypad(press),
    roundButton('끊기', 'decline', hangUp),
  );
}

const roundButton = (name: string, kind: 'answer' | 'decline', press: () => void) =>
  element('button', { class: `round-call ${kind}`, label: name, key: kind, press }, icon(icons.phone));

function keypad(press: (digit: string) => void): HTMLElement {
  const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
  return element(
    'div',
    { class: 'keypad', role: 'group', label: '키패드' },
    ...keys.map((digit) => {
      const isDigit = /\d/.test(digit);
      return element(
        'button',
        isDigit
          ? { key: `digit-${digit}`, press: () => press(digit) }
          : { label: digit === '*' ? '별표' : '우물정', disabled: true },
        digit,
      );
    }),
  );
}

import type { MessageView, PhoneView } from '../../control/phone-view.ts';
import { copyButton } from './copy-button.ts';
import { element, icon, icons } from './element.ts';
import { codeIn, dayOf, timeOf } from './words.ts';

/** One conversation, newest at the bottom. */
export function messagesScreen(view: PhoneView, from: string, close: () => void): HTMLElement {
  const messages = view.messages.filter((message) => message.from === from);
  const first = messages[0];
  return element(
    'section',
    { class: 'messages', label: `${from} 메시지` },
    element(
      'header',
      {},
      element('button', { class: 'round', label: '뒤로', key: 'back', press: close }, icon(icons.back)),
      element('span', { class: 'face' }, from.startsWith('1600') ? '헥' : from.slice(0, 1)),
      element('h2', {}, from),
    ),
    element(
      'ol',
      { class: 'bubbles' },
      first && element('li', { class: 'bubble-day' }, dayOf(new Date(first.at))),
      ...messages.map(bubble),
    ),
    element('p', { class: 'no-reply' }, '답장할 수 없는 번호입니다'),
  );
}

function bubble({ id, at, text }: MessageView): HTMLElement {
  const code = codeIn(text);
  const [before = '', after = ''] = code === undefined ? [text] : text.split(code);
  return element(
    'li',
    { class: 'bubble' },
    element(
      'p',
      {},
      element('small', {}, '[Web발신]'),
      before,
      code !== undefined && element('b', {}, code),
      after,
    ),
    element('time', {}, timeOf(new Date(at))),
    code !== undefined && copyButton(code, `copy-${id}`),
  );
}

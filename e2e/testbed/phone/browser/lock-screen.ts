import type { MessageView, PhoneView } from '../../control/phone-view.ts';
import { copyButton } from './copy-button.ts';
import { element, icon, icons } from './element.ts';
import { agoOf, clockOf, codeIn, dayOf, endingOf } from './words.ts';

type Actions = { open: (message: MessageView) => void };

/** Clock and what came in, newest first. */
export function lockScreen(view: PhoneView, now: Date, { open }: Actions): HTMLElement {
  const missed = view.calls.filter(({ state, result }) => state === 'ended' && result === '12');
  const notices = [
    ...view.messages.map((message) => ({ at: message.at, card: () => messageCard(message, now, open) })),
    ...missed.map((call) => ({
      at: call.at,
      card: () =>
        element(
          'div',
          { class: 'notice' },
          element('span', { class: 'app phone' }, icon(icons.phone)),
          element('strong', {}, endingOf(call)[0]),
          element('time', {}, agoOf(new Date(call.at), now)),
          element('p', {}, `헥토파이낸셜 ${call.from}`),
        ),
    })),
  ].sort((one, other) => other.at.localeCompare(one.at));

  return element(
    'div',
    { class: 'lock' },
    element('div', { class: 'lock-mark' }, icon(icons.lock)),
    element('p', { class: 'lock-day' }, dayOf(now)),
    element('p', { class: 'lock-clock' }, clockOf(now)),
    element(
      'ul',
      { class: 'notices', label: '알림' },
      ...notices.map(({ card }) => element('li', {}, card())),
    ),
    notices.length === 0 && element('p', { class: 'lock-hint' }, '문자와 전화를 기다리고 있어요'),
  );
}

const apps = {
  sms: { class: 'app message', drawing: icons.message, name: '메시지' },
  bank: { class: 'app bank', drawing: icons.bank, name: '입출금 알림' },
  pass: { class: 'app pass', drawing: icons.shield, name: 'PASS' },
} as const;

function messageCard(message: MessageView, now: Date, open: (message: MessageView) => void): HTMLElement {
  const app = apps[message.kind];
  const code = message.kind === 'sms' ? codeIn(message.text) : undefined;
  return element(
    'div',
    { class: 'notice' },
    element(
      'button',
      { class: 'notice-open', key: message.id, press: () => open(message) },
      element('span', { class: app.class }, icon(app.drawing)),
      element('strong', {}, message.kind === 'sms' ? message.from : app.name),
      element('time', {}, agoOf(new Date(message.at), now)),
      element('p', {}, message.text),
    ),
    code !== undefined && copyButton(code, `copy-${message.id}`),
  );
}

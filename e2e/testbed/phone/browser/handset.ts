import { element, icon, icons } from './element.ts';
import { spaced } from './words.ts';

type Actions = {
  number: string;
  choose: (number: string) => void;
  power: () => void;
  home: () => void;
  sound: () => void;
};
type Look = {
  /** White status bar on a dark screen. */
  dark: boolean;
  /** An app on plain ground instead of the wallpaper. */
  plain: boolean;
  /** Which screen it is: a new one is moved in, and focused when the focus was inside. */
  name: string;
};

/** The handset around the screens: bezel, status bar, side and home button, and the number's field above. */
export function frame({ number, choose, power, home, sound }: Actions) {
  const clock = element('span', { class: 'status-clock' });
  const content = element('div', { class: 'content' });
  const spoken = element('div', { class: 'spoken', role: 'status' });
  const line = element('p', { class: 'line', role: 'status' });
  const soundButton = element(
    'button',
    { class: 'tool', label: '벨소리 끄기', press: sound },
    icon(icons.sound),
  );
  const screen = element(
    'div',
    { class: 'screen' },
    element(
      'div',
      { class: 'status-bar' },
      clock,
      element('span', { class: 'island' }),
      element('span', { class: 'signal' }, ...[1, 2, 3, 4].map(() => element('i', {}))),
      element('span', { class: 'network' }, '5G'),
      element('span', { class: 'battery' }, element('i', {})),
    ),
    content,
    element('button', { class: 'home', label: '홈 화면', press: home }, element('i', {})),
  );

  const field = element('input', { class: 'number-field' });
  field.inputMode = 'numeric';
  field.autocomplete = 'off';
  field.value = spaced(number);
  const submit = () => {
    const digits = field.value.replace(/\D/g, '');
    const valid = /^01\d{8,9}$/.test(digits);
    field.setAttribute('aria-invalid', String(!valid));
    if (!valid) return;
    field.value = spaced(digits);
    choose(digits);
  };
  field.addEventListener('change', submit);

  const root = element(
    'main',
    {},
    element('h1', { class: 'spoken' }, '가상 휴대폰'),
    element(
      'div',
      { class: 'tools' },
      element('label', {}, element('span', {}, '휴대폰 번호'), field),
      soundButton,
      help(),
    ),
    element(
      'div',
      { class: 'handset' },
      element('button', { class: 'side', label: '전원', press: power }),
      screen,
    ),
    line,
    spoken,
  );

  let shownName = '';
  return {
    root,
    say: (words: string) => {
      spoken.textContent = words;
    },
    clockIs: (time: string) => {
      clock.textContent = time;
    },
    connected: (yes: boolean) => {
      line.textContent = yes ? '' : '테스트베드에 다시 연결하고 있어요';
    },
    soundIs: (on: boolean) => {
      soundButton.replaceChildren(icon(on ? icons.sound : icons.silent));
      soundButton.setAttribute('aria-label', on ? '벨소리 끄기' : '벨소리 켜기');
    },
    show: (picture: HTMLElement, { dark, plain, name }: Look) => {
      const held = content.contains(document.activeElement)
        ? (document.activeElement as HTMLElement).dataset['key']
        : undefined;
      const scrolled = content.querySelector('.notices')?.scrollTop ?? 0;
      const hadFocus = content.contains(document.activeElement);
      screen.classList.toggle('dark', dark);
      screen.classList.toggle('plain', plain);
      if (name !== shownName) picture.classList.add('arriving');
      content.replaceChildren(picture);
      const list = content.querySelector('.notices');
      if (list) list.scrollTop = scrolled;
      const bubbles = content.querySelector('.bubbles');
      if (bubbles) bubbles.scrollTop = bubbles.scrollHeight;
      // Only when the customer was in here: a frame must not take the focus from the page around it.
      if (hadFocus) {
        const same = held === undefined ? null : content.querySelector<HTMLElement>(`[data-key="${held}"]`);
        const takeCall = content.querySelector<HTMLElement>('[data-key="answer"]');
        (same ?? takeCall ?? content.querySelector<HTMLElement>('button'))?.focus();
      }
      shownName = name;
    },
  };
}

/** The magic numbers, fetched when somebody looks. */
function help(): HTMLElement {
  const list = element('ul', {});
  const box = element(
    'details',
    { class: 'help' },
    element('summary', { label: '도움말' }, '?'),
    element(
      'div',
      {},
      element(
        'p',
        {},
        '이 휴대폰은 테스트베드가 보내는 문자, 전화, PASS 요청을 받습니다. 실제로 발신되는 것은 없습니다.',
      ),
      list,
    ),
  );
  box.addEventListener('toggle', () => {
    if (!box.open || list.childElementCount > 0) return;
    void fetch('/_testbed/magic-values')
      .then((answer) => answer.json() as Promise<{ ko: string }[]>)
      .then((values) => list.append(...values.map(({ ko }) => element('li', {}, ko))));
  });
  return box;
}

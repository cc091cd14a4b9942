/** For tests: puts one screen on the page, as the shell would, and hears what it asks for. */
import type { LitElement } from 'lit';
import type { RefusalCode } from '../../shared/api/refusals.ts';
import type { ShownRefusal, State, Step, StateAt } from '../../shared/api/state.ts';
import type { Bank, Keypad, TermsDocument } from '../../shared/api/widget.ts';
import type { Commanded } from '../app/commanded.ts';
import type { Ending, Screen, ScreenData } from '../app/screen.ts';
import { defineScreens, screens } from '../app/screens.ts';
import type { Command } from '../flow/command.ts';
import { tokens } from '../styles/tokens.ts';
import ko from '../text/ko.ts';
import { refusalTexts } from '../../bff/text/refusal-texts.ts';
import { refusalMessage } from '../../bff/text/wording.ts';

export const now = '2026-11-23T01:00:00.000Z';

/** A moment so many seconds from now. */
export const later = (seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString();

export const account = {
  bankCode: '004',
  bankName: { ko: '국민은행', en: 'Kookmin Bank' },
  maskedNumber: '****1234',
};

export const documents: readonly TermsDocument[] = ['약관', '개인정보', '소식'].map((title, index) => ({
  documentId: `doc-${index}`,
  version: '1',
  locale: 'ko',
  title,
  required: index < 2,
  text: `# ${title}\n\n<img src=x onerror=alert(1)> 첫 문단\n이어지는 줄\n\n- 하나\n- 둘`,
  sha256: String(index).repeat(64),
}));

export const banks: readonly Bank[] = [
  {
    code: '004',
    name: { ko: '국민은행', en: 'Kookmin Bank' },
    words: ['국민은행', '국민', 'kookminbank', 'ㄱㅁㅇㅎ'.normalize('NFKC')],
    kind: 'bank',
    usable: true,
  },
  {
    code: '020',
    name: { ko: '우리은행', en: 'Woori Bank' },
    words: ['우리은행', '우리', 'wooribank', 'ㅇㄹㅇㅎ'.normalize('NFKC')],
    kind: 'bank',
    usable: true,
    maintenance: { from: '23:50', to: '00:12', opensAt: '2026-11-23T15:12:00.000Z' },
    closed: {
      badge: { ko: '23:50-00:12 점검 중', en: 'Closed 23:50-00:12' },
      text: { ko: '우리은행 점검 시간이에요.', en: 'Woori Bank is under maintenance.' },
    },
  },
  {
    code: '088',
    name: { ko: '신한은행', en: 'Shinhan Bank' },
    words: ['신한은행', '신한', 'shinhanbank', 'ㅅㅎㅇㅎ'.normalize('NFKC')],
    kind: 'bank',
    usable: true,
  },
  {
    code: '278',
    name: { ko: '신한투자증권', en: 'Shinhan Investment' },
    words: ['신한투자증권', '신한투자', 'shinhaninvestment', 'ㅅㅎㅌㅈㅈㄱ'.normalize('NFKC')],
    kind: 'securities',
    usable: true,
  },
];

export const keys = ['3', '', '7', '1', '9', '0', '5', '2', '', '8', '4', '6'];

/** Everything a screen may ask for, answered at once; the clock stands still. */
export class Service implements ScreenData {
  drafts = {};
  readonly keypads: Keypad[] = [];
  keypadFor = 120;
  now = () => Date.parse(now);
  terms = () => Promise.resolve(documents);
  banks = () => Promise.resolve(banks);
  keypad = (purpose: Keypad['purpose']): Promise<Keypad> => {
    const keypad = {
      keypadId: `keypad-${this.keypads.length}`,
      purpose,
      keys,
      publicKey: '',
      expiresAt: later(this.keypadFor),
    };
    this.keypads.push(keypad);
    return Promise.resolve(keypad);
  };
}

export type Shown<S extends Step> = {
  readonly screen: Screen<S>;
  readonly commands: Command[];
  readonly root: ShadowRoot;
  /** What the next answer of the BFF changes. */
  readonly answer: (change: Partial<StateAt<S>>) => Promise<void>;
};

/** Shows the screen of a step; whatever was on stage before goes. */
export async function show<S extends Step>(
  view: Partial<State> & { readonly step: S } & Omit<StateAt<S>, keyof State>,
  options: { service?: ScreenData; ending?: Ending; busy?: boolean } = {},
): Promise<Shown<S>> {
  defineScreens();
  if (tokens.styleSheet) document.adoptedStyleSheets = [tokens.styleSheet];
  const screen = new screens[
    (/failed|cancelled|expired/.test(view.step) ? 'ended' : view.step) as keyof typeof screens
  ]() as unknown as Screen<S>;
  const commands: Command[] = [];
  screen.addEventListener('commanded', (event: Commanded) => commands.push(event.command));
  const state = {
    id: 'obs_1',
    version: 1,
    locale: 'ko',
    merchant: { name: '달빛상점' },
    now,
    sessionEndsAt: later(1800),
    known: { name: '홍*동', phone: '010-****-5678', account },
    ...view,
  } as unknown as StateAt<S>;
  Object.assign(screen, {
    text: ko,
    locale: 'ko',
    busy: options.busy ?? false,
    service: options.service ?? new Service(),
    ending: options.ending ?? view.step,
    state,
  });
  document.body.replaceChildren(screen);
  await settled(screen);
  return {
    screen,
    commands,
    root: screen.renderRoot as ShadowRoot,
    answer: async (change) => {
      screen.state = { ...screen.state, version: screen.state.version + 1, ...change };
      await settled(screen);
    },
  };
}

/** Until what is on its way has been drawn. */
export async function settled(screen: LitElement): Promise<void> {
  await screen.updateComplete;
  await new Promise((resolve) => setTimeout(resolve, 20));
  await screen.updateComplete;
}

/** Pastes into whatever has the focus, as far as the page can tell. Returns whether the page took care of it. */
export function paste(into: Element, text: string): boolean {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text', text);
  const init = { clipboardData, bubbles: true, composed: true, cancelable: true };
  return !into.dispatchEvent(new ClipboardEvent('paste', init));
}

/** A refusal as the BFF words it. */
export const refused = (
  code: RefusalCode,
  more: Partial<ShownRefusal> = {},
): { readonly refusal: ShownRefusal } => ({
  refusal: {
    code,
    retryable: true,
    text: refusalTexts[code],
    message: refusalMessage({ code, retryable: true, ...more }, new Date(now)),
    ...more,
  },
});

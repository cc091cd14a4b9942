import type { CheckName } from './checks.ts';

type Check = { readonly name: string; readonly good: string; readonly bad: string };
export type Words = {
  readonly title: string;
  readonly lead: string;
  readonly ready: string;
  readonly toMend: string;
  readonly other: readonly [locale: string, name: string];
  readonly checks: { readonly [name in CheckName]: Check };
  readonly sendTest: string;
  readonly sent: string;
  readonly links: string;
  readonly linksText: string;
  readonly store: string;
  readonly call: string;
};

export const ko: Words = {
  title: '웹뷰 자가 진단',
  lead: '이 화면을 연 웹뷰에서 계좌 등록이 되는지 확인해요. 개인정보는 보내지 않아요.',
  ready: '계좌 등록에 필요한 것을 모두 갖췄어요.',
  toMend: '고칠 것이 {count}개 있어요.',
  other: ['en', 'English'],
  checks: {
    browser: {
      name: '브라우저 기능',
      good: '필요한 기능이 모두 있어요.',
      bad: '웹뷰가 오래됐어요. Android 시스템 웹뷰 108 이상, iOS 16.4 이상이 필요해요.',
    },
    secure: {
      name: '암호화(WebCrypto)',
      good: '쓸 수 있어요.',
      bad: '쓸 수 없어요. BFF를 https로 열어 주세요.',
    },
    address: {
      name: '주소',
      good: '웹 주소로 직접 열었어요.',
      bad: '파일이나 다른 페이지의 프레임이 아니라 BFF의 주소를 직접 열어 주세요.',
    },
    cookies: {
      name: '자사 쿠키',
      good: '저장돼요. 타사 쿠키는 필요 없어요.',
      bad: '저장되지 않아요. 웹뷰의 쿠키를 켜 주세요.',
    },
    bridge: {
      name: '앱 브리지',
      good: '찾았어요. 아래 단추로 시험해 보세요.',
      bad: '없어요. 브라우저라면 괜찮아요. 앱이라면 페이지를 열기 전에 브리지를 넣어 주세요.',
    },
    viewport: {
      name: '화면 너비',
      good: '휴대폰 너비에 맞아요.',
      bad: 'viewport 설정을 무시하고 있어요. Android는 useWideViewPort를 켜 주세요.',
    },
    history: {
      name: '방문 기록',
      good: '뒤로 가기로 이전 단계에 갈 수 있어요.',
      bad: '쓸 수 없어요. 뒤로 가기를 누르면 바로 나가게 돼요.',
    },
    textZoom: {
      name: '글자 크기',
      good: '화면이 글자 크기를 따라요. 100 %로 고정하지 마세요.',
      bad: '아주 커요. 화면이 길어지지만 등록할 수 있어요.',
    },
    clock: {
      name: '기기 시계',
      good: '서버 시계와 맞아요.',
      bad: '서버 시계와 달라요. 남은 시간은 서버 시계로 세니 괜찮아요.',
    },
    storage: { name: '저장소', good: '필요 없어요. 꺼져 있어도 돼요.', bad: '' },
  },
  sendTest: '시험 메시지 보내기',
  sent: 'hecto-network {"online": true}를 보냈어요. 앱에서 받았는지 확인해 주세요.',
  links: 'PASS 앱과 전화 열기',
  linksText: '하나씩 눌러 보세요. 앱, 스토어, 전화가 열려야 해요. 이 화면이 바뀌면 URL 필터를 고쳐 주세요.',
  store: '스토어',
  call: '전화',
};

export const en: Words = {
  title: 'WebView self-test',
  lead: 'Finds out whether the onboarding works in the WebView that shows this page. Sends nothing personal.',
  ready: 'Everything the onboarding needs is here.',
  toMend: 'To mend: {count}.',
  other: ['ko', '한국어'],
  checks: {
    browser: {
      name: 'Browser features',
      good: 'All there.',
      bad: 'The WebView is too old. Android System WebView 108 or iOS 16.4 is needed.',
    },
    secure: { name: 'Encryption (WebCrypto)', good: 'At hand.', bad: 'Not at hand. Load the BFF by https.' },
    address: {
      name: 'Address',
      good: 'Loaded from the web, as a page of its own.',
      bad: 'Load the BFF’s address itself, not a file and not a frame in another page.',
    },
    cookies: {
      name: 'First-party cookies',
      good: 'Kept. Third-party cookies are not needed.',
      bad: 'Not kept. Turn cookies on in the WebView.',
    },
    bridge: {
      name: 'Bridge to the app',
      good: 'Found. Try it with the button below.',
      bad: 'None. Fine in a browser; in an app add the bridge before the page loads.',
    },
    viewport: {
      name: 'Width of the page',
      good: 'Fits the phone.',
      bad: 'The viewport setting is ignored. On Android turn useWideViewPort on.',
    },
    history: {
      name: 'History',
      good: 'Going back leads to the step before.',
      bad: 'Not at hand. Going back leaves at once.',
    },
    textZoom: {
      name: 'Text size',
      good: 'The page follows it. Do not fix it at 100 %.',
      bad: 'Very large. Pages get long but work.',
    },
    clock: {
      name: 'Clock of the device',
      good: 'Agrees with the server’s.',
      bad: 'Differs from the server’s. Harmless: time left is counted by the server’s.',
    },
    storage: { name: 'Web storage', good: 'Not needed. It may be off.', bad: '' },
  },
  sendTest: 'Send a test message',
  sent: 'Sent hecto-network {"online": true}. Look whether your app has received it.',
  links: 'Open the PASS apps and the phone',
  linksText: 'Press each. App, store or phone must open. If this page goes away, mend the URL filter.',
  store: 'Store',
  call: 'Call',
};

import type { EventState } from '../../shared/api/merchant/events.ts';
import type { Step, Words } from '../../shared/api/state.ts';
import type { LaneName } from '../hecto/lanes.ts';
import type { Span, Stage } from '../store/funnel.ts';
import type { IntentKind } from '../store/intents.ts';
import type { JobName } from '../store/jobs.ts';
import type { OperatorAction } from '../store/operator-actions.ts';

/** Everything that stands on the operators' page. */
export const opsTexts = {
  title: { ko: '운영 현황', en: 'Operations' },
  asOf: { ko: '{time} 기준 (한국 시간)', en: 'As of {time} (Korean time)' },
  refresh: { ko: '새로고침', en: 'Refresh' },
  refreshed: { ko: '새로 불러왔어요.', en: 'Refreshed.' },
  otherLanguage: { ko: 'English', en: '한국어' },
  needsScript: { ko: '버튼을 쓰려면 JavaScript를 켜 주세요.', en: 'Turn JavaScript on to use the buttons.' },
  failed: {
    ko: '요청을 처리하지 못했어요. 페이지를 새로 불러온 뒤 다시 시도하세요.',
    en: 'That did not work. Reload the page and try again.',
  },
  busy: { ko: '확인하고 있어요…', en: 'Working on it…' },
  none: { ko: '없음', en: 'None' },

  now: { ko: '지금', en: 'Right now' },
  unknownCount: { ko: '결과를 모름', en: 'Outcome unknown' },
  reviewCount: { ko: '사람이 확인해야 함', en: 'Needs a person' },
  pendingCount: { ko: '보낼 웹훅', en: 'Webhooks waiting' },
  failedCount: { ko: '포기한 웹훅', en: 'Webhooks given up' },
  laneState: { ko: '헥토 연결', en: 'Calls to Hecto' },
  lanesFine: { ko: '정상', en: 'Working' },
  lanesOpen: { ko: '멈춤: {lanes}', en: 'Paused: {lanes}' },

  unknowns: { ko: '결과를 모르는 거래', en: 'Unknown outcomes' },
  unknownsNote: {
    ko: '자동으로 계속 확인하고 있어요. ‘지금 확인’은 헥토에 결과만 묻고, 돈을 다시 보내지 않아요.',
    en: '“Ask now” only asks Hecto for the outcome, as the automatic inquiries do. It never moves money again.',
  },
  noUnknowns: { ko: '결과를 모르는 거래가 없어요.', en: 'Every outcome is known.' },
  kind: { ko: '종류', en: 'Kind' },
  orderNumber: { ko: '주문번호', en: 'Order number' },
  amount: { ko: '금액', en: 'Amount' },
  age: { ko: '경과', en: 'Age' },
  inquiries: { ko: '확인 횟수', en: 'Inquiries' },
  nextInquiry: { ko: '다음 확인', en: 'Next inquiry' },
  action: { ko: '할 일', en: 'Action' },
  inquire: { ko: '지금 확인', en: 'Ask now' },
  inquireName: { ko: '{order} 지금 확인', en: 'Ask now about {order}' },
  nobodyToAsk: { ko: '등록 화면이 끝나 확인할 수 없음', en: 'The onboarding is over' },
  byHand: { ko: '직접 확정 필요', en: 'By hand' },
  won: { ko: '{amount}원', en: '₩{amount}' },
  times: { ko: '{count}번', en: '{count}' },

  webhooks: { ko: '웹훅 전송', en: 'Webhook deliveries' },
  webhooksTo: { ko: '받는 서버: {host}', en: 'Sent to {host}' },
  webhooksNowhere: {
    ko: 'WEBHOOK_URL이 없어 이벤트를 보관만 하고 있어요.',
    en: 'Without WEBHOOK_URL events are only kept.',
  },
  webhooksDisabled: {
    ko: '{host}이(가) 계속 받지 않아 전송을 멈췄어요. 고친 뒤 POST /v1/webhook-endpoint/enable로 다시 켜세요.',
    en: 'Delivery to {host} is switched off, for it kept failing. Mend it, then POST /v1/webhook-endpoint/enable.',
  },
  noWebhooks: { ko: '아직 이벤트가 없어요.', en: 'There are no events yet.' },
  event: { ko: '이벤트', en: 'Event' },
  state: { ko: '상태', en: 'State' },
  attempts: { ko: '시도', en: 'Attempts' },
  lastAnswer: { ko: '마지막 응답', en: 'Last answer' },
  time: { ko: '시각', en: 'Time' },
  retryAt: { ko: '{time}에 다시 시도', en: 'Next try {time}' },
  replay: { ko: '다시 보내기', en: 'Send again' },
  replayName: { ko: '{type} {time} 다시 보내기', en: 'Send {type} of {time} again' },

  funnel: { ko: '계좌 등록 단계', en: 'Onboarding funnel' },
  funnelNote: {
    ko: '그 기간에 시작한 세션이 어디까지 왔는지 보여요. 비율은 시작 대비, 이탈은 앞 단계 대비예요. 아직 진행 중인 세션도 이탈로 세요.',
    en: 'How far the sessions that began in the period have come: the share of all, and what was lost since the step before. Sessions that are still under way count as lost until they come further.',
  },
  stage: { ko: '단계', en: 'Step' },
  lost: { ko: '이탈 {share}%', en: '{share}% lost' },

  sessions: { ko: '최근 등록 세션', en: 'Recent sessions' },
  noSessions: { ko: '아직 세션이 없어요.', en: 'There are no sessions yet.' },
  started: { ko: '시작', en: 'Started' },
  step: { ko: '단계', en: 'Step' },
  customer: { ko: '고객', en: 'Customer' },
  account: { ko: '계좌', en: 'Account' },
  problem: { ko: '마지막 오류', en: 'Last problem' },
  session: { ko: '세션', en: 'Session' },

  workers: { ko: '작업 상태', en: 'Workers' },
  worker: { ko: '작업', en: 'Work' },
  submitting: { ko: '헥토로 보내는 중', en: 'Being sent to Hecto' },
  held: { ko: '보관 중인 웹훅', en: 'Webhooks held' },
  oldest: { ko: '{count}건, 가장 오래된 것 {age}', en: '{count}, the oldest {age}' },
  count: { ko: '{count}건', en: '{count}' },
  latestDay: { ko: '{age} 전에 시작된 날까지 처리', en: 'up to the day that began {age} ago' },
  neverRan: { ko: '아직 실행 전', en: 'not run yet' },
  lane: { ko: '헥토 호출 ({lane}, 이 인스턴스)', en: 'Calls to Hecto ({lane}, this instance)' },
  laneCalls: {
    ko: '진행 {active}, 대기 {queued}, {breaker}',
    en: '{active} under way, {queued} waiting, {breaker}',
  },
  laneClosed: { ko: '정상', en: 'working' },
  laneOpen: { ko: '실패가 많아 잠시 멈춤', en: 'paused after too many failures' },

  actions: { ko: '운영자 기록', en: 'What operators did' },
  noActions: { ko: '아직 기록이 없어요.', en: 'Nothing yet.' },
  operator: { ko: '이름', en: 'Name' },
  what: { ko: '한 일', en: 'Action' },
  subject: { ko: '대상', en: 'Subject' },
  outcome: { ko: '결과', en: 'Outcome' },

  seconds: { ko: '{n}초', en: '{n}\u00a0s' },
  minutes: { ko: '{n}분', en: '{n}\u00a0min' },
  hours: { ko: '{n}시간', en: '{n}\u00a0h' },
  days: { ko: '{n}일', en: '{n}\u00a0d' },
} satisfies Record<string, Words>;

export const spanTexts: Readonly<Record<Span, Words>> = {
  today: { ko: '오늘', en: 'Today' },
  lastDay: { ko: '24시간', en: '24 h' },
  lastWeek: { ko: '7일', en: '7 days' },
};

export const stageTexts: Readonly<Record<Stage, Words>> = {
  started: { ko: '시작', en: 'Started' },
  agreed: { ko: '약관 동의', en: 'Terms agreed' },
  phoneProven: { ko: '휴대폰 인증', en: 'Phone verified' },
  accountChosen: { ko: '계좌 선택', en: 'Account chosen' },
  callApproved: { ko: 'ARS 승인', en: 'ARS approved' },
  registered: { ko: '계좌 등록', en: 'Account registered' },
  completed: { ko: '비밀번호 완료', en: 'Password done' },
};

export const stepTexts: Readonly<Record<Step, Words>> = {
  terms: { ko: '약관', en: 'Terms' },
  identity: { ko: '본인 정보', en: 'Identity' },
  code: { ko: '인증번호', en: 'Code' },
  pass: { ko: 'PASS 인증', en: 'PASS' },
  account: { ko: '계좌 선택', en: 'Account' },
  ars: { ko: 'ARS 전화', en: 'ARS call' },
  password: { ko: '결제 비밀번호', en: 'Password' },
  done: { ko: '완료', en: 'Done' },
  failed: { ko: '실패', en: 'Failed' },
  cancelled: { ko: '취소', en: 'Cancelled' },
  expired: { ko: '만료', en: 'Expired' },
};

export const kindTexts: Readonly<Record<IntentKind, Words>> = {
  payment: { ko: '결제', en: 'Payment' },
  charge: { ko: '정기 결제', en: 'Recurring charge' },
  refund: { ko: '환불', en: 'Refund' },
  remittance: { ko: '송금', en: 'Remittance' },
  registration: { ko: '계좌 등록', en: 'Registration' },
};

export const eventStateTexts: Readonly<Record<EventState, Words>> = {
  pending: { ko: '보내는 중', en: 'Pending' },
  delivered: { ko: '전달됨', en: 'Delivered' },
  failed: { ko: '포기함', en: 'Given up' },
  held: { ko: '보관 중', en: 'Held' },
};

export const attemptErrorTexts = {
  timeout: { ko: '시간 초과', en: 'Timed out' },
  connection: { ko: '연결 안 됨', en: 'No connection' },
  'address-refused': { ko: '허용되지 않은 주소', en: 'Address refused' },
} satisfies Record<string, Words>;

export const laneTexts: Readonly<Record<LaneName, Words>> = {
  authentication: { ko: '인증', en: 'verification' },
  money: { ko: '돈', en: 'money' },
  inquiry: { ko: '조회', en: 'inquiries' },
};

export const jobTexts: Readonly<Record<JobName, Words>> = {
  'cancelled-accounts': { ko: '해지된 계좌 받기', en: 'Cancelled accounts' },
  reconciliation: { ko: '하루 대사', en: 'Reconciliation' },
};

export const actionTexts: Readonly<Record<OperatorAction['action'], Words>> = {
  inquire: { ko: '지금 확인', en: 'Asked now' },
  replay: { ko: '다시 보내기', en: 'Sent again' },
};

/** What came of an action: one sentence for who pressed the button. */
export const outcomeTexts: Readonly<Record<OperatorAction['outcome'], Words>> = {
  succeeded: { ko: '성공한 거래로 확인됐어요.', en: 'It succeeded.' },
  failed: { ko: '실패한 거래로 확인됐어요. 돈은 움직이지 않았어요.', en: 'It failed: nothing was moved.' },
  unknown: {
    ko: '헥토도 아직 결과를 몰라요. 자동 확인을 계속할게요.',
    en: 'Hecto cannot tell yet. The automatic inquiries go on.',
  },
  needs_review: {
    ko: '헥토의 답으로는 정할 수 없어요. 사람이 확정해야 해요.',
    en: 'Hecto’s answer settles nothing: a person has to decide.',
  },
  'under-way': {
    ko: '이미 확인하고 있어요. 잠시 뒤 새로고침하세요.',
    en: 'Somebody is asking already. Refresh in a moment.',
  },
  final: { ko: '이미 결과가 나온 거래예요.', en: 'Its outcome is known already.' },
  sent: { ko: '곧 다시 보낼게요.', en: 'It is sent again at once.' },
  'no-endpoint': {
    ko: 'WEBHOOK_URL이 없어 보낼 곳이 없어요.',
    en: 'There is nowhere to send it: WEBHOOK_URL is not set.',
  },
  'not-found': { ko: '찾을 수 없어요.', en: 'It is not there.' },
};

/** What each refusal code means for whoever writes the merchant's server, and what to do about it. */
import type { RefusalCode } from '../../../shared/api/refusals.ts';
import type { Words } from './problems.ts';

/** What there is to do. Many refusals want the same. */
export const advice = {
  mend: {
    en: 'Tell the customer; with what is right another try can succeed.',
    ko: '고객에게 알리고, 바로잡아 다시 하게 하세요.',
  },
  again: {
    en: 'A new try may succeed, with a new key and order number.',
    ko: '새 키와 새 주문번호로 다시 하면 성공할 수 있어요.',
  },
  ask: {
    en: 'Ask again a moment later; do not begin anew meanwhile.',
    ko: '잠시 뒤 다시 물어보세요. 그동안 새로 시작하지 마세요.',
  },
  soon: { en: 'Wait until `opensAt`, or some seconds.', ko: '`opensAt`까지, 없으면 몇 초 기다리세요.' },
  later: {
    en: 'Try again later: at `opensAt` where it is given, never in a tight loop.',
    ko: '나중에 다시 하세요. `opensAt`이 있으면 그때 하고, 쉬지 않고 되풀이하지 마세요.',
  },
  tomorrow: {
    en: 'Not before `opensAt`; the counters of a day end at midnight in Korea.',
    ko: '`opensAt` 뒤에 하세요. 하루 단위로 세는 횟수는 한국 시각 자정에 새로 시작해요.',
  },
  'other-account': {
    en: 'Offer another account; this one will not do.',
    ko: '다른 계좌를 쓰도록 안내하세요. 이 계좌로는 안 돼요.',
  },
  neutral: {
    en: 'Offer another account or the support. Say no more than the text: the customer must not be warned.',
    ko: '다른 계좌나 고객센터를 안내하세요. 고객이 눈치채지 않도록 문구보다 더 말하지 마세요.',
  },
  register: {
    en: 'Forget the account key and begin a new onboarding for the customer.',
    ko: '계좌 키를 지우고, 고객의 등록 세션을 새로 시작하세요.',
  },
  done: { en: 'Take it as done: it is as you wanted it.', ko: '이미 원하는 상태예요. 끝난 것으로 다루세요.' },
  sms: { en: 'Verify by text message.', ko: '문자 인증으로 진행하세요.' },
  code: { en: 'Have a new one sent.', ko: '새로 보내세요.' },
  call: {
    en: 'Ask for another call. In the widget the customer does so.',
    ko: '전화를 다시 요청하세요. 위젯에서는 고객이 직접 해요.',
  },
  password: {
    en: 'Let the customer try again, or prove the phone.',
    ko: '다시 입력하게 하거나, 휴대폰 인증을 안내하세요.',
  },
  unlock: {
    en: 'Have the customer prove the phone: in an onboarding, or by a phone verification.',
    ko: '등록 세션이나 휴대폰 인증으로 본인임을 확인하게 하세요.',
  },
  widget: {
    en: 'Nothing: the widget has the customer choose again.',
    ko: '할 일이 없어요. 위젯에서 고객이 다시 정해요.',
  },
  'set-password': {
    en: 'Begin an onboarding, in which the customer chooses one (`flow.paymentPassword`).',
    ko: '등록 세션을 시작해 고객이 정하게 하세요(`flow.paymentPassword`).',
  },
  amount: {
    en: 'Another amount may pass; or offer another account or method.',
    ko: '금액을 바꾸거나 다른 계좌, 다른 결제수단을 안내하세요.',
  },
  'other-method': {
    en: 'Offer another payment method; repeating it does not help today.',
    ko: '다른 결제수단을 안내하세요. 오늘은 다시 해도 같아요.',
  },
  approve: {
    en: 'Call the customer for approval (`POST /v1/ars-calls`), then pay anew.',
    ko: '전화 승인(`POST /v1/ars-calls`)을 받고 새로 결제하세요.',
  },
  support: {
    en: 'Send the customer to Hecto Financial’s support (1600-5220). Repeating it does not help.',
    ko: '헥토파이낸셜 고객센터(1600-5220)를 안내하세요. 다시 해도 같아요.',
  },
  'look-up': {
    en: '**Do not pay again.** In the first minutes after an order this proves nothing; ask again later.',
    ko: '**다시 결제하지 마세요.** 주문 뒤 몇 분 동안은 증거가 되지 않아요. 나중에 다시 물어보세요.',
  },
  wait: {
    en: '**Do not do it again.** We go on asking; the outcome comes by webhook and by `GET`.',
    ko: '**다시 하지 마세요.** 우리가 계속 물어보고, 결과는 웹훅과 `GET`으로 알려 줘요.',
  },
  double: {
    en: '**Do nothing again.** Compare the order with the ledger and with Hecto; both amounts can be refunded.',
    ko: '**아무것도 다시 하지 마세요.** 원장과 헥토의 기록을 비교하세요. 두 금액 모두 환불할 수 있어요.',
  },
  ours: {
    en: 'Not the customer’s to mend: look at the BFF’s configuration and log, then ask Hecto.',
    ko: '고객이 고칠 수 없어요. BFF의 설정과 로그를 확인하고 헥토에 문의하세요.',
  },
} as const satisfies Record<string, Words>;

export type Advice = keyof typeof advice;

type Explained = { readonly means: Words; readonly do: Advice };

const explained = (to: Advice, en: string, ko: string): Explained => ({ means: { en, ko }, do: to });

export const refusalsExplained: Readonly<Record<RefusalCode, Explained>> = {
  'account-not-confirmed': explained(
    'mend',
    'The account does not exist, is not valid, or is not in this name. One code for all of these, so that nobody can search for accounts.',
    '계좌가 없거나, 유효하지 않거나, 명의가 달라요. 계좌를 찾아내지 못하도록 모두 같은 코드를 써요.',
  ),
  'account-already-registered': explained(
    'done',
    'The account was registered before.',
    '이미 등록된 계좌예요.',
  ),
  'account-not-usable': explained(
    'other-account',
    'This kind of account cannot be registered or drawn from.',
    '등록하거나 출금할 수 없는 종류의 계좌예요.',
  ),
  'account-restricted': explained(
    'other-account',
    'The bank does not allow withdrawals from it.',
    '은행이 출금을 제한한 계좌예요.',
  ),
  'account-not-accepted': explained(
    'neutral',
    'The account may not be used; nobody is told why.',
    '쓸 수 없는 계좌예요. 이유는 알리지 않아요.',
  ),
  'account-holder-mismatch-birth': explained(
    'mend',
    'Birth date or business number differ from the account’s.',
    '생년월일이나 사업자번호가 계좌 정보와 달라요.',
  ),
  'account-cancelled': explained(
    'register',
    'The automatic transfer was cancelled at the bank.',
    '은행에서 자동이체가 해지됐어요.',
  ),
  'account-already-cancelled': explained(
    'done',
    'The registration was ended before.',
    '이미 해지한 계좌예요.',
  ),
  'account-link-ended': explained(
    'register',
    'The open-banking link of the account was ended.',
    '오픈뱅킹 연결이 해지된 계좌예요.',
  ),
  'account-link-not-valid': explained(
    'register',
    'The open-banking link of the account is no longer valid.',
    '오픈뱅킹 연결이 더는 유효하지 않은 계좌예요.',
  ),
  'account-checks-exhausted': explained(
    'tomorrow',
    'Too many accounts that could not be confirmed today, by our count or Hecto’s.',
    '확인하지 못한 계좌가 오늘 너무 많아요. 우리나 헥토가 센 횟수예요.',
  ),
  'holder-check-failed': explained(
    'later',
    'The bank did not tell the holder’s name.',
    '은행이 예금주 이름을 알려 주지 않았어요.',
  ),
  'bank-maintenance': explained(
    'later',
    'The bank is closed, by its published hours or by its own word.',
    '은행 점검 시간이에요.',
  ),
  'bank-not-supported': explained(
    'other-account',
    'The bank does not take part in this.',
    '이 업무를 지원하지 않는 은행이에요.',
  ),
  'service-maintenance': explained(
    'later',
    'Hecto’s system is under maintenance.',
    '헥토 시스템이 점검 중이에요.',
  ),
  'service-paused': explained('support', 'Hecto has suspended the service.', '헥토가 서비스를 멈췄어요.'),
  'service-busy': explained(
    'later',
    'Hecto is over its capacity. Nothing happened.',
    '헥토의 처리 용량을 넘었어요. 아무 일도 일어나지 않았어요.',
  ),
  'service-unavailable': explained(
    'later',
    'No connection to Hecto, or an answer that means as much. Nothing happened.',
    '헥토에 연결되지 않았거나 그와 같은 답이 왔어요. 아무 일도 일어나지 않았어요.',
  ),
  'phone-not-verified': explained(
    'mend',
    'The carrier does not confirm name, birth date, carrier and number together.',
    '이름, 생년월일, 통신사, 번호를 통신사가 확인해 주지 않아요.',
  ),
  'pass-not-available': explained(
    'sms',
    'The customer does not use the carrier’s PASS app.',
    '고객이 통신사의 PASS 앱을 쓰지 않아요.',
  ),
  'pass-expired': explained('code', 'The PASS request is too old.', 'PASS 요청 시간이 지났어요.'),
  'pass-not-finished': explained(
    'ask',
    'The customer has not approved in the app yet.',
    '고객이 앱에서 아직 인증하지 않았어요.',
  ),
  'code-wrong': explained('mend', 'The code is not the one that was sent.', '보낸 인증번호와 달라요.'),
  'code-expired': explained('code', 'The code is too old.', '인증번호의 유효 시간이 지났어요.'),
  'code-tries-exhausted': explained(
    'code',
    'Five wrong codes: this one is spent.',
    '다섯 번 틀려서 이 인증번호는 더 쓸 수 없어요.',
  ),
  'code-sends-exhausted': explained(
    'tomorrow',
    'No more messages for this phone, customer or network for now.',
    '이 휴대폰, 고객, 네트워크에는 지금 더 보낼 수 없어요.',
  ),
  'too-soon': explained('soon', 'The same was asked for a moment ago.', '같은 요청을 방금 했어요.'),
  'call-wrong-digits': explained(
    'call',
    'The customer pressed other digits than those on the screen.',
    '화면의 번호와 다른 번호를 눌렀어요.',
  ),
  'call-no-digits': explained('call', 'Nothing was pressed in time.', '제시간에 번호를 누르지 않았어요.'),
  'call-number-unreachable': explained('call', 'The number does not exist.', '없는 번호예요.'),
  'call-declined': explained(
    'call',
    'The call was turned away, by the customer or by a call blocker.',
    '고객이나 차단 앱이 전화를 거절했어요.',
  ),
  'call-not-answered': explained('call', 'Nobody answered.', '전화를 받지 않았어요.'),
  'call-cancelled': explained(
    'call',
    'The approval was broken off during the call.',
    '통화 중에 승인을 취소했어요.',
  ),
  'call-failed': explained(
    'call',
    'The call ended for a reason that Hecto does not tell.',
    '헥토가 이유를 알려 주지 않고 통화가 끝났어요.',
  ),
  'call-check-failed': explained(
    'call',
    'Hecto does not accept the approval by this call.',
    '헥토가 이 통화의 승인을 인정하지 않았어요.',
  ),
  'call-not-receivable': explained(
    'call',
    'The phone cannot be called now.',
    '지금은 전화를 받을 수 없는 휴대폰이에요.',
  ),
  'call-not-placed': explained('call', 'Hecto could not place the call.', '헥토가 전화를 걸지 못했어요.'),
  'call-not-finished': explained('call', 'Hecto has no result of the call yet.', '통화 결과가 아직 없어요.'),
  'call-account-differs': explained(
    'call',
    'The account is another than the one that the call was about.',
    '통화로 승인한 계좌와 달라요.',
  ),
  'call-not-requested': explained('call', 'Hecto knows of no such call.', '헥토에 그런 전화 요청이 없어요.'),
  'calls-exhausted': explained(
    'tomorrow',
    'No more calls for this proof of the phone, or to this phone today.',
    '이번 본인확인이나 오늘 이 휴대폰으로는 더 걸 수 없어요.',
  ),
  'password-wrong': explained(
    'password',
    'The payment password is not right; `triesLeft` says how often it may still be tried.',
    '결제 비밀번호가 틀렸어요. `triesLeft`가 남은 횟수예요.',
  ),
  'password-locked': explained(
    'unlock',
    'Five wrong payment passwords in a row.',
    '결제 비밀번호를 연달아 다섯 번 틀렸어요.',
  ),
  'password-too-simple': explained(
    'widget',
    'A new password that is easily guessed: repeated or running digits, the birth date, digits of the phone or the account.',
    '쉽게 맞힐 수 있는 새 비밀번호예요. 반복되거나 이어지는 숫자, 생년월일, 휴대폰이나 계좌번호의 숫자예요.',
  ),
  'password-differs': explained(
    'widget',
    'The repetition of a new password is another one.',
    '다시 입력한 새 비밀번호가 달라요.',
  ),
  'password-not-set': explained(
    'set-password',
    'The customer has no payment password.',
    '고객에게 결제 비밀번호가 없어요.',
  ),
  'password-not-saved': explained(
    'widget',
    'Hecto did not take the new password.',
    '헥토가 새 비밀번호를 저장하지 않았어요.',
  ),
  'balance-too-low': explained('amount', 'Not enough money in the account.', '계좌 잔액이 부족해요.'),
  'limit-per-payment': explained(
    'amount',
    'More than one payment may be.',
    '한 번에 결제할 수 있는 금액을 넘었어요.',
  ),
  'limit-per-day': explained(
    'other-method',
    'The bank’s limit of the day is reached.',
    '은행의 하루 한도에 닿았어요.',
  ),
  'limit-per-day-amount': explained(
    'other-method',
    'Hecto’s amount of the day is reached.',
    '헥토의 하루 금액 한도에 닿았어요.',
  ),
  'limit-per-month-amount': explained(
    'other-method',
    'Hecto’s amount of the month is reached.',
    '헥토의 한 달 금액 한도에 닿았어요.',
  ),
  'limit-per-day-count': explained(
    'other-method',
    'Hecto’s number of payments a day is reached.',
    '헥토의 하루 횟수 한도에 닿았어요.',
  ),
  'limit-per-month-count': explained(
    'other-method',
    'Hecto’s number of payments a month is reached.',
    '헥토의 한 달 횟수 한도에 닿았어요.',
  ),
  'second-approval-needed': explained(
    'approve',
    'The amount needs another approval by phone call.',
    '금액이 커서 전화 승인이 한 번 더 필요해요.',
  ),
  'payment-cancelled': explained(
    'mend',
    'The payment was cancelled before it was done.',
    '끝나기 전에 취소된 결제예요.',
  ),
  'already-cancelled': explained(
    'done',
    'The payment was refunded before, perhaps not by us.',
    '이미 취소한 거래예요. 다른 곳에서 취소했을 수도 있어요.',
  ),
  'refund-amount': explained(
    'amount',
    'Hecto does not accept this amount for a refund.',
    '헥토가 이 환불 금액을 받아들이지 않아요.',
  ),
  'receipt-already-registered': explained(
    'done',
    'The cash receipt user is registered.',
    '이미 등록된 현금영수증 정보예요.',
  ),
  'receipt-not-registered': explained(
    'mend',
    'The cash receipt user is not known.',
    '등록되지 않은 현금영수증 정보예요.',
  ),
  'method-not-allowed': explained(
    'other-method',
    'Hecto’s policy does not allow this method here.',
    '헥토의 정책에 따라 쓸 수 없는 결제수단이에요.',
  ),
  'method-barred': explained(
    'support',
    'Hecto’s policy bars this method for the customer.',
    '헥토의 정책에 따라 이 고객에게 막힌 결제수단이에요.',
  ),
  'not-possible': explained(
    'support',
    'Not possible for a reason that Hecto does not tell.',
    '헥토가 이유를 알려 주지 않는 거절이에요.',
  ),
  'transaction-failed': explained(
    'again',
    'It failed, and nothing moved.',
    '거래에 실패했고 아무것도 움직이지 않았어요.',
  ),
  'transaction-not-found': explained(
    'look-up',
    'Hecto has no such order on record now.',
    '지금 헥토의 기록에 그런 주문이 없어요.',
  ),
  'registration-not-made': explained(
    'call',
    'The answer was lost, and Hecto’s list shows that nothing was registered.',
    '답을 잃었지만, 헥토의 목록을 보니 등록되지 않았어요.',
  ),
  'no-answer': explained('ask', 'Hecto’s answer was lost.', '헥토의 답을 잃었어요.'),
  'result-pending': explained(
    'wait',
    'The bank has not told the result.',
    '은행이 결과를 알려 주지 않았어요.',
  ),
  'result-unknown': explained(
    'wait',
    'Nobody has told the result; also every code that Hecto never printed.',
    '결과를 아무도 알려 주지 않았어요. 헥토 문서에 없는 코드도 여기에 들어가요.',
  ),
  'request-pending': explained('wait', 'Hecto is at work on it.', '헥토가 처리하고 있어요.'),
  'earlier-request-pending': explained(
    'wait',
    'Hecto is at work on an earlier request.',
    '헥토가 먼저 온 요청을 처리하고 있어요.',
  ),
  'busy-pending': explained(
    'wait',
    'Hecto is busy, and whether it took the order is not known.',
    '헥토가 바빠서 주문을 받았는지 알 수 없어요.',
  ),
  'duplicate-pending': explained(
    'wait',
    'Hecto had this order number before; what counts is the first.',
    '헥토가 이 주문번호를 이미 받았어요. 처음 것의 결과가 중요해요.',
  ),
  'double-withdrawal-check': explained(
    'double',
    'The bank says that it withdrew twice.',
    '은행이 두 번 출금했다고 알려 왔어요.',
  ),
  'double-remittance-check': explained(
    'double',
    'The bank says that it sent twice.',
    '은행이 두 번 송금했다고 알려 왔어요.',
  ),
  'registration-pending': explained('wait', 'The registration is under way.', '계좌를 등록하고 있어요.'),
  'refund-pending': explained('wait', 'The refund is under way.', '환불하고 있어요.'),
  'refund-already-pending': explained(
    'wait',
    'Another refund of the same payment is under way.',
    '같은 결제의 다른 환불이 진행 중이에요.',
  ),
  'request-not-accepted': explained(
    'ours',
    'Hecto does not take our request: keys, merchant id, `hdInfo` or a field are not as agreed.',
    '헥토가 요청을 받아들이지 않아요. 키, 가맹점 ID, `hdInfo`나 필드가 계약과 달라요.',
  ),
};

/** What each problem code means for whoever writes the merchant's server, and what to do about it. */
import type { ProblemCode } from '../../../shared/api/problems.ts';
import en from '../../../widget/text/en.ts';
import ko from '../../../widget/text/ko.ts';
import type { Locale } from '../pages.ts';

export type Words = Readonly<Record<Locale, string>>;

const ended = (why: 'not-authorized' | 'taken-over' | 'unavailable'): Words => ({
  en: `${en.ended[why].title}. ${en.ended[why].text}`,
  ko: `${ko.ended[why].title}. ${ko.ended[why].text}`,
});

/** What the widget shows where its own call to the BFF ends so: these words, or what stands here about it. */
export const shown = {
  nothing: { en: 'nothing. Only your server hears of it.', ko: '없어요. 가맹점 서버만 알아요.' },
  failed: { en: en.shell.failed, ko: ko.shell.failed },
  'the step': {
    en: 'The widget asks how things stand and shows the step at which the customer really is.',
    ko: '위젯이 지금 상태를 다시 물어보고, 고객이 실제로 있는 단계를 보여 줘요.',
  },
  'the refusal': {
    en: 'In the widget refusals are no problems: the screen shows the text of the refusal.',
    ko: '위젯에서 거절은 오류가 아니에요. 화면에 거절 코드의 문구가 나와요.',
  },
  'not-authorized': ended('not-authorized'),
  'taken-over': ended('taken-over'),
  unavailable: ended('unavailable'),
} as const satisfies Record<string, Words>;

/** Those of them that are no words of the widget's. */
export const about: readonly (keyof typeof shown)[] = ['nothing', 'the step', 'the refusal'];

export type Explained = { readonly means: Words; readonly do: Words; readonly shown: keyof typeof shown };

export const problemsExplained: Readonly<Record<ProblemCode, Explained>> = {
  'invalid-request': {
    means: {
      en: 'A field is missing, unknown, or not as the contract wants it. `errors` names each field and what is allowed there, never the value.',
      ko: '필드가 없거나, 모르는 필드이거나, 규칙에 맞지 않아요. `errors`가 필드와 허용되는 값을 알려 줘요. 보낸 값은 담지 않아요.',
    },
    do: {
      en: 'Mend the request. Nothing was sent to Hecto.',
      ko: '요청을 고치세요. 헥토에 아무것도 보내지 않았어요.',
    },
    shown: 'failed',
  },
  'invalid-json': {
    means: {
      en: 'The body is no JSON, names a key twice, or is nested too deeply.',
      ko: '본문이 JSON이 아니거나, 같은 이름이 두 번 나오거나, 너무 깊이 중첩됐어요.',
    },
    do: { en: 'Let a JSON library write the body.', ko: 'JSON 라이브러리로 본문을 만드세요.' },
    shown: 'failed',
  },
  'malformed-request': {
    means: {
      en: 'The address or a header is not well-formed, or a query parameter comes twice.',
      ko: '주소나 헤더의 형식이 틀렸거나, 쿼리 파라미터가 두 번 나와요.',
    },
    do: { en: 'Mend the request.', ko: '요청을 고치세요.' },
    shown: 'failed',
  },
  'uri-too-long': {
    means: { en: 'The address is longer than the BFF reads.', ko: '주소가 BFF가 읽는 길이를 넘었어요.' },
    do: { en: 'Take a cursor or an id as it was answered.', ko: '커서와 id는 받은 그대로 쓰세요.' },
    shown: 'nothing',
  },
  'headers-too-large': {
    means: { en: 'The headers are larger than the BFF reads.', ko: '헤더가 BFF가 읽는 크기를 넘었어요.' },
    do: {
      en: 'Send only what is needed; look at what your HTTP client or a proxy adds.',
      ko: '필요한 헤더만 보내고, HTTP 클라이언트나 프록시가 덧붙이는 것을 확인하세요.',
    },
    shown: 'failed',
  },
  'request-timeout': {
    means: {
      en: 'The request did not arrive in time. It was not begun.',
      ko: '요청이 제시간에 다 오지 않았어요. 처리를 시작하지 않았어요.',
    },
    do: { en: 'Send it again with the same Idempotency-Key.', ko: '같은 Idempotency-Key로 다시 보내세요.' },
    shown: 'failed',
  },
  'unsupported-media-type': {
    means: {
      en: 'The body is not `application/json`, or it is compressed.',
      ko: '본문이 `application/json`이 아니거나 압축돼 있어요.',
    },
    do: {
      en: 'Send `Content-Type: application/json`, uncompressed.',
      ko: '`Content-Type: application/json`으로 압축하지 않고 보내세요.',
    },
    shown: 'failed',
  },
  'body-too-large': {
    means: { en: 'The body is longer than `detail` says.', ko: '본문이 `detail`에 적힌 길이를 넘었어요.' },
    do: { en: 'Send less, for instance in `metadata`.', ko: '`metadata` 등을 줄여서 보내세요.' },
    shown: 'failed',
  },
  'not-found': {
    means: {
      en: 'There is no such path, or no such thing of yours. What is another’s looks the same.',
      ko: '그런 경로나 대상이 없어요. 다른 가맹점의 것도 없는 것처럼 보여요.',
    },
    do: {
      en: 'Look at the id and at the key that you use. Sessions can be read for 23 hours.',
      ko: 'id와 사용하는 키를 확인하세요. 세션은 23시간 동안 조회할 수 있어요.',
    },
    shown: 'failed',
  },
  'method-not-allowed': {
    means: {
      en: 'The path exists, but not with this method; `Allow` lists those that do.',
      ko: '경로는 있지만 이 메서드는 쓸 수 없어요. `Allow`에 쓸 수 있는 메서드가 있어요.',
    },
    do: { en: 'Compare with the merchant API.', ko: '가맹점 API와 비교해 보세요.' },
    shown: 'nothing',
  },
  unauthorized: {
    means: { en: 'The key or token is missing or not known.', ko: '키나 토큰이 없거나, 모르는 값이에요.' },
    do: {
      en: 'Send `Authorization: Bearer` with one of `MERCHANT_API_KEYS`. After a rotation take the new key.',
      ko: '`MERCHANT_API_KEYS` 가운데 하나를 `Authorization: Bearer`로 보내세요. 키를 바꿨다면 새 키를 쓰세요.',
    },
    shown: 'not-authorized',
  },
  'key-not-allowed': {
    means: {
      en: 'The key is known, but its scopes do not reach this call.',
      ko: '아는 키이지만 이 호출을 할 범위가 없어요.',
    },
    do: {
      en: 'Use a key with the scope that the call names, or give this one another scope.',
      ko: '호출에 필요한 범위가 있는 키를 쓰거나, 이 키에 범위를 더하세요.',
    },
    shown: 'nothing',
  },
  'origin-not-allowed': {
    means: {
      en: 'The page is of an origin that `ALLOWED_ORIGINS` does not list, or not of the one that the session was made for.',
      ko: '페이지의 출처가 `ALLOWED_ORIGINS`에 없거나, 세션을 만들 때의 출처와 달라요.',
    },
    do: {
      en: 'List the exact origin (scheme, host and port), and name it as `origin` when you create the session.',
      ko: '출처를 정확히(스킴, 호스트, 포트) 등록하고, 세션을 만들 때 `origin`으로 알려 주세요.',
    },
    shown: 'unavailable',
  },
  'client-token-invalid': {
    means: {
      en: 'The client token was used, is older than ten minutes, or was made for another origin.',
      ko: '클라이언트 토큰을 이미 썼거나, 10분이 지났거나, 다른 출처를 위한 것이에요.',
    },
    do: {
      en: 'Give the element `fetchClientToken`: it then gets a new one by itself.',
      ko: '요소에 `fetchClientToken`을 주면 스스로 새 토큰을 받아요.',
    },
    shown: 'not-authorized',
  },
  'session-invalid': {
    means: {
      en: 'The session is over, or its token was replaced.',
      ko: '세션이 끝났거나, 세션 토큰이 바뀌었어요.',
    },
    do: {
      en: 'Nothing with `fetchClientToken`: the widget asks for another token. Otherwise begin again.',
      ko: '`fetchClientToken`이 있으면 위젯이 새 토큰을 받아 이어 가요. 없으면 처음부터 다시 시작하세요.',
    },
    shown: 'not-authorized',
  },
  'session-taken-over': {
    means: {
      en: 'The customer went on in another window or on another device. One place at a time.',
      ko: '고객이 다른 창이나 기기에서 이어 가고 있어요. 한 번에 한 곳에서만 할 수 있어요.',
    },
    do: {
      en: 'Nothing. The customer may take it back with one press.',
      ko: '할 일이 없어요. 고객이 버튼을 눌러 여기서 이어 갈 수 있어요.',
    },
    shown: 'taken-over',
  },
  'wrong-step': {
    means: {
      en: 'The customer is at another step, or pressed twice.',
      ko: '고객이 다른 단계에 있거나 두 번 눌렀어요.',
    },
    do: { en: 'Nothing.', ko: '할 일이 없어요.' },
    shown: 'the step',
  },
  conflict: {
    means: {
      en: 'Something else changed it at the same time, or it is over; `detail` says which.',
      ko: '같은 때에 다른 요청이 바꿨거나 이미 끝났어요. `detail`에 이유가 있어요.',
    },
    do: {
      en: 'Read it, and repeat only if it is still wanted. For a session that is over create a new one.',
      ko: '다시 조회하고, 여전히 필요할 때만 다시 요청하세요. 끝난 세션이라면 새로 만드세요.',
    },
    shown: 'the step',
  },
  'keypad-invalid': {
    means: {
      en: 'The shuffled keypad is older than two minutes or was used.',
      ko: '섞인 키패드를 이미 썼거나 2분이 지났어요.',
    },
    do: { en: 'Nothing: the widget shows a new one.', ko: '위젯이 새 키패드를 보여 줘요.' },
    shown: 'the step',
  },
  'too-many-requests': {
    means: {
      en: 'Too many requests. The BFF itself counts tries and tells them as refusals; a proxy in front of it may answer so.',
      ko: '요청이 너무 많아요. BFF는 횟수를 세어 거절 코드로 알려 주므로, 이 답은 앞에 둔 프록시가 보낼 수 있어요.',
    },
    do: { en: 'Wait for `Retry-After`.', ko: '`Retry-After`만큼 기다리세요.' },
    shown: 'failed',
  },
  'idempotency-key-required': {
    means: {
      en: 'The call makes, moves or counts something and has no `Idempotency-Key`.',
      ko: '무언가를 만들거나 움직이거나 세는 호출인데 `Idempotency-Key`가 없어요.',
    },
    do: {
      en: 'Choose one key for each thing that you want to happen, and keep it with your order.',
      ko: '하려는 일마다 키를 하나 정해 주문과 함께 보관하세요.',
    },
    shown: 'nothing',
  },
  'idempotency-key-reused': {
    means: {
      en: 'The key came before with another body. Nothing happened.',
      ko: '같은 키로 다른 본문을 보낸 적이 있어요. 아무 일도 하지 않았어요.',
    },
    do: {
      en: 'Repeat the very same request to hear of the first, or take a new key for another thing.',
      ko: '첫 요청의 결과를 알려면 똑같은 요청을 보내고, 다른 일이라면 새 키를 쓰세요.',
    },
    shown: 'nothing',
  },
  'idempotency-key-in-flight': {
    means: {
      en: 'The first request with this key is still at work.',
      ko: '이 키의 첫 요청이 아직 진행 중이에요.',
    },
    do: {
      en: 'Ask again with the same key after `Retry-After`. Do not take a new one.',
      ko: '`Retry-After` 뒤에 같은 키로 다시 물어보세요. 새 키를 쓰지 마세요.',
    },
    shown: 'nothing',
  },
  'hecto-refused': {
    means: {
      en: 'Hecto or the bank refused. It is final: nothing moved. `refusal` says why, `hecto` holds Hecto’s own codes.',
      ko: '헥토나 은행이 거절했어요. 확정된 결과이고 아무것도 움직이지 않았어요. `refusal`이 이유, `hecto`가 헥토의 코드예요.',
    },
    do: {
      en: 'Decide by `refusal` (below). `retryable` says whether a new request can succeed; it takes a new key and order number.',
      ko: '아래의 `refusal`에 따라 정하세요. 새 요청이 성공할 수 있는지는 `retryable`이 알려 줘요. 새 키와 새 주문번호를 쓰세요.',
    },
    shown: 'the refusal',
  },
  refused: {
    means: {
      en: 'We refused, before or instead of Hecto: tries are used up, or a payment password that we keep is wrong.',
      ko: '헥토에 묻기 전에 우리가 거절했어요. 횟수를 다 썼거나, 우리가 보관하는 결제 비밀번호가 틀렸어요.',
    },
    do: {
      en: 'Decide by `refusal` (below); `triesLeft` and `opensAt` stand beside it where they apply.',
      ko: '아래의 `refusal`에 따라 정하세요. 필요하면 `triesLeft`와 `opensAt`이 함께 와요.',
    },
    shown: 'the refusal',
  },
  'order-number-taken': {
    means: {
      en: 'Another order has this `orderNumber`; numbers are good once, for ever.',
      ko: '다른 주문이 이 `orderNumber`를 썼어요. 번호는 한 번만 쓸 수 있어요.',
    },
    do: {
      en: 'Look at that order first: perhaps it is the one you mean. Every new try takes a new number.',
      ko: '그 주문부터 확인하세요. 같은 주문일 수 있어요. 새로 시도할 때는 새 번호를 쓰세요.',
    },
    shown: 'nothing',
  },
  'payment-not-authorized': {
    means: {
      en: 'The approval by payment password is missing, used, older than three minutes, or of another payment. Nothing was sent.',
      ko: '결제 비밀번호 승인이 없거나, 이미 썼거나, 3분이 지났거나, 다른 결제의 것이에요. 아무것도 보내지 않았어요.',
    },
    do: {
      en: 'Ask the customer for the payment password again, for this very payment.',
      ko: '바로 이 결제를 위해 결제 비밀번호를 다시 받으세요.',
    },
    shown: 'nothing',
  },
  'not-refundable': {
    means: {
      en: 'More than is left of the payment, refunds under way included, or a payment that did not succeed.',
      ko: '진행 중인 환불을 포함해 남은 금액보다 많거나, 성공하지 않은 결제예요.',
    },
    do: {
      en: 'Read the payment: `refundedAmount` says what is left.',
      ko: '결제를 조회해 `refundedAmount`로 남은 금액을 확인하세요.',
    },
    shown: 'nothing',
  },
  'no-webhook-endpoint': {
    means: {
      en: 'No `WEBHOOK_URL` is set: events are recorded and held.',
      ko: '`WEBHOOK_URL`이 없어요. 이벤트를 기록만 하고 있어요.',
    },
    do: { en: 'Set it and restart the BFF.', ko: '값을 넣고 BFF를 다시 시작하세요.' },
    shown: 'nothing',
  },
  'nothing-to-review': {
    means: {
      en: 'The outcome is known already, or is still being asked for.',
      ko: '결과를 이미 알거나, 아직 물어보는 중이에요.',
    },
    do: {
      en: 'Read the review; only `needs_review` is settled by hand.',
      ko: '검토 항목을 조회하세요. `needs_review`만 직접 정리할 수 있어요.',
    },
    shown: 'nothing',
  },
  'hecto-unavailable': {
    means: {
      en: 'Hecto could not be reached. Nothing was sent, so nothing moved.',
      ko: '헥토에 연결하지 못했어요. 아무것도 보내지 않았으니 움직인 것도 없어요.',
    },
    do: {
      en: 'Try again after `Retry-After`; with a new key where `instance` names a payment.',
      ko: '`Retry-After` 뒤에 다시 하세요. `instance`가 결제를 가리키면 새 키를 쓰세요.',
    },
    shown: 'the refusal',
  },
  hecto_unknown: {
    means: {
      en: 'It was sent, and the answer was lost or left open. **This is never a failure.**',
      ko: '보냈지만 답을 잃었거나 결과가 정해지지 않았어요. **실패가 아니에요.**',
    },
    do: {
      en: 'Do nothing again before you have asked: read the resource, or the list of what Hecto has on record.',
      ko: '물어보기 전에는 다시 하지 마세요. 대상을 조회하거나 헥토의 거래 기록을 확인하세요.',
    },
    shown: 'the refusal',
  },
  unavailable: {
    means: {
      en: 'The BFF is stopping or too busy, or its database is away.',
      ko: 'BFF가 멈추는 중이거나, 너무 바쁘거나, 데이터베이스에 연결되지 않아요.',
    },
    do: {
      en: 'Repeat it with the same key after `Retry-After`: nothing happens twice. If it lasts, look at `/readyz` and the log.',
      ko: '`Retry-After` 뒤에 같은 키로 다시 하세요. 두 번 처리되지 않아요. 계속되면 `/readyz`와 로그를 확인하세요.',
    },
    shown: 'failed',
  },
  internal: {
    means: {
      en: 'Something went wrong on our side. What had begun may have happened.',
      ko: '우리 쪽에서 문제가 생겼어요. 시작한 일은 끝났을 수도 있어요.',
    },
    do: {
      en: 'Repeat it with the same key: nothing happens twice. The log has the cause under the `requestId`.',
      ko: '같은 키로 다시 하세요. 두 번 처리되지 않아요. 로그에서 `requestId`로 원인을 찾을 수 있어요.',
    },
    shown: 'failed',
  },
};

/**
 * The merchant API's words in Korean, by the English ones: `shared/api/merchant` has those. Words without Korean stop the page
 * from being written.
 */
export const inKorean: Readonly<Record<string, string>> = {
  Onboarding: '계좌 등록',
  'Create an onboarding session': '등록 세션 만들기',
  "The merchant's own id of the customer.": '가맹점이 정한 고객 id예요.',
  "The merchant page's origin; one of ALLOWED_ORIGINS. Default: the first of them.":
    '가맹점 페이지의 출처. ALLOWED_ORIGINS 가운데 하나이고, 기본은 첫 번째예요.',
  'One of ALLOWED_RETURN_URLS, exactly.': 'ALLOWED_RETURN_URLS 가운데 하나와 똑같아야 해요.',
  'Your own notes; they come back unchanged.': '가맹점의 메모. 그대로 돌려줘요.',
  'Read an onboarding session': '등록 세션 조회',
  'For 23 hours from its creation; the account is then read with the accounts of the customer.':
    '만든 뒤 23시간 동안 조회할 수 있어요. 그 뒤에는 고객의 계좌 목록에서 확인하세요.',
  'Issue another client token': '클라이언트 토큰 다시 만들기',
  'For a page that was reloaded. A session that is over gets none.':
    '페이지를 새로 고쳤을 때 써요. 끝난 세션에는 주지 않아요.',
  'Cancel an onboarding session': '등록 세션 취소',
  'A session that is over stays as it is. `conflict` while the account is being registered.':
    '끝난 세션은 그대로 둬요. 계좌를 등록하는 중이면 `conflict`예요.',
  Accounts: '계좌',
  'List the accounts of a customer': '고객의 계좌 목록',
  'Cancelled accounts stay on the list.': '해지한 계좌도 목록에 남아요.',
  'Bank code, as `GET /v1/banks` lists them.': '`GET /v1/banks`에 나오는 은행 코드예요.',
  'Cancel an account': '계좌 해지',
  'Ends the registration: the account can no longer be drawn from. Repeating it does no harm: an account that is cancelled already is answered as it is. When the answer gets lost, the list of accounts decides; where it does not show the end, the answer is `hecto_unknown`: list the accounts a little later.':
    '등록을 끝내서 더는 출금하지 못하게 해요. 여러 번 해도 괜찮아요. 이미 해지한 계좌는 그 상태 그대로 답해요. 답을 잃으면 계좌 목록으로 판단하고, 목록에서도 확인되지 않으면 `hecto_unknown`이에요. 잠시 뒤 목록을 조회하세요.',
  'Register an account that the customer approved': '고객이 승인한 계좌 등록',
  'An account that was registered before is a success. When the outcome is not known after eight seconds the answer is 202.':
    '전에 등록한 계좌라면 성공이에요. 8초 안에 결과를 알 수 없으면 202로 답해요.',
  'Account number, digits only.': '계좌번호. 숫자만 써요.',
  'Date of birth (yyMMdd) or business registration number.': '생년월일(yyMMdd)이나 사업자등록번호예요.',
  "How the customer approved. `written` is the merchant's word; it keeps the document.":
    '고객이 승인한 방법. `written`은 가맹점이 보증하고 문서를 보관해요.',
  'An approved `POST /v1/ars-calls`.': '승인된 `POST /v1/ars-calls`예요.',
  'Number of the order, unique for ever. Left out, one is made.':
    '주문번호. 영원히 하나뿐이에요. 생략하면 만들어요.',
  "Address of the customer's device.": '고객 기기의 주소예요.',
  "Register an account on the merchant's own evidence of consent": '가맹점이 보관한 동의로 계좌 등록',
  'As agreed with Hecto.': '헥토와 정한 값이에요.',
  'Read an account registration': '계좌 등록 조회',
  'List accounts that were cancelled at banks': '은행에서 해지된 계좌 목록',
  'Of one day; complete from 11:00 in Korea of the next business day.':
    '하루치예요. 다음 영업일 한국 시각 11시부터 완전해요.',
  'Day in Korea.': '한국 날짜예요.',
  '`nextCursor` of the page before.': '앞 쪽의 `nextCursor`예요.',
  'Default $1.': '기본 $1.',
  Customers: '고객',
  'Only where `payment` was given.': '`payment`를 보냈을 때만 있어요.',
  'Moment in Korea.': '한국 시각이에요.',
  'Verify the payment password': '결제 비밀번호 확인',
  'Against the password the customer chose with us; of a customer who chose none here, Hecto is asked. Five wrong ones in a row lock it, here and in the onboarding alike, until the customer proves the phone again.\n\nWith `payment`, a right password also approves that payment: the answer carries an authorization for `POST /v1/payments`, good for one payment with the same customer, account, amount and order number, for three minutes.':
    '고객이 우리에게 정한 비밀번호와 비교해요. 여기서 정하지 않은 고객은 헥토에 물어봐요. 연달아 다섯 번 틀리면 여기서도 등록 세션에서도 잠기고, 고객이 휴대폰 인증을 다시 하면 풀려요.\n\n`payment`를 함께 보내면 맞는 비밀번호가 그 결제도 승인해요. 답에는 `POST /v1/payments`에 쓰는 승인이 들어 있어요. 같은 고객, 계좌, 금액, 주문번호의 결제 한 건에 3분 동안 쓸 수 있어요.',
  'Six digits.': '여섯 자리 숫자예요.',
  'What the customer approves with the password.': '고객이 비밀번호로 승인하는 결제예요.',
  'Key of a registered account.': '등록한 계좌의 키예요.',
  'Whole won.': '원 단위 정수예요.',
  Verifications: '확인',
  "Check an account's holder": '예금주 확인',
  "Compares the name with the bank's; without a name the bank's is answered. `birthDate` or `businessNumber` are compared too, or `amount` tells the bank what is to be moved.":
    '이름을 은행의 것과 비교해요. 이름을 보내지 않으면 은행의 이름을 답해요. `birthDate`나 `businessNumber`도 비교하고, `amount`로 옮길 금액을 은행에 알려요.',
  "Name of the account's holder: 1 to 30 bytes of UTF-8 without : & ? ' < > or control characters.":
    "예금주 이름: UTF-8 1~30바이트, : & ? ' < >와 제어 문자는 쓸 수 없어요.",
  'Date of birth.': '생년월일이에요.',
  'Business registration number, digits only.': '사업자등록번호. 숫자만 써요.',
  'Also refuse accounts that can never be registered.': '등록할 수 없는 종류의 계좌도 거절해요.',
  'Send a code, or ask in the PASS app': '인증번호 보내기, PASS 앱으로 요청하기',
  'A phone is sent at most five messages a day, those of the onboarding included.':
    '휴대폰 하나에 하루 다섯 번까지 보내요. 등록 세션에서 보낸 것도 함께 세요.',
  "The person's name as the carrier knows it.": '통신사에 등록된 이름이에요.',
  'First digit of the second half of the resident number.': '주민등록번호 뒷자리의 첫 숫자예요.',
  'Korean mobile number, digits only.': '한국 휴대폰 번호. 숫자만 써요.',
  'Confirm a phone verification': '휴대폰 인증 확인',
  'With the texted code, or, for PASS, without one after the customer approved in the app. Five wrong codes end the verification. A proof of the phone also unlocks the payment password.':
    '문자로 받은 번호로, PASS는 고객이 앱에서 인증한 뒤 번호 없이 확인해요. 다섯 번 틀리면 인증이 끝나요. 휴대폰 인증에 성공하면 결제 비밀번호의 잠금도 풀려요.',
  'The texted code; left out for PASS.': '문자로 받은 번호. PASS에서는 생략해요.',
  'Deposit one won': '1원 보내기',
  'Hecto chooses the code, and the customer reads it off the statement. With `passbookText` the text is yours, and you compare it yourself.':
    '헥토가 번호를 정하고 고객이 거래 내역에서 읽어요. `passbookText`를 보내면 그 글자를 쓰고, 비교는 가맹점이 직접 해요.',
  'Your own text instead of a code: at most 12, a Korean letter counts two.':
    '번호 대신 쓸 글자. 12까지이고 한글은 2로 세요.',
  "Name of the account's holder: 1 to 20 bytes of UTF-8 without : & ? ' < > or control characters.":
    "예금주 이름: UTF-8 1~20바이트, : & ? ' < >와 제어 문자는 쓸 수 없어요.",
  'Default `digits-4`.': '기본 `digits-4`.',
  'Stands beside the code: at most 4 letters, 3 with `digits-4`, none with `word`.':
    '번호 옆의 글자. 4자까지, `digits-4`는 3자까지, `word`에는 쓸 수 없어요.',
  'Before or after the code. Default `after`.': '번호의 앞이나 뒤. 기본 `after`.',
  'Lifetime of the code. Default 600.': '번호의 유효 시간(초). 기본 600.',
  'So long no second won is deposited on the account. Default 600.':
    '이 시간(초) 동안 같은 계좌에 1원을 다시 보내지 않아요. 기본 600.',
  'Compare the code': '1원 인증 번호 확인',
  'What the customer read off the statement.': '고객이 거래 내역에서 읽은 값이에요.',
  'Read an ownership check': '1원 인증 조회',
  'Call the customer for approval': '승인 전화 걸기',
  'The approved call is the evidence for registering the account. A phone is called at most five times a day, calls of the onboarding included.':
    '승인된 전화는 계좌를 등록하는 증거예요. 휴대폰 하나에 하루 다섯 번까지 걸고, 등록 세션의 전화도 함께 세요.',
  "Name of the account's holder: 1 to 60 bytes of UTF-8 without : & ? ' < > or control characters.":
    "예금주 이름: UTF-8 1~60바이트, : & ? ' < >와 제어 문자는 쓸 수 없어요.",
  'Left out, we draw them.': '생략하면 우리가 정해요.',
  'Hecto hands over the recording of the call.': '헥토가 통화 녹음을 넘겨줘요.',
  'Read how the call went': '전화 결과 조회',
  Payments: '결제',
  'Pay from a registered account': '등록한 계좌에서 결제',
  'Answers 201 when the money has moved, 402 `hecto-refused` when it has not, and 202 with status `processing` when that is not known after eight seconds: do not pay again, the outcome comes by webhook and by `GET`.':
    '돈이 움직였으면 201, 움직이지 않았으면 402 `hecto-refused`, 8초 안에 알 수 없으면 상태가 `processing`인 202로 답해요. 다시 결제하지 마세요. 결과는 웹훅과 `GET`으로 알 수 있어요.',
  "Left out, the customer's registered account at this bank.":
    '생략하면 이 은행에 등록한 고객의 계좌를 써요.',
  'Container deposit; already part of `amount`.': '컵 보증금. `amount`에 이미 들어 있어요.',
  'Makes this the first of a recurring payment: the answer carries `recurringPaymentKey`.':
    '정기결제의 첫 결제로 만들어요. 답에 `recurringPaymentKey`가 있어요.',
  "The customer's approval, from verifying the payment password. It is used up by this payment, which must have the very `accountKey`, `amount` and `orderNumber` that were approved.":
    '결제 비밀번호를 확인하고 받은 고객의 승인이에요. 이 결제로 써 버려요. 승인한 `accountKey`, `amount`, `orderNumber`와 똑같아야 해요.',
  'List payments, newest first': '결제 목록, 새것부터',
  'Read a payment': '결제 조회',
  'Refund a payment, whole or in part': '결제 환불, 전액 또는 일부',
  'Left out, all that is left of the payment.': '생략하면 결제의 남은 금액 전부예요.',
  'List the refunds of a payment, newest first': '결제의 환불 목록, 새것부터',
  'Read a refund': '환불 조회',
  'Recurring payments': '정기결제',
  'Charge an instalment of a recurring payment': '정기결제 회차 청구',
  'A charge is a payment: read, list and refund it as one. Answers 201 when the money has moved, 402 `hecto-refused` when it has not, and 202 with status `processing` when that is not known after eight seconds: do not pay again, the outcome comes by webhook and by `GET`.':
    '회차는 결제예요. 결제처럼 조회하고 환불하세요. 돈이 움직였으면 201, 움직이지 않았으면 402 `hecto-refused`, 8초 안에 알 수 없으면 상태가 `processing`인 202로 답해요. 다시 결제하지 마세요. 결과는 웹훅과 `GET`으로 알 수 있어요.',
  'Read a recurring payment': '정기결제 조회',
  'List payments and refunds of a recurring payment': '정기결제의 결제와 환불 목록',
  'Of a period of at most 365 days.': '365일까지의 기간이에요.',
  'End a recurring payment': '정기결제 끝내기',
  'Repeating it does no harm: one that has ended is answered as it is. When the answer gets lost, Hecto is asked; where the end does not show, the answer is `hecto_unknown`: read it a little later.':
    '여러 번 해도 괜찮아요. 이미 끝난 것은 그 상태 그대로 답해요. 답을 잃으면 헥토에 물어보고, 끝난 것이 확인되지 않으면 `hecto_unknown`이에요. 잠시 뒤 조회하세요.',
  Remittances: '송금',
  'Send money to an account': '계좌로 송금',
  'Answers 201 when the money was sent, 402 `hecto-refused` when it was not, and 202 with status `processing` when that is not known after eight seconds.':
    '보냈으면 201, 보내지 않았으면 402 `hecto-refused`, 8초 안에 알 수 없으면 상태가 `processing`인 202로 답해요.',
  "On the receiver's account; a Korean letter counts two.": '받는 계좌의 통장에 찍힐 글자. 한글은 2로 세요.',
  'List remittances, newest first': '송금 목록, 새것부터',
  'Read a remittance': '송금 조회',
  Transactions: '거래 기록',
  'Ask what Hecto has on record for an order': '주문에 대한 헥토의 기록 조회',
  "An empty list says that Hecto knows of no such order now; in the first minutes after an order that is no proof that it failed. Refunds are found by their own order number or by their payment's.":
    '빈 목록은 지금 헥토에 그런 주문이 없다는 뜻이에요. 주문 뒤 몇 분 동안은 실패했다는 증거가 되지 않아요. 환불은 환불의 주문번호나 결제의 주문번호로 찾아요.',
  'Number of the order.': '주문번호예요.',
  'Day of the order in Korea.': '주문한 한국 날짜예요.',
  'Read what is left for remittances': '송금할 수 있는 잔액 조회',
  Banks: '은행',
  'List the banks': '은행 목록',
  'In the order in which to show them.': '보여 줄 순서대로예요.',
  'Ask whether a bank does a task now': '은행이 지금 업무를 하는지 조회',
  Reviews: '검토',
  'List what is not known, newest first': '결과를 모르는 것의 목록, 새것부터',
  'Read how an intent came to where it is': '지금 상태까지의 과정 조회',
  'Ask Hecto now': '지금 헥토에 물어보기',
  'Moves nothing. Answers the intent as it is after the inquiry.':
    '아무것도 움직이지 않아요. 물어본 뒤의 상태를 답해요.',
  'Settle by hand what Hecto never told': '헥토가 끝내 알려 주지 않은 것을 직접 정리',
  'Only for `needs_review`. The ledger keeps that it was settled by hand; the event goes out as usual. No money moves.':
    '`needs_review`에만 쓸 수 있어요. 직접 정리했다는 사실이 원장에 남고, 이벤트는 평소처럼 나가요. 돈은 움직이지 않아요.',
  Reconciliation: '대사',
  'Read how a day of ours compares with Hecto': '하루의 원장을 헥토와 비교한 결과 조회',
  'Made after 11:00 Korean time of the day after; before that there is none. Every payment, charge, refund and remittance that was sent that day is asked about, and amount and outcome are compared. The report is made anew while orders are open or Hecto did not answer. Differences and open orders are listed up to 1000. Hecto has no list by day: an order that is at Hecto and not in our ledger cannot be found this way.':
    '다음 날 한국 시각 11시 이후에 만들고, 그 전에는 없어요. 그날 보낸 결제, 회차, 환불, 송금을 모두 물어보고 금액과 결과를 비교해요. 끝나지 않은 주문이 있거나 헥토가 답하지 않으면 다시 만들어요. 다른 것과 끝나지 않은 것은 1000건까지 보여 줘요. 헥토에는 날짜별 목록이 없어서, 헥토에만 있고 우리 원장에 없는 주문은 찾을 수 없어요.',
  Webhooks: '웹훅',
  'List events, newest first': '이벤트 목록, 새것부터',
  'Read an event with every attempt to deliver it': '이벤트와 모든 전송 시도 조회',
  'Send an event again': '이벤트 다시 보내기',
  'The same id and the same bytes, at once and on a fresh schedule.':
    '같은 id와 같은 바이트를 지금 바로, 새 일정으로 보내요.',
  'After an outage: send again all that was given up or held':
    '장애 뒤에 포기했거나 보류한 이벤트 모두 다시 보내기',
  'How the address of WEBHOOK_URL stands': 'WEBHOOK_URL 주소의 상태',
  'Switch the address on again after it was disabled': '꺼진 주소 다시 켜기',
  'Everything that waited goes out now, in its old order.': '기다리던 것이 원래 순서대로 지금 모두 나가요.',
  Hecto: '헥토',
  "Make one of Hecto's calls as it is": '헥토의 호출을 그대로 하기',
  "For what the resources do not cover. Hecto's own field names, plain values: `hdInfo`, `mchtId`, the request's time and `pktHash` are filled in, values are encrypted, the answer is decrypted. It is 200 whether Hecto accepted (`outStatCd` `0021`) or refused. Calls that move money or bind an account need an `Idempotency-Key`.":
    '다른 호출로 할 수 없는 일에 써요. 헥토의 필드 이름과 평문 값을 보내면 `hdInfo`, `mchtId`, 요청 시각, `pktHash`를 채우고, 값을 암호화하고, 답을 복호화해요. 헥토가 받아들였든(`outStatCd` `0021`) 거절했든 200이에요. 돈을 움직이거나 계좌를 묶는 호출에는 `Idempotency-Key`가 필요해요.',
  'See whether Hecto answers': '헥토가 답하는지 확인',
  "The bank's name of the holder, where the bank told it.":
    '은행이 알려 줬다면, 은행에 있는 예금주 이름이에요.',
  'What was given to compare fits.': '비교하려고 보낸 값이 맞아요.',
  'After this a call that is still pending counts as missed.':
    '이때까지 끝나지 않은 전화는 받지 않은 것으로 봐요.',
  'Whether you may offer it.': '고객에게 보여 줘도 되는지예요.',
  'Closed right now, by the published hours.': '공개된 점검 시간에 따라 지금 닫혀 있어요.',
  'When the bank is expected to be open again.': '은행이 다시 열릴 것으로 보이는 시각이에요.',
  'Cash receipt. A resident registration number is never accepted.':
    '현금영수증. 주민등록번호는 절대 받지 않아요.',
  'A new request may succeed, with a new order number.': '새 주문번호로 다시 요청하면 성공할 수 있어요.',
  'What the customer keys in: show it on the screen while the phone rings.':
    '고객이 누를 번호. 전화가 울리는 동안 화면에 보여 주세요.',
  'Opens the widget once, within ten minutes.': '위젯을 한 번, 10분 안에 열 수 있어요.',
  'The hosted page; the client token stands behind `#`, which no server or log sees.':
    '호스팅 페이지 주소. 클라이언트 토큰은 `#` 뒤에 있어서 서버와 로그에 남지 않아요.',
  "Hecto's code, or a text of your own that you compare yourself.":
    '헥토의 번호인지, 가맹점이 직접 비교하는 글자인지예요.',
  '`deposited`: with a text of your own there is nothing to confirm here.':
    '`deposited`: 가맹점의 글자를 썼다면 여기서 확인할 것이 없어요.',
  'Korean day under which Hecto keeps the order.': '헥토가 주문을 보관하는 한국 날짜예요.',
  "Hecto's number of the transaction.": '헥토의 거래번호예요.',
  'Orders that were sent to Hecto that day.': '그날 헥토로 보낸 주문이에요.',
  'What succeeded, by kind. Open orders are in neither. Hecto does not tell the amount of a remittance: ours stands for it.':
    '종류별로 성공한 것이에요. 끝나지 않은 주문은 양쪽 모두에서 빠져요. 헥토가 송금액을 알려 주지 않아서 우리 금액을 써요.',
  'Their outcome was not known yet: no difference.': '아직 결과를 모르던 것. 다른 것으로 세지 않아요.',
  '`absent`: Hecto knows no such order. `not-certain`: Hecto itself does not call it final. `taken-back`: cancelled, and not by a refund of ours.':
    '`absent`: 헥토에 그런 주문이 없어요. `not-certain`: 헥토도 확정하지 않았어요. `taken-back`: 우리 환불이 아닌 방법으로 취소됐어요.',
  "Hecto's own code.": '헥토의 코드예요.',
  'Key of the recurring payment.': '정기결제의 키예요.',
  'Withdrawn so far, in won.': '지금까지 출금한 금액(원)이에요.',
  'Which instalment it is, or belongs to.': '몇 번째 회차인지, 어느 회차의 것인지예요.',
  'Of the payment, refund, remittance or registration.': '결제, 환불, 송금, 등록의 id예요.',
  'How often Hecto was asked without a final answer.': '확정된 답 없이 헥토에 물어본 횟수예요.',
  '`processing`: the outcome is not known yet; never a failure, do not pay again. `needs_review`: unknown for a day, ask Hecto and settle it by hand.':
    '`processing`: 결과를 아직 몰라요. 실패가 아니니 다시 결제하지 마세요. `needs_review`: 하루 동안 알 수 없었어요. 헥토에 확인하고 직접 정리하세요.',
};

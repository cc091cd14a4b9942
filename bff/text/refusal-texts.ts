import type { RefusalCode } from '../../shared/api/refusals.ts';

/**
 * What the customer is told for each refusal: what happened and what to do. They live here and not in the widget, so
 * that a page with an older script says the right thing about a newer reason, and nobody downloads texts of
 * failures that never happen to them. Korean in 해요체; plain where money may have moved.
 */
export const refusalTexts: Readonly<Record<RefusalCode, { readonly ko: string; readonly en: string }>> = {
  'account-not-confirmed': {
    ko: '계좌를 확인하지 못했어요. 은행과 계좌번호가 맞는지, 본인 명의 계좌인지 확인해 주세요.',
    en: 'We couldn’t confirm this account. Check the bank and account number, and that the account is in your name.',
  },
  'account-already-registered': {
    ko: '이미 등록한 계좌예요. 다시 등록하지 않아도 바로 쓸 수 있어요.',
    en: 'This account is already registered. You can use it right away.',
  },
  'account-not-usable': {
    ko: '이 계좌는 등록하거나 결제에 쓸 수 없어요. 다른 계좌를 선택해 주세요.',
    en: 'This account can’t be used here. Please choose another account.',
  },
  'account-restricted': {
    ko: '이 계좌는 출금이 제한되어 있어요. 은행에 확인하거나 다른 계좌를 선택해 주세요.',
    en: 'Withdrawals are restricted on this account. Check with the bank or choose another account.',
  },
  'account-not-accepted': {
    ko: '이 계좌로는 진행할 수 없어요. 다른 계좌를 이용하거나 고객센터에 문의해 주세요.',
    en: 'We can’t continue with this account. Use another account or contact support.',
  },
  'account-holder-mismatch-birth': {
    ko: '생년월일이나 사업자번호가 계좌 정보와 달라요. 다시 확인해 주세요.',
    en: 'The birth date or business number doesn’t match the account. Please check it.',
  },
  'account-cancelled': {
    ko: '자동이체가 해지된 계좌예요. 계좌를 다시 등록해 주세요.',
    en: 'Automatic transfer was cancelled for this account. Please register it again.',
  },
  'account-already-cancelled': { ko: '이미 해지한 계좌예요.', en: 'This account has already been removed.' },
  'account-link-ended': {
    ko: '계좌 연결이 해지됐어요. 계좌를 다시 등록해 주세요.',
    en: 'This account is no longer linked. Please register it again.',
  },
  'account-link-not-valid': {
    ko: '계좌 연결을 더 이상 쓸 수 없어요. 계좌를 다시 등록해 주세요.',
    en: 'The link to this account is no longer valid. Please register it again.',
  },
  'account-checks-exhausted': {
    ko: '잘못된 정보를 여러 번 입력해서 오늘은 계좌를 확인할 수 없어요. 내일 다시 시도해 주세요.',
    en: 'There were too many wrong entries, so we can’t check accounts today. Please try again tomorrow.',
  },
  'holder-check-failed': {
    ko: '예금주 이름을 확인하지 못했어요. 잠시 후 다시 시도해 주세요.',
    en: 'We couldn’t check the account holder’s name. Please try again shortly.',
  },
  'bank-maintenance': {
    ko: '지금은 은행 점검 시간이에요. 점검이 끝난 뒤에 다시 하거나 다른 은행을 선택해 주세요.',
    en: 'The bank is under maintenance. Try again when it ends, or choose another bank.',
  },
  'bank-not-supported': {
    ko: '이 은행은 아직 이용할 수 없어요. 다른 은행을 선택해 주세요.',
    en: 'This bank isn’t supported yet. Please choose another bank.',
  },
  'service-maintenance': {
    ko: '지금은 서비스 점검 시간이에요. 점검이 끝난 뒤에 다시 이용해 주세요.',
    en: 'The service is under maintenance. Please try again when it ends.',
  },
  'service-paused': {
    ko: '지금은 서비스를 잠시 멈췄어요. 나중에 다시 이용해 주세요.',
    en: 'The service is paused for now. Please come back later.',
  },
  'service-busy': {
    ko: '지금 이용이 많아서 처리하지 못했어요. 잠시 후 다시 시도해 주세요.',
    en: 'The service is very busy right now. Please try again shortly.',
  },
  'service-unavailable': {
    ko: '지금은 연결이 되지 않아요. 잠시 후 다시 시도해 주세요.',
    en: 'We can’t connect right now. Please try again shortly.',
  },
  'phone-not-verified': {
    ko: '휴대폰 인증에 실패했어요. 이름, 생년월일, 통신사, 번호를 다시 확인해 주세요.',
    en: 'We couldn’t verify your phone. Check your name, birth date, carrier and number.',
  },
  'pass-not-available': {
    ko: 'PASS 앱으로는 인증할 수 없어요. 문자 인증으로 진행해 주세요.',
    en: 'You can’t verify with the PASS app. Please use a text message instead.',
  },
  'pass-expired': {
    ko: 'PASS 인증 시간이 지났어요. 인증을 다시 요청해 주세요.',
    en: 'The PASS request has expired. Please request it again.',
  },
  'pass-not-finished': {
    ko: 'PASS 인증이 아직 끝나지 않았어요. 앱에서 인증을 마친 뒤 다시 눌러 주세요.',
    en: 'The PASS check isn’t finished yet. Finish it in the app, then press again.',
  },
  'code-wrong': {
    ko: '인증번호가 맞지 않아요. 다시 확인하고 입력해 주세요.',
    en: 'That code isn’t right. Check it and enter it again.',
  },
  'code-expired': {
    ko: '인증 시간이 지났어요. 인증번호를 다시 받아 주세요.',
    en: 'The code has expired. Please request a new one.',
  },
  'code-tries-exhausted': {
    ko: '인증할 수 있는 횟수를 넘었어요. 인증번호를 다시 받아 주세요.',
    en: 'You’ve used all your tries. Please request a new one.',
  },
  'code-sends-exhausted': {
    ko: '오늘 받을 수 있는 인증번호를 모두 받았어요. 내일 다시 시도해 주세요.',
    en: 'You’ve received all of today’s codes. Please try again tomorrow.',
  },
  'too-soon': {
    ko: '방금 보낸 요청이 있어요. 잠시 후 다시 눌러 주세요.',
    en: 'You just asked for this. Please wait a moment and press again.',
  },
  'call-wrong-digits': {
    ko: '누른 번호가 화면의 번호와 달라요. 새 번호로 다시 전화를 받아 주세요.',
    en: 'The number you pressed doesn’t match the screen. Take a new call with the new number.',
  },
  'call-no-digits': {
    ko: '번호를 누르는 시간이 지났어요. 전화를 다시 받아 주세요.',
    en: 'Time ran out for entering the number. Please take the call again.',
  },
  'call-number-unreachable': {
    ko: '이 번호로는 전화를 걸 수 없어요. 휴대폰 번호를 확인해 주세요.',
    en: 'We can’t call this number. Please check your phone number.',
  },
  'call-declined': {
    ko: '전화가 연결되지 않았어요. 수신 거절이나 차단 설정을 확인하고 다시 요청해 주세요.',
    en: 'The call was declined. Check your call blocking and ask for it again.',
  },
  'call-not-answered': {
    ko: '전화를 받지 않아서 인증하지 못했어요. 다시 요청하고 전화를 받아 주세요.',
    en: 'The call wasn’t answered. Ask for it again and answer the call.',
  },
  'call-cancelled': {
    ko: '전화 인증을 취소했어요. 계속하려면 전화를 다시 요청해 주세요.',
    en: 'The call check was cancelled. Ask for the call again to continue.',
  },
  'call-failed': {
    ko: '전화 인증을 마치지 못했어요. 잠시 후 다시 요청해 주세요.',
    en: 'We couldn’t finish the call check. Please ask for it again shortly.',
  },
  'call-check-failed': {
    ko: '전화 인증에 실패했어요. 화면에 보이는 번호를 확인하고 다시 해 주세요.',
    en: 'The call check didn’t work. Look at the number on the screen and try again.',
  },
  'call-not-receivable': {
    ko: '인증 전화를 받지 못하는 상태예요. 휴대폰을 확인하고 다시 요청해 주세요.',
    en: 'Your phone couldn’t receive the call. Check your phone and ask for it again.',
  },
  'call-not-placed': {
    ko: '인증 전화를 걸지 못했어요. 잠시 후 다시 요청해 주세요.',
    en: 'We couldn’t place the call. Please ask for it again shortly.',
  },
  'call-not-finished': {
    ko: '전화 인증을 아직 마치지 않았어요. 전화 인증을 다시 해 주세요.',
    en: 'The phone call check isn’t finished. Please do the call again.',
  },
  'call-account-differs': {
    ko: '전화 인증 때와 계좌 정보가 달라요. 전화 인증을 다시 해 주세요.',
    en: 'The account details changed after the call. Please do the call again.',
  },
  'call-not-requested': {
    ko: '아직 전화를 요청하지 않았어요. 전화 요청 버튼을 눌러 주세요.',
    en: 'No call has been requested yet. Please press the call button.',
  },
  'calls-exhausted': {
    ko: '받을 수 있는 인증 전화를 모두 받았어요. 나중에 처음부터 다시 시작해 주세요.',
    en: 'You’ve used all your calls. Please start again later.',
  },
  'password-wrong': {
    ko: '결제 비밀번호가 맞지 않아요. 다시 입력해 주세요.',
    en: 'That payment password isn’t right. Please enter it again.',
  },
  'password-locked': {
    ko: '비밀번호를 여러 번 잘못 입력해서 잠갔어요. 휴대폰 인증을 다시 하면 풀려요.',
    en: 'The password is locked after too many wrong entries. Verify your phone again to unlock it.',
  },
  'password-too-simple': {
    ko: '다른 사람이 쉽게 맞힐 수 있는 번호예요. 다른 번호로 정해 주세요.',
    en: 'Others could easily guess this number. Please choose a different one.',
  },
  'password-differs': {
    ko: '앞에서 정한 번호와 달라요. 처음부터 다시 정해 주세요.',
    en: 'This isn’t the number you chose before. Please choose it again.',
  },
  'password-not-set': {
    ko: '결제 비밀번호를 아직 정하지 않았어요. 먼저 비밀번호를 등록해 주세요.',
    en: 'You haven’t set a payment password yet. Please set one first.',
  },
  'password-not-saved': {
    ko: '결제 비밀번호를 등록하지 못했어요. 다른 번호로 다시 정해 주세요.',
    en: 'We couldn’t save the payment password. Please choose a different one.',
  },
  'balance-too-low': {
    ko: '계좌에 잔액이 부족해요. 금액을 채우거나 다른 계좌를 선택해 주세요.',
    en: 'There isn’t enough money in this account. Add funds or choose another account.',
  },
  'limit-per-payment': {
    ko: '한 번에 결제할 수 있는 금액을 넘었어요. 금액을 줄여 주세요.',
    en: 'This is more than the limit for one payment. Please lower the amount.',
  },
  'limit-per-day': {
    ko: '오늘 쓸 수 있는 한도를 넘었어요. 내일 다시 하거나 다른 결제수단을 이용해 주세요.',
    en: 'You’ve reached today’s limit. Try again tomorrow or use another payment method.',
  },
  'limit-per-day-amount': {
    ko: '오늘 결제할 수 있는 금액을 넘었어요. 내일 다시 하거나 다른 결제수단을 이용해 주세요.',
    en: 'You’ve reached today’s amount limit. Try again tomorrow or use another payment method.',
  },
  'limit-per-month-amount': {
    ko: '이번 달에 결제할 수 있는 금액을 넘었어요. 다른 결제수단을 이용해 주세요.',
    en: 'You’ve reached this month’s amount limit. Please use another payment method.',
  },
  'limit-per-day-count': {
    ko: '오늘 결제할 수 있는 횟수를 넘었어요. 내일 다시 하거나 다른 결제수단을 이용해 주세요.',
    en: 'You’ve reached today’s number of payments. Try again tomorrow or use another payment method.',
  },
  'limit-per-month-count': {
    ko: '이번 달에 결제할 수 있는 횟수를 넘었어요. 다른 결제수단을 이용해 주세요.',
    en: 'You’ve reached this month’s number of payments. Please use another payment method.',
  },
  'second-approval-needed': {
    ko: '안전한 결제를 위해 전화 인증이 한 번 더 필요해요. 전화를 받고 번호를 눌러 주세요.',
    en: 'One more phone call check is needed to pay safely. Answer the call and enter the number.',
  },
  'payment-cancelled': {
    ko: '결제를 취소했어요. 결제하려면 처음부터 다시 진행해 주세요.',
    en: 'The payment was cancelled. Start again if you still want to pay.',
  },
  'already-cancelled': { ko: '이미 취소한 거래예요.', en: 'This transaction has already been cancelled.' },
  'refund-amount': {
    ko: '취소할 수 있는 금액이 아니에요. 금액을 다시 확인해 주세요.',
    en: 'That amount can’t be cancelled. Please check the amount.',
  },
  'receipt-already-registered': {
    ko: '이미 등록한 현금영수증 정보예요.',
    en: 'This cash receipt information is already registered.',
  },
  'receipt-not-registered': {
    ko: '등록하지 않은 현금영수증 정보예요. 번호를 다시 확인해 주세요.',
    en: 'This cash receipt information isn’t registered. Please check the number.',
  },
  'method-not-allowed': {
    ko: '지금은 이 결제수단을 쓸 수 없어요. 다른 결제수단을 선택해 주세요.',
    en: 'This payment method isn’t available now. Please choose another one.',
  },
  'method-barred': {
    ko: '지금은 이 결제수단을 쓸 수 없어요. 헥토파이낸셜 고객센터(1600-5220)에 문의해 주세요.',
    en: 'This payment method isn’t available now. Please call Hecto Financial support (1600-5220).',
  },
  'not-possible': {
    ko: '이 거래는 진행할 수 없어요. 고객센터에 문의해 주세요.',
    en: 'We can’t complete this transaction. Please contact support.',
  },
  'transaction-failed': {
    ko: '거래를 마치지 못했어요. 잠시 후 다시 시도해 주세요.',
    en: 'The transaction didn’t go through. Please try again shortly.',
  },
  'transaction-not-found': {
    ko: '거래 정보를 찾지 못했어요. 다시 결제하지 말고 고객센터에 확인해 주세요.',
    en: 'We couldn’t find this transaction. Please don’t pay again; ask support to check it.',
  },
  'registration-not-made': {
    ko: '계좌 등록을 마치지 못했어요. 전화를 다시 받고 등록해 주세요.',
    en: 'The account was not registered. Please take the call again to register it.',
  },
  'no-answer': {
    ko: '답을 받지 못했어요. 연결을 확인하고 한 번 더 눌러 주세요.',
    en: 'We got no answer. Check your connection and press once more.',
  },
  'result-pending': {
    ko: '은행의 처리 결과를 확인하고 있어요. 다시 시도하지 말고 잠시만 기다려 주세요.',
    en: 'We’re checking the result with the bank. Please wait a moment and don’t try again yet.',
  },
  'result-unknown': {
    ko: '처리 결과를 아직 확인하지 못했어요. 다시 시도하지 말고 잠시만 기다려 주세요.',
    en: 'We don’t know the result yet. Please wait a moment and don’t try again.',
  },
  'request-pending': {
    ko: '요청을 처리하고 있어요. 잠시만 기다려 주세요.',
    en: 'Your request is being processed. Please wait a moment.',
  },
  'earlier-request-pending': {
    ko: '먼저 보낸 요청을 처리하고 있어요. 잠시만 기다려 주세요.',
    en: 'An earlier request is still being processed. Please wait a moment.',
  },
  'busy-pending': {
    ko: '지금 이용이 많아서 결과를 확인하고 있어요. 다시 시도하지 말고 잠시만 기다려 주세요.',
    en: 'The system is busy, so we’re checking the result. Please wait and don’t try again yet.',
  },
  'duplicate-pending': {
    ko: '같은 요청이 이미 들어왔어요. 먼저 보낸 요청의 결과를 확인하고 있어요.',
    en: 'The same request was already sent. We’re checking the result of the first one.',
  },
  'double-withdrawal-check': {
    ko: '같은 출금이 두 번 요청되어 결과를 확인하고 있어요. 다시 결제하지 말고 잠시만 기다려 주세요.',
    en: 'The same withdrawal was requested twice, so we’re checking it. Please wait and don’t pay again.',
  },
  'double-remittance-check': {
    ko: '같은 송금이 두 번 요청되어 결과를 확인하고 있어요. 다시 보내지 말고 잠시만 기다려 주세요.',
    en: 'The same transfer was requested twice, so we’re checking it. Please don’t send it again.',
  },
  'registration-pending': {
    ko: '계좌를 등록하고 있어요. 잠시만 기다려 주세요.',
    en: 'We’re registering your account. Please wait a moment.',
  },
  'refund-pending': {
    ko: '환불을 처리하고 있어요. 잠시만 기다려 주세요.',
    en: 'Your refund is in progress. Please wait a moment.',
  },
  'refund-already-pending': {
    ko: '이미 환불을 요청했어요. 결과를 확인하고 있으니 잠시만 기다려 주세요.',
    en: 'A refund was already requested. We’re checking the result, so please wait.',
  },
  'request-not-accepted': {
    ko: '지금은 요청을 처리하지 못했어요. 처음부터 다시 해 보고, 계속되면 고객센터에 알려 주세요.',
    en: 'We couldn’t process this request. Start again, and contact support if it keeps happening.',
  },
};

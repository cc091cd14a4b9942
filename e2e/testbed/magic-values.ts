import type { Delay } from './state/processing.ts';
import { isRefusal } from './wire/result-messages.ts';

/**
 * Numbers that make the testbed refuse or take its time. NN are the digits of a result code STNN that Hecto
 * knows; any other number behaves normally. Served at `GET /_testbed/magic-values` and printed in the phone's help.
 */
export const magicValues = [
  {
    what: 'account number',
    ending: '90NN',
    effect: 'the account holder checks answer STNN',
    ko: '계좌번호 끝 90NN: 예금주 조회가 STNN으로 거절됩니다.',
  },
  {
    what: 'account number',
    ending: '91NN',
    effect:
      'registration answers STNN; with an unclear code (ST04, 05, 07, 10, 29, 30, 36, 38) the account is registered all the same, with ST08 and ST43 it was before',
    ko: '계좌번호 끝 91NN: 계좌 등록이 STNN으로 응답합니다.',
  },
  {
    what: 'account number',
    ending: '92NN',
    effect:
      'payments and charges from it and remittances to it answer STNN; with an unclear code (as above) the money moves all the same and transactionResult says so; with ST03 and ST31 it moves twice and transactionResult says that code; with ST39, 40, 42 and 50 the order is not taken in and transactionResult says ST06',
    ko: '계좌번호 끝 92NN: 출금과 송금이 STNN으로 응답합니다.',
  },
  {
    what: 'account number',
    ending: '93NN',
    effect:
      'refunds of payments from it answer STNN, by the rules of 92NN; with ST25 the payment was given back before',
    ko: '계좌번호 끝 93NN: 출금 취소(환불)가 STNN으로 응답합니다.',
  },
  {
    what: 'account number',
    ending: '94SS',
    effect:
      'payments, charges, remittances and refunds are answered ST38 or ST30 and succeed after SS seconds',
    ko: '계좌번호 끝 94SS: 출금, 송금, 환불이 처리 중으로 응답하고 SS초 뒤에 성공합니다.',
  },
  {
    what: 'account number',
    ending: '95SS',
    effect: 'payments, charges and remittances are answered ST38 and fail with ST60 after SS seconds',
    ko: '계좌번호 끝 95SS: 출금과 송금이 처리 중으로 응답하고 SS초 뒤에 실패합니다.',
  },
  {
    what: 'account number',
    ending: '1001',
    effect: 'the holder checks with acctNoChkYn Y answer 1001, registration ST18',
    ko: '계좌번호 끝 1001: 간편현금결제에 쓸 수 없는 계좌입니다.',
  },
  {
    what: 'phone number',
    ending: '86NN',
    effect: 'the request for a phone verification answers STNN',
    ko: '휴대폰 번호 끝 86NN: 본인확인 요청이 STNN으로 거절됩니다.',
  },
] as const;

const codeBehind = (prefix: string) => (value: string) => {
  const ending = value.slice(-4);
  const code = `ST${ending.slice(2)}`;
  return ending.startsWith(prefix) && isRefusal(code) ? code : undefined;
};

/** How long, and with which end, orders about this account take. */
function delayOf(accountNumber: string): Delay | undefined {
  const [, kind, seconds] = /(94|95)(\d\d)$/.exec(accountNumber) ?? [];
  if (seconds === undefined) return undefined;
  return { seconds: Number(seconds), ...(kind === '95' ? { outcome: 'ST60' } : {}) };
}

/** What a number asks for, if it does. */
export const magic = {
  holderCheck: codeBehind('90'),
  registration: codeBehind('91'),
  payment: codeBehind('92'),
  refund: codeBehind('93'),
  delay: delayOf,
  phoneVerification: codeBehind('86'),
  isUnusable: (accountNumber: string) => accountNumber.endsWith('1001'),
};

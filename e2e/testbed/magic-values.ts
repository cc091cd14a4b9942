import { isRefusal } from './wire/result-messages.ts';

/**
 * Numbers that make the testbed refuse. NN are the digits of a result code STNN that Hecto knows; any other
 * number behaves normally. Served at `GET /_testbed/magic-values` and printed in the phone's help.
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
      'registration answers STNN; with an unclear code (ST04, 05, 07, 10, 29, 36, 38) the account is registered all the same, with ST08 and ST43 it was before',
    ko: '계좌번호 끝 91NN: 계좌 등록이 STNN으로 응답합니다.',
  },
  {
    what: 'account number',
    ending: '92NN',
    effect:
      'payments from it and remittances to it answer STNN; with an unclear code the money moves all the same and transactionResult says so',
    ko: '계좌번호 끝 92NN: 출금과 송금이 STNN으로 응답합니다.',
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

/** The refusal that a number asks for, if it does. */
export const magic = {
  holderCheck: codeBehind('90'),
  registration: codeBehind('91'),
  payment: codeBehind('92'),
  phoneVerification: codeBehind('86'),
  isUnusable: (accountNumber: string) => accountNumber.endsWith('1001'),
};

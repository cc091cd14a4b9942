/** The words of the evidence page: Korean first, English beside it. */
export type Words = readonly [ko: string, en: string];

export const stateWords: Readonly<Record<string, Words>> = {
  created: ['생성', 'created'],
  submitting: ['전송', 'submitting'],
  unknown: ['결과 미확인', 'unknown'],
  succeeded: ['완료', 'succeeded'],
  failed: ['실패', 'failed'],
  needs_review: ['확인 필요', 'needs review'],
  expired: ['전송 안 됨', 'never sent'],
};

export const reasonWords: Readonly<Record<string, Words>> = {
  requested: ['요청 접수', 'requested'],
  'call-approved': ['전화 승인 완료', 'call approved'],
  sending: ['헥토로 전송', 'sent to Hecto'],
  accepted: ['헥토 승인', 'accepted by Hecto'],
  'accepted-untold': ['승인, 거래번호 없음', 'accepted without a number'],
  refused: ['헥토 거절', 'refused by Hecto'],
  registered: ['계좌 등록 완료', 'account registered'],
  'not-registered': ['등록되지 않음', 'not registered'],
  'answer-lost': ['응답 유실', 'answer lost'],
  'process-lost': ['처리 중 중단', 'process lost'],
  'not-sent': ['전송되지 않음', 'not sent'],
  'never-sent': ['전송되지 않음', 'never sent'],
  'done-before': ['이미 처리됨', 'done before'],
  'inquiry-accepted': ['조회로 승인 확인', 'found by inquiry'],
  'inquiry-refused': ['조회로 거절 확인', 'refused, by inquiry'],
  'not-known-to-hecto': ['헥토에 거래 없음', 'not known to Hecto'],
  'unknown-for-a-day': ['24시간 미확인', 'unknown for a day'],
  'settled-by-hand': ['담당자 확정', 'settled by hand'],
  'other-amount': ['금액 불일치', 'another amount'],
  'other-bank': ['은행 불일치', 'another bank'],
  'more-than-once': ['중복 거래', 'more than once'],
  'taken-back': ['취소된 거래', 'taken back'],
};

export const kindWords: Readonly<Record<string, Words>> = {
  payment: ['결제', 'payment'],
  charge: ['정기결제', 'recurring charge'],
  refund: ['환불', 'refund'],
  remittance: ['송금', 'remittance'],
};

export const approvalWords: Readonly<Record<string, Words>> = {
  ars: ['전화 승인(ARS)', 'approval call'],
  written: ['서면', 'in writing'],
  pass: ['PASS', 'PASS'],
  'merchant-evidence': ['가맹점 증빙', "the merchant's own evidence"],
};

export const cancellationWords: Readonly<Record<string, Words>> = {
  bank: ['은행', 'bank'],
  'clearing-institute': ['금융결제원', 'clearing institute'],
  'customer-request': ['고객 요청', 'customer request'],
  'bank-decision': ['은행 직권', 'bank decision'],
  'account-changed': ['계좌 변경', 'account changed'],
  'no-consent-on-file': ['출금동의 자료 없음', 'no consent on file'],
  other: ['기타', 'other'],
  unknown: ['알 수 없음', 'unknown'],
};

/** A word that has no entry is shown as it is. */
export const wordsOf = (table: Readonly<Record<string, Words>>, word: string): Words =>
  (Object.hasOwn(table, word) ? table[word] : undefined) ?? [word, ''];

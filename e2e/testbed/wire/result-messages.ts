/** The result code of a success. Records of transactionHistory say ST00 instead. */
export const success = '0000';

/** Hecto's result codes with the Korean text that its answers carry. Callers must go by the code. */
const messages: Readonly<Record<string, string>> = {
  [success]: '성공',
  ST01: '존재하지 않는 계좌',
  ST02: '유효하지 않는 계좌',
  ST03: '이중출금 발생',
  ST04: 'VAN 요청중 시스템 에러',
  ST05: 'VAN 응답정보 없음',
  ST06: '거래번호 정보가 없음',
  ST07: '통신장애',
  ST08: '이미 등록된 계좌',
  ST09: '유효하지 않는 요청전문',
  ST10: '내부 시스템 에러',
  ST11: '은행점검 시간',
  ST12: '출금계좌 잔액부족',
  ST13: 'ARS 인증 결과가 없음',
  ST14: 'ARS 인증 요청 값이 상이함',
  ST15: '자동이체해지계좌',
  ST16: '출금계좌거래제한',
  ST17: '주민번호 사업자번호 오류',
  ST18: '계좌오류 (간편계좌등록불가)',
  ST19: '기타거래불가',
  ST20: '계좌오류',
  ST21: '수취인 계좌 없음',
  ST22: '법적 제한 계좌',
  ST23: '비실명 계좌',
  ST24: '예금주 불일치',
  ST25: '이미 취소된 거래',
  ST26: '취소금액 오류',
  ST27: 'ARS인증 실패',
  ST28: 'ARS수신불가',
  ST29: '계좌 등록 진행중',
  ST30: '환불 진행중',
  ST31: '이중송금 발생',
  ST32: '납부자 성명조회 실패',
  ST33: '1회 한도초과',
  ST34: '1일 한도초과',
  ST35: '사고계좌',
  ST36: '일정시간 경과로 연결 종료',
  ST37: '간편결제 취소',
  ST38: '요청 진행 중',
  ST39: '환불중복 요청',
  ST40: '처리 중 요청이 있음',
  ST41: '서비스용량초과',
  ST42: '시스템 BUSY',
  ST43: '이미 등록된 계좌',
  ST44: '거래 불가 은행',
  ST50: '중복전문요청',
  ST51: '이미 등록된 현금영수증 사용자',
  ST52: '미등록 현금영수증 사용자',
  ST53: '이미 해지된 계좌',
  ST60: '거래실패',
  ST61: '1회한도 금액초과',
  ST62: '일한도 금액초과',
  ST63: '월한도 금액초과',
  ST64: '일한도 건수초과',
  ST65: '월한도 건수초과',
  ST66: '비밀번호 등록 실패',
  ST67: '비밀번호 불일치',
  ST68: '서비스 이용정지',
  ST69: '정책상 이용할 수 없는 결제수단',
  ST70: '정책상 이용 불가, 고객센터 문의',
  ST72: '결제 시 ARS 2차 인증 필요',
  ST75: '예금주조회 오남용 차단 (여러 계좌번호)',
  ST76: '예금주조회 오남용 차단 (실패 횟수 초과)',
  ST86: '휴대폰 본인인증 실패',
  ST87: '간편본인인증 미가입',
  ST99: '간편결제 시스템 점검중',
  VTIM: '중계기관 타임아웃',
  SE01: '인증 유효시간 만료',
  SE02: '인증번호 불일치',
  SE03: '인증 허용횟수 초과',
  SE04: '오픈뱅킹 해지 계좌, 해지 처리 필요',
  SE05: '오픈뱅킹 유효하지 않은 계좌, 해지 처리 필요',
  '1001': '간편현금결제 등록 불가 계좌',
};

export const messageOf = (code: string): string => messages[code] ?? '기타 오류';

/** Whether Hecto is known to refuse with this code. */
export const isRefusal = (code: string): boolean => code !== success && Object.hasOwn(messages, code);

/** Codes after which the work may well have been done: the caller has to ask. */
export const unclear: ReadonlySet<string> = new Set([
  'ST04',
  'ST05',
  'ST07',
  'ST10',
  'ST29',
  'ST30',
  'ST36',
  'ST38',
  'VTIM',
]);

/** The bank blundered: the money moved twice. */
export const doubled: ReadonlySet<string> = new Set(['ST03', 'ST31']);

/** These turn an order away at the door: it is on no record, and an inquiry finds nothing (ST06). */
export const notTakenIn: ReadonlySet<string> = new Set(['ST39', 'ST40', 'ST42', 'ST50']);

import { magic } from '../magic-values.ts';
import { randomDigits } from '../state/numbers.ts';
import { accepted, isIdentity, refused, type Rule } from './rule.ts';

/** Sends the code, or asks the PASS app on the phone. Carriers know everybody here: any name passes. */
export const mobileVerificationRequest: Rule<'mobileVerificationRequest'> = (request, state) => {
  const { cphoneNo: number, mchtCustId: customerId, mchtCustNm: name } = request;
  if (!/^01\d{8,9}$/.test(number) || !isIdentity(request.uii, [7])) return refused('ST09');
  const ordered = magic.phoneVerification(number);
  if (ordered) return refused(ordered);

  const tid = state.numbers.phoneVerification();
  const trdNo = state.numbers.transaction();
  const facts = { tid, trdNo, number, customerId, name, birth: request.uii.slice(0, 6), at: state.now() };
  if (request.authMthdCd === '1') {
    const code = randomDigits(6);
    state.phoneVerifications.start({ ...facts, code, state: 'waiting' });
    state.text(number, 'sms', `[헥토파이낸셜] 인증번호 [${code}]를 입력해 주세요.`);
  } else {
    state.phoneVerifications.start({ ...facts, state: 'waiting' });
    state.text(number, 'pass', '[PASS] 헥토파이낸셜 본인확인 요청이 도착했습니다.', 'PASS');
  }
  return accepted({ tid, trdNo });
};

/**
 * A wrong and an expired code are both ST86, "phone verification failed": the catalogue has no finer code for
 * this call. An unfinished PASS approval is ST38. A check that succeeded may be repeated, as its answer may get lost.
 */
export const mobileVerificationCheck: Rule<'mobileVerificationCheck'> = ({ tid, trdNo, authNo }, state) => {
  const found = state.phoneVerifications.find(tid, trdNo);
  if (!found) return refused('ST06');
  if (found.code !== undefined) {
    if (authNo === undefined) return refused('ST09');
    if (state.phoneVerifications.isOver(found) || authNo !== found.code) return refused('ST86');
  } else if (found.state === 'declined') {
    return refused('ST86');
  } else if (found.state === 'waiting') {
    return refused(state.phoneVerifications.isOver(found) ? 'ST86' : 'ST38');
  }
  found.state = 'done';
  return accepted({});
};

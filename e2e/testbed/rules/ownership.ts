import { randomInt } from 'node:crypto';
import { kstDay } from '../../../shared/values/kst.ts';
import { maskOf, move } from '../state/accounts.ts';
import { bankName } from '../state/banks.ts';
import { stampOf } from '../state/korean-time.ts';
import { randomDigits } from '../state/numbers.ts';
import type { TestbedState } from '../state/testbed-state.ts';
import { messageOf, success } from '../wire/result-messages.ts';
import { accepted, bankRefusal, isAccountNumber, refused, type Rule } from './rule.ts';

const depositsADay = 5;
const triesAllowed = 5;
const seconds = 1000;

const words = [
  '푸른바다',
  '하늘구름',
  '맑은아침',
  '노란나비',
  '작은마을',
  '가을바람',
  '하얀눈꽃',
  '따뜻한봄',
];
const codes: Record<string, () => string> = {
  '1': () => randomDigits(3),
  '2': () => 'ABCDEFGHJKLMNPQRSTUVWXYZ'.charAt(randomInt(24)) + randomDigits(2),
  '3': () => words[randomInt(words.length)] ?? '푸른바다',
  '4': () => randomDigits(4),
};

type Target = { mchtCustId: string; bankCd: string; custAcntNo: string };

/** Puts one won on the account; the bank tells the customer's phone, when one is known. */
function deposit({ mchtCustId, bankCd, custAcntNo }: Target, text: string, state: TestbedState): void {
  const account = state.accounts.at(bankCd, custAcntNo);
  move(account, { at: state.now(), amount: 1, text });
  const phone = state.phoneVerifications.latestOf(mchtCustId)?.number;
  if (!phone) return;
  const balance = account.balance.toLocaleString('ko-KR');
  state.text(phone, 'bank', `[입금] ${maskOf(custAcntNo)} ${text} 1원 (잔액 ${balance}원)`, bankName(bankCd));
}

/** The merchant chose the text and compares it; at most five a day and account. */
export const accountOwnershipVerification: Rule<'accountOwnershipVerification'> = (request, state) => {
  const { mchtTrdNo, bankCd, custAcntNo, custAcntSumry } = request;
  if (!isAccountNumber(custAcntNo)) return refused('ST09');
  const closed = bankRefusal(bankCd, state);
  if (closed) return refused(closed);
  const today = kstDay(state.now());
  const before = state.accounts
    .at(bankCd, custAcntNo)
    .statement.filter(({ amount, at }) => amount === 1 && kstDay(at) === today);
  if (before.length >= depositsADay) return refused('ST64');
  deposit(request, custAcntSumry, state);
  return accepted({ mchtTrdNo, trdNo: state.numbers.transaction() });
};

/** Hecto chooses the code. A repeat for the account within `apintTm` deposits nothing and is ST38. */
export const ownershipVerificationRequest: Rule<'ownershipVerificationRequest'> = (request, state) => {
  const { mchtTrdNo, mchtCustId, bankCd, custAcntNo, authType } = request;
  const sender = authType === '3' ? '' : (request.remitterNm ?? '');
  const senderLetters = authType === '4' ? 3 : 4;
  if (!isAccountNumber(custAcntNo) || !/^([A-Z]|[가-힣])*$/.test(sender) || sender.length > senderLetters) {
    return refused('ST09');
  }
  if (state.ownershipChecks.isTaken(mchtTrdNo)) return refused('ST50');
  const trdNo = state.numbers.transaction();
  const echo = { mchtTrdNo, trdNo, mchtCustId };
  const closed = state.maintenance.at(bankCd);
  const refusal = bankRefusal(bankCd, state);
  if (refusal) {
    const window = closed && { bankChkYn: 'Y', stDtm: stampOf(closed.from), edDtm: stampOf(closed.until) };
    return refused(refusal, { ...echo, ...window });
  }
  if (state.ownershipChecks.underWay(bankCd, custAcntNo, state.now())) {
    return refused('ST38', { ...echo, bankChkYn: 'N' });
  }

  const code = (codes[authType] ?? (() => randomDigits(4)))();
  const passbookText = request.textPos === 'F' ? sender + code : code + sender;
  state.ownershipChecks.start({
    orderNumber: mchtTrdNo,
    trdNo,
    customerId: mchtCustId,
    bankCode: bankCd,
    accountNumber: custAcntNo,
    code,
    passbookText,
    at: state.now(),
    validFor: Number(request.authVldTm ?? '600') * seconds,
    quietFor: Number(request.apintTm ?? '600') * seconds,
    tries: 0,
  });
  deposit(request, passbookText, state);
  return accepted({ ...echo, bankChkYn: 'N' });
};

/** SE01 too late, SE02 another code, SE03 after five tries. */
export const ownershipVerificationCheck: Rule<'ownershipVerificationCheck'> = (request, state) => {
  const { mchtTrdNo, trdNo, mchtCustId, authNo } = request;
  const check = state.ownershipChecks.find(mchtTrdNo, trdNo);
  if (check?.customerId !== mchtCustId) return refused('ST06');
  const fields = { mchtCustId, trdNo, mchtTrdNo };
  const now = state.now();
  if (check.checked?.code !== success) {
    const code =
      check.tries >= triesAllowed
        ? 'SE03'
        : now.getTime() - check.at.getTime() > check.validFor
          ? 'SE01'
          : authNo === check.code
            ? success
            : 'SE02';
    check.tries += 1;
    check.checked = { at: now, code };
  }
  const { code } = check.checked;
  return code === success ? accepted(fields) : refused(code, fields);
};

export const ownershipVerificationHistory: Rule<'ownershipVerificationHistory'> = (request, state) => {
  const { mchtTrdNo, trdNo, mchtCustId, orgTrdDt } = request;
  const check = state.ownershipChecks.find(mchtTrdNo, trdNo);
  if (check?.customerId !== mchtCustId || kstDay(check.at) !== orgTrdDt) return refused('ST06');
  const code = check.checked?.code ?? 'ST38';
  return accepted({
    mchtTrdNo,
    mchtCustId,
    trdNo,
    bankCd: check.bankCode,
    custAcntNo: maskOf(check.accountNumber),
    custAcntSumry: check.passbookText,
    reqTrdDtm: stampOf(check.at),
    chkTrdDtm: check.checked && stampOf(check.checked.at),
    trdStatCd: code === success ? '0021' : '0031',
    trdRsltCd: code,
    trdRsltMsg: messageOf(code),
  });
};

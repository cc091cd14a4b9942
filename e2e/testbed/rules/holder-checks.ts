import { magic } from '../magic-values.ts';
import type { TestbedState } from '../state/testbed-state.ts';
import { accepted, bankRefusal, isAccountNumber, isIdentity, refused, type Rule } from './rule.ts';

type Question = {
  mchtTrdNo?: string;
  mchtCustId: string;
  bankCd: string;
  custAcntNo: string;
  mchtCustNm?: string;
  acctNoChkYn?: string;
};

/** What the three checks share: they compare a name when one is given and answer the bank's. */
function checkHolder(question: Question, state: TestbedState) {
  const { mchtTrdNo, mchtCustId, bankCd, custAcntNo, mchtCustNm: name } = question;
  if (!isAccountNumber(custAcntNo)) return refused('ST09');
  const refusal =
    bankRefusal(bankCd, state) ??
    magic.holderCheck(custAcntNo) ??
    (question.acctNoChkYn === 'Y' && magic.isUnusable(custAcntNo) ? '1001' : undefined);
  const echo = { mchtTrdNo, trdNo: state.numbers.transaction() };
  if (refusal) return refused(refusal, echo);

  const account = state.accounts.at(bankCd, custAcntNo);
  if (name !== undefined && !state.isHolder(account, mchtCustId, name)) return refused('ST24', echo);
  return accepted({ ...echo, mchtCustNm: state.holderOf(account, mchtCustId).name });
}

export const accountHolderNameInquiry: Rule<'accountHolderNameInquiry'> = checkHolder;

export const accountHolderNameConfirm: Rule<'accountHolderNameConfirm'> = (request, state) => {
  if (!isIdentity(request.uii, [6])) return refused('ST09');
  const answer = checkHolder(request, state);
  if (answer.status !== '0021') return answer;
  const account = state.accounts.at(request.bankCd, request.custAcntNo);
  const { birth } = state.holderOf(account, request.mchtCustId);
  return birth === undefined || birth === request.uii ? answer : refused('ST17');
};

export const accountHolderNameInquiryWithAmount: Rule<'accountHolderNameInquiryWithAmount'> = (
  request,
  state,
) => (Number(request.trdAmt) > 0 ? checkHolder(request, state) : refused('ST09'));

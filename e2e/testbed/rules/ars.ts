import type { Received } from '../wire/receive.ts';
import type { TestbedState } from '../state/testbed-state.ts';
import { isServed } from '../state/banks.ts';
import { accepted, isAccountNumber, refused, type Rule } from './rule.ts';

const neverAnswered = new Set(['10', '11', '12']);

/** Has the phone ring. Several calls may be under way; each has its own outcome. */
function dial(request: Received<'arsRequest'>, state: TestbedState) {
  const { cphoneNo: number, custAcntNo: accountNumber, bankCd: bankCode } = request;
  if (!/^01\d{8,9}$/.test(number)) return refused('ST09');
  if (accountNumber !== undefined && !isAccountNumber(accountNumber)) return refused('ST09');
  if (!isServed(bankCode)) return refused('ST44');
  const trdNo = state.numbers.transaction();
  state.calls.dial({
    id: state.numbers.id('call'),
    number,
    reachable: state.phones.isOn(number),
    expected: request.authNo,
    approval: { trdNo, customerId: request.mchtCustId, bankCode, accountNumber, name: request.mchtCustNm },
  });
  state.changes.emit('phone', number);
  return accepted({ mchtTrdNo: request.mchtTrdNo, trdNo });
}

export const arsRequest: Rule<'arsRequest'> = dial;
/** Only its address is published: it behaves like the plain call. */
export const arsRecordRequest: Rule<'arsRecordRequest'> = dial;

/** Alone in having four status codes: 0000 while the call goes on, 0092 for a call nobody asked for. */
export const arsCheck: Rule<'arsCheck'> = ({ trdNo, mchtTrdNo, mchtCustId }, state) => {
  const call = state.calls.byTransaction(trdNo);
  const echo = { mchtTrdNo, trdNo };
  if (call?.approval.customerId !== mchtCustId) {
    return { status: '0092', code: 'ST06', fields: { ...echo, retCd: '700' } };
  }
  if (!call.result) return { status: '0000', code: '0000', fields: { ...echo, retCd: '000' } };
  const fields = { ...echo, retCd: call.result };
  if (call.result === '00') return accepted(fields);
  return refused(neverAnswered.has(call.result) ? 'ST28' : 'ST27', fields);
};

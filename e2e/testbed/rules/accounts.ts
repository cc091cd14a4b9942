import { instantOfKst } from '../../../shared/values/kst.ts';
import { magic } from '../magic-values.ts';
import { maskOf } from '../state/accounts.ts';
import { stampOf } from '../state/korean-time.ts';
import type { Registration } from '../state/registrations.ts';
import type { TestbedState } from '../state/testbed-state.ts';
import type { Received } from '../wire/receive.ts';
import { unclear } from '../wire/result-messages.ts';
import { accepted, bankRefusal, isAccountNumber, isIdentity, refused, type Rule } from './rule.ts';

const firmBanking = '1';

type Wish = {
  mchtTrdNo: string;
  mchtCustId: string;
  mchtCustNm: string;
  uii: string;
  bankCd: string;
  custAcntNo: string;
};

const described = ({ customerId, bankCode, accountNumber, key, trdNo }: Registration, mchtTrdNo: string) => ({
  mchtCustId: customerId,
  bankCd: bankCode,
  custAcntNo: maskOf(accountNumber),
  custAcntKey: key,
  mchtTrdNo,
  trdNo,
});

const register = ({ mchtCustId, bankCd, custAcntNo }: Wish, state: TestbedState): Registration =>
  state.registrations.activeAt(mchtCustId, bankCd, custAcntNo) ??
  state.registrations.add({
    key: state.numbers.accountKey(),
    customerId: mchtCustId,
    bankCode: bankCd,
    accountNumber: custAcntNo,
    at: state.now(),
    trdNo: state.numbers.transaction(),
  });

/**
 * What both registrations share. `consent` says why the customer's approval does not count, if so; `more` is
 * answered besides the account.
 */
function registerAccount<M extends object>(
  wish: Wish,
  state: TestbedState,
  consent: () => string | undefined,
  more: M,
) {
  const { mchtCustId, bankCd, custAcntNo, mchtTrdNo } = wish;
  if (!isAccountNumber(custAcntNo) || !isIdentity(wish.uii, [6, 7])) return refused('ST09');
  const closed = bankRefusal(bankCd, state);
  if (closed) return refused(closed);

  const ordered = magic.registration(custAcntNo);
  if (ordered === 'ST08' || ordered === 'ST43') {
    return refused(ordered, { ...described(register(wish, state), mchtTrdNo), ...more });
  }
  if (ordered !== undefined) {
    if (unclear.has(ordered)) register(wish, state);
    return refused(ordered);
  }
  if (magic.isUnusable(custAcntNo)) return refused('ST18');

  const known = state.registrations.activeAt(mchtCustId, bankCd, custAcntNo);
  if (known) return refused('ST08', { ...described(known, mchtTrdNo), ...more });
  const account = state.accounts.at(bankCd, custAcntNo);
  const { birth } = state.holderOf(account, mchtCustId);
  const refusal =
    consent() ??
    (state.isHolder(account, mchtCustId, wish.mchtCustNm) ? undefined : 'ST24') ??
    (birth === undefined || wish.uii.length === 10 || wish.uii.startsWith(birth) ? undefined : 'ST17');
  return refusal ? refused(refusal) : accepted({ ...described(register(wish, state), mchtTrdNo), ...more });
}

export const accountRegistration: Rule<'accountRegistration'> = (request, state) =>
  registerAccount(request, state, () => consentRefusal(request, state), { svcDivCd: firmBanking });

function consentRefusal(request: Received<'accountRegistration'>, state: TestbedState): string | undefined {
  switch (request.authMthdCd ?? 'ARS') {
    case 'ARS':
      return arsRefusal(request, state);
    case 'PASS': {
      const verified = state.phoneVerifications.doneBy(request.mchtCustId);
      return verified && verified.code === undefined ? undefined : 'ST13';
    }
    default:
      return undefined; // Written consent is the merchant's word.
  }
}

function arsRefusal(request: Wish & { trdNo?: string }, state: TestbedState): string | undefined {
  const call = state.calls.byTransaction(request.trdNo ?? '');
  if (!call?.result) return 'ST13';
  const { customerId, bankCode, accountNumber, name } = call.approval;
  const same =
    customerId === request.mchtCustId &&
    bankCode === request.bankCd &&
    (accountNumber ?? request.custAcntNo) === request.custAcntNo &&
    name === request.mchtCustNm;
  if (!same) return 'ST14';
  return call.result === '00' ? undefined : 'ST27';
}

/** The merchant holds the consent, so nobody is called. */
export const merchantAccountRegistration: Rule<'merchantAccountRegistration'> = (request, state) =>
  registerAccount(request, state, () => undefined, {});

/** Without a key it means the customer's account at the bank. */
export const accountCancellation: Rule<'accountCancellation'> = (request, state) => {
  const { mchtCustId, bankCd, custAcntKey, mchtTrdNo } = request;
  const closed = bankRefusal(bankCd, state);
  if (closed) return refused(closed);
  const candidates = state.registrations
    .of(mchtCustId)
    .filter((one) => one.bankCode === bankCd && (custAcntKey === undefined || one.key === custAcntKey));
  const active = candidates.find((one) => !one.ended);
  if (!active) return refused(candidates.length > 0 ? 'ST53' : 'ST01');
  active.ended = { at: state.now(), by: 'merchant' };
  return accepted({ mchtCustId, mchtTrdNo, trdNo: state.numbers.transaction() });
};

/** Ended registrations stay on the list, with the date. */
export const accountList: Rule<'accountList'> = ({ mchtCustId, bankCd }, state) => {
  const found = state.registrations.of(mchtCustId).filter((one) => !bankCd || one.bankCode === bankCd);
  return accepted({
    dataCnt: String(found.length),
    acntRecords: found.map((one) => ({
      recordTrdDt: stampOf(one.at),
      recordBankCd: one.bankCode,
      recordCustAcntNoMask: maskOf(one.accountNumber),
      recordCustAcntKey: one.key,
      recordSvcDivCd: firmBanking,
      ...(one.ended ? { recordUnregDt: stampOf(one.ended.at) } : {}),
    })),
  });
};

/** A day is complete from 11:00 the day after; what was cancelled later than that day is not on it. */
export const institutionCancelledAccounts: Rule<'institutionCancelledAccounts'> = ({ unregDt }, state) => {
  const from = instantOfKst(unregDt, '00:00');
  const until = instantOfKst(unregDt, '24:00');
  const records = state.registrations.endedByInstitution().flatMap((one) => {
    const { ended } = one;
    if (ended?.by !== 'institution' || ended.at < from || ended.at >= until) return [];
    return [
      {
        recordMchtCustId: one.customerId,
        recordBankCd: one.bankCode,
        recordCustAcntNo: maskOf(one.accountNumber),
        recordCustAcntKey: one.key,
        recordUnregDtm: stampOf(ended.at),
        recordUnregOcuIstt: ended.institution,
        recordUnregDivCd: ended.reason,
      },
    ];
  });
  return accepted({ unregDt, dataCnt: String(records.length), unregAcntRecords: records });
};

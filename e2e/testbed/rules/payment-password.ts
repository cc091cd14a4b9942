import { accepted, refused, type Rule } from './rule.ts';

/** Passwords are set by `POST /_testbed/passwords`: Hecto publishes no call that registers one. */
export const paymentPasswordConfirm: Rule<'paymentPasswordConfirm'> = (request, state) => {
  const { mchtCustId, mchtTrdNo, pmtPwd } = request;
  const fields = { mchtCustId, mchtTrdNo, trdNo: state.numbers.transaction() };
  const password = state.passwords.get(mchtCustId);
  if (password === undefined) return refused('ST01', fields);
  return password === pmtPwd ? accepted(fields) : refused('ST67', fields);
};

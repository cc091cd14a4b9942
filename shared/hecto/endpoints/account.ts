import { endpoint, oneOf, optional, requiredIf, text } from '../contract.ts';
import * as f from '../fields.ts';

const registered = { mchtCustId: { encrypted: true }, bankCd: {}, custAcntNo: {} } as const;
/** Refusals that describe the registration that exists. */
const registeredBefore = ['ST08', 'ST43'] as const;

/** Accounts that may be drawn from. */
export const account = {
  /** Registers the account for withdrawals; `custAcntKey` is what payments use from then on. */
  accountRegistration: endpoint({
    path: '/v1/api/acnt/reg',
    group: 'account',
    hdInfo: 'SPAY_RE0W_1.0',
    effect: 'once',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: f.mchtTrdNo,
      // That of arsCheck.
      trdNo: requiredIf('authMthdCd', ['ARS'], f.trdNo, 'ARS'),
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      mchtCustNm: f.nameOf60,
      uii: f.uii,
      bankCd: f.bankCd,
      custAcntNo: f.custAcntNo,
      authMthdCd: optional(oneOf(text(5), ['WR', 'ARS', 'PASS'])),
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'custAcntNo'],
    answer: {
      ...registered,
      custAcntKey: {},
      svcDivCd: {},
      mchtTrdNo: { optional: true, earlierIf: registeredBefore },
      trdNo: {},
    },
  }),

  /** Ends a registration. */
  accountCancellation: endpoint({
    path: '/v1/api/acnt/unreg',
    group: 'account',
    hdInfo: 'SPAY_DE0W_1.0',
    effect: 'once',
    request: {
      mchtId: f.mchtId,
      bankCd: f.bankCd,
      custAcntKey: optional(f.custAcntKey),
      mchtTrdNo: f.mchtTrdNo,
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm'],
    answer: { mchtCustId: { encrypted: true }, mchtTrdNo: { optional: true }, trdNo: {} },
  }),

  /** Tells Hecto about an account whose withdrawal consent the merchant itself holds. */
  merchantAccountRegistration: endpoint({
    path: '/v1/api/acnt/reg/self',
    group: 'account',
    hdInfo: 'SPAY_RB0W_1.0',
    effect: 'once',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: f.mchtTrdNo,
      payerNo: f.payerNo,
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      mchtCustNm: f.nameOf30,
      uii: f.uii,
      bankCd: f.bankCd,
      custAcntNo: f.custAcntNo,
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'custAcntNo'],
    answer: {
      ...registered,
      custAcntKey: { optional: true },
      mchtTrdNo: { earlierIf: registeredBefore },
      trdNo: {},
    },
  }),
};

import { counted, digits, endpoint, oneOf, optional, secret, text } from '../contract.ts';
import * as f from '../fields.ts';

const holderAnswer = {
  mchtTrdNo: { optional: true },
  trdNo: { optional: true },
  mchtCustNm: { encrypted: true, optional: true },
} as const;

const arsRequestFields = {
  mchtId: f.mchtId,
  procDiv: f.procDiv,
  mchtTrdNo: optional(f.mchtTrdNo),
  mchtCustId: f.mchtCustId,
  ...f.stamp,
  bankCd: f.bankCd,
  custAcntNo: optional(f.custAcntNo),
  mchtCustNm: f.nameOf60,
  authNo: f.authNo,
  cphoneNo: f.cphoneNo,
  payerNo: optional(f.payerNo),
  custIp: f.custIp,
} as const;

/** Who the customer is and whether the account is theirs. */
export const authentication = {
  /** Starts a check of the customer's identity on their phone, by text message or operator app. */
  mobileVerificationRequest: endpoint({
    path: '/v1/api/auth/mobile/req',
    group: 'authentication',
    hdInfo: 'SPAY_M100_1.0',
    effect: 'verify',
    request: {
      mchtId: f.mchtId,
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      uii: f.uii,
      telecomCd: oneOf(digits(1), ['1', '2', '3', '4', '5', '6']),
      cphoneNo: f.cphoneNo,
      mchtCustNm: f.nameOf60,
      authMthdCd: oneOf(digits(1), ['1', '2']),
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'uii', 'cphoneNo', 'authMthdCd'],
    answer: { tid: {}, trdNo: {} },
  }),

  /** Confirms it with the texted number or, for the app, by asking whether the customer finished. */
  mobileVerificationCheck: endpoint({
    path: '/v1/api/auth/mobile/check',
    group: 'authentication',
    hdInfo: 'SPAY_M200_1.0',
    effect: 'verify',
    request: {
      mchtId: f.mchtId,
      ...f.stamp,
      authNo: optional(f.authNo),
      tid: f.tid,
      trdNo: f.trdNo,
      custIp: f.custIp,
    },
    hash: ['mchtId', 'reqDt', 'reqTm', 'tid'],
    answer: {},
  }),

  /** Compares a name with the bank's; without a name the bank's name comes back. */
  accountHolderNameInquiry: endpoint({
    path: '/v1/api/auth/acnt/ownercheck1',
    group: 'authentication',
    // One vendor document prints SP_NA00_1.0; the other one, and most merchants, use this.
    hdInfo: 'SPAY_NA00_1.0',
    effect: 'read',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: optional(f.mchtTrdNo),
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      bankCd: f.bankCd,
      custAcntNo: f.custAcntNo,
      mchtCustNm: optional(f.nameOf30),
      acctNoChkYn: f.acctNoChkYn,
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'custAcntNo'],
    answer: holderAnswer,
  }),

  /** The same with a date of birth (yyMMdd) or a business registration number. */
  accountHolderNameConfirm: endpoint({
    path: '/v1/api/auth/acnt/ownercheck2',
    group: 'authentication',
    // As printed, yet doubtful: it repeats the inquiry without date of birth. SPAY_NN00_1.0 is as likely.
    hdInfo: 'SP_NA00_1.0',
    effect: 'read',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: optional(f.mchtTrdNo),
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      bankCd: f.bankCd,
      custAcntNo: f.custAcntNo,
      mchtCustNm: optional(f.nameOf30),
      uii: f.uii,
      acctNoChkYn: f.acctNoChkYn,
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'custAcntNo', 'uii'],
    answer: holderAnswer,
  }),

  /** The same with the amount that is to be moved: the only encrypted amount in a request. */
  accountHolderNameInquiryWithAmount: endpoint({
    path: '/v1/api/auth/acnt/ownercheckWithAmount',
    group: 'authentication',
    // As printed, yet doubtful: NN elsewhere names the inquiry with date of birth.
    hdInfo: 'SP_NN00_1.0',
    effect: 'read',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: optional(f.mchtTrdNo),
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      bankCd: f.bankCd,
      custAcntNo: f.custAcntNo,
      mchtCustNm: optional(f.nameOf30),
      trdAmt: secret(f.amount),
      acctNoChkYn: f.acctNoChkYn,
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'custAcntNo', 'trdAmt'],
    answer: holderAnswer,
  }),

  /** Deposits 1 won with the merchant's own passbook text; the merchant compares it, there is no check call. */
  accountOwnershipVerification: endpoint({
    path: '/v1/api/auth/acnt/ownership',
    group: 'authentication',
    hdInfo: 'SPAY_AA00_1.0',
    effect: 'verify',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: optional(f.mchtTrdNo),
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      bankCd: f.bankCd,
      custAcntNo: f.custAcntNo,
      custAcntSumry: f.passbookOf12,
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'custAcntNo'],
    answer: { mchtTrdNo: { optional: true }, trdNo: {} },
  }),

  /** Deposits 1 won with a code of Hecto's, which the customer reads off the statement. */
  ownershipVerificationRequest: endpoint({
    path: '/v1/api/auth/ownership/req',
    group: 'authentication',
    hdInfo: 'SPAY_AA10_1.0',
    effect: 'verify',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: f.mchtTrdNo,
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      mchtCustNm: optional(f.nameOf20),
      bankCd: f.bankCd,
      custAcntNo: f.custAcntNo,
      authType: oneOf(text(1), ['1', '2', '3', '4']),
      remitterNm: optional(secret(counted(text(8), 'euckr'))),
      textPos: optional(oneOf(text(1), ['F', 'R'])),
      authVldTm: optional(digits(5)),
      apintTm: optional(digits(5)),
      custIp: f.custIp,
    },
    hash: ['mchtId', 'reqDt', 'reqTm', 'bankCd', 'custAcntNo'],
    answer: {
      mchtTrdNo: {},
      trdNo: {},
      mchtCustId: { encrypted: true },
      bankChkYn: {},
      stDtm: { optional: true },
      edDtm: { optional: true },
    },
  }),

  /** Compares the code the customer read with the one that was deposited. */
  ownershipVerificationCheck: endpoint({
    path: '/v1/api/auth/ownership/check',
    group: 'authentication',
    hdInfo: 'SPAY_RC10_1.0',
    effect: 'verify',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: f.mchtTrdNo,
      trdNo: f.trdNo,
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      authNo: secret(text(12)),
      custIp: f.custIp,
    },
    hash: ['mchtId', 'reqDt', 'reqTm', 'mchtTrdNo'],
    answer: { mchtCustId: { encrypted: true }, trdNo: {}, mchtTrdNo: {} },
  }),

  /** Has Hecto phone the customer, who approves withdrawals by keying in `authNo`. */
  arsRequest: endpoint({
    path: '/v1/api/auth/ars',
    group: 'authentication',
    hdInfo: 'SPAY_AU00_1.0',
    effect: 'verify',
    request: arsRequestFields,
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'cphoneNo'],
    answer: { mchtTrdNo: { optional: true }, trdNo: {} },
  }),

  /** Asks how the approval call went. Alone in also answering 0000 (going on) and 0092 (unknown call). */
  arsCheck: endpoint({
    path: '/v1/api/auth/arscheck',
    group: 'authentication',
    hdInfo: 'SPAY_RC0W_1.0',
    effect: 'read',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: optional(f.mchtTrdNo),
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      trdNo: f.trdNo,
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'trdNo'],
    // Still going on, and no such call.
    statuses: ['0000', '0092'],
    answer: { retCd: {}, mchtTrdNo: { optional: true }, trdNo: { echo: true } },
  }),

  /** The call whose recording is handed over. Only its address is published: the rest copies `arsRequest`. */
  arsRecordRequest: endpoint({
    path: '/v1/api/auth/arsrec',
    group: 'authentication',
    hdInfo: 'SPAY_AU00_1.0',
    effect: 'verify',
    request: arsRequestFields,
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'cphoneNo'],
    answer: { mchtTrdNo: { optional: true }, trdNo: {} },
  }),
};

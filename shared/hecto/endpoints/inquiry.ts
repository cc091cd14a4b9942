import { counted, endpoint, oneOf, optional, secret, text } from '../contract.ts';
import * as f from '../fields.ts';

/** Questions that change nothing. */
export const inquiry = {
  /** The outcome of a payment (RP) or remittance (AR) whose answer was lost. Refunds are not offered here. */
  transactionResult: endpoint({
    path: '/v1/api/pay/morw',
    group: 'inquiry',
    hdInfo: 'SPAY_MORW_1.0',
    effect: 'read',
    request: {
      mchtId: f.mchtId,
      pktDivCd: oneOf(text(2), ['RP', 'AR']),
      mchtTrdNo: f.mchtTrdNo,
      mchtTrdDt: f.day,
      ...f.stamp,
    },
    hash: ['mchtId', 'mchtTrdNo', 'mchtTrdDt', 'reqDt', 'reqTm'],
    answer: { trdNo: { optional: true }, bankCd: { optional: true }, svcDivCd: { optional: true } },
  }),

  /** What is recorded for one order number: the payment (RP) or its refunds (RT). */
  transactionHistory: endpoint({
    path: '/v1/api/pay/translist',
    group: 'inquiry',
    hdInfo: 'SPAY_LT00_1.0',
    effect: 'read',
    request: {
      mchtId: f.mchtId,
      pktDivCd: oneOf(text(2), ['RP', 'RT']),
      mchtTrdNo: f.mchtTrdNo,
      mchtTrdDt: f.day,
      ...f.stamp,
    },
    hash: ['mchtId', 'mchtTrdNo', 'mchtTrdDt', 'reqDt', 'reqTm'],
    answer: {
      dataCnt: {},
      trRecords: {
        records: {
          recordOutRsltCd: {},
          recordOutRsltMsg: {},
          recordOutStatCd: {},
          recordPktDivCd: {},
          recordMchtTrdNo: {},
          recordTrdNo: { optional: true },
          recordTrdDt: {},
          recordTrdAmt: {},
          recordBankCd: {},
          recordCustAcntNo: {},
          recordSvcDivCd: { optional: true },
        },
      },
    },
  }),

  /** The accounts registered for a customer, with their keys. */
  accountList: endpoint({
    path: '/v1/api/acnt/list',
    group: 'inquiry',
    hdInfo: 'SPAY_LA00_1.0',
    effect: 'read',
    request: { mchtId: f.mchtId, mchtCustId: f.mchtCustId, bankCd: optional(f.bankCd), ...f.stamp },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm'],
    answer: {
      dataCnt: {},
      acntRecords: {
        records: {
          recordTrdDt: {},
          recordBankCd: {},
          recordCustAcntNoMask: {},
          recordCustAcntKey: {},
          recordSvcDivCd: {},
          recordUnregDt: { optional: true },
        },
      },
    },
  }),

  /** The banks the merchant can offer, in display order. */
  bankList: endpoint({
    path: '/v1/api/bank/list',
    group: 'inquiry',
    hdInfo: 'SPAY_LB00_1.0',
    effect: 'read',
    request: { mchtId: f.mchtId, ...f.stamp },
    hash: ['mchtId', 'reqDt', 'reqTm'],
    answer: {
      dataCnt: {},
      bankRecords: { records: { recordBankCd: {}, recordBankNm: {}, recordBankOrd: {}, recordUseYn: {} } },
    },
  }),

  /** Whether a task is possible at a bank right now. There is no yes/no field: maintenance is a refusal, ST11. */
  bankMaintenance: endpoint({
    path: '/v1/api/bank/timecheck',
    group: 'inquiry',
    hdInfo: 'SPAY_TP00_1.0',
    effect: 'read',
    request: {
      pktDivCd: oneOf(text(2), ['RE', 'DE', 'RP', 'RT', 'NA', 'NN', 'AA', 'AR']),
      mchtId: f.mchtId,
      ...f.stamp,
      bankCd: f.bankCd,
    },
    hash: ['mchtId', 'reqDt', 'reqTm', 'bankCd'],
    answer: { bankCd: {} },
  }),

  /** The record of one ownership verification. */
  ownershipVerificationHistory: endpoint({
    path: '/v1/api/auth/ownership/translist',
    group: 'inquiry',
    // One vendor document prints SPAY_LT00_1.0, which is transactionHistory's.
    hdInfo: 'SPAY_LT10_1.0',
    effect: 'read',
    request: {
      mchtId: f.mchtId,
      // Printed six long; merchants pass eight digits.
      orgTrdDt: { ...f.day, kind: 'AN' },
      mchtTrdNo: f.mchtTrdNo,
      trdNo: f.trdNo,
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      custIp: f.custIp,
    },
    hash: ['mchtId', 'reqDt', 'reqTm', 'mchtTrdNo'],
    answer: {
      mchtTrdNo: {},
      mchtCustId: { encrypted: true, optional: true },
      trdNo: {},
      bankCd: {},
      custAcntNo: {},
      custAcntSumry: { encrypted: true },
      reqTrdDtm: {},
      chkTrdDtm: { optional: true },
      trdStatCd: {},
      trdRsltCd: {},
      trdRsltMsg: {},
    },
  }),

  /** Whether ownership verification is possible at a bank and, if not, from when to when. */
  ownershipBankMaintenance: endpoint({
    path: '/v1/api/bank/timecheck/detail',
    group: 'inquiry',
    hdInfo: 'SPAY_TP1W_1.0',
    effect: 'read',
    request: { pktDivCd: oneOf(text(2), ['AA']), mchtId: f.mchtId, ...f.stamp, bankCd: f.bankCd },
    hash: ['mchtId', 'reqDt', 'reqTm', 'bankCd'],
    answer: { bankCd: {}, bankChkYn: {}, stDtm: { optional: true }, edDtm: { optional: true } },
  }),

  /** Accounts that a bank or the clearing institute cancelled on a day; complete from 11:00 Korean time. */
  institutionCancelledAccounts: endpoint({
    path: '/v1/api/acnt/isttunreg/list',
    group: 'inquiry',
    hdInfo: 'SPAY_PI0C_1.0',
    effect: 'read',
    request: { mchtId: f.mchtId, unregDt: f.day, ...f.stamp },
    hash: ['mchtId', 'unregDt', 'reqDt', 'reqTm'],
    answer: {
      unregDt: {},
      dataCnt: {},
      unregAcntRecords: {
        records: {
          recordMchtCustId: { encrypted: true },
          recordBankCd: {},
          recordCustAcntNo: {},
          recordCustAcntKey: {},
          recordUnregDtm: {},
          recordUnregOcuIstt: {},
          recordUnregDivCd: {},
        },
      },
    },
  }),

  /** Is the service alive? The only call without a hash. */
  testCall: endpoint({
    path: '/v1/api/test/testcall',
    group: 'inquiry',
    hdInfo: 'SPAY_TC00_1.0',
    effect: 'read',
    request: { mchtId: f.mchtId, procDiv: f.procDiv, mchtTrdNo: f.mchtTrdNo, ...f.stamp },
    hash: false,
    answer: { mchtTrdNo: {}, trdNo: {} },
  }),

  /** Checks the six-digit payment password. ST01 means here that none is registered. */
  paymentPasswordConfirm: endpoint({
    path: '/v1/api/auth/pwdcnf',
    group: 'inquiry',
    hdInfo: 'SPAY_PW00_1.0',
    effect: 'verify',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: f.mchtTrdNo,
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      // 24 is the length of the ciphertext: one AES block in base64. The plain value is six digits.
      pmtPwd: secret(counted({ kind: 'N', max: 24, plainLength: 6 } as const, 'ciphertext')),
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'pmtPwd'],
    answer: {
      // Also printed with a small L for the capital I.
      mchtCustId: { encrypted: true, aliases: ['mchtCustld'] },
      mchtTrdNo: { optional: true },
      trdNo: { optional: true },
    },
  }),
};

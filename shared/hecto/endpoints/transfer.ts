import { digits, endpoint, optional, requiredIf, secret, text } from '../contract.ts';
import * as f from '../fields.ts';

const ownContract = <const F extends Parameters<typeof optional>[0]>(field: F) =>
  requiredIf('directYn', ['Y'], field);

/** Money in and out. */
export const transfer = {
  /** Withdraws from a registered account. The hash covers the bank code, not the account key. */
  payment: endpoint({
    path: '/v1/api/pay/confirm',
    group: 'transfer',
    hdInfo: 'SPAY_RP0W_1.0',
    effect: 'once',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: f.mchtTrdNo,
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      trdAmt: f.amount,
      bankCd: f.bankCd,
      custAcntKey: optional(f.custAcntKey),
      splAmt: optional(f.amount),
      vat: optional(f.amount),
      svcAmt: optional(f.amount),
      pmtPrdtNm: optional(text(100)),
      custAcntSumry: optional(f.passbookOf30),
      csrcIssReqYn: f.receipt.issue,
      csrcIssPsblYn: f.receipt.possible,
      taxTypeCd: f.receipt.taxType,
      csrcRegProposYn: f.receipt.purpose,
      csrcRegNoDivCd: f.receipt.numberKind,
      csrcRegNo: f.receipt.number,
      addDdtTypeCd: f.receipt.deduction,
      rglPmtYn: optional(f.yesNo),
      rglEdDt: optional(f.day),
      custIp: f.custIp,
      // Already part of trdAmt.
      cupDepositAmt: optional(f.amount),
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'trdAmt', 'bankCd'],
    answer: {
      trdNo: {},
      trdAmt: {},
      mchtTrdNo: {},
      rglChrgKey: { optional: true },
      svcDivCd: {},
      custAcntNo: {},
    },
  }),

  /** Refunds a payment, whole or in part, under an order number of its own. */
  paymentCancel: endpoint({
    path: '/v1/api/pay/cancel',
    group: 'transfer',
    hdInfo: 'SPAY_RT0W_1.0',
    effect: 'once',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: f.mchtTrdNo,
      mchtCustId: f.mchtCustId,
      mchtTrdDt: f.today,
      mchtTrdTm: f.now,
      trdAmt: f.amount,
      custAcntSumry: optional(f.passbookOf30),
      splAmt: optional(f.amount),
      vat: optional(f.amount),
      svcAmt: optional(f.amount),
      trdNo: f.trdNo,
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtCustId', 'mchtTrdDt', 'mchtTrdTm', 'trdAmt', 'trdNo'],
    answer: { mchtTrdNo: {}, trdNo: {}, trdAmt: {}, svcDivCd: {} },
  }),

  /** Sends the merchant's money to any account. */
  remittance: endpoint({
    path: '/v1/api/pay/rmt',
    group: 'transfer',
    hdInfo: 'SPAY_AR0W_1.0',
    effect: 'once',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: f.mchtTrdNo,
      mchtCustId: optional(f.mchtCustId),
      trdDt: f.today,
      trdTm: f.now,
      bankCd: f.bankCd,
      custAcntNo: f.custAcntNo,
      custAcntSumry: f.passbookOf14,
      directYn: optional(f.yesNo),
      macntBankCd: ownContract(f.bankCd),
      macntNo: ownContract(f.custAcntNo),
      macntSumry: ownContract(f.passbookOf12),
      scrtCardVal: optional(secret(text(6))),
      firmPktNo: optional(digits(6)),
      // KFCC always wants it.
      macntPwd: requiredIf('macntBankCd', ['045'], secret(text(4))),
      trdAmt: f.amount,
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtTrdNo', 'trdDt', 'trdTm', 'bankCd', 'custAcntNo', 'trdAmt'],
    answer: { mchtTrdNo: {}, trdNo: {}, trdAmt: {}, svcDivCd: {} },
  }),

  /** What is left on the account that remittances are paid from. */
  remittanceBalance: endpoint({
    path: '/v2/api/pay/rmt/blc',
    group: 'transfer',
    hdInfo: 'SPAY_CA0W_1.0',
    effect: 'read',
    request: { mchtId: f.mchtId, mchtTrdNo: f.mchtTrdNo, trdDt: f.today, trdTm: f.now },
    hash: ['mchtId', 'mchtTrdNo', 'trdDt', 'trdTm'],
    answer: { mchtTrdNo: {}, trdNo: {}, blcAmt: { encrypted: true } },
  }),
};

/** Withdrawals that repeat without the customer. */
export const recurring = {
  /** Withdraws one instalment with the key of the first, recurring payment. */
  recurringPaymentApproval: endpoint({
    path: '/v1/api/regular/confirm',
    group: 'recurring',
    hdInfo: 'SPAY_SP10_1.0',
    effect: 'once',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: f.mchtTrdNo,
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      trdAmt: f.amount,
      rglChrgKey: text(32),
      splAmt: optional(f.amount),
      vat: optional(f.amount),
      svcAmt: optional(f.amount),
      pmtPrdtNm: optional(text(50)),
      custAcntSumry: optional(f.passbookOf7),
      csrcIssReqYn: f.receipt.issue,
      csrcIssPsblYn: f.receipt.possible,
      taxTypeCd: f.receipt.taxType,
      // The payment spells it csrcRegProposYn.
      csrcReqPrposYn: f.receipt.purpose,
      csrcRegNoDivCd: f.receipt.numberKind,
      csrcRegNo: f.receipt.number,
      addDdtTypeCd: f.receipt.deductionWithReceipt,
      custIp: f.custIp,
      cupDepositAmt: optional(f.amount),
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'trdAmt', 'rglChrgKey'],
    answer: {
      mchtTrdNo: {},
      trdNo: { optional: true },
      rglPmtProcStatCd: { optional: true },
      trdAmt: { optional: true },
      svcDivCd: { optional: true },
    },
  }),

  /** Ends a recurring payment. */
  recurringPaymentCancel: endpoint({
    path: '/v1/api/regular/unreg',
    group: 'recurring',
    hdInfo: 'SPAY_SE00_1.0',
    effect: 'once',
    request: {
      mchtId: f.mchtId,
      mchtTrdNo: f.mchtTrdNo,
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      rglChrgKey: text(32),
      custIp: f.custIp,
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'rglChrgKey'],
    answer: { mchtCustId: { encrypted: true }, mchtTrdNo: {}, trdNo: {} },
  }),

  /** Account, period and totals of a recurring payment. */
  recurringPaymentInfo: endpoint({
    path: '/v1/api/regular/info',
    group: 'recurring',
    hdInfo: 'SPAY_SO00_1.0',
    effect: 'read',
    request: { mchtId: f.mchtId, mchtCustId: f.mchtCustId, ...f.stamp, rglChrgKey: text(32) },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'rglChrgKey'],
    answer: {
      bankCd: { optional: true },
      bankNm: { optional: true },
      custAcntNo: { optional: true },
      useStDt: { optional: true },
      useEdDt: { optional: true },
      rglPmtAmt: { optional: true },
      pmtAcmAmt: { optional: true },
      pmtAcmOrd: { optional: true },
      unregDt: { optional: true },
      unregStatCd: { optional: true },
    },
  }),

  /** Its payments and refunds in a period of at most 365 days. */
  recurringPaymentHistory: endpoint({
    path: '/v1/api/regular/translist',
    group: 'recurring',
    hdInfo: 'SPAY_LS00_1.0',
    effect: 'read',
    request: {
      mchtId: f.mchtId,
      mchtCustId: f.mchtCustId,
      ...f.stamp,
      rglChrgKey: text(32),
      useStDt: f.day,
      useEdDt: f.day,
    },
    hash: ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'rglChrgKey'],
    answer: {
      dataCnt: {},
      trRecords: {
        records: {
          recordTrdDt: { optional: true },
          recordBankCd: { optional: true },
          recordBankNm: { optional: true },
          recordCustAcntNo: { optional: true },
          recordRglChrgKey: { optional: true },
          recordTrdNo: { optional: true },
          recordMchtTrdNo: { optional: true },
          recordTrdAmt: { optional: true },
          recordUseOrd: { optional: true },
          recordOutStatCd: { optional: true },
          recordOutRsltCd: { optional: true },
          recordOutRsltMsg: { optional: true },
        },
      },
    },
  }),
};

import { expect, test } from 'vitest';
import { endpointNames, endpointOf, isEndpointName } from './endpoints.ts';

/**
 * Hecto's 32 calls, copied from its tables and not from our code: path, hdInfo, the request in wire order
 * (`*` encrypted, `?` optional) and what the hash covers, in its order.
 */
const printed: Record<string, [path: string, hdInfo: string, request: string, hash: string]> = {
  mobileVerificationRequest: [
    '/v1/api/auth/mobile/req',
    'SPAY_M100_1.0',
    'mchtId mchtCustId* reqDt reqTm uii* telecomCd cphoneNo* mchtCustNm* authMthdCd custIp?',
    'mchtId mchtCustId reqDt reqTm uii cphoneNo authMthdCd',
  ],
  mobileVerificationCheck: [
    '/v1/api/auth/mobile/check',
    'SPAY_M200_1.0',
    'mchtId reqDt reqTm authNo? tid trdNo custIp?',
    'mchtId reqDt reqTm tid',
  ],
  accountHolderNameInquiry: [
    '/v1/api/auth/acnt/ownercheck1',
    'SPAY_NA00_1.0',
    'mchtId mchtTrdNo? mchtCustId* reqDt reqTm bankCd custAcntNo* mchtCustNm*? acctNoChkYn? custIp?',
    'mchtId mchtCustId reqDt reqTm custAcntNo',
  ],
  accountHolderNameConfirm: [
    '/v1/api/auth/acnt/ownercheck2',
    'SP_NA00_1.0',
    'mchtId mchtTrdNo? mchtCustId* reqDt reqTm bankCd custAcntNo* mchtCustNm*? uii* acctNoChkYn? custIp?',
    'mchtId mchtCustId reqDt reqTm custAcntNo uii',
  ],
  accountHolderNameInquiryWithAmount: [
    '/v1/api/auth/acnt/ownercheckWithAmount',
    'SP_NN00_1.0',
    'mchtId mchtTrdNo? mchtCustId* reqDt reqTm bankCd custAcntNo* mchtCustNm*? trdAmt* acctNoChkYn? custIp?',
    'mchtId mchtCustId reqDt reqTm custAcntNo trdAmt',
  ],
  accountOwnershipVerification: [
    '/v1/api/auth/acnt/ownership',
    'SPAY_AA00_1.0',
    'mchtId mchtTrdNo? mchtCustId* reqDt reqTm bankCd custAcntNo* custAcntSumry* custIp?',
    'mchtId mchtCustId reqDt reqTm custAcntNo',
  ],
  ownershipVerificationRequest: [
    '/v1/api/auth/ownership/req',
    'SPAY_AA10_1.0',
    'mchtId mchtTrdNo mchtCustId* reqDt reqTm mchtCustNm*? bankCd custAcntNo* authType remitterNm*? textPos? authVldTm? apintTm? custIp?',
    'mchtId reqDt reqTm bankCd custAcntNo',
  ],
  ownershipVerificationCheck: [
    '/v1/api/auth/ownership/check',
    'SPAY_RC10_1.0',
    'mchtId mchtTrdNo trdNo mchtCustId* reqDt reqTm authNo* custIp?',
    'mchtId reqDt reqTm mchtTrdNo',
  ],
  arsRequest: [
    '/v1/api/auth/ars',
    'SPAY_AU00_1.0',
    'mchtId procDiv? mchtTrdNo? mchtCustId* reqDt reqTm bankCd custAcntNo*? mchtCustNm* authNo cphoneNo* payerNo? custIp?',
    'mchtId mchtCustId reqDt reqTm cphoneNo',
  ],
  arsCheck: [
    '/v1/api/auth/arscheck',
    'SPAY_RC0W_1.0',
    'mchtId mchtTrdNo? mchtCustId* reqDt reqTm trdNo custIp?',
    'mchtId mchtCustId reqDt reqTm trdNo',
  ],
  arsRecordRequest: [
    '/v1/api/auth/arsrec',
    'SPAY_AU00_1.0',
    'mchtId procDiv? mchtTrdNo? mchtCustId* reqDt reqTm bankCd custAcntNo*? mchtCustNm* authNo cphoneNo* payerNo? custIp?',
    'mchtId mchtCustId reqDt reqTm cphoneNo',
  ],
  accountRegistration: [
    '/v1/api/acnt/reg',
    'SPAY_RE0W_1.0',
    'mchtId mchtTrdNo trdNo? mchtCustId* reqDt reqTm mchtCustNm* uii* bankCd custAcntNo* authMthdCd? custIp?',
    'mchtId mchtCustId reqDt reqTm custAcntNo',
  ],
  accountCancellation: [
    '/v1/api/acnt/unreg',
    'SPAY_DE0W_1.0',
    'mchtId bankCd custAcntKey? mchtTrdNo mchtCustId* reqDt reqTm custIp?',
    'mchtId mchtCustId reqDt reqTm',
  ],
  merchantAccountRegistration: [
    '/v1/api/acnt/reg/self',
    'SPAY_RB0W_1.0',
    'mchtId mchtTrdNo payerNo mchtCustId* reqDt reqTm mchtCustNm* uii* bankCd custAcntNo* custIp?',
    'mchtId mchtCustId reqDt reqTm custAcntNo',
  ],
  payment: [
    '/v1/api/pay/confirm',
    'SPAY_RP0W_1.0',
    'mchtId mchtTrdNo mchtCustId* reqDt reqTm trdAmt bankCd custAcntKey? splAmt? vat? svcAmt? pmtPrdtNm? custAcntSumry? csrcIssReqYn? csrcIssPsblYn? taxTypeCd? csrcRegProposYn? csrcRegNoDivCd? csrcRegNo*? addDdtTypeCd? rglPmtYn? rglEdDt? custIp? cupDepositAmt?',
    'mchtId mchtCustId reqDt reqTm trdAmt bankCd',
  ],
  paymentCancel: [
    '/v1/api/pay/cancel',
    'SPAY_RT0W_1.0',
    'mchtId mchtTrdNo mchtCustId* mchtTrdDt mchtTrdTm trdAmt custAcntSumry? splAmt? vat? svcAmt? trdNo custIp?',
    'mchtId mchtCustId mchtTrdDt mchtTrdTm trdAmt trdNo',
  ],
  remittance: [
    '/v1/api/pay/rmt',
    'SPAY_AR0W_1.0',
    'mchtId mchtTrdNo mchtCustId*? trdDt trdTm bankCd custAcntNo* custAcntSumry* directYn? macntBankCd? macntNo*? macntSumry*? scrtCardVal*? firmPktNo? macntPwd*? trdAmt custIp?',
    'mchtId mchtTrdNo trdDt trdTm bankCd custAcntNo trdAmt',
  ],
  remittanceBalance: [
    '/v2/api/pay/rmt/blc',
    'SPAY_CA0W_1.0',
    'mchtId mchtTrdNo trdDt trdTm',
    'mchtId mchtTrdNo trdDt trdTm',
  ],
  recurringPaymentApproval: [
    '/v1/api/regular/confirm',
    'SPAY_SP10_1.0',
    'mchtId mchtTrdNo mchtCustId* reqDt reqTm trdAmt rglChrgKey splAmt? vat? svcAmt? pmtPrdtNm? custAcntSumry? csrcIssReqYn? csrcIssPsblYn? taxTypeCd? csrcReqPrposYn? csrcRegNoDivCd? csrcRegNo*? addDdtTypeCd? custIp? cupDepositAmt?',
    'mchtId mchtCustId reqDt reqTm trdAmt rglChrgKey',
  ],
  recurringPaymentCancel: [
    '/v1/api/regular/unreg',
    'SPAY_SE00_1.0',
    'mchtId mchtTrdNo mchtCustId* reqDt reqTm rglChrgKey custIp?',
    'mchtId mchtCustId reqDt reqTm rglChrgKey',
  ],
  recurringPaymentInfo: [
    '/v1/api/regular/info',
    'SPAY_SO00_1.0',
    'mchtId mchtCustId* reqDt reqTm rglChrgKey',
    'mchtId mchtCustId reqDt reqTm rglChrgKey',
  ],
  recurringPaymentHistory: [
    '/v1/api/regular/translist',
    'SPAY_LS00_1.0',
    'mchtId mchtCustId* reqDt reqTm rglChrgKey useStDt useEdDt',
    'mchtId mchtCustId reqDt reqTm rglChrgKey',
  ],
  transactionResult: [
    '/v1/api/pay/morw',
    'SPAY_MORW_1.0',
    'mchtId pktDivCd mchtTrdNo mchtTrdDt reqDt reqTm',
    'mchtId mchtTrdNo mchtTrdDt reqDt reqTm',
  ],
  transactionHistory: [
    '/v1/api/pay/translist',
    'SPAY_LT00_1.0',
    'mchtId pktDivCd mchtTrdNo mchtTrdDt reqDt reqTm',
    'mchtId mchtTrdNo mchtTrdDt reqDt reqTm',
  ],
  accountList: [
    '/v1/api/acnt/list',
    'SPAY_LA00_1.0',
    'mchtId mchtCustId* bankCd? reqDt reqTm',
    'mchtId mchtCustId reqDt reqTm',
  ],
  bankList: ['/v1/api/bank/list', 'SPAY_LB00_1.0', 'mchtId reqDt reqTm', 'mchtId reqDt reqTm'],
  bankMaintenance: [
    '/v1/api/bank/timecheck',
    'SPAY_TP00_1.0',
    'pktDivCd mchtId reqDt reqTm bankCd',
    'mchtId reqDt reqTm bankCd',
  ],
  ownershipVerificationHistory: [
    '/v1/api/auth/ownership/translist',
    'SPAY_LT10_1.0',
    'mchtId orgTrdDt mchtTrdNo trdNo mchtCustId* reqDt reqTm custIp?',
    'mchtId reqDt reqTm mchtTrdNo',
  ],
  ownershipBankMaintenance: [
    '/v1/api/bank/timecheck/detail',
    'SPAY_TP1W_1.0',
    'pktDivCd mchtId reqDt reqTm bankCd',
    'mchtId reqDt reqTm bankCd',
  ],
  institutionCancelledAccounts: [
    '/v1/api/acnt/isttunreg/list',
    'SPAY_PI0C_1.0',
    'mchtId unregDt reqDt reqTm',
    'mchtId unregDt reqDt reqTm',
  ],
  testCall: ['/v1/api/test/testcall', 'SPAY_TC00_1.0', 'mchtId procDiv? mchtTrdNo reqDt reqTm', ''],
  paymentPasswordConfirm: [
    '/v1/api/auth/pwdcnf',
    'SPAY_PW00_1.0',
    'mchtId mchtTrdNo mchtCustId* reqDt reqTm pmtPwd* custIp?',
    'mchtId mchtCustId reqDt reqTm pmtPwd',
  ],
};

test('there are exactly these 32 calls', () => {
  expect(endpointNames.toSorted()).toEqual(Object.keys(printed).toSorted());
  expect(endpointNames).toHaveLength(32);
  expect(isEndpointName('payment')).toBe(true);
  for (const name of ['toString', '__proto__', 'Payment', '']) expect(isEndpointName(name)).toBe(false);
});

test.each(endpointNames)('%s is as printed', (name) => {
  const { path, hdInfo, request, hash } = endpointOf(name);
  const fields = Object.entries(request).map(
    ([field, { encrypted, optional }]) => `${field}${encrypted ? '*' : ''}${optional ? '?' : ''}`,
  );
  expect([path, hdInfo, fields.join(' '), (hash || []).join(' ')]).toEqual(printed[name]);
});

test('only the test call has no hash', () => {
  expect(endpointNames.filter((name) => endpointOf(name).hash === false)).toEqual(['testCall']);
});

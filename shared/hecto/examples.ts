/** One invented, valid request for each call with every field a caller may give: for tests and documents. */
import { endpointNames, endpointOf, type EndpointName } from './endpoints.ts';

const values: Readonly<Record<string, string>> = {
  mchtCustId: 'cust-000123',
  mchtTrdNo: 'OID202611230001',
  trdNo: 'SFP_FIRM12345678901234567890',
  tid: 'settlebank20261123101530251226',
  custIp: '203.0.113.10',
  mchtCustNm: '홍길동',
  uii: '900101',
  telecomCd: '1',
  cphoneNo: '01012345678',
  authNo: '482913',
  bankCd: '004',
  custAcntNo: '110234567890',
  custAcntKey: 'd894kjd93kd9',
  payerNo: 'TESTMCHT00000001',
  acctNoChkYn: 'N',
  procDiv: 'A0',
  authType: '4',
  remitterNm: '헥토',
  textPos: 'F',
  authVldTm: '300',
  apintTm: '60',
  trdAmt: '15000',
  splAmt: '13637',
  vat: '1363',
  svcAmt: '0',
  cupDepositAmt: '300',
  pmtPrdtNm: '아메리카노 2잔',
  custAcntSumry: '헥토카페',
  csrcIssReqYn: 'N',
  csrcIssPsblYn: 'N',
  taxTypeCd: 'N',
  csrcRegProposYn: '0',
  csrcReqPrposYn: '0',
  csrcRegNoDivCd: '4',
  csrcRegNo: '01012345678',
  addDdtTypeCd: 'C',
  rglPmtYn: 'N',
  rglEdDt: '20271231',
  rglChrgKey: '0123456789abcdef0123456789abcdef',
  directYn: 'N',
  macntBankCd: '004',
  macntNo: '220345678901',
  macntSumry: '정산송금',
  macntPwd: '4821',
  scrtCardVal: '482913',
  firmPktNo: '000123',
  useStDt: '20260101',
  useEdDt: '20261123',
  mchtTrdDt: '20261123',
  orgTrdDt: '20261123',
  unregDt: '20261122',
  pktDivCd: 'RP',
  pmtPwd: '482913',
};

/** Where the same name means something else. */
const exceptions: { readonly [N in EndpointName]?: Readonly<Record<string, string>> } = {
  mobileVerificationRequest: { authMthdCd: '1', uii: '9001011' },
  accountRegistration: { authMthdCd: 'ARS' },
  bankMaintenance: { pktDivCd: 'RE' },
  ownershipBankMaintenance: { pktDivCd: 'AA' },
  testCall: { procDiv: 'TC' },
};

const exampleOf = (name: EndpointName) =>
  Object.fromEntries(
    Object.entries(endpointOf(name).request)
      .filter(([, { filled }]) => !filled)
      .map(([field]) => [field, exceptions[name]?.[field] ?? values[field] ?? '']),
  );

export const examples = Object.fromEntries(endpointNames.map((name) => [name, exampleOf(name)])) as Readonly<
  Record<EndpointName, Readonly<Record<string, string>>>
>;

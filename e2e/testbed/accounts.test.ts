import { expect, test } from 'vitest';
import { account, customer, person, useTestbed } from './testing/use-testbed.ts';

const hecto = useTestbed();
const { mchtCustNm: name } = person;
const ask = (change: Record<string, string> = {}) =>
  hecto.call('accountHolderNameInquiry', { ...customer, ...account, ...change });
const cancel = (custAcntKey: string) =>
  hecto.call('accountCancellation', { ...customer, bankCd: account.bankCd, ...hecto.order(), custAcntKey });
const list = () => hecto.call('accountList', customer);

test('an account belongs to the customer whose phone was verified, to 홍길동 before, or to whom a test says', async () => {
  expect(await ask()).toMatchObject({ mchtCustNm: '홍길동' });
  await hecto.verifyPhone();
  expect(await ask()).toMatchObject({ mchtCustNm: name });
  expect(await ask({ mchtCustNm: '박다른' })).toMatchObject({ outStatCd: '0031', outRsltCd: 'ST24' });
  await hecto.control('/accounts', {
    bankCode: account.bankCd,
    accountNumber: account.custAcntNo,
    holder: '박다른',
  });
  expect(await ask({ mchtCustNm: '박다른' })).toMatchObject({ outStatCd: '0021' });
});

test('without strict names every name is right and every holder 홍길동', async () => {
  await hecto.control('/names', { strict: false });
  expect(await ask({ mchtCustNm: '아무개' })).toMatchObject({ outStatCd: '0021', mchtCustNm: '홍길동' });
});

test('the check with a date of birth compares it, the one with an amount wants one', async () => {
  await hecto.verifyPhone();
  const confirm = (uii: string) =>
    hecto.call('accountHolderNameConfirm', { ...customer, ...account, mchtCustNm: name, uii });
  expect(await confirm('920315')).toMatchObject({ outStatCd: '0021' });
  expect(await confirm('920316')).toMatchObject({ outRsltCd: 'ST17' });
  expect(await confirm('9203152')).toMatchObject({ outRsltCd: 'ST09' });
  const withAmount = (trdAmt: string) =>
    hecto.call('accountHolderNameInquiryWithAmount', { ...customer, ...account, trdAmt });
  expect(await withAmount('15000')).toMatchObject({ outStatCd: '0021', mchtCustNm: name });
  expect(await withAmount('0')).toMatchObject({ outRsltCd: 'ST09' });
});

test('magic account numbers: 90NN refuses the check, 91NN the registration, 1001 is not usable', async () => {
  expect(await ask({ custAcntNo: '1104321099035' })).toMatchObject({ outRsltCd: 'ST35' });
  const magic = { mchtCustNm: '홍길동', custAcntNo: '1104321099122' };
  expect(await hecto.register(magic)).toMatchObject({ outRsltCd: 'ST22' });
  expect(await ask({ custAcntNo: '11043211001' })).toMatchObject({ outStatCd: '0021' });
  expect(await ask({ custAcntNo: '11043211001', acctNoChkYn: 'Y' })).toMatchObject({ outRsltCd: '1001' });
});

test('a registration answered with an unclear code is found on the list', async () => {
  expect(await hecto.register({ custAcntNo: '1104321099107' })).toMatchObject({ outRsltCd: 'ST07' });
  expect(await list()).toMatchObject({ dataCnt: '1' });
});

test('account numbers of 8 and 16 digits, or with hyphens, are ST09', async () => {
  for (const custAcntNo of ['12345678', '1234567890123456', '110-432-109']) {
    expect(await ask({ custAcntNo })).toMatchObject({ outRsltCd: 'ST09' });
  }
});

test('R12 registering again is ST08 and still describes the account', async () => {
  const custAcntKey = await hecto.registered();
  const again = await hecto.register({ mchtCustNm: '홍길동' });
  expect(again).toMatchObject({
    outStatCd: '0031',
    outRsltCd: 'ST08',
    custAcntKey,
    bankCd: account.bankCd,
    custAcntNo: '110******876',
    svcDivCd: '1',
  });
});

test("a wrong name is ST24 at registration, another's date of birth ST17", async () => {
  await hecto.verifyPhone();
  expect(await hecto.register({ mchtCustNm: '박다른' })).toMatchObject({ outRsltCd: 'ST24' });
  expect(await hecto.register({ uii: '920316' })).toMatchObject({ outRsltCd: 'ST17' });
});

test('a cancelled account stays on the list with its date, can be cancelled once and registered again', async () => {
  const key = await hecto.registered();
  expect(await cancel(key)).toMatchObject({ outStatCd: '0021', ...customer });
  expect(await cancel(key)).toMatchObject({ outRsltCd: 'ST53' });
  expect(await cancel('nothing')).toMatchObject({ outRsltCd: 'ST01' });
  expect((await list()).records).toMatchObject([{ recordUnregDt: '20261123100000' }]);
  expect(await hecto.registered()).not.toBe(key);
});

test('the merchant may register on its own evidence', async () => {
  const answer = await hecto.call('merchantAccountRegistration', {
    ...customer,
    ...account,
    ...hecto.order(),
    payerNo: 'TESTMCHT00000001',
    mchtCustNm: '홍길동',
    uii: '920315',
  });
  expect(answer).toMatchObject({ outStatCd: '0021', custAcntNo: '110******876' });
});

test('H13 what a bank cancelled is on the list of its day', async () => {
  const accountKey = await hecto.registered();
  await hecto.control('/institution-cancellations', { accountKey, institution: '4', reason: '1' });
  const cancelled = (unregDt: string) => hecto.call('institutionCancelledAccounts', { unregDt });
  expect(await cancelled('20261122')).toMatchObject({ dataCnt: '0', records: [] });
  expect((await cancelled('20261123')).records).toMatchObject([
    {
      recordMchtCustId: 'cust-1',
      recordCustAcntKey: accountKey,
      recordUnregOcuIstt: '4',
      recordUnregDivCd: '1',
    },
  ]);
});

test('a closed bank is ST11 and tells its hours; a bank Hecto does not serve is ST44', async () => {
  const registration = { pktDivCd: 'RE', bankCd: '088' };
  const ownership = { pktDivCd: 'AA', bankCd: '088' };
  expect(await hecto.call('bankMaintenance', registration)).toMatchObject({ outStatCd: '0021' });
  expect(await hecto.call('ownershipBankMaintenance', ownership)).toMatchObject({ bankChkYn: 'N' });
  hecto.time = new Date('2026-11-23T23:55:00+09:00');
  expect(await hecto.call('bankMaintenance', registration)).toMatchObject({ outRsltCd: 'ST11' });
  expect(await hecto.call('ownershipBankMaintenance', ownership)).toMatchObject({
    bankChkYn: 'Y',
    stDtm: '20261123234000',
    edDtm: '20261124003000',
  });
  expect(await ask()).toMatchObject({ outRsltCd: 'ST11' });
  expect(await hecto.register()).toMatchObject({ outRsltCd: 'ST11' });
  expect(await ask({ bankCd: '999' })).toMatchObject({ outRsltCd: 'ST44' });
});

test('a test can close a bank', async () => {
  await hecto.control('/maintenance', { bankCode: '088', on: true });
  expect(await ask()).toMatchObject({ outRsltCd: 'ST11' });
  await hecto.control('/maintenance', { bankCode: '088', on: false });
  expect(await ask()).toMatchObject({ outStatCd: '0021' });
});

test('the bank list has an order, and one bank that is not in use', async () => {
  const { records } = await hecto.call('bankList');
  expect(records[0]).toEqual({
    recordBankCd: '004',
    recordBankNm: '국민은행',
    recordBankOrd: '1',
    recordUseYn: 'Y',
  });
  expect(records.filter(({ recordUseYn }) => recordUseYn === 'N')).toHaveLength(1);
});

test('the test call answers', async () => {
  expect(await hecto.call('testCall', { mchtTrdNo: 'T1' })).toMatchObject({
    outStatCd: '0021',
    mchtTrdNo: 'T1',
  });
});

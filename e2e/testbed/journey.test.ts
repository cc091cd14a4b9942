import { expect, test } from 'vitest';
import { account, customer, person, phone, useTestbed } from './testing/use-testbed.ts';

const hecto = useTestbed();
const { mchtCustNm: name } = person;
const checkCall = (trdNo = '') => hecto.call('arsCheck', { ...customer, trdNo });
const byPhone = (trdNo = '', change: Record<string, string> = {}) =>
  hecto.register({ authMthdCd: 'ARS', trdNo, ...change });

test('a customer proves a phone by a texted code, approves by phone and is registered', async () => {
  expect(await hecto.verifyPhone()).toMatchObject({ outStatCd: '0021', outRsltCd: '0000' });
  expect(
    await hecto.call('accountHolderNameInquiry', { ...customer, ...account, mchtCustNm: name }),
  ).toMatchObject({ outStatCd: '0021', mchtCustNm: name });
  const { trdNo } = await hecto.ring();
  expect(await checkCall(trdNo)).toMatchObject({ outStatCd: '0000', retCd: '000' });
  await hecto.answerCall({ digits: '48' });
  expect(await checkCall(trdNo)).toMatchObject({ outStatCd: '0021', retCd: '00' });
  const registered = await byPhone(trdNo);
  expect(registered).toMatchObject({ outStatCd: '0021', custAcntNo: '110******876', ...customer });
  const list = await hecto.call('accountList', customer);
  expect(list.records).toMatchObject([{ recordCustAcntKey: registered['custAcntKey'] }]);
});

test('a wrong code and a code older than three minutes are ST86', async () => {
  const asked = await hecto.askForCode();
  const code = await hecto.codeOnPhone();
  const other = code === '000000' ? '111111' : '000000';
  expect(await hecto.checkCode(asked, other)).toMatchObject({ outRsltCd: 'ST86' });
  hecto.pass(179);
  expect(await hecto.checkCode(asked, code)).toMatchObject({ outStatCd: '0021' });
  hecto.pass(1);
  expect(await hecto.checkCode(asked, code)).toMatchObject({ outRsltCd: 'ST86' });
  expect(await hecto.checkCode({ tid: 'unknown', trdNo: asked['trdNo'] ?? '' }, code)).toMatchObject({
    outRsltCd: 'ST06',
  });
});

test('PASS is ST38 until the customer approves, and ST86 when they decline or let it lie', async () => {
  const asked = await hecto.askForCode('2');
  expect(await hecto.checkCode(asked)).toMatchObject({ outStatCd: '0031', outRsltCd: 'ST38' });
  await hecto.control(`/phones/${phone}/pass`, { approve: true });
  expect(await hecto.checkCode(asked)).toMatchObject({ outStatCd: '0021' });
  const declined = await hecto.askForCode('2');
  await hecto.control(`/phones/${phone}/pass`, { approve: false });
  expect(await hecto.checkCode(declined)).toMatchObject({ outRsltCd: 'ST86' });
  const forgotten = await hecto.askForCode('2');
  hecto.pass(180);
  expect(await hecto.checkCode(forgotten)).toMatchObject({ outRsltCd: 'ST86' });
});

test('a phone number that ends in 8699 refuses the verification with ST99', async () => {
  expect(await hecto.askForCode('1', '01000008699')).toMatchObject({ outRsltCd: 'ST99' });
});

test.each<[string, () => Promise<void>, string, string]>([
  [
    'not answered for 30 s',
    () => {
      hecto.pass(30);
      return Promise.resolve();
    },
    '12',
    'ST28',
  ],
  [
    'answered, and no digits for 20 s',
    async () => {
      await hecto.answerCall({});
      hecto.pass(20);
    },
    '08',
    'ST27',
  ],
  ['with wrong digits', () => hecto.answerCall({ digits: '49' }), '04', 'ST27'],
  ['declined', () => hecto.answerCall({ hangUp: true }), '11', 'ST28'],
  [
    'hung up while answered',
    async () => {
      await hecto.answerCall({ digits: '4' });
      await hecto.answerCall({ hangUp: true });
    },
    '20',
    'ST27',
  ],
  [
    'with the right digits one by one',
    async () => {
      await hecto.answerCall({ digits: '4' });
      hecto.pass(19);
      await hecto.answerCall({ digits: '8' });
    },
    '00',
    '0000',
  ],
])('R30 the check of a call %s', async (_, happen, retCd, outRsltCd) => {
  const { trdNo } = await hecto.ring();
  hecto.pass(29);
  expect(await hecto.lastCall()).toMatchObject({ state: 'ringing' });
  expect(await checkCall(trdNo)).toMatchObject({ outStatCd: '0000', retCd: '000' });
  hecto.pass(-29);
  await happen();
  expect(await checkCall(trdNo)).toMatchObject({
    outStatCd: retCd === '00' ? '0021' : '0031',
    retCd,
    outRsltCd,
  });
  expect(await hecto.lastCall()).toMatchObject({ state: 'ended', result: retCd });
});

test('R30 an unknown call is 0092, and so is the call of somebody else', async () => {
  const { trdNo = '' } = await hecto.ring();
  expect(await checkCall('SFP_FIRM1')).toMatchObject({ outStatCd: '0092' });
  expect(await hecto.call('arsCheck', { mchtCustId: 'other', trdNo })).toMatchObject({ outStatCd: '0092' });
});

test('a phone that is switched off cannot be reached: 10', async () => {
  await hecto.control(`/phones/${phone}/power`, { on: false });
  const { trdNo } = await hecto.ring();
  expect(await checkCall(trdNo)).toMatchObject({ outStatCd: '0031', retCd: '10' });
});

test('the recorded call behaves like the plain one', async () => {
  await hecto.call('arsRecordRequest', {
    ...customer,
    ...account,
    mchtCustNm: name,
    authNo: '1',
    cphoneNo: phone,
  });
  await hecto.answerCall({ digits: '1' });
  expect(await hecto.lastCall()).toMatchObject({ result: '00' });
});

test('registration wants a call that was made (ST13), for this account and person (ST14), and approved (ST27)', async () => {
  await hecto.verifyPhone();
  expect(await byPhone('SFP_FIRM1')).toMatchObject({ outRsltCd: 'ST13' });
  const { trdNo } = await hecto.ring();
  expect(await byPhone(trdNo)).toMatchObject({ outRsltCd: 'ST13' });
  await hecto.answerCall({ digits: '48' });
  expect(await byPhone(trdNo, { custAcntNo: '110432109877' })).toMatchObject({ outRsltCd: 'ST14' });
  expect(await byPhone(trdNo, { mchtCustId: 'cust-2' })).toMatchObject({ outRsltCd: 'ST14' });
  expect(await byPhone(trdNo)).toMatchObject({ outStatCd: '0021' });
  const failed = await hecto.ring();
  await hecto.answerCall({ digits: '00' });
  expect(await byPhone(failed['trdNo'], { custAcntNo: account.custAcntNo })).toMatchObject({
    outRsltCd: 'ST08',
  });
  await hecto.call('accountCancellation', { ...customer, bankCd: account.bankCd, ...hecto.order() });
  expect(await byPhone(failed['trdNo'])).toMatchObject({ outRsltCd: 'ST27' });
});

test('registration by PASS wants an approval in the app', async () => {
  expect(await hecto.register({ authMthdCd: 'PASS' })).toMatchObject({ outRsltCd: 'ST13' });
  const asked = await hecto.askForCode('2');
  await hecto.control(`/phones/${phone}/pass`, { approve: true });
  await hecto.checkCode(asked);
  expect(await hecto.register({ authMthdCd: 'PASS' })).toMatchObject({ outStatCd: '0021' });
});

test('a payment password: none is ST01, another ST67, the right one 0021', async () => {
  const confirm = (pmtPwd: string) =>
    hecto.call('paymentPasswordConfirm', { ...customer, ...hecto.order(), pmtPwd });
  expect(await confirm('482913')).toMatchObject({ outRsltCd: 'ST01' });
  await hecto.control('/passwords', { customerId: customer.mchtCustId, password: '482913' });
  expect(await confirm('111111')).toMatchObject({ outRsltCd: 'ST67' });
  expect(await confirm('482913')).toMatchObject({ outStatCd: '0021', ...customer });
});

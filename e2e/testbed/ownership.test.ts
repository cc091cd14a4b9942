import { expect, test } from 'vitest';
import { account, customer, phone, useTestbed } from './testing/use-testbed.ts';

const hecto = useTestbed();

const request = (change: Record<string, string> = {}) =>
  hecto.call('ownershipVerificationRequest', {
    ...customer,
    ...account,
    ...hecto.order(),
    authType: '4',
    ...change,
  });
const check = ({ mchtTrdNo = '', trdNo = '' }: Record<string, string>, authNo: string) =>
  hecto.call('ownershipVerificationCheck', { ...customer, mchtTrdNo, trdNo, authNo });
/** The text of the last deposit. */
const passbook = async () => {
  const { statement } = await hecto.control<{ statement: { text: string; amount: number }[] }>(
    `/accounts/${account.bankCd}/${account.custAcntNo}`,
  );
  return statement.at(-1)?.text ?? '';
};

test.each([
  ['1', /^[0-9]{3}$/],
  ['2', /^[A-Z][0-9]{2}$/],
  ['3', /^[가-힣]{4}$/],
  ['4', /^[0-9]{4}$/],
])('one won comes with a code of kind %s, and the right code is accepted', async (authType, shape) => {
  const asked = await request({ authType });
  expect(asked).toMatchObject({ outStatCd: '0021', bankChkYn: 'N', ...customer });
  const code = await passbook();
  expect(code).toMatch(shape);
  expect(await check(asked, code)).toMatchObject({ outStatCd: '0021', trdNo: asked['trdNo'] });
});

test('the sender stands in front or behind; the bank tells the phone', async () => {
  await hecto.verifyPhone();
  await request({ remitterNm: '헥토', textPos: 'F' });
  expect(await passbook()).toMatch(/^헥토\d{4}$/);
  const messages = await hecto.control<{ text: string; kind: string }[]>(`/phones/${phone}/messages`);
  expect(messages.at(-1)).toMatchObject({ kind: 'bank', from: '신한은행' });
  expect(messages.at(-1)?.text).toMatch(/헥토\d{4} 1원/);
  hecto.pass(600);
  await request({ remitterNm: '헥토' });
  expect(await passbook()).toMatch(/^\d{4}헥토$/);
  hecto.pass(600);
  expect(await request({ remitterNm: '헥토페이' })).toMatchObject({ outRsltCd: 'ST09' });
  expect(await request({ remitterNm: 'abc' })).toMatchObject({ outRsltCd: 'ST09' });
});

test('a repeat within the waiting time deposits nothing and is in progress', async () => {
  await request({ apintTm: '60' });
  expect(await request()).toMatchObject({ outRsltCd: 'ST38' });
  expect(await hecto.balance()).toBe(1_000_001);
  hecto.pass(60);
  expect(await request()).toMatchObject({ outStatCd: '0021' });
});

test('SE02 another code, SE01 too late, SE03 after five tries', async () => {
  const late = await request({ authVldTm: '30', apintTm: '1' });
  const right = await passbook();
  expect(await check(late, 'x')).toMatchObject({ outRsltCd: 'SE02' });
  hecto.pass(31);
  expect(await check(late, right)).toMatchObject({ outRsltCd: 'SE01' });

  const guessed = await request();
  for (let tries = 0; tries < 5; tries++) {
    expect(await check(guessed, 'x')).toMatchObject({ outRsltCd: 'SE02' });
  }
  expect(await check(guessed, await passbook())).toMatchObject({ outRsltCd: 'SE03' });
  expect(await check({ mchtTrdNo: guessed['mchtTrdNo'] ?? '', trdNo: 'other' }, 'x')).toMatchObject({
    outRsltCd: 'ST06',
  });
});

test('the record says what was deposited and how the check went', async () => {
  const asked = await request();
  const record = (change: Record<string, string> = {}) =>
    hecto.call('ownershipVerificationHistory', {
      ...customer,
      orgTrdDt: '20261123',
      mchtTrdNo: asked['mchtTrdNo'] ?? '',
      trdNo: asked['trdNo'] ?? '',
      ...change,
    });
  const before = await record();
  expect(before).toMatchObject({ trdStatCd: '0031', trdRsltCd: 'ST38', reqTrdDtm: '20261123100000' });
  expect(before).not.toHaveProperty('chkTrdDtm');
  hecto.pass(60);
  await check(asked, await passbook());
  expect(await record()).toMatchObject({
    custAcntSumry: await passbook(),
    custAcntNo: '110******876',
    chkTrdDtm: '20261123100100',
    trdStatCd: '0021',
    trdRsltCd: '0000',
  });
  expect(await record({ orgTrdDt: '20261122' })).toMatchObject({ outRsltCd: 'ST06' });
});

test("H13c one won with the merchant's own text, five times a day and account", async () => {
  const deposit = () =>
    hecto.call('accountOwnershipVerification', { ...customer, ...account, custAcntSumry: '인증4821' });
  for (let times = 0; times < 5; times++) expect(await deposit()).toMatchObject({ outStatCd: '0021' });
  expect(await passbook()).toBe('인증4821');
  expect(await deposit()).toMatchObject({ outRsltCd: 'ST64' });
  hecto.pass(24 * 3600);
  expect(await deposit()).toMatchObject({ outStatCd: '0021' });
});

test('a closed bank is ST11 with its hours', async () => {
  hecto.time = new Date('2026-11-23T23:55:00+09:00');
  expect(await request()).toMatchObject({ outRsltCd: 'ST11', bankChkYn: 'Y', edDtm: '20261124003000' });
});

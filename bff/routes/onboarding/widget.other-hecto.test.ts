import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../../config.ts';
import { httpServer, type HttpServer } from '../../hecto/test-server.ts';
import { System } from '../../services/testing/start-system.ts';

type Wire = Readonly<Record<string, string>>;

/** Hecto as somebody else might rebuild it: the least that the contract asks for, in ways ours does not use. */
const answers: Readonly<Record<string, (wire: Wire, nth: number) => object>> = {
  '/v1/api/auth/mobile/req': () => ({ tid: 'T1', trdNo: 'M1' }),
  '/v1/api/auth/mobile/check': () => ({}),
  '/v1/api/bank/list': () => ({
    dataCnt: '5',
    bankRecords: [
      { recordBankCd: '088', recordBankNm: '신한', recordBankOrd: '2' },
      { recordBankCd: '777', recordBankNm: '새로운은행', recordBankOrd: '1', recordUseYn: 'Y' },
      { recordBankCd: '099', recordBankNm: '금융결제원', recordBankOrd: '4', recordUseYn: 'Y' },
      { recordBankCd: 'A1', recordBankNm: '은행?', recordBankOrd: '5', recordUseYn: 'Y' },
      { recordBankCd: '004', recordBankNm: '국민', recordBankOrd: '3', recordUseYn: 'N' },
    ],
  }),
  '/v1/api/bank/timecheck': ({ bankCd }) => ({ bankCd, newField: 'since yesterday' }),
  '/v1/api/auth/acnt/ownercheck1': () => ({ outRsltCd: 'ST00' }),
  '/v1/api/auth/ars': () => ({ trdNo: 'A1' }),
  '/v1/api/auth/arscheck': ({ trdNo }, nth) =>
    nth < 3 ? { outStatCd: '0000', retCd: '000', trdNo } : { retCd: '00', trdNo },
  '/v1/api/acnt/reg': ({ mchtCustId, bankCd }) => ({
    mchtCustId,
    bankCd,
    custAcntNo: '110***876',
    custAcntKey: 'key-of-another-kind',
    svcDivCd: '3',
    trdNo: 'R1',
  }),
  // The vendor's table spells it with a small L.
  '/v1/api/auth/pwdcnf': ({ mchtCustId }) => ({ mchtCustld: mchtCustId }),
};

let other: HttpServer;
let system: System;

beforeAll(async () => {
  const counts = new Map<string, number>();
  other = await httpServer(({ path, body }, response) => {
    const nth = (counts.get(path) ?? 0) + 1;
    counts.set(path, nth);
    const success = { outRsltMsg: '성공', outRsltCd: '0000', outStatCd: '0021' };
    const answer = answers[path];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json', connection: 'close' });
    response.end(answer && JSON.stringify({ ...success, ...answer(JSON.parse(body) as Wire, nth) }, null, 2));
  });
  const { hecto } = parseConfig({
    HECTO_ENV: 'local',
    HECTO_BASE_URL: other.url,
    DATABASE_URL: 'postgres://unused',
    DATA_KEYS: `test:${randomBytes(32).toString('base64')}`,
    PIN_PEPPER: randomBytes(32).toString('hex'),
  });
  system = await System.start({ hecto });
});

afterAll(async () => {
  await system.stop();
  await other.close();
});

test('a customer gets through with any other Hecto that keeps the contract', async () => {
  const customer = await system.customer();
  await customer.agree();
  expect(await customer.identify()).toMatchObject({ step: 'code' });
  expect(await customer.enterCode('123456')).toMatchObject({ step: 'account' });
  expect((await customer.banks()).map(({ code, name, usable }) => [code, name.ko, usable])).toEqual([
    ['777', '새로운은행', true],
    ['088', '신한은행', true],
    ['004', '국민은행', false],
  ]);
  expect(await customer.chooseAccount()).toMatchObject({ step: 'ars' });
  await customer.requestCall();
  await customer.waits('password');
  expect(await customer.enterPassword('482913')).toMatchObject({ step: 'done' });

  const { body } = await system.merchant('GET', `/v1/onboarding-sessions/${customer.sessionId}`);
  expect(body).toMatchObject({ status: 'completed', account: { accountKey: 'key-of-another-kind' } });
  expect(other.received.filter(({ path }) => path === '/v1/api/acnt/reg')).toHaveLength(1);
});

test('a bank that only Hecto knows keeps its name to the end', async () => {
  const customer = await system.customer({ flow: 'skip' });
  await customer.reaches('code');
  await customer.enterCode('123456');
  const account = { bankCode: '777', bankName: { ko: '새로운은행', en: '새로운은행' } };
  expect(await customer.chooseAccount('110432109876', '777')).toMatchObject({
    step: 'ars',
    known: { account },
  });
  await customer.requestCall();
  expect(await customer.waits('done')).toMatchObject({ account });
  const { body } = await system.merchant('GET', `/v1/onboarding-sessions/${customer.sessionId}`);
  expect(body).toMatchObject({ account });
});

test('R28 a bank that our table closes and Hecto does not is open', async () => {
  system.pass(13 * 3600 + 58 * 60); // 23:58 in Korea
  const customer = await system.customer();
  await customer.reaches('code');
  await customer.enterCode('123456');
  expect((await customer.banks()).find(({ code }) => code === '088')).toHaveProperty('maintenance');
  expect(await customer.chooseAccount()).toMatchObject({ step: 'ars' });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseAccountNumber } from '../../../shared/values/account-number.ts';
import { createHectoClient, type HectoClient } from '../../hecto/client.ts';
import { httpServer, type HttpServer } from '../../hecto/test-server.ts';
import { createLog } from '../../log/log.ts';
import { openStore, type Session, type Store } from '../../store/store.ts';
import { freshDatabase } from '../../store/test-database.ts';
import { createCompleteRegistration } from './complete-registration.ts';
import { createConfirmRegistration } from './confirm-registration.ts';
import type { Ars, Journey, JourneyAt } from './journey.ts';

type Confirming = JourneyAt<'ars'> & { readonly ars: Extract<Ars, { phase: 'confirming' }> };

const begun = Date.parse('2026-11-23T01:00:00Z');
let now = begun;
const clock = () => new Date(now);
const day = 24 * 3_600_000;

let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
let list: HttpServer;
let hecto: HectoClient;
/** What Hecto's list of accounts says. */
let answer: object;

beforeAll(async () => {
  database = await freshDatabase();
  const dataKeys = [{ id: 'k1', key: Buffer.alloc(32, 1) }];
  store = await openStore(
    { databaseUrl: database.url, dataKeys, merchantId: 'midtest' },
    { log: createLog('silent', clock) },
  );
  list = await httpServer((_, response) => {
    response.end(JSON.stringify(answer));
  });
  const keys = { aesKey: 'SETTLEBANKISGOODSETTLEBANKISGOOD', hashKey: 'ST190808090913247723' };
  hecto = createHectoClient({ ...keys, baseUrl: list.url, merchantId: 'midtest', clock });
});
afterAll(async () => {
  await hecto.close();
  await list.close();
  await store.close();
  await database.drop();
});
beforeEach(() => {
  now = begun;
});

/** A session whose registration lost its answer. */
async function lost(): Promise<{ session: Session; journey: Confirming }> {
  const about = { customerId: 'customer-1', surface: 'frame', locale: 'ko' } as const;
  const flow = { paymentPassword: 'skip' } as const;
  const session = await store.sessions.create({ ...about, flow }, clock(), new Date(now + 1_800_000));
  const intent = await store.registrations.create(
    {
      sessionId: session.id,
      customerId: 'customer-1',
      orderNumber: `REG${session.id}`,
      sent: { date: '20261123', time: '100000' },
    },
    clock(),
  );
  const { id, orderNumber } = intent!;
  await store.registrations.submit(id, clock());
  const at = clock().toISOString();
  const journey = {
    step: 'ars',
    consents: [],
    person: {},
    calls: { placed: 1, nextCallAt: at },
    account: { bankCode: '088', accountNumber: parseAccountNumber('110432109876') },
    ars: {
      phase: 'confirming',
      registration: { id, orderNumber, approval: 'A1', submittedAt: at },
      alreadyRegistered: false,
      inquiries: 0,
      absent: 0,
      nextInquiryAt: at,
    },
  } as unknown as Confirming;
  return { session, journey };
}

/** Asks four times, a minute apart. */
async function askedOften({ session, journey }: Awaited<ReturnType<typeof lost>>): Promise<Journey> {
  const confirm = createConfirmRegistration({
    store,
    hecto,
    clock,
    completeRegistration: createCompleteRegistration({ config: { pinPepper: 'p' } as never, store, clock }),
  });
  let next: Journey = journey;
  for (let asked = 0; asked < 4 && next.step === 'ars' && next.ars.phase === 'confirming'; asked += 1) {
    now += 60_000;
    next = await confirm(session, { ...next, ars: next.ars });
  }
  return next;
}

const listing = (...acntRecords: object[]) => ({
  outStatCd: '0021',
  outRsltCd: '0000',
  dataCnt: String(acntRecords.length),
  acntRecords,
});
const record = (mask?: string, more = {}) => ({
  recordTrdDt: '20261123',
  recordBankCd: '088',
  recordCustAcntKey: 'key',
  ...(mask === undefined ? {} : { recordCustAcntNoMask: mask }),
  ...more,
});
const notMade = { step: 'ars', ars: { phase: 'ready' }, refusal: { code: 'registration-not-made' } };
const stateOf = async ({ journey }: { journey: Confirming }) =>
  (await store.registrations.read(journey.ars.registration.id))?.state;

describe('R12 a registration whose answer was lost', () => {
  test.each([
    ['no account', listing()],
    ['other accounts', listing(record('111******876'), record('110******876', { recordBankCd: '004' }))],
    ['accounts that were cancelled', listing(record('***', { recordUnregDt: '20261101' }))],
    ['no such customer', { outStatCd: '0031', outRsltCd: 'ST01' }],
    ['no such transaction', { outStatCd: '0031', outRsltCd: 'ST06' }],
  ])('never happened when Hecto lists %s', async (_, told) => {
    answer = told;
    const registration = await lost();
    expect(await askedOften(registration)).toMatchObject(notMade);
    expect(await stateOf(registration)).toBe('failed');
  });

  test.each([
    ['an account that shows nothing', listing(record('************'))],
    ['an account that shows two digits', listing(record('1**********6'))],
    ['an account without a number', listing(record())],
    ['the account without its key', listing(record('110******876', { recordCustAcntKey: '' }))],
    ['a refusal of another kind', { outStatCd: '0031', outRsltCd: 'ST10' }],
  ])('stays open with %s', async (_, told) => {
    answer = told;
    const registration = await lost();
    expect(await askedOften(registration)).toMatchObject({ ars: { phase: 'confirming', absent: 0 } });
    expect(await stateOf(registration)).toBe('submitting');
  });

  test('is found however the number is masked', async () => {
    answer = listing(record('110-***-***876'));
    const registration = await lost();
    expect(await askedOften(registration)).toMatchObject({ step: 'done', registered: { accountKey: 'key' } });
    expect(await stateOf(registration)).toBe('registered');
  });

  test('ends the session after a day, and stays unknown', async () => {
    answer = listing(record('************'));
    const registration = await lost();
    now += day;
    expect(await askedOften(registration)).toEqual({
      step: 'failed',
      endedAt: clock().toISOString(),
      refusal: { code: 'result-unknown', retryable: false },
    });
    expect(await stateOf(registration)).toBe('unknown');
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paymentOf } from './services/testing/crash/deeds.ts';
import { Scene } from './services/testing/crash/scene.ts';

const timeout = 60_000;
const hour = 3_600;

describe('R27 a clock that jumps', () => {
  let scene: Scene;
  let customer: { customerId: string; accountKey: string };
  beforeAll(async () => {
    scene = await Scene.open();
    customer = await scene.merchant.customerWithAccount();
  });
  afterAll(() => scene.close());

  const inquiries = (orderNumber: string) =>
    scene.processes.testbed.requests.of('transactionResult', orderNumber).length;

  test.each([
    ['forward', hour],
    ['back', -hour],
  ])(
    'an hour %s while Hecto has a payment: it is sent once and succeeds',
    async (_, jump) => {
      const { processes } = scene;
      const deed = paymentOf(customer, 100);
      await processes.control('/faults', { endpoint: 'payment', kind: 'delay', delayMs: 1_500 });
      const answer = scene.ask(deed);
      while (processes.testbed.requests.of('payment', deed.orderNumber).length === 0) await sleep(5);
      await processes.pass(jump);
      expect(await answer).toMatchObject({ status: 201, body: { status: 'succeeded' } });
      // Otherwise its event would be due in an hour.
      if (jump < 0) await processes.pass(-jump);
      const { asked, done, events } = await scene.witness.outcome(deed);
      expect({ asked, done, events }).toMatchObject({
        asked: 1,
        done: 1,
        events: [{ type: 'payment.succeeded' }],
      });
    },
    timeout,
  );

  test(
    'back while the outcome is unknown: it is not asked about early, and when its time comes it succeeds',
    async () => {
      const { processes } = scene;
      const deed = paymentOf(customer, 100);
      await processes.control('/faults', { endpoint: 'payment', kind: 'lost-answer' });
      expect(await scene.ask(deed)).toMatchObject({ status: 202 });
      await processes.pass(-hour);
      await sleep(1_200);
      expect(inquiries(deed.orderNumber)).toBe(0);
      expect(await scene.ask(deed)).toMatchObject({ status: 202, body: { status: 'processing' } });
      await processes.pass(hour);
      await sleep(1_200);
      expect(inquiries(deed.orderNumber)).toBe(0);
      await scene.witness.settled(deed);
      await scene.nothingLostOrDoubled([deed]);
    },
    timeout,
  );

  test(
    'forward while the outcome is unknown: one answer is enough to know it, an hour is not enough to give up',
    async () => {
      const { processes } = scene;
      const found = paymentOf(customer, 100);
      const silent = paymentOf(customer, 100);
      await processes.control('/faults', { endpoint: 'payment', kind: 'lost-answer', times: 2 });
      for (const deed of [found, silent]) expect(await scene.ask(deed)).toMatchObject({ status: 202 });
      // Twice, for a question is repeated once.
      const { orderNumber } = silent;
      await processes.control('/faults', {
        endpoint: 'transactionResult',
        orderNumber,
        kind: 'http-500',
        times: 2,
      });
      await processes.pass(hour);
      await expect
        .poll(async () => (await scene.witness.intent(found))?.state, { timeout: 10_000 })
        .toBe('succeeded');
      await expect.poll(() => inquiries(orderNumber), { timeout: 10_000 }).toBe(2);
      expect(await scene.witness.intent(silent)).toMatchObject({ state: 'unknown' });
      await scene.witness.settled(silent);
      await scene.nothingLostOrDoubled([found, silent]);
    },
    timeout,
  );

  test(
    'back after a code or a session has expired: it stays expired',
    async () => {
      const { processes } = scene;
      const late = await processes.customer();
      await late.reaches('code');
      const code = await late.lastCode();
      await processes.pass(400);
      expect((await late.enterCode(code)).refusal?.code).toBe('code-expired');
      await processes.pass(-hour);
      expect((await late.enterCode(code)).refusal?.code).toBe('code-expired');
      expect(processes.testbed.requests.of('mobileVerificationCheck')).toHaveLength(0);

      const gone = await processes.customer();
      await gone.reaches('code');
      await processes.pass(hour);
      const expired = async () =>
        (
          await scene.witness.sql.query<{ step: string }>(
            'SELECT step FROM onboarding_sessions WHERE id = $1',
            [gone.sessionId],
          )
        ).rows[0]?.step;
      await expect.poll(expired, { timeout: 15_000 }).toBe('expired');
      await processes.pass(-hour);
      expect(await gone.look()).toMatchObject({ step: 'expired' });
      expect(await gone.post('/session/code', { code })).toMatchObject({ status: 409 });
    },
    timeout,
  );
});

describe.each(['UTC', 'America/Los_Angeles', 'Asia/Seoul'])('R26 R29 under TZ=%s', (zone) => {
  const midnight = Date.parse('2027-01-01T00:00:00+09:00');
  let scene: Scene;
  let customer: { customerId: string; accountKey: string };
  beforeAll(async () => {
    scene = await Scene.open({ zone, begin: Date.parse('2026-12-31T23:38:00+09:00') });
    customer = await scene.merchant.customerWithAccount();
  });
  afterAll(() => scene.close());

  /** What Hecto was told of the order and what the merchant reads agree on the day on which it was sent. */
  async function expectOldYear(deed: ReturnType<typeof paymentOf>, sent: object): Promise<void> {
    const { requests } = scene.processes.testbed;
    const { orderNumber } = deed;
    expect(requests.of('payment', orderNumber).map(({ fields }) => fields)).toMatchObject([sent]);
    const asked = requests.of('transactionResult', orderNumber);
    expect(asked.length).toBeGreaterThan(0);
    for (const { fields } of asked)
      expect(fields).toMatchObject({ mchtTrdDt: '20261231', reqDt: '20270101' });

    const listed = async (date: string) =>
      (await scene.merchant.get(`/v1/payments?orderNumber=${orderNumber}&date=${date}`)).body['data'];
    expect(await listed('2026-12-31')).toMatchObject([
      {
        orderDate: '2026-12-31',
        createdAt: expect.stringMatching(/^2026-12-31T23:\d\d:\d\d\+09:00$/) as string,
        updatedAt: expect.stringMatching(/^2027-01-01T00:\d\d:\d\d\+09:00$/) as string,
      },
    ]);
    expect(await listed('2027-01-01')).toEqual([]);
  }

  test(
    'a payment of the evening whose answer is lost is found the next day under its own date',
    async () => {
      const { processes, witness } = scene;
      const deed = paymentOf(customer, 100);
      await processes.control('/faults', { endpoint: 'payment', kind: 'lost-answer' });
      expect(await scene.ask(deed)).toMatchObject({ status: 202 });
      // Nobody is there to ask on the same day.
      await processes.kill();
      await processes.pass((midnight + 60_000 - processes.now().getTime()) / 1_000);
      await processes.startInstance();
      await witness.settled(deed);
      expect(await witness.intent(deed)).toMatchObject({ state: 'succeeded' });
      await expectOldYear(deed, { reqDt: '20261231', reqTm: expect.stringMatching(/^2338/) as string });
      await scene.nothingLostOrDoubled([deed]);
    },
    timeout,
  );

  test(
    'a payment of 23:59:59.6 that reaches Hecto in the new year belongs to the old one; no bank is open then',
    async () => {
      const { processes, witness } = scene;
      await processes.pass((midnight - 400 - processes.now().getTime()) / 1_000);
      const deed = paymentOf(customer, 100);
      await processes.control('/faults', { endpoint: 'payment', kind: 'lost-answer', delayMs: 500 });
      expect(await scene.ask(deed)).toMatchObject({ status: 202 });
      expect(processes.now().getTime()).toBeGreaterThan(midnight);
      await witness.settled(deed);
      expect(await witness.intent(deed)).toMatchObject({ state: 'failed' });
      await expectOldYear(deed, { reqDt: '20261231', reqTm: '235959' });
      await scene.nothingLostOrDoubled([deed]);
    },
    timeout,
  );
});

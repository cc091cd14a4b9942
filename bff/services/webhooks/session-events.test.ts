import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { onboardingEventData, webhookBody } from '../../../shared/api/merchant/events.ts';
import { System, type Customer } from '../testing/start-system.ts';
import { verified, WebhookReceiver } from '../testing/webhook-receiver.ts';

const secret = randomBytes(32);

let receiver: WebhookReceiver;
let system: System;
/** Two instances: each looks for sessions that ran out, and each delivers. */
beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  system = await System.start(
    { webhook: { url: receiver.url, secrets: [secret], networks: ['127.0.0.1'] } },
    2,
  );
});
afterAll(async () => {
  await system.stop();
  await receiver.close();
});
beforeEach(() => {
  receiver.arrivals.length = 0;
});

const about = ({ sessionId }: Customer) =>
  receiver.arrivals
    .filter(({ body }) => body.includes(sessionId))
    .map((arrival) => verified(arrival, secret));
const hears = async (customer: Customer) => {
  await expect.poll(() => about(customer).length, { timeout: 10_000 }).toBeGreaterThan(0);
  const told = about(customer);
  expect(told).toHaveLength(1);
  return webhookBody.parse(told[0]);
};
const asMerchant = async ({ sessionId }: Customer) =>
  (await system.merchant('GET', `/v1/onboarding-sessions/${sessionId}`)).body;
const twoSweeps = () => new Promise((resolve) => setTimeout(resolve, 4_500));

test('a customer who finishes is one onboarding.completed with what the merchant can read', async () => {
  const customer = await (await system.customer({ flow: 'skip' })).reaches('ars');
  await customer.requestCall();
  await customer.answerCall();
  await customer.waits('done');
  const { type, timestamp, data } = await hears(customer);
  expect(type).toBe('onboarding.completed');
  expect(timestamp).toMatch(/^2026-11-23T10:\d\d:\d\d\+09:00$/);
  expect(data).toEqual(await asMerchant(customer));
  expect(onboardingEventData.parse(data).account).toMatchObject({
    accountKey: expect.any(String) as string,
    maskedNumber: '****9876',
  });
  const body = JSON.stringify(data);
  for (const personal of [customer.phone, '김민서', '920315', '110432109876']) {
    expect(body).not.toContain(personal);
  }
});

test('whoever gives up is onboarding.cancelled', async () => {
  const customer = await (await system.customer()).reaches('identity');
  await system.merchant('POST', `/v1/onboarding-sessions/${customer.sessionId}/cancel`);
  const { type, data } = await hears(customer);
  expect(type).toBe('onboarding.cancelled');
  expect(data).toEqual(await asMerchant(customer));
});

test('sessions that run out are onboarding.expired though nobody looks, once over two instances', async () => {
  const customers = await Promise.all(Array.from({ length: 5 }, () => system.customer()));
  await customers[0]!.reaches('account');
  const unlucky = customers[1]!;
  await unlucky.reaches('password');
  system.pass(601);
  for (const customer of customers) {
    const { type, data } = await hears(customer);
    expect(type).toBe('onboarding.expired');
    expect(data).toEqual(await asMerchant(customer));
    expect(data).toMatchObject({ status: 'expired', step: 'expired' });
  }
  // An account that was registered before stays registered, and the merchant gets its key.
  const [told] = about(unlucky).map((body) => webhookBody.parse(body).data);
  expect(told).toMatchObject({ account: { maskedNumber: '****9876' } });
  await twoSweeps();
  for (const customer of customers) expect(about(customer)).toHaveLength(1);
});

test('the timestamp is the moment when the time was over, not when somebody noticed', async () => {
  const customer = await system.customer();
  const { sessionEndsAt } = await customer.look();
  system.pass(3 * 3_600);
  const { timestamp } = await hears(customer);
  expect(Math.abs(Date.parse(timestamp) - Date.parse(sessionEndsAt))).toBeLessThan(2_000);
});

test('a registration that is under way never expires: its outcome is what the merchant hears', async () => {
  const customer = await (await system.customer({ flow: 'skip' })).reaches('ars');
  await system.fault('accountRegistration', 'lost-answer');
  await system.fault('accountList', 'reset-before-headers', { times: 3 });
  await customer.requestCall();
  await customer.answerCall();
  await customer.waits('ars', ({ ars }) => ars.phase === 'confirming');
  system.pass(3_600);
  const { type } = await hears(customer);
  expect(type).toBe('onboarding.completed');
  await twoSweeps();
  expect(about(customer)).toHaveLength(1);
});

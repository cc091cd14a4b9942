import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accountCancelledData, webhookBody } from '../../../shared/api/merchant/events.ts';
import { System, type Customer } from '../testing/start-system.ts';
import { verified, WebhookReceiver } from '../testing/webhook-receiver.ts';

const secret = randomBytes(32);
const day = 24 * 3_600;
const list = 'institutionCancelledAccounts';

let receiver: WebhookReceiver;
let system: System;
/** Two instances, at ten o'clock on Monday, November 23. */
beforeEach(async () => {
  receiver = await WebhookReceiver.start();
  system = await System.start(
    { webhook: { url: receiver.url, secrets: [secret], networks: ['127.0.0.1'] } },
    2,
  );
});
afterEach(async () => {
  await system.stop();
  await receiver.close();
});

const askedDays = () => system.testbed.requests.of(list).map(({ fields }) => fields['unregDt']);
const asked = (...days: string[]) => expect.poll(askedDays, { timeout: 10_000 }).toEqual(days);
/** Both instances look in the meantime. */
const twoLooks = () => new Promise((resolve) => setTimeout(resolve, 2_500));

const cancelled = () =>
  receiver.arrivals
    .map((arrival) => webhookBody.parse(verified(arrival, secret)))
    .filter(({ type }) => type === 'account.cancelled')
    .map(({ data }) => accountCancelledData.parse(data));
const hearsOf = (n: number) => expect.poll(() => cancelled().length, { timeout: 10_000 }).toBe(n);

async function registered(): Promise<{ customer: Customer; accountKey: string }> {
  const customer = await (await system.customer()).reaches('password');
  const { body } = await system.merchant('GET', `/v1/onboarding-sessions/${customer.sessionId}`);
  return { customer, accountKey: (body['account'] as { accountKey: string }).accountKey };
}
const cancelAtBank = (accountKey: string, institution = '1', reason = '0') =>
  system.control('/institution-cancellations', { accountKey, institution, reason });

test('R34 after 11:00 the merchant hears which accounts were cancelled the day before, once', async () => {
  const { customer, accountKey } = await registered();
  await cancelAtBank(accountKey, '4', '2');
  await twoLooks();
  expect(askedDays()).toEqual([]);

  system.pass(3_600); // Monday 11:00
  await asked('20261122');
  await twoLooks();
  expect(cancelled()).toEqual([]);

  system.pass(day); // Tuesday 11:00
  await asked('20261122', '20261123');
  await hearsOf(1);
  expect(cancelled()[0]).toMatchObject({
    customerId: customer.id,
    bankCode: '088',
    maskedAccountNumber: '110******876',
    accountKey,
    cancelledBy: 'clearing-institute',
    reason: 'account-changed',
  });
  expect(cancelled()[0]!.cancelledAt).toMatch(/^2026-11-23T10:\d\d:\d\d\+09:00$/);

  system.pass(3_600);
  await twoLooks();
  await asked('20261122', '20261123');
  expect(cancelled()).toHaveLength(1);
});

test('R34 days that were missed are caught up with, oldest first', async () => {
  const first = await registered();
  system.pass(3_600);
  await asked('20261122');
  await cancelAtBank(first.accountKey);
  system.pass(4 * day); // Friday 11:00: Tuesday to Thursday nobody asked
  await asked('20261122', '20261123', '20261124', '20261125', '20261126');
  await hearsOf(1);
  expect(cancelled()[0]).toMatchObject({
    accountKey: first.accountKey,
    cancelledBy: 'bank',
    reason: 'customer-request',
  });
});

test('R34 a day that Hecto does not answer for is asked about again the same day, and told once', async () => {
  const { accountKey } = await registered();
  await cancelAtBank(accountKey);
  system.pass(3_600);
  await asked('20261122');
  // The call is a read: it is made a second time at once.
  await system.fault(list, 'reset-before-headers', { times: 2 });
  system.pass(day);
  await asked('20261122', '20261123', '20261123');
  await twoLooks();
  expect(cancelled()).toEqual([]);
  system.pass(4 * 60);
  await twoLooks();
  expect(askedDays()).toHaveLength(3);
  system.pass(2 * 60);
  await asked('20261122', '20261123', '20261123', '20261123');
  await hearsOf(1);
});

test('R34 what a bank did on a Friday may be on the list on Monday only', async () => {
  system.pass(5 * day + 3_600); // Saturday, November 28, 11:00
  await asked('20261127');
  const { accountKey } = await registered();
  await system.control('/clock', { now: '2026-11-27T18:00:00+09:00' });
  await cancelAtBank(accountKey);
  await system.control('/clock', { now: null });
  system.pass(day);
  await asked('20261127', '20261127', '20261128');
  await hearsOf(1);
  system.pass(day); // Monday: from now on Friday is complete
  await asked('20261127', '20261127', '20261128', '20261127', '20261128', '20261129');
  system.pass(day);
  await expect.poll(askedDays, { timeout: 10_000 }).toHaveLength(7);
  expect(askedDays().at(-1)).toBe('20261130');
  expect(cancelled()).toHaveLength(1);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MerchantServer } from '../../services/testing/merchant-server.ts';
import { samples } from '../../services/testing/merchant-samples.ts';
import { System } from '../../services/testing/start-system.ts';
import { servedCalls } from './served.ts';

/** Instance 0 is one merchant's, instance 1 another's, on the same database. */
let system: System;
let merchant: MerchantServer;
beforeAll(async () => {
  const webhook = {
    url: 'http://127.0.0.1:9/nobody',
    secrets: [Buffer.alloc(32, 7)],
    networks: ['127.0.0.1'],
  };
  system = await System.start({ webhook });
  await system.addInstance({ hecto: { ...system.config.hecto, merchantId: 'another' } });
  merchant = new MerchantServer(system);
});
afterAll(() => system.stop());

/** The names of ids that we give out. What Hecto gives out, Hecto keeps apart. */
const ourIds =
  /\{(onboardingSessionId|paymentId|refundId|remittanceId|registrationId|ownershipCheckId|phoneVerificationId|arsCallId|eventId|id)\}/;
const operations = servedCalls({ store: {} } as never)
  .map(({ operation }) => operation)
  .filter(({ path }) => ourIds.test(path));

/** The bytes of an answer but for our name of the request. */
async function bytesOf(method: string, path: string, body: object | undefined, instance: number) {
  const response = await fetch(system.url(instance) + path, {
    method,
    headers: {
      authorization: 'Bearer sk_local_demo',
      'idempotency-key': `tenant-${Math.random()}`,
      ...(method === 'POST' && { 'content-type': 'application/json' }),
    },
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
  });
  const headers = [...response.headers.entries()].filter(([name]) => !/^(date|x-request-id)$/.test(name));
  const text = (await response.text()).replaceAll(/req_[\w-]+/g, 'req_');
  return { status: response.status, headers, text };
}

describe('S44 another merchant on the same database', () => {
  test('covers every call with an id of ours', () => {
    expect(operations.length).toBeGreaterThanOrEqual(17);
  });

  test.each(operations.map((operation) => [operation.id, operation] as const))(
    'is told of %s just what it is told of something that is not there',
    async (id, { method, path: pattern }) => {
      const { path, body } = await samples[id]!.succeeds(system);
      const at = pattern.split('/').findIndex((part) => ourIds.test(part));
      const real = path.split('?')[0]!.split('/')[at]!;
      const absent = path.replace(real, real.slice(0, -6) + 'AAAAAA');
      const foreign = await bytesOf(method, path, body, 1);
      expect(foreign).toEqual(await bytesOf(method, absent, body, 1));
      expect([foreign.status, JSON.parse(foreign.text)]).toMatchObject([404, { code: 'not-found' }]);
      // And it was there all the time.
      expect((await bytesOf(method, path, body, 0)).status).toBeLessThan(300);
    },
  );

  test('finds nothing in its lists', async () => {
    const { customerId, accountKey } = await merchant.customerWithAccount();
    await merchant.post('/v1/payments', { customerId, bankCode: '088', accountKey, amount: 1_000 });
    for (const path of [
      '/v1/payments',
      `/v1/payments?customerId=${customerId}`,
      '/v1/remittances',
      '/v1/reviews',
    ]) {
      const { body } = await merchant.request('GET', path, { instance: 1 });
      expect({ path, data: body['data'] }).toEqual({ path, data: [] });
    }
  });

  test('has customers of its own, though they may have the same name: password and lock are theirs', async () => {
    const path = (customerId: string) => `/v1/customers/${customerId}/payment-password/verifications`;
    const customer = await system.customer();
    await customer.reaches('password');
    await customer.enterPassword('482913');
    await customer.enterPassword('482913');
    const asked = (password: string, instance: number) =>
      merchant.request('POST', path(customer.id), { body: { password }, instance });
    expect(await asked('482913', 0)).toMatchObject({ status: 200 });
    // To the other merchant nobody of that name has set one here, so Hecto is asked; and a lock there is no lock here.
    expect((await asked('482913', 1)).body).toMatchObject({ hecto: { endpoint: 'paymentPasswordConfirm' } });
    for (let tries = 0; tries < 6; tries += 1) await asked('000000', 1);
    expect((await asked('482913', 1)).body).toMatchObject({ refusal: 'password-locked' });
    for (const left of [4, 3, 2, 1])
      expect((await asked('000000', 0)).body).toMatchObject({ triesLeft: left });
    expect(await asked('482913', 0)).toMatchObject({ status: 200 });
  });
});

describe('S44 another customer of the same merchant', () => {
  test('sees of a session only its own, and uses no keypad of it', async () => {
    const [one, other] = [await system.customer(), await system.customer()];
    await one.reaches('password');
    await other.reaches('password');
    expect(one.state.id).not.toBe(other.state.id);
    const pressed = await one.press(await one.keypad('enter'), '482913');
    const absent = { ...pressed, keypadId: 'kp_0000000000000000' };
    const told = async (body: object) => {
      const { status, body: answer } = await other.post('/session/password', body);
      return { status, ...answer, requestId: '' };
    };
    expect(await told(pressed)).toEqual(await told(absent));
    expect(await told(pressed)).toMatchObject({ status: 409, code: 'keypad-invalid' });
    expect((await other.look()).step).toBe('password');
    // It is still good for whom it was drawn.
    expect(await one.does('/session/password', pressed)).toMatchObject({ step: 'password', phase: 'repeat' });
  });

  test("does not register with somebody else's call", async () => {
    const { path, body } = await samples['registerAccount']!.succeeds(system);
    const mine = { ...body, approval: { method: 'ars', arsCallId: await callOfSomebodyElse() } };
    const none = { ...body, approval: { method: 'ars', arsCallId: 'ars_AAAAAAAAAAAAAAAAAAAAAAAA' } };
    const foreign = await bytesOf('POST', path, mine, 0);
    expect(foreign).toEqual(await bytesOf('POST', path, none, 0));
    expect(foreign.status).toBe(404);
  });
});

async function callOfSomebodyElse(): Promise<string> {
  const { path } = await samples['readArsCall']!.succeeds(system);
  return path.split('/').at(-1)!;
}

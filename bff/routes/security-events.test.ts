import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widgetApi } from '../../shared/api/widget.ts';
import type { EventValues } from '../log/log.ts';
import { paymentOf } from '../services/testing/crash/deeds.ts';
import { MerchantServer } from '../services/testing/merchant-server.ts';
import { phoneStarted, registered, withPassword } from '../services/testing/merchant-world.ts';
import { operatorsOf, OperatorPage } from '../services/testing/operator-page.ts';
import { keyOf, System } from '../services/testing/start-system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start({
    merchantApiKeys: [keyOf('sk_local_demo'), keyOf('sk_reader', 'read')],
    ops: operatorsOf(),
  });
});
afterAll(() => system.stop());

type Line = Record<string, unknown>;
const linesSince = (start: number): Line[] =>
  system.log
    .slice(start)
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

const get = (path: string, headers: Record<string, string>) => fetch(system.url() + path, { headers });
const shop = { origin: 'http://localhost:4000' };
const verify = (customerId: string, password: string) =>
  system.merchant('POST', `/v1/customers/${customerId}/payment-password/verifications`, { password });

/** Every security event there is, and what happens that it must tell of. */
const catalogue: Record<EventValues<'security'>['what'], () => Promise<unknown>> = {
  'merchant-key-refused': () => get('/v1/payments', { authorization: 'Bearer sk_nobody' }),
  'merchant-key-not-allowed': () =>
    fetch(`${system.url()}/v1/test-calls`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_reader', 'content-type': 'application/json' },
    }),
  'operator-password-wrong': () => new OperatorPage(system, 'wrong-password-0000').get(),
  'operator-action-refused': () => new OperatorPage(system).post(`/ops/events/evt_${'A'.repeat(24)}/replay`),
  'payment-not-authorized': async () => {
    const { customerId, bankCode, accountKey } = await registered(system);
    await system.merchant('POST', '/v1/payments', {
      ...{ customerId, bankCode, accountKey, amount: 1_000, orderNumber: 'never' },
      paymentAuthorization: `pau_${'A'.repeat(43)}`,
    });
  },
  'client-token-refused': () =>
    fetch(`${system.url()}${widgetApi}/sessions`, {
      method: 'POST',
      headers: { ...shop, 'content-type': 'application/json' },
      body: JSON.stringify({ clientToken: `ct_${'A'.repeat(43)}` }),
    }),
  'client-token-exchanged': () => system.customer(),
  'session-token-refused': () =>
    get(`${widgetApi}/session`, { ...shop, authorization: `Bearer st_${'A'.repeat(43)}` }),
  'origin-refused': () => get(`${widgetApi}/session`, { origin: 'https://evil.example' }),
  'session-taken-over': async () => {
    const older = await system.customer();
    await system.customer({ id: older.id });
    await older.request('GET', '/session');
  },
  'consent-given': async () => (await system.customer()).agree(),
  'out-of-order': async () => (await system.customer()).post('/session/ars-calls'),
  'session-token-rotated': async () => (await system.customer()).reaches('account'),
  'limit-reached': async () => {
    const { id, code } = await phoneStarted(system);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 6; tries += 1)
      await system.merchant('POST', `/v1/phone-verifications/${id}/confirm`, { code: wrong });
  },
  'code-wrong': async () => {
    const { id, code } = await phoneStarted(system);
    const wrong = code === '000000' ? '000001' : '000000';
    await system.merchant('POST', `/v1/phone-verifications/${id}/confirm`, { code: wrong });
  },
  'phone-proven': async () => {
    const { id, code } = await phoneStarted(system);
    await system.merchant('POST', `/v1/phone-verifications/${id}/confirm`, { code });
  },
  'password-right': async () => verify(await withPassword(system), '482913'),
  'password-wrong': async () => verify(await withPassword(system), '000000'),
  'password-locked': async () => {
    const customerId = await withPassword(system);
    for (let tries = 0; tries < 5; tries += 1) await verify(customerId, '000000');
  },
  'account-cancelled': async () => {
    const { customerId, accountKey } = await registered(system);
    await system.merchant('DELETE', `/v1/customers/${customerId}/accounts/${accountKey}`);
  },
};

describe('S87 what a person has to find afterwards is written down', () => {
  test.each(Object.entries(catalogue))(
    '%s, with its moment in UTC and the name of the request',
    async (what, happens) => {
      const start = system.log.length;
      await happens();
      const written = linesSince(start).filter(
        (line) => line['event'] === 'security' && line['what'] === what,
      );
      expect(written.length).toBeGreaterThan(0);
      for (const line of written) {
        expect(line['time']).toMatch(/^2026-11-23T\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(line['requestId']).toMatch(/^req_[A-Za-z0-9_-]{16}$/);
        // The same name as the line about the whole request, and as the caller was told.
        const answered = () =>
          linesSince(start).some(
            ({ event, requestId }) => event === 'http.answered' && requestId === line['requestId'],
          );
        await expect.poll(answered).toBe(true);
      }
    },
  );

  test('a try at the code or the password in the widget, right or wrong, with the session', async () => {
    const start = system.log.length;
    const customer = await (await system.customer()).reaches('code');
    await customer.enterCode(await customer.wrongCode());
    await customer.enterCode();
    const moves = linesSince(start).filter(({ event }) => event === 'journey.moved');
    expect(moves.slice(-2)).toMatchObject([
      { sessionId: customer.sessionId, from: 'code', to: 'code', refusal: 'code-wrong' },
      { sessionId: customer.sessionId, from: 'code', to: 'account' },
    ]);
    for (const line of moves) expect(line['requestId']).toMatch(/^req_/);
  });

  test('each call to Hecto, with the request that made it and the payment or registration that it is about', async () => {
    const start = system.log.length;
    const merchant = new MerchantServer(system);
    const payer = await merchant.customerWithAccount();
    await system.fault('payment', 'wrong-echo', { times: 1 });
    const deed = paymentOf(payer, 2_000);
    const { headers, body } = await merchant.post(deed.path, deed.body, deed.key);
    const names = { requestId: headers.get('x-request-id'), intentId: body['id'] };
    const written = () => linesSince(start);
    expect(written()).toContainEqual(
      expect.objectContaining({ event: 'hecto.called', endpoint: 'payment', ...names }),
    );
    expect(written()).toContainEqual(
      expect.objectContaining({ event: 'alert', what: 'echo-mismatch', ...names }),
    );

    // Nobody waits for the inquiry, which has no request.
    system.pass(60);
    const inquiry = () => written().find(({ endpoint }) => endpoint === 'transactionResult');
    await expect.poll(inquiry, { timeout: 10_000 }).toMatchObject({ intentId: body['id'] });
    expect(inquiry()).not.toHaveProperty('requestId');

    const customer = await (await system.customer()).reaches('ars');
    system.pass(30); // as fast as a person can
    await customer.requestCall();
    await customer.answerCall();
    await customer.waits('password');
    const registered = written().findLast(({ endpoint }) => endpoint === 'accountRegistration');
    expect(registered).toMatchObject({ intentId: expect.stringMatching(/^reg_/) as string });
  });
});

test('S72 an account that was registered faster than a person can is reported, and registered', async () => {
  const reports = () => linesSince(0).filter(({ event }) => event === 'journey.too-fast');
  const slow = await (await system.customer()).reaches('account');
  system.pass(30);
  await slow.chooseAccount();
  await slow.requestCall();
  await slow.answerCall();
  await slow.waits('password');
  expect(reports()).toEqual([]);

  const fast = await (await system.customer()).reaches('password');
  expect(reports()).toMatchObject([{ sessionId: fast.sessionId }]);
  expect(Number(reports()[0]?.['seconds'])).toBeLessThan(20);
});

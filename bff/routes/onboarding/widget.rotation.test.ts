import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widgetApi, widgetRoutes } from '../../../shared/api/widget.ts';
import { System, type Customer } from '../../services/testing/start-system.ts';

/** Two instances, because a repeat may meet another one than the request did. */
let system: System;
beforeAll(async () => {
  system = await System.start({}, 2);
});
afterAll(() => system.stop());

const invalid = { status: 401, body: { code: 'session-invalid' } };
const takenOver = { status: 401, body: { code: 'session-taken-over' } };

/** A customer whose phone was just proven by a code, what they held before, and what proved it. */
async function proven() {
  const customer = await (await system.customer()).reaches('code');
  const before = customer.withToken(customer.token);
  const code = await customer.lastCode();
  await customer.enterCode();
  return { customer, before, code };
}
const again = (window: Customer, code: string, instance = 0) =>
  window.post('/session/code?rotates', { code }, instance);

describe('S11 once the phone is proven', () => {
  test('by a code, the session goes on under a new token and the old one opens nothing', async () => {
    const { customer, before } = await proven();
    expect(customer.token).toMatch(/^st_[A-Za-z0-9_-]{43}$/);
    expect(customer.token).not.toBe(before.token);
    for (const [name, [method, path]] of Object.entries(widgetRoutes)) {
      if (name === 'exchange' || name === 'code' || name === 'pass') continue;
      const body = method === 'POST' ? {} : undefined;
      expect({ name, ...(await before.request(method, path, body)) }).toMatchObject({ name, ...invalid });
    }
    expect((await customer.look()).step).toBe('account');
    expect(system.log.join('')).toContain('session-token-rotated');
  });

  test('by PASS, too', async () => {
    const customer = await (await system.customer()).reaches('pass');
    const before = customer.withToken(customer.token);
    await customer.does('/session/pass?rotates');
    expect(customer.token).toBe(before.token); // not proven yet
    await customer.approvePass();
    await customer.does('/session/pass?rotates');
    expect(customer.token).not.toBe(before.token);
    expect(await before.request('GET', '/session')).toMatchObject(invalid);
    expect((await customer.look()).step).toBe('account');
  });

  test('in the cookie of the hosted page, too, and no body holds it', async () => {
    const customer = await (await system.customer()).reaches('code');
    const own = system.config.publicUrl;
    const post = (cookie: string, path: string, body: object) =>
      fetch(`${system.url()}${widgetApi}${path}`, {
        method: 'POST',
        headers: { origin: own, 'content-type': 'application/json', 'x-hecto-onboarding': '1', cookie },
        body: JSON.stringify(body),
      });
    const cookieOf = (response: Response) => (response.headers.get('set-cookie') ?? '').split(';')[0]!;
    const { body: issued } = await system.merchant(
      'POST',
      `/v1/onboarding-sessions/${customer.sessionId}/client-tokens`,
      {},
    );
    const old = cookieOf(
      await post('', '/sessions', { clientToken: issued['clientToken'], transport: 'cookie' }),
    );
    const code = await customer.lastCode();
    const lost = await post(old, '/session/code?rotates', { code });
    expect(await lost.json()).not.toHaveProperty('sessionToken');
    expect(lost.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict$/);
    const repeated = await post(old, '/session/code?rotates', { code });
    expect(await repeated.json()).toMatchObject({ state: { step: 'account' } });
    const fresh = cookieOf(repeated);
    expect(new Set([old, cookieOf(lost), fresh]).size).toBe(3);
    const status = async (cookie: string) => (await post(cookie, '/session/ars-calls', {})).status;
    expect([await status(old), await status(fresh), await status(cookieOf(lost))]).toEqual([401, 409, 401]);
  });

  test('it stays as it was for a widget that does not ask for it, as version 1.0.0', async () => {
    const customer = await (await system.customer()).reaches('code');
    const { token } = customer;
    await customer.does('/session/code', { code: await customer.lastCode() });
    expect(customer.token).toBe(token);
    expect((await customer.look()).step).toBe('account');
  });
});

describe('S11 an answer that was lost with the new token in it', () => {
  test('comes again for the same command, on any instance, and nothing is done twice', async () => {
    const { customer, before, code } = await proven();
    const calls = system.calls('mobileVerificationCheck');
    const repeated = before.withToken(before.token);
    expect(await again(repeated, code, 1)).toMatchObject({
      status: 200,
      body: { state: { step: 'account' } },
    });
    expect(system.calls('mobileVerificationCheck')).toBe(calls);
    expect(repeated.token).not.toBe(before.token);
    expect((await repeated.look()).step).toBe('account');
    // The one that did not arrive is no good from then on: there is one token at a time.
    expect((await customer.request('GET', '/session')).status).toBe(401);
  });

  test('does not come again once the new token was used', async () => {
    const { customer, before, code } = await proven();
    await customer.look();
    expect(await again(before, code)).toMatchObject(invalid);
    expect((await customer.look()).step).toBe('account');
  });

  test('does not come for another code, and after one wrong try not at all', async () => {
    const { customer, before, code } = await proven();
    expect(await again(before, code === '000000' ? '000001' : '000000')).toMatchObject(invalid);
    expect(await again(before, code)).toMatchObject(invalid);
    expect(await before.post('/session/pass?rotates')).toMatchObject(invalid);
    // Whoever holds the right one is not thrown out by that.
    expect((await customer.look()).step).toBe('account');
  });

  test('does not come after a minute', async () => {
    const { before, code } = await proven();
    system.pass(61);
    expect(await again(before, code)).toMatchObject(invalid);
  });

  test('does not come when the session was opened somewhere else meanwhile', async () => {
    const { customer, before, code } = await proven();
    await system.customer({ id: customer.id });
    expect(await again(before, code)).toMatchObject(takenOver);
    expect(await customer.request('GET', '/session')).toMatchObject(takenOver);
  });

  test('may arrive in any order: the window goes on with the one it got last', async () => {
    // The widget asks again when the customer comes back from the PASS app; the request it gave up ends later.
    const { customer, before, code } = await proven();
    const givenUp = before.withToken(before.token);
    await again(givenUp, code, 1);
    expect((await customer.look()).step).toBe('account');
    expect((await customer.request('GET', '/session/banks')).status).toBe(200);
    expect((await givenUp.request('GET', '/session')).status).toBe(401);
  });

  test('leaves one token good, however often and at once it is asked for', async () => {
    const { customer, before, code } = await proven();
    const windows = Array.from({ length: 12 }, () => before.withToken(before.token));
    await Promise.all(windows.map((window, index) => again(window, code, index % 2)));
    const looks = await Promise.all(
      [customer, ...windows].map((window) => window.request('GET', '/session')),
    );
    expect(looks.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('S16 the newest session of a customer wins', () => {
  test.each(['terms', 'identity', 'code', 'pass', 'account', 'ars', 'password'] as const)(
    'when the older one is at %s: it is told, and does nothing more',
    async (step) => {
      const older = await system.customer();
      if (step !== 'terms') await older.reaches(step);
      const newer = await system.customer({ id: older.id });
      for (const [name, [method, path]] of Object.entries(widgetRoutes)) {
        if (name === 'exchange') continue;
        const body = method === 'POST' ? {} : undefined;
        expect({ name, ...(await older.request(method, path, body)) }).toMatchObject({ name, ...takenOver });
      }
      expect((await newer.look()).step).toBe('terms');
      if (step !== 'password') await newer.reaches('identity');
    },
  );
});

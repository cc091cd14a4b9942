import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widgetRoutes } from '../../../shared/api/widget.ts';
import { System, type Customer } from '../../services/testing/start-system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const anyPassword = {
  keypadId: 'kp_0000000000000000',
  ephemeralKey: 'A'.repeat(87),
  iv: 'A'.repeat(16),
  sealed: 'A'.repeat(30),
};
/** Well-formed, so that nothing but the end can be what refuses them. */
const bodies = (customer: Customer): Record<string, unknown> => ({
  consents: {
    items: [{ documentId: 'x', version: '1', sha256: '0'.repeat(64), agreed: true, opened: false }],
  },
  identity: customer.identity(),
  code: { code: '000000' },
  back: { to: 'identity' },
  account: { bankCode: '088', accountNumber: '110432109876' },
  keypad: { purpose: 'enter' },
  password: anyPassword,
});

const ends: Record<string, (customer: Customer) => Promise<unknown>> = {
  'the customer gave up': (customer) => customer.does('/session/cancel'),
  'the customer finished': async (customer) => {
    await customer.reaches('password');
    await customer.enterPassword('482913');
    await customer.enterPassword('482913');
  },
  'the merchant revoked it': (customer) =>
    system.merchant('POST', `/v1/onboarding-sessions/${customer.sessionId}/cancel`),
  'its time ran out': () => {
    system.pass(601);
    return Promise.resolve();
  },
};

describe.each(Object.entries(ends))('S14 once %s', (_, end) => {
  test('the token moves nothing, shows nothing personal unmasked, and soon opens nothing at all', async () => {
    const customer = await system.customer();
    await end(customer);
    for (const [name, [method, path]] of Object.entries(widgetRoutes)) {
      if (name === 'exchange' || method === 'GET') continue;
      const { status } = await customer.post(path, bodies(customer)[name] ?? {});
      expect({ name, status }).toEqual({ name, status: 409 });
    }
    const shown = JSON.stringify(await customer.look());
    for (const secret of [customer.phone, '김민서', '920315', '110432109876'])
      expect(shown).not.toContain(secret);
    const { body } = await system.merchant(
      'POST',
      `/v1/onboarding-sessions/${customer.sessionId}/client-tokens`,
      {},
    );
    expect(body['code']).toBe('conflict');

    // Thirty minutes from the beginning, and ten to look at the last screen.
    system.pass(41 * 60);
    for (const [method, path] of Object.values(widgetRoutes)) {
      if (path === '/sessions') continue;
      const answer = await customer.request(method, path, method === 'POST' ? {} : undefined);
      expect({ path, ...answer }).toMatchObject({ path, status: 401, body: { code: 'session-invalid' } });
    }
  });
});

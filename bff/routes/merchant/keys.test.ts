import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopes, scopesOf, type Scope } from '../../../shared/api/merchant/operation.ts';
import { keyOf, System } from '../../services/testing/start-system.ts';
import { servedCalls } from './served.ts';

/** Creating the calls asks nothing of what they are given. */
const operations = servedCalls({ store: {} } as never).map(({ operation }) => operation);
const keyWith = (scope: Scope) => `sk_only_${scope}`;
const whole = 'sk_local_demo';

let system: System;
beforeAll(async () => {
  system = await System.start({
    merchantApiKeys: [keyOf(whole), ...scopes.map((scope) => keyOf(keyWith(scope), scope))],
  });
});
afterAll(() => system.stop());

async function ask(
  { method, path }: { method: string; path: string },
  key: string,
  instance = 0,
): Promise<{ status: number; code: unknown }> {
  // Nothing that the call would accept: whoever may make it gets past the key and no further.
  const response = await fetch(`${system.url(instance)}${path.replaceAll(/\{\w+\}/g, '-')}?not-a-field=1`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'idempotency-key': `keys-${Math.random()}`,
      ...(method === 'POST' && { 'content-type': 'application/json' }),
    },
    ...(method === 'POST' && { body: '{}' }),
  });
  return { status: response.status, code: ((await response.json()) as { code: string }).code };
}

/** What each key may do, spelled out, so that a new call or a moved one has to be written down here as well. */
const allowed: Record<Scope, readonly string[]> = {
  sessions: [
    'cancelOnboardingSession',
    'createClientToken',
    'createOnboardingSession',
    'readOnboardingSession',
  ],
  read: operations.filter(({ method }) => method === 'GET').map(({ id }) => id),
  verify: [
    'checkAccountHolder',
    'confirmOwnershipCheck',
    'confirmPhoneVerification',
    'createArsCall',
    'createOwnershipCheck',
    'createPhoneVerification',
    'verifyPaymentPassword',
  ],
  accounts: ['cancelAccount', 'registerAccount', 'registerAccountWithEvidence'],
  pay: ['createCharge', 'createPayment', 'endRecurringPayment'],
  refund: ['createRefund'],
  remit: ['createRemittance'],
  manage: [
    'createTestCall',
    'enableWebhookEndpoint',
    'inquireNow',
    'replayEvent',
    'replayEvents',
    'resolveReview',
  ],
  hecto: ['callHecto'],
};

describe('S05 a key with a scope', () => {
  test.each(scopes)('%s makes its own calls and no other', async (scope) => {
    const made: string[] = [];
    for (const operation of operations) {
      const { status, code } = await ask(operation, keyWith(scope));
      if (code === 'key-not-allowed') expect(status).toBe(403);
      else made.push(operation.id);
    }
    expect(made.sort()).toEqual([...allowed[scope]].sort());
  });

  test('that does not allow a call is told before anything of the request is looked at', async () => {
    const pay = operations.find(({ id }) => id === 'createPayment')!;
    expect(await ask(pay, keyWith('read'))).toEqual({ status: 403, code: 'key-not-allowed' });
    expect(await ask(pay, keyWith('pay'))).toMatchObject({ status: 422 });
  });

  test('is not needed: one without makes every call, and every call belongs to some scope', async () => {
    for (const operation of operations) {
      expect((await ask(operation, whole)).status).not.toBe(403);
      expect({ id: operation.id, scopes: scopesOf(operation).length }).not.toMatchObject({ scopes: 0 });
    }
  });
});

test('S04 what a browser holds opens no call of the merchant API', async () => {
  const { body } = await system.merchant('POST', '/v1/onboarding-sessions', { customerId: 'in-a-browser' });
  const customer = await system.customer();
  for (const token of [String(body['clientToken']), customer.token, 'pk_live_0123456789abcdef', '']) {
    for (const operation of operations)
      expect(await ask(operation, token)).toEqual({ status: 401, code: 'unauthorized' });
  }
});

test('S05 a key is replaced while all instances go on working', async () => {
  const [old, fresh] = ['sk_old_key', 'sk_new_key'];
  await system.addInstance({ merchantApiKeys: [keyOf(old)] });
  await system.addInstance({ merchantApiKeys: [keyOf(old), keyOf(fresh)] });
  await system.addInstance({ merchantApiKeys: [keyOf(fresh)] });
  const works = async (key: string, instance: number) =>
    (await ask({ method: 'GET', path: '/v1/payments' }, key, instance)).status !== 401;
  // Rolled out one by one: at every stage one of the two is good everywhere.
  const stages: readonly (readonly [string, number, number])[] = [
    [old, 1, 1],
    [old, 1, 2],
    [old, 2, 2],
    [fresh, 2, 2],
    [fresh, 2, 3],
    [fresh, 3, 3],
  ];
  for (const [key, one, other] of stages)
    expect([await works(key, one), await works(key, other)]).toEqual([true, true]);
  expect([await works(fresh, 1), await works(old, 3)]).toEqual([false, false]);
});

test('S05 no key is kept in the configuration, only what SHA-256 makes of it', () => {
  const { merchantApiKeys } = system.config;
  const shown =
    JSON.stringify(merchantApiKeys) + merchantApiKeys.map(({ hash }) => hash.toString('latin1')).join();
  for (const scope of scopes) expect(shown).not.toContain(keyWith(scope));
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyOf, System } from '../../services/testing/start-system.ts';

const keys = ['sk_first_0123456789abcdef', 'sk_second_0123456789abcdef'];
let system: System;
beforeAll(async () => {
  system = await System.start({
    merchantApiKeys: [...keys, 'sk_local_demo'].map((key) => keyOf(key)),
    allowedReturnUrls: ['https://shop.example.com/done?x=1'],
  });
});
afterAll(() => system.stop());

const path = '/v1/onboarding-sessions';
async function create(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(system.url() + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${keys[0]!}`,
      'content-type': 'application/json',
      'idempotency-key': `create-${Math.random()}`,
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown> & { errors?: { field: string }[] },
  };
}

test('a session is created with a client token and a hosted page, and read without them', async () => {
  const metadata = { order: '12' };
  const { status, body } = await create({ customerId: 'c1', locale: 'en', metadata });
  expect(status).toBe(201);
  expect(body).toEqual({
    id: expect.stringMatching(/^obs_[\w-]{24}$/) as string,
    customerId: 'c1',
    status: 'open',
    step: 'terms',
    locale: 'en',
    createdAt: expect.any(String) as string,
    expiresAt: expect.any(String) as string,
    metadata,
    clientToken: expect.stringMatching(/^ct_[\w-]{43}$/) as string,
    hostedUrl: `http://localhost:4010/onboarding/${String(body['id'])}#${String(body['clientToken'])}`,
  });
  const { clientToken: _, hostedUrl: __, ...session } = body;
  expect(await system.merchant('GET', `${path}/${String(body['id'])}`)).toEqual({
    status: 200,
    body: session,
  });
});

describe('S05 keys', () => {
  test('two are valid at once; anything else is 401 before the body is looked at', async () => {
    for (const key of keys)
      expect((await create({ customerId: 'c' }, { authorization: `Bearer ${key}` })).status).toBe(201);
    const wrong = [
      '',
      'Bearer',
      'Bearer sk_wrong',
      `Basic ${keys[0]!}`,
      `Bearer ${keys[0]!}x`,
      `Bearer ${keys.join(',')}`,
    ];
    for (const authorization of wrong) {
      const answer = await create({}, { authorization, 'content-type': 'text/plain' });
      expect({ authorization, ...answer }).toMatchObject({
        authorization,
        status: 401,
        body: { code: 'unauthorized' },
      });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });
});

describe('S40 the body', () => {
  test.each<[string, object]>([
    ['customerId', {}],
    ['customerId', { customerId: '' }],
    ['customerId', { customerId: ['c'] }],
    ['customerId', { customerId: '고객' }],
    ['locale', { customerId: 'c', locale: 'fr' }],
    ['surface', { customerId: 'c', surface: 'popup' }],
    ['origin', { customerId: 'c', origin: 'http://localhost:4001' }],
    ['returnUrl', { customerId: 'c', returnUrl: 'https://shop.example.com/done' }],
    ['returnUrl', { customerId: 'c', returnUrl: 'javascript:alert(1)' }],
    ['returnUrl', { customerId: 'c', returnUrl: 'https://shop.example.com/done?x=1%0d%0a' }],
    ['prefill.name', { customerId: 'c', prefill: { name: 'a<b' } }],
    ['prefill.phone', { customerId: 'c', prefill: { phone: '02-123-4567' } }],
    ['prefill.birth', { customerId: 'c', prefill: { birth: '9203152000000' } }],
    ['flow.paymentPassword', { customerId: 'c', flow: { paymentPassword: 'none' } }],
    ['metadata.a', { customerId: 'c', metadata: { a: 1 } }],
    ['unknown', { customerId: 'c', unknown: 1 }],
  ])('names %s', async (field, body) => {
    const answer = await create(body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request' } });
    expect(answer.body.errors?.map((error) => error.field)).toContain(field);
  });
});

describe('R02 R03 Idempotency-Key', () => {
  test('the same key and body is one session; another body is 422; none is 400', async () => {
    const key = { 'idempotency-key': 'again' };
    const first = await create({ customerId: 'c', locale: 'ko' }, key);
    const again = await create({ locale: 'ko', customerId: 'c' }, key);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await create({ customerId: 'd' }, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
    expect(await create({ customerId: 'c' }, { 'idempotency-key': '' })).toMatchObject({
      status: 400,
      body: { code: 'idempotency-key-required' },
    });
  });
  test('R05 a refused body does not burn the key', async () => {
    const key = { 'idempotency-key': 'mended' };
    expect((await create({}, key)).status).toBe(422);
    expect((await create({ customerId: 'c' }, key)).status).toBe(201);
  });
});

test('S44 an unknown id is 404, the same for every call', async () => {
  const answers = await Promise.all([
    system.merchant('GET', `${path}/obs_unknown`),
    system.merchant('POST', `${path}/obs_unknown/client-tokens`, {}),
    system.merchant('POST', `${path}/obs_unknown/cancel`, {}),
  ]);
  for (const { status, body } of answers) {
    expect({ status, ...body, requestId: '' }).toEqual({
      status: 404,
      type: '/problems/not-found',
      title: 'There is nothing here',
      detail: 'There is nothing here',
      code: 'not-found',
      retryable: false,
      requestId: '',
    });
  }
});

test('cancelling ends the session; a second time changes nothing, and no token is issued any more', async () => {
  const customer = await system.customer();
  const cancel = () => system.merchant('POST', `${path}/${customer.sessionId}/cancel`);
  const first = await cancel();
  expect(first).toMatchObject({ status: 200, body: { status: 'cancelled', step: 'cancelled' } });
  expect(await cancel()).toEqual(first);
  expect((await customer.look()).step).toBe('cancelled');
  expect(await system.merchant('POST', `${path}/${customer.sessionId}/client-tokens`, {})).toMatchObject({
    status: 409,
    body: { code: 'conflict' },
  });
});

test('a session that nobody uses is expired for the merchant too', async () => {
  const { body } = await create({ customerId: 'idle' });
  system.pass(601);
  const read = await system.merchant('GET', `${path}/${String(body['id'])}`);
  expect(read.body).toMatchObject({ status: 'expired', step: 'expired' });
});

test('when the customer is done the merchant reads the account with its key, and the browser does not', async () => {
  const customer = await system.customer({ flow: 'skip' });
  await customer.reaches('ars');
  await customer.requestCall();
  await customer.answerCall();
  await customer.waits('done');
  const { body } = await system.merchant('GET', `${path}/${customer.sessionId}`);
  expect(body).toMatchObject({
    status: 'completed',
    step: 'done',
    completedAt: expect.any(String) as string,
    account: {
      bankCode: '088',
      maskedNumber: '****9876',
      accountKey: expect.any(String) as string,
      alreadyRegistered: false,
    },
  });
  const { accountKey } = body['account'] as { accountKey: string };
  expect(JSON.stringify(customer.state)).not.toContain(accountKey);
});

import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../config.ts';
import { selfSigned } from '../../hecto/test-certificate.ts';
import { listen, rawServer, type Running } from '../../hecto/test-server.ts';
import { bankCode, MerchantServer } from '../testing/merchant-server.ts';
import { System } from '../testing/start-system.ts';

/* R22 What is certain not to have left: nothing moved, nothing is asked about, and the same may be asked for anew. */

const requests = {
  payment: ['/v1/payments', { customerId: 'buyer-1', accountKey: 'key-1', bankCode, amount: 1_000 }],
  remittance: [
    '/v1/remittances',
    { bankCode, accountNumber: '110432109876', amount: 1_000, passbookText: '환급' },
  ],
  charge: ['/v1/recurring-payments/key-1/charges', { customerId: 'buyer-1', amount: 1_000 }],
  registration: [
    '/v1/customers/buyer-1/account-registrations',
    {
      ...{ bankCode, accountNumber: '110432109876', holderName: '홍길동', holderIdentity: '920315' },
      approval: { method: 'written' },
    },
  ],
} as const satisfies Record<string, readonly [string, object]>;

const hectoAt = (baseUrl: string) =>
  parseConfig({
    HECTO_ENV: 'local',
    HECTO_BASE_URL: baseUrl,
    DATABASE_URL: 'postgres://unused',
    DATA_KEYS: `test:${Buffer.alloc(32, 1).toString('base64')}`,
    PIN_PEPPER: 'p'.repeat(64),
  }).hecto;

let bytes = 0;
const untrusted = () =>
  listen(
    tls.createServer(selfSigned(), (socket) => socket.on('data', (chunk: Buffer) => (bytes += chunk.length))),
    'https',
  );
const gone = async (): Promise<Running> => {
  const server = await rawServer(() => undefined);
  await server.close();
  return { ...server, close: () => Promise.resolve() };
};
const nowhere = (): Promise<Running> =>
  Promise.resolve({ url: 'https://nowhere.invalid', port: 0, close: () => Promise.resolve() });

describe.each([
  ['nobody listens', gone],
  ['the name is not known', nowhere],
  ['the certificate is not the one', untrusted],
])('Hecto where %s', (_, start) => {
  let hecto: Running;
  let system: System;
  let merchant: MerchantServer;
  beforeAll(async () => {
    hecto = await start();
    system = await System.start({ hecto: hectoAt(hecto.url) });
    merchant = new MerchantServer(system);
  });
  afterAll(async () => {
    await system.stop();
    await hecto.close();
  });

  test.each(Object.entries(requests))(
    'R22 gets no %s, and the merchant hears that',
    async (name, [path, body]) => {
      const key = `key-${name}`;
      const told = await merchant.post(path, body, key);
      expect(told).toMatchObject({ status: 503, body: { code: 'hecto-unavailable', retryable: true } });
      expect(Number(told.headers.get('retry-after'))).toBeGreaterThan(0);
      const instance = String(told.body['instance']);
      const read = async () => (await merchant.get(instance)).body;
      expect(await read()).toMatchObject({
        status: 'failed',
        failure: { code: 'service-unavailable', retryable: true },
      });

      // The same key is the same wish: it is not made again behind the merchant's back.
      expect(await merchant.post(path, body, key)).toMatchObject({ status: 503, body: { instance } });
      system.pass(120);
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      const inquiries = system.log.filter((line) =>
        /transactionResult|transactionHistory|accountList/.test(line),
      );
      expect(inquiries).toEqual([]);
      expect(await read()).toMatchObject({ status: 'failed' });
    },
  );
});

test('S90 not a byte of a request reached the server that could not be trusted', () => {
  expect(bytes).toBe(0);
});

test('R18 a Hecto that fails is left in peace, nothing new is begun, and what is unknown is still asked about', async () => {
  const system = await System.start();
  try {
    const merchant = new MerchantServer(system);
    const { customerId, accountKey } = await merchant.customerWithAccount();
    const pay = () => merchant.post('/v1/payments', { customerId, accountKey, bankCode, amount: 1_000 });
    await system.fault('payment', 'http-503', { times: 1_000 });
    // Enough to see that Hecto is ill; the last of them may find the way closed already.
    const first = await Promise.all(Array.from({ length: 30 }, pay));
    const unknown = first.filter(({ status }) => status === 202);
    const { length: arrived } = system.testbed.requests.of('payment');
    expect(arrived).toBeGreaterThanOrEqual(19);
    expect(unknown).toHaveLength(arrived);

    const refused = await Promise.all(Array.from({ length: 10 }, pay));
    for (const { status, headers, body } of refused) {
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      // Not even an intent was made: the key is still free.
      expect(body).not.toHaveProperty('instance');
    }
    expect(system.testbed.requests.of('payment')).toHaveLength(arrived);
    const { body: open } = await merchant.get(
      `/v1/payments?customerId=${customerId}&status=processing&limit=100`,
    );
    expect(open['data']).toHaveLength(arrived);

    system.pass(37);
    const inquired = () => system.testbed.requests.of('transactionResult').length;
    await expect.poll(inquired, { timeout: 10_000 }).toBeGreaterThanOrEqual(arrived);
    expect(await merchant.withdrawn(customerId)).toBe(0);
  } finally {
    await system.stop();
  }
});

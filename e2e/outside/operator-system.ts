/** What operators look at: a BFF with its page, a testbed, a merchant's server for webhooks, and customers who did things. */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { createApp } from '../../bff/app.ts';
import { parseConfig } from '../../bff/config.ts';
import { Customer, shopOrigin, type Surroundings } from '../../bff/services/testing/customer.ts';
import { bankCode, MerchantServer } from '../../bff/services/testing/merchant-server.ts';
import { newDatabase, startTestPostgres } from '../../bff/store/test-postgres.ts';
import { createMovableClock } from '../movable-clock.ts';
import { freePort } from '../ports.ts';
import { startTestbed } from '../testbed/testbed.ts';

export const password = 'operators-open-sesame';

export type OperatorSystem = Surroundings & {
  readonly opsUrl: string;
  readonly merchant: MerchantServer;
  /** What the merchant's server answers webhooks with. */
  webhookStatus: number;
  /** Ids of the events that arrived there. */
  readonly arrivals: string[];
  /** A customer whose onboarding is open. */
  customer(id: string, phone: string): Promise<Customer>;
  hectoIsBack(): Promise<unknown>;
  /** Pays; `lost`: the bank does it, and nobody hears of it until `hectoIsBack`. */
  pay(amount: number, orderNumber: string, lost?: boolean): Promise<void>;
  close(): Promise<void>;
};

export async function startOperatorSystem(): Promise<OperatorSystem> {
  const postgres = await startTestPostgres();
  const database = await newDatabase(postgres.url);
  const clock = createMovableClock();
  const testbed = await startTestbed({ port: 0, clock: clock.now });
  const arrivals: string[] = [];
  const log: string[] = [];
  const receiver: Server = createServer((request, response) => {
    arrivals.push(String(request.headers['webhook-id']));
    request.resume().once('end', () => response.writeHead(system.webhookStatus).end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const port = await freePort();
  const config = parseConfig({
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    HECTO_BASE_URL: testbed.url,
    DATABASE_URL: database.url,
    DATA_KEYS: `test:${randomBytes(32).toString('base64')}`,
    PIN_PEPPER: randomBytes(32).toString('base64'),
    METRICS_PORT: 'off',
    OPS_PORT: String(await freePort()),
    OPS_PASSWORD: password,
    SMS_PER_ADDRESS_PER_HOUR: '1000',
    WEBHOOK_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`,
    WEBHOOK_SECRETS: `whsec_${randomBytes(32).toString('base64')}`,
  });
  const logStream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString('utf8'));
      done();
    },
  });
  const timings = { idleMs: 0, answerWithinMs: 500 };
  const app = await createApp(config, { clock: clock.now, logStream, timings });
  const { url, opsUrl } = await app.listen();

  const surroundings: Surroundings = {
    url: () => url,
    log,
    pass: (seconds) => clock.advance(1_000 * seconds),
    async control<T>(path: string, body?: unknown) {
      const response = await fetch(`${testbed.url}/_testbed${path}`, {
        ...(body !== undefined && {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      return (await response.json()) as T;
    },
  };
  const merchant = new MerchantServer(surroundings);

  const system: OperatorSystem = {
    ...{ ...surroundings, merchant, arrivals, opsUrl: opsUrl!, webhookStatus: 204 },
    hectoIsBack: () => surroundings.control('/faults/clear', {}),
    async customer(id, phone) {
      const created = await merchant.post('/v1/onboarding-sessions', {
        ...{ customerId: id, origin: shopOrigin, flow: { paymentPassword: 'own' } },
      });
      const customer = new Customer(surroundings, id, phone);
      await customer.exchange(String(created.body['clientToken']));
      return customer;
    },
    async pay(amount, orderNumber, lost = false) {
      const { customerId, accountKey } = await merchant.customerWithAccount();
      const plan = (endpoint: string, kind: string, times: number) =>
        surroundings.control('/faults', { endpoint, kind, orderNumber, times });
      if (lost) {
        await plan('payment', 'lost-answer', 1);
        await plan('transactionResult', 'http-500', 1_000_000);
      }
      await merchant.post('/v1/payments', { customerId, accountKey, bankCode, amount, orderNumber });
    },
    async close() {
      await app.close();
      await testbed.close();
      await new Promise((resolve) => {
        receiver.close(resolve);
        receiver.closeAllConnections();
      });
      await database.drop();
      await postgres.stop();
    },
  };
  return system;
}

/** A morning's work: journeys that came to different steps, a payment whose outcome is unknown, one event that is not taken. */
export async function fill(system: OperatorSystem): Promise<void> {
  const done = await system.customer('member-20261123-0007', '01055550001');
  await done.reaches('password');
  await done.enterPassword('948372');
  await done.enterPassword('948372');
  const wrong = await (await system.customer('member-20261123-0012', '01055550002')).reaches('code');
  await wrong.post('/session/code?rotates', { code: await wrong.wrongCode() });
  await (await system.customer('member-20261123-0015', '01055550003')).reaches('ars');
  const gone = await (await system.customer('member-20261123-0019', '01055550004')).reaches('account');
  await gone.does('/session/cancel');
  await system.customer('member-20261123-0021', '01055550005');
  system.webhookStatus = 503;
  await system.pay(12_000, 'ORDER-1001');
  await system.pay(45_500, 'ORDER-1002', true);
}

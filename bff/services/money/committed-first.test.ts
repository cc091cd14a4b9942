import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpointNames, endpointOf } from '../../../shared/hecto/endpoints.ts';
import { parseConfig } from '../../config.ts';
import { httpServer, type HttpServer } from '../../hecto/test-server.ts';
import { freshDatabase } from '../../store/test-database.ts';
import { MerchantServer } from '../testing/merchant-server.ts';
import { System } from '../testing/start-system.ts';

/** What a connection of Hecto's own saw of the order in our database, at the moment its request arrived. */
type Seen = { endpoint: string; state: string; date: string; steps: string[] };
const seen: Seen[] = [];

let system: System;
let merchant: MerchantServer;
let between: HttpServer;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let eyes: pg.Client;
beforeAll(async () => {
  database = await freshDatabase();
  eyes = new pg.Client({ connectionString: database.url });
  await eyes.connect();
  between = await httpServer((request, response) => {
    void lookAndPassOn(request).then((answer) => response.end(answer));
  });
  const { hecto } = parseConfig({
    DATA_KEYS: `t:${Buffer.alloc(32).toString('base64')}`,
    PIN_PEPPER: 'p'.repeat(32),
  });
  system = await System.start({ databaseUrl: database.url, hecto: { ...hecto, baseUrl: between.url } });
  merchant = new MerchantServer(system);
});
afterAll(async () => {
  await system.stop();
  await between.close();
  await eyes.end();
  await database.drop();
});

async function lookAndPassOn({ path, body }: { path: string; body: string }): Promise<string> {
  const endpoint = endpointNames.find((name) => endpointOf(name).path === path) ?? '';
  const { mchtTrdNo } = JSON.parse(body) as { mchtTrdNo?: string };
  const { rows } = await eyes.query<{ state: string; kst_date: string; steps: string[] }>(
    `SELECT state, kst_date, ARRAY(SELECT to_state FROM intent_transitions WHERE intent_id = i.id ORDER BY seq) AS steps
     FROM intents i WHERE order_number = $1`,
    [mchtTrdNo],
  );
  for (const { state, kst_date: date, steps } of rows) seen.push({ endpoint, state, date, steps });
  const answer = await fetch(system.testbed.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return answer.text();
}

test('R01 every order is committed, with its Korean date and its steps, before the first byte of it leaves', async () => {
  const { customerId, accountKey } = await merchant.customerWithAccount();
  const payment = { customerId, accountKey, bankCode: '088', amount: 9_000, recurring: {} };
  const paid = await merchant.post('/v1/payments', payment);
  const key = String(paid.body['recurringPaymentKey']);
  await merchant.post(`/v1/recurring-payments/${key}/charges`, { customerId, amount: 100 });
  await merchant.post(`/v1/payments/${String(paid.body['id'])}/refunds`, { amount: 50 });
  await merchant.post('/v1/remittances', {
    bankCode: '004',
    accountNumber: '00120412345678',
    amount: 70,
    passbookText: '정산',
  });
  const committed = { state: 'submitting', date: '20261123', steps: ['created', 'submitting'] };
  expect(seen).toEqual(
    ['accountRegistration', 'payment', 'recurringPaymentApproval', 'paymentCancel', 'remittance'].map(
      (endpoint) => ({ endpoint, ...committed }),
    ),
  );
});

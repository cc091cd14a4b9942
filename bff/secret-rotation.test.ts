import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paymentOf } from './services/testing/crash/deeds.ts';
import { Scene } from './services/testing/crash/scene.ts';
import { verified } from './services/testing/webhook-receiver.ts';
import { connect } from './store/database.ts';
import { keyUsage } from './store/key-usage.ts';

const testbedKeys = { aesKey: 'SETTLEBANKISGOODSETTLEBANKISGOOD', hashKey: 'ST190808090913247723' };
const dataKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const webhookSecret = (secret: Buffer) => `whsec_${secret.toString('base64')}`;

const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
/** As an orchestrator does: the file is there or not, readable for its owner alone. */
function write(name: string, value: string): string {
  const file = join(folder, name);
  writeFileSync(file, value, { mode: 0o600 });
  return file;
}

const first = { dataKeys: dataKey('first'), webhook: randomBytes(32), merchant: 'sk_local_demo' };
const next = {
  dataKeys: dataKey('next'),
  webhook: randomBytes(32),
  merchant: 'sk_local_next',
  hecto: { aesKey: 'the-next-AES-key-of-32-characters'.slice(0, 32), hashKey: 'NEXT20261126101500' },
};

let scene: Scene;
beforeAll(async () => {
  const env = {
    DATA_KEYS: '',
    WEBHOOK_SECRETS: '',
    DATA_KEYS_FILE: write('DATA_KEYS', first.dataKeys),
    WEBHOOK_SECRETS_FILE: write('WEBHOOK_SECRETS', webhookSecret(first.webhook)),
    MERCHANT_API_KEYS_FILE: write('MERCHANT_API_KEYS', first.merchant),
    HECTO_AES_KEY_FILE: write('HECTO_AES_KEY', testbedKeys.aesKey),
    HECTO_HASH_KEY_FILE: write('HECTO_HASH_KEY', testbedKeys.hashKey),
  };
  scene = await Scene.open({ instances: 2, env, timings: { secretsEveryMs: 100, keysEveryMs: 100 } });
});
afterAll(async () => {
  await scene.close();
  rmSync(folder, { recursive: true });
});

const linesOf = (event: string) =>
  scene.processes.log
    .join('')
    .split('\n')
    .filter((line) => line.includes(`"${event}"`));

/** Writes the files and waits until both instances have said what they make of it. */
async function swap(files: Readonly<Record<string, string>>, said = 'secrets.replaced'): Promise<void> {
  const before = linesOf(said).length;
  for (const [name, value] of Object.entries(files)) write(name, value);
  await expect.poll(() => linesOf(said).length, { timeout: 10_000 }).toBe(before + 2);
}

/** A merchant's server that pays all the time, in turn at both instances, and looks at what it paid. */
async function pays(clients: number) {
  const work = { key: first.merchant, answers: new Map<string, number>(), paid: 0, stop: false };
  const ask = async (instance: number, path: string, deed?: { body: object; key: string }) => {
    const response = await fetch(scene.processes.url(instance) + path, {
      headers: {
        authorization: `Bearer ${work.key}`,
        ...(deed && { 'content-type': 'application/json', 'idempotency-key': deed.key }),
      },
      ...(deed && { method: 'POST', body: JSON.stringify(deed.body) }),
    });
    const body = (await response.json()) as { id?: string; status?: string; code?: string };
    const what = `${response.status} ${body.status ?? body.code ?? ''}`;
    work.answers.set(what, (work.answers.get(what) ?? 0) + 1);
    return body;
  };
  const customers = [];
  for (let count = 0; count < clients; count += 1) customers.push(await scene.merchant.customerWithAccount());
  const finished = Promise.all(
    customers.map(async (customer, client) => {
      for (let turn = client; !work.stop; turn += 1) {
        const deed = paymentOf(customer, 100);
        const { id } = await ask(turn % 2, deed.path, deed);
        await ask((turn + 1) % 2, `/v1/payments/${id}`);
        work.paid += 1;
      }
    }),
  );
  const more = async (payments: number) => {
    const enough = work.paid + payments;
    while (work.paid < enough) await sleep(20);
  };
  return { work, more, finished };
}

test('S05 S06 S80 S97 every key is replaced in its file under load: no request fails, no call has a wrong hash', async () => {
  const { processes } = scene;
  const { testbed, receiver } = processes;
  const { database } = connect(processes.databaseUrl, () => undefined);
  const { work, more, finished } = await pays(6);
  await more(30);

  // Hecto's: it takes both for a while. A call that is on its way with the old ones is answered with the old ones.
  const slow = await scene.merchant.customerWithAccount();
  testbed.replaceKeys([testbedKeys, next.hecto]);
  const deed = paymentOf(slow, 700);
  await processes.control('/faults', {
    endpoint: 'payment',
    kind: 'delay',
    delayMs: 2_000,
    orderNumber: deed.orderNumber,
    times: 1,
  });
  const onItsWay = scene.ask(deed);
  await expect.poll(() => testbed.requests.of('payment', deed.orderNumber).length).toBe(1);
  await swap({ HECTO_AES_KEY: next.hecto.aesKey, HECTO_HASH_KEY: next.hecto.hashKey });
  expect(testbed.requests.of('payment', deed.orderNumber)[0]?.outcome).toBe('under way');
  expect(await onItsWay).toMatchObject({ status: 201, body: { status: 'succeeded' } });
  testbed.replaceKeys([next.hecto]);
  await more(30);

  // The merchant's: both are good, then its server takes the new one, then the old one goes.
  await swap({ MERCHANT_API_KEYS: `${first.merchant},${next.merchant}` });
  work.key = next.merchant;
  await more(30);
  await swap({ MERCHANT_API_KEYS: next.merchant });
  await more(30);
  expect((await scene.merchant.get('/v1/payments')).status).toBe(401);

  // The receiver's: the new one signs as well, then alone.
  await swap({ WEBHOOK_SECRETS: `${webhookSecret(next.webhook)},${webhookSecret(first.webhook)}` });
  const withBoth = receiver.arrivals.length;
  await more(30);
  await expect.poll(() => receiver.arrivals.length, { timeout: 10_000 }).toBeGreaterThan(withBoth + 10);
  for (const secret of [first.webhook, next.webhook]) verified(receiver.arrivals.at(-1)!, secret);
  await swap({ WEBHOOK_SECRETS: webhookSecret(next.webhook) });
  await more(30);
  await expect.poll(() => receiver.arrivals.length, { timeout: 10_000 }).toBeGreaterThan(withBoth + 50);
  verified(receiver.arrivals.at(-1)!, next.webhook);
  expect(() => verified(receiver.arrivals.at(-1)!, first.webhook)).toThrow();

  // At rest: everybody knows the new key, then it stands first, then it alone is needed.
  await swap({ DATA_KEYS: `${first.dataKeys},${next.dataKeys}` });
  await swap({ DATA_KEYS: `${next.dataKeys},${first.dataKeys}` });
  expect([...(await keyUsage(database)).wrappers.keys()]).toEqual(['next']);
  await more(30);
  await swap({ DATA_KEYS: next.dataKeys });
  await more(30);

  // Half a change, and one that cannot be used: what is in use stays, and the variable is named.
  await swap({ HECTO_AES_KEY: 'too short' }, 'secrets.refused');
  await swap({ HECTO_AES_KEY: next.hecto.aesKey, DATA_KEYS: dataKey('stranger') }, 'secrets.refused');
  expect(linesOf('secrets.refused').map((line) => /"variable":"(\w+)"/.exec(line)?.[1])).toEqual([
    ...['HECTO_AES_KEY', 'HECTO_AES_KEY', 'DATA_KEYS', 'DATA_KEYS'],
  ]);
  await more(30);
  work.stop = true;
  await finished;
  await database.destroy();

  expect([...work.answers.keys()].sort()).toEqual(['200 succeeded', '201 succeeded']);
  expect(work.answers.get('201 succeeded')).toBe(work.paid);
  expect(testbed.requests.of().filter(({ valid }) => !valid)).toEqual([]);
  expect(linesOf('fault')).toEqual([]);
  const written = processes.log.join('');
  for (const secret of [next.hecto.aesKey, next.hecto.hashKey, next.merchant, webhookSecret(next.webhook)])
    expect(written).not.toContain(secret);
}, 120_000);

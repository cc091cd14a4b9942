import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { afterEach, expect, test } from 'vitest';
import { clientsOf } from './services/testing/crash/clients.ts';
import type { Options } from './services/testing/crash/processes.ts';
import { Scene } from './services/testing/crash/scene.ts';

/** Seconds; raise them for a night, or for the five minutes of R20. */
const soakSeconds = Number(process.env['SOAK_SECONDS'] ?? 12);
const overloadSeconds = Number(process.env['OVERLOAD_SECONDS'] ?? 12);
const seed = Number(process.env['SOAK_SEED'] ?? Math.floor(Math.random() * 1e9));

let scene: Scene;
const open = async (options: Options) => (scene = await Scene.open(options));
afterEach(() => scene.close());

/** How every money call may fail, and with what probability. */
const mishaps = [
  ['lost-answer', 0.05],
  ['late-work', 0.03],
  ['reset-before-headers', 0.03],
  ['reset-mid-body', 0.03],
  ['http-500', 0.03],
  ['http-503', 0.02],
  ['malformed', 0.02],
  ['wrong-echo', 0.02],
  ['missing-status', 0.02],
  ['refuse:ST38', 0.02],
] as const;

test(
  `R42 random faults for a scaled day (SOAK_SEED=${seed}): nothing lost, nothing doubled, nothing stuck`,
  async () => {
    const { processes, witness } = await open({
      instances: 2,
      timings: { hecto: { connectMs: 1_000, totalMs: 2_000 } },
    });
    let dice = seed;
    const fault = (endpoint: string, kind: string, probability: number, delayMs = 0) =>
      processes.control('/faults', {
        endpoint,
        kind,
        probability,
        delayMs,
        times: 1_000_000,
        seed: (dice += 1),
      });
    const ends = performance.now() + soakSeconds * 1_000;
    const isOver = () => performance.now() > ends;
    const { done, finished } = await clientsOf(scene, {
      payments: 1_000_000,
      clients: 8,
      instances: 2,
      remittances: true,
      stop: isOver,
    });
    for (const endpoint of ['payment', 'paymentCancel', 'remittance']) {
      for (const [kind, probability] of mishaps) await fault(endpoint, kind, probability, 20);
      await fault(endpoint, 'delay', 0.05, 700);
    }
    for (const endpoint of ['transactionResult', 'transactionHistory']) {
      await fault(endpoint, 'http-500', 0.1);
      await fault(endpoint, 'lost-answer', 0.1);
    }

    /** Intents that are being sent for longer than anybody can take. */
    const stuck = async () =>
      (
        await witness.sql.query<{ n: number }>(
          `SELECT count(*) AS n FROM intents WHERE state = 'submitting' AND submitted_at < $1`,
          [new Date(processes.now().getTime() - 120_000)],
        )
      ).rows[0]!.n;
    while (!isOver()) {
      await sleep(250);
      await processes.pass(2);
      expect(await stuck()).toBe(0);
    }
    await finished;

    await processes.control('/faults/clear', {});
    const deadline = performance.now() + 60_000;
    while ((await scene.openIntents()) > 0) {
      expect(performance.now()).toBeLessThan(deadline);
      await processes.pass(20);
      await sleep(150);
      expect(await stuck()).toBe(0);
    }
    expect(done.length).toBeGreaterThan(soakSeconds * 2);
    await scene.nothingLostOrDoubled(done.map(({ deed }) => deed));
    await witness.delivered();
  },
  (soakSeconds + 120) * 1_000,
);

test(
  'R20 flooded with payments while Hecto hangs: 503 with Retry-After, memory stays flat',
  async () => {
    const { processes, merchant } = await open({});
    const customer = await merchant.customerWithAccount();
    // It never answers, and in the end nothing will have come of it.
    await processes.control('/faults', {
      endpoint: 'payment',
      kind: 'http-500',
      delayMs: 600_000,
      times: 1_000_000,
    });
    let key = 0;
    const flood = autocannon({
      url: `${processes.url()}/v1/payments`,
      connections: 150,
      duration: overloadSeconds,
      timeout: 20,
      method: 'POST',
      body: JSON.stringify({ ...customer, accountNumber: undefined, bankCode: '088', amount: 100 }),
      headers: { authorization: 'Bearer sk_local_demo', 'content-type': 'application/json' },
      requests: [
        {
          setupRequest: (request) => ({
            ...request,
            headers: { ...request.headers, 'idempotency-key': `flood-${(key += 1)}` },
          }),
        },
      ],
    });
    const megabytes: { rss: number; heap: number }[] = [];
    const ends = performance.now() + overloadSeconds * 1_000;
    await sleep(overloadSeconds * 300); // queues fill, code is compiled
    const refused = await merchant.post('/v1/payments', {
      customerId: customer.customerId,
      bankCode: '088',
      accountKey: customer.accountKey,
      amount: 100,
    });
    // Hecto has no room, or on a slow machine we have none ourselves.
    expect(refused).toMatchObject({ status: 503, body: { retryable: true } });
    expect(refused.body['code']).toMatch(/^(hecto-)?unavailable$/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);

    while (performance.now() < ends) {
      const { rss, heap } = await processes.process().tell({ do: 'measure' });
      megabytes.push({ rss: rss / 2 ** 20, heap: heap / 2 ** 20 });
      await sleep(overloadSeconds * 40);
    }
    const { statusCodeStats = {}, errors } = await flood;
    expect(errors).toBe(0);
    expect(Object.keys(statusCodeStats).filter((status) => !['202', '503'].includes(status))).toEqual([]);
    expect(statusCodeStats['503']?.count).toBeGreaterThan(50);
    // As many as there are sockets may wait for Hecto, and nobody else reaches it.
    expect(processes.testbed.requests.of('payment').length).toBeLessThanOrEqual(
      32 * Math.ceil(1 + overloadSeconds / 32),
    );
    const third = Math.floor(megabytes.length / 3);
    const mean = (of: 'rss' | 'heap', from: number) =>
      megabytes.slice(from, from + third).reduce((sum, one) => sum + one[of], 0) / third;
    expect(mean('heap', megabytes.length - third) - mean('heap', 0)).toBeLessThan(8);
    expect(mean('rss', megabytes.length - third) - mean('rss', 0)).toBeLessThan(40);
  },
  (overloadSeconds + 60) * 1_000,
);

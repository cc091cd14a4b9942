import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpointNames } from '../../../shared/hecto/endpoints.ts';
import { examples } from '../../../shared/hecto/examples.ts';
import { reporter, rounds, side, timeout, values, Watch } from '../../services/testing/any-input.ts';
import { CarelessMerchant } from '../../services/testing/careless-merchant.ts';
import { jsonRequest, type Asking } from '../../services/testing/described-requests.ts';
import { samples } from '../../services/testing/merchant-samples.ts';
import { Movements } from '../../services/testing/movements.ts';
import { System } from '../../services/testing/start-system.ts';
import { WebhookReceiver } from '../../services/testing/webhook-receiver.ts';
import { servedCalls } from './served.ts';

/* No input of a merchant's server, or of whoever has its key, may make us fail, or move money that nobody asked for. */

const operations = new Map(
  servedCalls({ store: {} } as never).map(({ operation }) => [operation.id, operation] as const),
);

const neverOpen = { failureShare: 1, leastCalls: 1e9, windowMs: 1_000, openMs: 1 };

let system: System;
let merchant: CarelessMerchant;
let movements: Movements;
/** Without an address for webhooks nothing can be replayed. */
let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  const webhook = { url: receiver.url, secrets: [Buffer.alloc(32, 7)], networks: ['127.0.0.1'] };
  // Samples let answers get lost, more of them than our breaker would let Hecto lose.
  system = await System.start({ webhook }, 2, { resilience: { breaker: neverOpen } });
  merchant = await CarelessMerchant.of(system, operations);
  movements = new Movements(system);
});
afterAll(async () => {
  await Promise.all([movements.close(), merchant.close()]);
  await system.stop();
  await receiver.close();
});

/** Hecto's own fields as they should be, but for one. */
const rawCalls: fc.Arbitrary<Asking> = fc
  .tuple(fc.constantFrom(...endpointNames), fc.nat(), fc.option(values, { nil: undefined }), fc.uuid())
  .map(([name, place, value, number]) => (_real, key) => {
    const names = Object.keys(examples[name]);
    const spoilt = value === undefined ? {} : { [names[place % names.length] ?? 'other']: value };
    const numbered = 'mchtTrdNo' in examples[name] ? { mchtTrdNo: number } : {};
    return jsonRequest(`/v1/hecto/${name}`, { ...examples[name], ...numbered, ...spoilt }, key);
  });

describe('S40 no input makes us fail', () => {
  test.each([...operations.keys()])('%s', { timeout }, async (id) => {
    const { method, once } = operations.get(id)!;
    let real = await samples[id]!.succeeds(system);
    movements.begin();
    receiver.arrivals.length = 0;
    const watch = new Watch(system, id);
    const described = merchant.requests.of(id);
    const asking = id === 'callHecto' ? fc.oneof(described, rawCalls) : described;
    // Some rounds are eight requests under one key.
    const keys = fc.oneof(
      { weight: 3, arbitrary: fc.array(fc.uuid(), { minLength: side, maxLength: side }) },
      { weight: once ? 1 : 0, arbitrary: fc.uuid().map((key) => Array<string>(side).fill(key)) },
    );
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(asking, { minLength: side, maxLength: side }), keys, async (many, keyOf) => {
        // What is used up leads nowhere any more.
        if ((round += 1) % 25 === 0 && method !== 'GET')
          real = await movements.aside(() => samples[id]!.succeeds(system));
        await Promise.all(
          many.map(async (ask, index) => {
            const asked = ask(real, keyOf[index]!);
            movements.note(asked, await merchant.asks(id, asked, index, watch));
          }),
        );
      }),
      { ...rounds, endOnFailure: true, reporter },
    );
    // And the next customer is served.
    const { path } = await samples['listBanks']!.succeeds(system);
    expect((await system.merchant('GET', path)).status).toBe(200);
    receiver.arrivals.length = 0;
    watch.finish(`, ${await movements.agree()} movements`);
  });
});

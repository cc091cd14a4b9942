import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientsOf } from './services/testing/crash/clients.ts';
import { Scene } from './services/testing/crash/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open({ instances: 2 });
});
afterAll(() => scene.close());

/** Looks at Hecto's request log over and over: how often was one order asked about twice at the same time? */
function watchInquiries() {
  const { requests } = scene.processes.testbed;
  const underWay = () =>
    [...requests.of('transactionResult'), ...requests.of('transactionHistory')].filter(
      ({ outcome }) => outcome === 'under way',
    );
  let overlaps = 0;
  const timer = setInterval(() => {
    const orders = underWay().map(({ fields }) => fields['mchtTrdNo']);
    overlaps += orders.length - new Set(orders).size;
  }, 5);
  return { stop: () => clearInterval(timer), overlaps: () => overlaps, none: () => underWay().length === 0 };
}

test('R15 of two instances under load one is killed and comes back: nothing lost, nothing doubled, asked about by one at a time', async () => {
  const { processes } = scene;
  const fault = (endpoint: string, kind: string, more: object) =>
    processes.control('/faults', { endpoint, kind, times: 1_000_000, ...more });
  // Every inquiry takes long enough to be seen; a part of the money calls loses its answer.
  await fault('transactionResult', 'delay', { delayMs: 150 });
  await fault('transactionHistory', 'delay', { delayMs: 150 });
  await fault('payment', 'lost-answer', { probability: 0.1, seed: 11 });
  await fault('paymentCancel', 'lost-answer', { probability: 0.1, seed: 12 });
  await fault('payment', 'delay', { delayMs: 40 });
  const watch = watchInquiries();

  const { done, finished } = await clientsOf(scene, { payments: 110, clients: 10, instances: 2 });
  const reached = async (count: number) => {
    while (done.length < count) await sleep(10);
  };
  await reached(40);
  await processes.kill(1);
  await reached(90);
  await processes.startInstance(1);
  await finished;
  expect(done.length).toBeGreaterThan(110);

  const deadline = performance.now() + 40_000;
  while ((await scene.openIntents()) > 0) {
    expect(performance.now()).toBeLessThan(deadline);
    // Never while somebody waits for an answer: that wait would seem to take longer than a lease.
    if (watch.none()) await processes.pass(10);
    await sleep(100);
  }
  watch.stop();
  expect(watch.overlaps()).toBe(0);
  expect(processes.testbed.requests.of('transactionResult').length).toBeGreaterThan(5);

  await scene.nothingLostOrDoubled(done.map(({ deed }) => deed));
}, 120_000);

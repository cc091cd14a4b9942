import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { clientsOf } from './services/testing/crash/clients.ts';
import { paymentOf } from './services/testing/crash/deeds.ts';
import type { Options } from './services/testing/crash/processes.ts';
import { Scene } from './services/testing/crash/scene.ts';

let scenes: Scene[] = [];
afterEach(async () => {
  await Promise.all(scenes.map((scene) => scene.close()));
  scenes = [];
});

async function open(options: Options = {}): Promise<Scene> {
  const scene = await Scene.open(options);
  scenes.push(scene);
  return scene;
}

const until = async (fits: () => boolean) => {
  while (!fits()) await sleep(10);
};
const hangs = { delayMs: 600_000, times: 1_000 };

/** A connection that has begun to ask `/readyz` and can finish its question later. */
async function halfAskedReadiness(url: string): Promise<{ finish: () => Promise<string> }> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(`GET /readyz HTTP/1.1\r\nHost: ${hostname}\r\n`);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  return {
    async finish() {
      socket.write('\r\n');
      await once(socket, 'close');
      return answer;
    },
  };
}

describe('R17 SIGTERM', () => {
  test('while Hecto hangs: not ready at once, requests answered or parked, workers ended, exit 0 within 35 s', async () => {
    const scene = await open();
    const { processes, merchant, witness } = scene;
    const { requests } = processes.testbed;
    const customer = await merchant.customerWithAccount();
    const asked = () => requests.of('payment').length;

    // A worker asks what became of a payment, and another one delivers an event; neither gets an answer.
    const lost = paymentOf(customer, 100);
    await processes.control('/faults', { endpoint: 'payment', kind: 'lost-answer' });
    await processes.control('/faults', { endpoint: 'transactionResult', kind: 'delay', ...hangs });
    expect((await scene.ask(lost)).status).toBe(202);
    await witness.delivered();
    processes.receiver.answer = () => undefined;
    await processes.pass(45);
    await until(() => requests.of('transactionResult').length === 1);

    // Some payments take three seconds, some never end.
    await processes.control('/faults', { endpoint: 'payment', kind: 'delay', delayMs: 3_000, times: 5 });
    await processes.control('/faults', { endpoint: 'payment', kind: 'http-500', ...hangs });
    const deeds = Array.from({ length: 15 }, () => paymentOf(customer, 100));
    const answers = deeds.map((deed) => scene.ask(deed));
    await until(() => asked() === 16);
    const readiness = await halfAskedReadiness(processes.url());

    const begun = performance.now();
    processes.process().kill('SIGTERM');
    await until(() => processes.log.some((line) => line.includes('app.stopping')));
    expect(await readiness.finish()).toMatch(/^HTTP\/1.1 503 [^]*Connection: close/i);
    await expect(merchant.get('/readyz')).rejects.toThrow('fetch failed'); // no new connection
    expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([
      ...Array<number>(5).fill(201),
      ...Array<number>(10).fill(202),
    ]);
    expect(await processes.process().ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - begun).toBeLessThan(35_000);
    expect(processes.log.at(-1)).toContain('app.stopped');

    // Nothing is held: the next instance asks as soon as it is time, and finds that the ten never reached the bank.
    await processes.control('/faults/clear', {});
    processes.receiver.answers(204);
    expect(await scene.openIntents()).toBe(11);
    await processes.startInstance();
    await processes.pass(61);
    await until(() => requests.of('transactionResult').length === 12);
    for (const deed of [lost, ...deeds]) await witness.settled(deed);
    await scene.nothingLostOrDoubled([lost, ...deeds]);
    expect(witness.truth().debits).toBe(600);
  }, 120_000);

  test('a second one ends it at once with 1; what was under way is taken over', async () => {
    const scene = await open();
    const { processes, merchant, witness } = scene;
    const customer = await merchant.customerWithAccount();
    await processes.control('/faults', {
      endpoint: 'payment',
      kind: 'lost-answer',
      delayMs: 1_500,
      times: 3,
    });
    const deeds = Array.from({ length: 3 }, () => paymentOf(customer, 100));
    const answers = deeds.map((deed) => scene.ask(deed).catch(() => 'reset'));
    await until(() => processes.testbed.requests.of('payment').length === 3);

    processes.process().kill('SIGTERM');
    await until(() => processes.log.some((line) => line.includes('app.stopping')));
    const begun = performance.now();
    processes.process().kill('SIGTERM');
    expect(await processes.process().ended).toEqual({ code: 1, signal: null });
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(await Promise.all(answers)).toEqual(['reset', 'reset', 'reset']);

    await processes.startInstance();
    await processes.pass(45);
    for (const deed of deeds) await witness.settled(deed);
    await scene.nothingLostOrDoubled(deeds);
    expect(witness.truth().debits).toBe(300);
  }, 60_000);

  test('under load: it ends within seconds, another instance goes on, nothing is lost or doubled', async () => {
    const scene = await open({ instances: 2 });
    const { processes, witness } = scene;
    await processes.control('/faults', { endpoint: 'payment', kind: 'delay', delayMs: 50, times: 1_000 });
    const { done, finished } = await clientsOf(scene, { payments: 80, clients: 10, instances: 2 });
    await until(() => done.length > 30);

    const begun = performance.now();
    processes.process(1).kill('SIGTERM');
    expect(await processes.process(1).ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - begun).toBeLessThan(10_000);
    await finished;
    for (const { deed } of done) await witness.settled(deed);
    expect(await scene.openIntents()).toBe(0);
    await scene.nothingLostOrDoubled(done.map(({ deed }) => deed));
  }, 60_000);
});

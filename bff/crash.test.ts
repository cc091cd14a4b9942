import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Deed, Kind } from './services/testing/crash/deeds.ts';
import type { Place } from './services/testing/crash/messages.ts';
import { Scene } from './services/testing/crash/scene.ts';
import type { Outcome } from './services/testing/crash/witness.ts';

/** Two scenes at a time: most of a crash is waiting. */
const halves: readonly (readonly Kind[])[] = [
  ['payment', 'remittance'],
  ['refund', 'registration'],
];
const timeout = 60_000;

/** Nobody can know that nothing was sent, so Hecto is asked until it is certain that it never heard of it. */
const notKnownToHecto = { status: 'failed', failure: { code: 'transaction-not-found' } };

/** The merchant is told so, and no money moved. */
function expectNothingMoved(outcome: Outcome, kind: Kind, asked: number): void {
  expect(outcome).toMatchObject({ asked, done: 0, view: notKnownToHecto });
  expect(outcome.events).toMatchObject([{ type: `${kind}.failed`, data: notKnownToHecto }]);
}

describe.concurrent.each(halves)('R14 %s and %s', (...half) => {
  let scene: Scene;
  const undisturbed = {} as Record<Kind, Outcome>;
  beforeAll(async () => {
    scene = await Scene.open();
    for (const kind of half) undisturbed[kind] = await scene.undisturbed(kind);
  });
  afterAll(() => scene.close());

  /** What the client sees. */
  const askInVain = (deed: Deed): Promise<'answered' | 'reset'> =>
    scene.ask(deed).then(
      () => 'answered',
      () => 'reset',
    );

  /** Kills the process while Hecto has the request; `heard` may do something before. */
  async function killMidSend(
    kind: Kind,
    fault: object,
    heard: (logged: { outcome: string }) => Promise<void> = () => Promise.resolve(),
  ): Promise<Deed> {
    const { processes } = scene;
    const deed = await scene.prepare(kind);
    const { endpoint, orderNumber } = deed;
    await processes.control('/faults', { endpoint, orderNumber, delayMs: 300, ...fault });
    const lost = askInVain(deed);
    const received = () => processes.testbed.requests.of(endpoint, orderNumber)[0];
    while (!received()) await sleep(5);
    await heard(received()!);
    processes.process().kill('SIGKILL');
    expect(await lost).toBe('reset');
    return deed;
  }

  describe.each(half)('a %s ends as if nothing had happened', { concurrent: false }, (kind) => {
    test.each<Place>([
      'intent.creating',
      'intent.created',
      'intent.submitting',
      'intent.answered',
      'intent.settling',
      'intent.settled',
    ])(
      'after kill -9 at %s',
      async (place) => {
        const deed = await scene.prepare(kind);
        await scene.processes.crashAt(place);
        const lost = askInVain(deed);
        expect(await scene.recover(deed)).toEqual(undisturbed[kind]);
        expect(await lost).toBe('reset');
        await scene.booksAreRight();
      },
      timeout,
    );

    test.each<Place>(['inquiry.claimed', 'inquiry.answered', 'inquiry.settled'])(
      'after kill -9 at %s, when the first answer had been lost',
      async (place) => {
        const { processes } = scene;
        const deed = await scene.prepare(kind);
        const { endpoint, orderNumber } = deed;
        await processes.control('/faults', { endpoint, orderNumber, kind: 'lost-answer' });
        expect((await scene.ask(deed)).status).toBe(202);
        await processes.crashAt(place);
        await processes.pass(45);
        expect(await scene.recover(deed)).toEqual(undisturbed[kind]);
        await scene.booksAreRight();
      },
      timeout,
    );

    test(
      'after kill -9 when Hecto has the request and works on it',
      async () => {
        const deed = await killMidSend(kind, { kind: 'delay' });
        expect(await scene.recover(deed)).toEqual(undisturbed[kind]);
        await scene.booksAreRight();
      },
      timeout,
    );

    test(
      'after kill -9 when Hecto has answered and nobody has read it',
      async () => {
        const deed = await killMidSend(kind, { kind: 'delay' }, async (logged) => {
          scene.processes.process().kill('SIGSTOP');
          while (logged.outcome === 'under way') await sleep(5);
          await sleep(20);
        });
        expect(await scene.recover(deed)).toEqual(undisturbed[kind]);
        await scene.booksAreRight();
      },
      timeout,
    );

    test(
      'but not after kill -9 at intent.submitted: whether a byte left is not to be known, so it failed',
      async () => {
        const deed = await scene.prepare(kind);
        await scene.processes.crashAt('intent.submitted');
        const lost = askInVain(deed);
        // Not sent later either: the next process cannot tell this from a request whose answer was lost.
        expectNothingMoved(await scene.recover(deed), kind, 0);
        expect(await lost).toBe('reset');
        await scene.booksAreRight();
      },
      timeout,
    );

    test(
      'but not after kill -9 when Hecto has the request and drops it: then it failed, too',
      async () => {
        const deed = await killMidSend(kind, { kind: 'http-500' });
        expectNothingMoved(await scene.recover(deed), kind, 1);
        await scene.booksAreRight();
      },
      timeout,
    );
  });
});

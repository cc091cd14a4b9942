import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deeds, type Deed, type Kind } from './services/testing/crash/deeds.ts';
import type { Place } from './services/testing/crash/messages.ts';
import { Processes } from './services/testing/crash/processes.ts';
import { Witness, type Outcome } from './services/testing/crash/witness.ts';
import { MerchantServer } from './services/testing/merchant-server.ts';

const kinds: readonly Kind[] = ['payment', 'refund', 'remittance', 'registration'];

let processes: Processes;
let merchant: MerchantServer;
let witness: Witness;
/** What comes of each when nothing dies. */
const undisturbed = {} as Record<Kind, Outcome>;

beforeAll(async () => {
  processes = await Processes.start();
  merchant = new MerchantServer(processes);
  witness = await Witness.of(processes, merchant);
  for (const kind of kinds) {
    const deed = await deeds[kind](merchant);
    expect(await ask(deed)).toMatchObject({ status: 201, body: { status: 'succeeded' } });
    undisturbed[kind] = await witness.outcome(deed);
  }
});
afterAll(async () => {
  await witness.close();
  await processes.stop();
});

const ask = ({ path, body, key }: Deed) => merchant.post(path, body, key);

/** The same request with the same key until there is an answer, as every merchant's server does after a reset. */
async function askAgain(deed: Deed): Promise<number> {
  for (;;) {
    const status = await ask(deed).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status !== 0 && status !== 409) return status;
    await sleep(50);
  }
}

async function prepare(kind: Kind): Promise<Deed> {
  const deed = await deeds[kind](merchant);
  await witness.delivered();
  return deed;
}

/** After the crash: the next process is there at once, the client asks again, time goes by. */
async function recover(deed: Deed): Promise<Outcome> {
  await processes.restartAfterCrash();
  await processes.pass(45);
  await askAgain(deed);
  return witness.outcome(deed);
}

/** Our ledger says what the bank says, and nobody has touched it. */
async function booksAreRight(): Promise<void> {
  expect(await witness.ledger.balance()).toEqual(witness.truth());
  expect(await witness.ledger.firstBroken()).toBeUndefined();
}

/** Nobody can know that nothing was sent, so Hecto is asked until it is certain that it never heard of it. */
const notKnownToHecto = { status: 'failed', failure: { code: 'transaction-not-found' } };

/** The merchant is told so, and no money moved. */
function expectNothingMoved(outcome: Outcome, kind: Kind, asked: number): void {
  expect(outcome).toMatchObject({ asked, done: 0, view: notKnownToHecto });
  expect(outcome.events).toMatchObject([{ type: `${kind}.failed`, data: notKnownToHecto }]);
}

describe.each(kinds)('R14 a %s ends as if nothing had happened', (kind) => {
  test.each<Place>([
    'intent.creating',
    'intent.created',
    'intent.submitting',
    'intent.answered',
    'intent.settling',
    'intent.settled',
  ])('after kill -9 at %s', async (place) => {
    const deed = await prepare(kind);
    await processes.crashAt(place);
    const lost = expect(ask(deed)).rejects.toThrow('fetch failed');
    expect(await recover(deed)).toEqual(undisturbed[kind]);
    await lost;
    await booksAreRight();
  });

  test.each<Place>(['inquiry.claimed', 'inquiry.answered', 'inquiry.settled'])(
    'after kill -9 at %s',
    async (place) => {
      const deed = await prepare(kind);
      const { endpoint, orderNumber } = deed;
      await processes.control('/faults', { endpoint, orderNumber, kind: 'lost-answer' });
      expect((await ask(deed)).status).toBe(202);
      await processes.crashAt(place);
      await processes.pass(45);
      expect(await recover(deed)).toEqual(undisturbed[kind]);
      await booksAreRight();
    },
  );

  /** Kills the process while Hecto has the request; `heard` may do something before. */
  async function killMidSend(
    fault: object,
    heard: (log: { outcome: string }) => Promise<void>,
  ): Promise<Deed> {
    const deed = await prepare(kind);
    const { endpoint, orderNumber } = deed;
    await processes.control('/faults', { endpoint, orderNumber, delayMs: 300, ...fault });
    const lost = expect(ask(deed)).rejects.toThrow('fetch failed');
    const received = () => processes.testbed.requests.of(endpoint, orderNumber)[0];
    while (!received()) await sleep(5);
    await heard(received()!);
    processes.process().kill('SIGKILL');
    await lost;
    return deed;
  }

  test('after kill -9 when Hecto has the request and works on it', async () => {
    const deed = await killMidSend({ kind: 'delay' }, () => Promise.resolve());
    expect(await recover(deed)).toEqual(undisturbed[kind]);
    await booksAreRight();
  });

  test('after kill -9 when Hecto has answered and nobody has read it', async () => {
    const deed = await killMidSend({ kind: 'delay' }, async (logged) => {
      processes.process().kill('SIGSTOP');
      while (logged.outcome === 'under way') await sleep(5);
      await sleep(20);
    });
    expect(await recover(deed)).toEqual(undisturbed[kind]);
    await booksAreRight();
  });

  test('after kill -9 at intent.submitted it failed and nothing moved: whether a byte left was not to be known', async () => {
    const deed = await prepare(kind);
    await processes.crashAt('intent.submitted');
    const lost = expect(ask(deed)).rejects.toThrow('fetch failed');
    // Not sent later either: the next process cannot tell this from a request whose answer was lost.
    expectNothingMoved(await recover(deed), kind, 0);
    await lost;
    await booksAreRight();
  });

  test('after kill -9 when Hecto has the request and drops it, it failed and nothing moved', async () => {
    const deed = await killMidSend({ kind: 'http-500' }, () => Promise.resolve());
    expectNothingMoved(await recover(deed), kind, 1);
    await booksAreRight();
  });
});

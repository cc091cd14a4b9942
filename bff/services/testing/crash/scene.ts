import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { MerchantServer, type MerchantAnswer } from '../merchant-server.ts';
import { deeds, type Deed, type Kind } from './deeds.ts';
import { Processes, type Options } from './processes.ts';
import { Witness, type Outcome } from './witness.ts';

/** Processes to kill, the merchant's server that calls them, and a witness of what comes of it. */
export class Scene {
  readonly processes: Processes;
  readonly merchant: MerchantServer;
  readonly witness: Witness;

  private constructor(processes: Processes, merchant: MerchantServer, witness: Witness) {
    this.processes = processes;
    this.merchant = merchant;
    this.witness = witness;
  }

  static async open(options: Options = {}): Promise<Scene> {
    const processes = await Processes.start(options);
    const merchant = new MerchantServer(processes);
    return new Scene(processes, merchant, await Witness.of(processes, merchant));
  }

  async close(): Promise<void> {
    await this.witness.close();
    await this.processes.stop();
  }

  ask({ path, body, key }: Deed, instance = 0): Promise<MerchantAnswer> {
    return this.merchant.request('POST', path, { body, key, instance });
  }

  /** Everything up to the request, and nothing else on its way. */
  async prepare(kind: Kind): Promise<Deed> {
    const deed = await deeds[kind](this.merchant);
    await this.witness.delivered();
    return deed;
  }

  /** What comes of it when nothing dies. */
  async undisturbed(kind: Kind): Promise<Outcome> {
    const deed = await this.prepare(kind);
    expect(await this.ask(deed)).toMatchObject({ status: 201, body: { status: 'succeeded' } });
    return this.witness.outcome(deed);
  }

  /** The same request with the same key until there is an answer, as every merchant's server does after a reset. */
  async askAgain(deed: Deed): Promise<number> {
    for (;;) {
      const status = await this.ask(deed).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status !== 0 && status !== 409) return status;
      await sleep(50);
    }
  }

  /** After the crash: the next process is there at once, the client asks again, time goes by. */
  async recover(deed: Deed): Promise<Outcome> {
    await this.processes.restartAfterCrash();
    await this.processes.pass(45);
    await this.askAgain(deed);
    return this.witness.outcome(deed);
  }

  /** Our ledger says what the bank says, and nobody has touched it. */
  async booksAreRight(): Promise<void> {
    expect(await this.witness.ledger.balance()).toEqual(this.witness.truth());
    expect(await this.witness.ledger.firstBroken()).toBeUndefined();
  }

  /** Every request is one intent, Hecto was asked for it once at most, and it says what the bank did. */
  async nothingLostOrDoubled(deeds: readonly Deed[]): Promise<void> {
    const { requests, state } = this.processes.testbed;
    for (const { orderNumber, endpoint } of deeds) {
      const intent = await this.witness.intent({ orderNumber });
      const moves = state.ledger.withNumber(orderNumber).reduce((sum, order) => sum + order.moves, 0);
      const expected = { orderNumber, state: moves === 1 ? 'succeeded' : 'failed', moves };
      expect({ orderNumber, state: intent?.state, moves }).toEqual(expected);
      expect(requests.of(endpoint, orderNumber).length).toBeLessThanOrEqual(1);
    }
    await this.booksAreRight();
  }

  /** Intents that are not final. */
  async openIntents(): Promise<number> {
    const { rows } = await this.witness.sql.query<{ n: number }>(
      `SELECT count(*) AS n FROM intents WHERE state IN ('created', 'submitting', 'unknown')`,
    );
    return rows[0]!.n;
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Customer, type Answer } from '../../bff/services/testing/customer.ts';

/** What went wrong on the way and was made good, by what a widget sees of it. */
export type Mishaps = {
  /** No answer, or one that a proxy made up. */
  lost: number;
  /** A problem that says: later. */
  later: number;
  /** How often a customer had to press a button again. */
  pressedAgain: number;
};

export const noMishaps = (): Mishaps => ({ lost: 0, later: 0, pressedAgain: 0 });

const tries = 4;

/**
 * A customer whose widget loses its connection now and then, and who does what the widget does: reads are repeated with
 * growing pauses, after a lost command the server is asked how things stand, and only if nothing came of it the
 * customer presses again (`widget/flow/onboarding-flow.ts`). Also counts the time the BFF took.
 */
export class PatientCustomer extends Customer {
  readonly mishaps: Mishaps = noMishaps();
  /** A machine that is busy with other things takes its time. */
  override patienceMs = 90_000;
  /** Milliseconds of answers, without those that wait for the customer's own phone. */
  bffMs = 0;
  requests = 0;

  override async request(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    instance = 0,
  ): Promise<Answer> {
    const before = this.sessionId === '' ? undefined : this.state.version;
    for (let count = 1; ; count += 1) {
      const answer = await this.#once(method, path, body, instance);
      if (answer && answer.status !== 503) return answer;
      if (count === tries) return answer ?? { status: 0, body: {} };
      await sleep(250 * 2 ** count);
      if (method === 'GET' || before === undefined) continue;
      // Our token may have been replaced by the answer that got lost: then the same command brings the new one.
      const look = await this.#once('GET', '/session', undefined, instance);
      if (look?.status === 200 && this.state.version !== before) return look;
      this.mishaps.pressedAgain += 1;
    }
  }

  /** Undefined when there was no answer of the BFF's. */
  async #once(
    method: 'GET' | 'POST',
    path: string,
    body: unknown,
    instance: number,
  ): Promise<Answer | undefined> {
    const begun = performance.now();
    this.requests += 1;
    const answer = await super.request(method, path, body, instance).catch(() => undefined);
    if (!path.includes('wait=')) this.bffMs += performance.now() - begun;
    if (!answer) this.mishaps.lost += 1;
    else if (answer.status === 503) this.mishaps.later += 1;
    return answer;
  }
}

import type { TestbedControl } from './testbed-control.ts';

type Message = { readonly id: string; readonly text: string; readonly kind: 'sms' | 'pass' | 'bank' };
type Call = { readonly id: string; readonly state: 'ringing' | 'answered' | 'ended' };

/** The customer's phone, used as a thumb would use the picture of it. */
export class VirtualPhone {
  readonly number: string;
  /** Every code that was read from it. */
  readonly codesSeen = new Set<string>();
  readonly #testbed: TestbedControl;

  constructor(testbed: TestbedControl, number: string) {
    this.#testbed = testbed;
    this.number = number;
  }

  /** The six digits of the newest text message. Waits for one that is not `after`. */
  async code(after?: string): Promise<string> {
    const code = await this.#wait('a text message', async () => {
      const messages = await this.#testbed.get<Message[]>(`/phones/${this.number}/messages`);
      const newest = messages.filter(({ kind }) => kind === 'sms').at(-1);
      const digits = /\[(\d{6})\]/.exec(newest?.text ?? '')?.[1];
      return digits === after ? undefined : digits;
    });
    this.codesSeen.add(code);
    return code;
  }

  /** Confirms or declines in the PASS app. */
  async pass(approve: boolean): Promise<void> {
    await this.#testbed.post(`/phones/${this.number}/pass`, { approve });
  }

  /** Takes the call that is ringing and presses the digits. */
  async answer(digits: string): Promise<void> {
    await this.#testbed.post(`/calls/${await this.ringing()}/answer`, { digits });
  }

  async hangUp(): Promise<void> {
    await this.#testbed.post(`/calls/${await this.ringing()}/answer`, { hangUp: true });
  }

  /** Waits until it rings; the id of the call. */
  async ringing(): Promise<string> {
    return this.#wait('a call', async () => {
      const calls = await this.#testbed.get<Call[]>(`/phones/${this.number}/calls`);
      return calls.find(({ state }) => state === 'ringing')?.id;
    });
  }

  async #wait<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    for (const end = Date.now() + 10_000; Date.now() < end;) {
      const seen = await look();
      if (seen !== undefined) return seen;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The phone waited for ${what} in vain.`);
  }
}

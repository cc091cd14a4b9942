export const hectoNumber = '1600-0000';

export type Message = { id: string; at: Date; from: string; text: string; kind: 'sms' | 'pass' | 'bank' };

/** The messages on every handset, and which handsets are switched off. */
export class Phones {
  readonly #messages = new Map<string, Message[]>();
  readonly #off = new Set<string>();

  deliver(number: string, message: Message): void {
    this.#messages.set(number, [...this.messagesOf(number), message]);
  }
  messagesOf = (number: string): readonly Message[] => this.#messages.get(number) ?? [];

  isOn = (number: string): boolean => !this.#off.has(number);
  switch(number: string, on: boolean): void {
    if (on) this.#off.delete(number);
    else this.#off.add(number);
  }
}

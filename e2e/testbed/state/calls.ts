/** How a call went, in Hecto's codes; `000` while it is going on. */
export type CallResult = '00' | '04' | '08' | '10' | '11' | '12' | '20';

/** What the customer approves by the call. */
export type Approval = {
  readonly trdNo: string;
  readonly customerId: string;
  readonly bankCode: string;
  readonly accountNumber?: string | undefined;
  readonly name: string;
};

export type Call = {
  readonly id: string;
  readonly number: string;
  readonly at: Date;
  readonly approval: Approval;
  readonly expected: string;
  entered: string;
  /** When the last thing happened: it rang, was answered, a digit came. */
  movedAt: Date;
  state: 'ringing' | 'answered' | 'ended';
  result?: CallResult;
};

export const ringsFor = 30_000;
export const waitsForDigits = 20_000;

/** The approval calls. A call ends by itself when nobody answers or no digit comes. */
export class Calls {
  readonly #calls: Call[] = [];
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Dials. A phone that is switched off cannot be reached: the call is over at once. */
  dial(call: { id: string; number: string; approval: Approval; expected: string; reachable: boolean }): Call {
    const { reachable, ...facts } = call;
    const at = this.#now();
    const dialled: Call = { ...facts, at, movedAt: at, entered: '', state: 'ringing' };
    if (!reachable) this.#end(dialled, '10');
    this.#calls.push(dialled);
    return dialled;
  }

  /** The customer takes the call and perhaps keys something in. As soon as enough digits came they are judged. */
  answer(call: Call, digits: string): void {
    if (call.state === 'ringing') call.state = 'answered';
    call.movedAt = this.#now();
    call.entered += digits;
    if (call.entered.length >= call.expected.length) {
      this.#end(call, call.entered === call.expected ? '00' : '04');
    }
  }

  /** Declines a ringing call, cancels an answered one. */
  hangUp(call: Call): void {
    this.#end(call, call.state === 'ringing' ? '11' : '20');
  }

  of(number: string): Call[] {
    return this.#settled().filter((call) => call.number === number);
  }
  byId(id: string): Call | undefined {
    return this.#settled().find((call) => call.id === id);
  }
  byTransaction(trdNo: string): Call | undefined {
    return this.#settled().find((call) => call.approval.trdNo === trdNo);
  }

  #settled(): Call[] {
    for (const call of this.#calls) {
      const idle = this.#now().getTime() - call.movedAt.getTime();
      if (call.state === 'ringing' && idle >= ringsFor) this.#end(call, '12');
      if (call.state === 'answered' && idle >= waitsForDigits) this.#end(call, '08');
    }
    return this.#calls;
  }

  #end(call: Call, result: CallResult): void {
    call.state = 'ended';
    call.result = result;
    call.movedAt = this.#now();
  }
}

import { Groups } from './groups.ts';

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
  readonly #byId = new Map<string, Call>();
  readonly #byTransaction = new Map<string, Call>();
  readonly #byNumber = new Groups<Call>();
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
    this.#byId.set(dialled.id, dialled);
    this.#byTransaction.set(dialled.approval.trdNo, dialled);
    this.#byNumber.add(dialled.number, dialled);
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

  of = (number: string): Call[] => this.#byNumber.of(number).map((call) => this.#settled(call));
  byId = (id: string): Call | undefined => this.#found(this.#byId.get(id));
  byTransaction = (trdNo: string): Call | undefined => this.#found(this.#byTransaction.get(trdNo));

  #found(call: Call | undefined): Call | undefined {
    return call && this.#settled(call);
  }

  /** A call is looked at only when somebody asks for it; there may be thousands. */
  #settled(call: Call): Call {
    const idle = this.#now().getTime() - call.movedAt.getTime();
    if (call.state === 'ringing' && idle >= ringsFor) this.#end(call, '12');
    if (call.state === 'answered' && idle >= waitsForDigits) this.#end(call, '08');
    return call;
  }

  #end(call: Call, result: CallResult): void {
    call.state = 'ended';
    call.result = result;
    call.movedAt = this.#now();
  }
}

import type { State, Step, StateAt } from '../../../shared/api/state.ts';
import { widgetApi, type Bank, type Keypad, type Terms } from '../../../shared/api/widget.ts';
import { sealPresses } from './seal-presses.ts';

/** Of the merchant's page, as browsers say it. */
export const shopOrigin = 'http://localhost:4000';

export type Answer = { readonly status: number; readonly body: Record<string, unknown> };

/** What a customer or a merchant needs of the world around. */
export type Surroundings = {
  /** Of an instance of the BFF. */
  url(instance?: number): string;
  /** Hecto's side from behind. */
  control<T>(path: string, body?: unknown): Promise<T>;
  readonly log: readonly string[];
  /** Lets time go by. */
  pass(seconds: number): void | Promise<void>;
};

/** One customer in front of the widget: speaks HTTP as the widget does and holds a phone. */
export class Customer {
  readonly id: string;
  readonly phone: string;
  readonly #system: Surroundings;
  #token = '';
  state!: State;
  sessionId = '';
  /** How long `waits` waits. */
  patienceMs = 10_000;
  /** Sent along with every request. */
  headers: Readonly<Record<string, string>> = {};

  constructor(system: Surroundings, id: string, phone: string) {
    this.#system = system;
    this.id = id;
    this.phone = phone;
  }

  async exchange(clientToken: string): Promise<void> {
    const { status, body } = await this.post('/sessions', { clientToken });
    if (status !== 200) throw new Error(JSON.stringify(body));
    this.sessionId = this.state.id;
  }

  async request(method: 'GET' | 'POST', path: string, body?: unknown, instance = 0): Promise<Answer> {
    const response = await fetch(this.#system.url(instance) + widgetApi + path, {
      method,
      headers: {
        origin: shopOrigin,
        'content-type': 'application/json',
        ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
        ...this.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = { status: response.status, body: (await response.json()) as Record<string, unknown> };
    if (answer.body['state']) this.state = answer.body['state'] as State;
    if (typeof answer.body['sessionToken'] === 'string') this.#token = answer.body['sessionToken'];
    return answer;
  }

  /** What a window holds in its memory, or what somebody has stolen out of it. */
  get token(): string {
    return this.#token;
  }

  /** Another window with the same token: as after an answer that never arrived, or in somebody else's hands. */
  withToken(token: string): Customer {
    const other = new Customer(this.#system, this.id, this.phone);
    other.#token = token;
    other.sessionId = this.sessionId;
    return other;
  }

  post(path: string, body: unknown = {}, instance = 0): Promise<Answer> {
    return this.request('POST', path, body, instance);
  }

  /** A command that has to be answered with a state. */
  async does(path: string, body: unknown = {}, instance = 0): Promise<State> {
    const { status, body: answer } = await this.post(path, body, instance);
    if (status !== 200) {
      const faults = this.#system.log.filter((line) => line.includes('"fault"')).join('');
      throw new Error(`${path}: ${status} ${JSON.stringify(answer)} ${faults}`);
    }
    return answer['state'] as State;
  }

  async look(): Promise<State> {
    await this.request('GET', '/session');
    return this.state;
  }

  async terms(): Promise<Terms['documents']> {
    const { body } = await this.request('GET', '/session/terms');
    return (body as Terms).documents;
  }

  async banks(): Promise<readonly Bank[]> {
    const { body } = await this.request('GET', '/session/banks');
    return (body as { banks: Bank[] }).banks;
  }

  async agree(): Promise<State> {
    const items = (await this.terms()).map(({ documentId, version, sha256, required }) => ({
      documentId,
      version,
      sha256,
      agreed: required,
      opened: false,
    }));
    return this.does('/session/consents', { items });
  }

  readonly identity = (change: object = {}) => ({
    name: '김민서',
    birth: '920315',
    genderDigit: '2',
    carrier: 'skt',
    phone: this.phone,
    method: 'sms',
    ...change,
  });

  identify(change: object = {}): Promise<State> {
    return this.does('/session/identity', this.identity(change));
  }

  async lastCode(): Promise<string> {
    const messages = await this.#system.control<{ text: string }[]>(`/phones/${this.phone}/messages`);
    return /\[(\d{6})\]/.exec(messages.at(-1)?.text ?? '')?.[1] ?? 'none';
  }

  async wrongCode(): Promise<string> {
    return (await this.lastCode()) === '000000' ? '111111' : '000000';
  }

  async enterCode(code?: string): Promise<State> {
    return this.does('/session/code?rotates', { code: code ?? (await this.lastCode()) });
  }

  approvePass(approve = true): Promise<unknown> {
    return this.#system.control(`/phones/${this.phone}/pass`, { approve });
  }

  chooseAccount(accountNumber = '110432109876', bankCode = '088'): Promise<State> {
    return this.does('/session/account', { bankCode, accountNumber });
  }

  requestCall(): Promise<State> {
    return this.does('/session/ars-calls');
  }

  /** Picks up and keys in, by default what the screen shows. */
  async answerCall(digits?: string): Promise<void> {
    const { id } = await this.ringing();
    await this.#system.control(`/calls/${id}/answer`, { digits: digits ?? this.shownDigits() });
    await this.#system.pass(2); // the worker looks again at once
  }

  async declineCall(): Promise<void> {
    const { id } = await this.ringing();
    await this.#system.control(`/calls/${id}/answer`, { hangUp: true });
    await this.#system.pass(2);
  }

  async ringing(): Promise<{ id: string }> {
    const calls = await this.#system.control<{ id: string }[]>(`/phones/${this.phone}/calls`);
    return calls.at(-1)!;
  }

  shownDigits(): string {
    if (this.state.step !== 'ars' || this.state.ars.phase !== 'calling')
      throw new Error('no number on the screen');
    return this.state.ars.digits;
  }

  /** Follows the long poll until the state is as wished. */
  async waits<S extends Step>(
    step: S,
    fits: (state: StateAt<S>) => boolean = () => true,
  ): Promise<StateAt<S>> {
    const deadline = performance.now() + this.patienceMs;
    for (;;) {
      const { state } = this;
      if (state.step === step && fits(state as StateAt<S>)) return state as StateAt<S>;
      if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(state)}`);
      await this.request('GET', `/session?since=${state.version}&wait=2`);
    }
  }

  async keypad(purpose: string): Promise<Keypad> {
    const { status, body } = await this.post('/session/keypads', { purpose });
    if (status >= 300) throw new Error(`keypad: ${status} ${JSON.stringify(body)}`);
    return body as unknown as Keypad;
  }

  /** The body of a password entry on a pad, by default as a careful customer presses. */
  async press(pad: Keypad, digits: string): Promise<Record<string, string>> {
    const positions = [...digits].map((digit) => pad.keys.indexOf(digit));
    const pressed = await sealPresses({ ...pad, sessionId: this.sessionId }, positions);
    return { keypadId: pad.keypadId, ...pressed };
  }

  async enterPassword(digits: string): Promise<State> {
    const { state } = this;
    if (state.step !== 'password') throw new Error(`no password at ${state.step}`);
    return this.does('/session/password', await this.press(await this.keypad(state.phase), digits));
  }

  /** Everything up to a step, by text message. */
  async reaches(step: 'identity' | 'code' | 'pass' | 'account' | 'ars' | 'password'): Promise<this> {
    await this.agree();
    if (step === 'identity') return this;
    await this.identify({ method: step === 'pass' ? 'pass' : 'sms' });
    if (step === 'code' || step === 'pass') return this;
    await this.enterCode();
    if (step === 'account') return this;
    await this.chooseAccount();
    if (step === 'ars') return this;
    await this.requestCall();
    await this.answerCall();
    await this.waits('password');
    return this;
  }
}

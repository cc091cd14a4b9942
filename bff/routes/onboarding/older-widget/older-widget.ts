/*
 * R40 The widget of version 1.0.0 as the BFF meets it: what its script sends and what its screens read.
 * A page keeps a script for a while, so yesterday's widget speaks to today's BFF. Nothing here follows the code of
 * today: where a test that uses it fails, the BFF has to be mended and not this file.
 */
import { expect } from 'vitest';
import { Customer, type System } from '../../../services/testing/start-system.ts';
import { sealPresses, type OlderKeypad } from './seal-presses-1.0.0.ts';

export type Json = Record<string, unknown>;
export type OlderState = Json & { id: string; version: number; step: string; now: string };

/** The page whose script it is: the frame's or the hosted one of the BFF, or the merchant's own. */
export type Place = 'frame' | 'hosted' | 'inline';

export const shop = 'http://localhost:4000';
export const bff = 'http://localhost:4010';

const text = expect.stringMatching(/./) as unknown;
const number = expect.any(Number) as unknown;
export const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown;
const account = {
  bankCode: expect.stringMatching(/^\d{3}$/) as unknown,
  bankName: { ko: text, en: text },
  maskedNumber: expect.stringMatching(/^\*{4}\d{4}$/) as unknown,
};
const phone = expect.stringMatching(/^010-\*{4}-\d{4}$/) as unknown;
const name = '김*서';

/** What every screen reads. */
const always = {
  id: expect.stringMatching(/^obs_/) as unknown,
  version: number,
  locale: expect.stringMatching(/^(ko|en)$/) as unknown,
  merchant: { name: text },
  now: instant,
  sessionEndsAt: instant,
  known: expect.any(Object) as unknown,
};

/** What the screen of each step reads besides. */
const screens: Readonly<Record<string, Json>> = {
  terms: {},
  identity: {},
  code: { known: { phone }, expiresAt: instant, resendAt: instant, sendsLeft: number },
  pass: { known: { phone }, expiresAt: instant, resendAt: instant },
  account: { known: { name } },
  ars: { known: { name, phone, account }, callsLeft: number, nextCallAt: instant },
  password: { phase: expect.stringMatching(/^(enter|set|repeat)$/) as unknown, triesLeft: number },
  done: { account, alreadyRegistered: expect.any(Boolean) as unknown, completedAt: instant },
  failed: {},
  cancelled: {},
  expired: {},
};

const phases: Readonly<Record<string, Json>> = {
  ready: {},
  calling: { digits: expect.stringMatching(/^\d{2,6}$/) as unknown, callEndsAt: instant },
  registering: {},
  confirming: {},
};

/** A refusal as screens word it; a test adds what it expects there. */
export const refused = (code: string, retryable: boolean, more: Json = {}) => ({
  code,
  retryable,
  text: { ko: text, en: text },
  ...more,
});

/** The BFF answered with a problem; the widget knows them by status and code. */
export class OlderProblem extends Error {
  readonly status: number;
  readonly code: unknown;

  constructor(status: number, code: unknown) {
    super(`${status} ${String(code)}`);
    this.status = status;
    this.code = code;
  }
}

/**
 * Checks that a state holds what the widget reads at `step`, and gives it back. More than that may be in it, but no step
 * and no phase that the widget has no screen for.
 */
export function shows(state: Json, step: string): OlderState {
  expect(Object.keys(screens)).toContain(step);
  expect(state).toMatchObject({ ...always, ...screens[step], step });
  if (step !== 'ars') return state as OlderState;
  const { ars } = state as { ars: { phase: string } };
  expect(Object.keys(phases)).toContain(ars.phase);
  expect(ars).toMatchObject(phases[ars.phase]!);
  return state as OlderState;
}

export const phaseOf = ({ ars }: OlderState) => (ars as { phase: string } | undefined)?.phase;

/** One window with the widget of version 1.0.0 in it. */
export class OlderWidget {
  readonly place: Place;
  readonly system: System;
  /** What the customer holds in the other hand. */
  readonly handset: Customer;
  state!: OlderState;
  #token: string | undefined;
  #cookie: string | undefined;

  constructor(system: System, place: Place, handset: Customer) {
    this.system = system;
    this.place = place;
    this.handset = handset;
  }

  /** The headers as a browser and the script of 1.0.0 put them. */
  headers(method: 'GET' | 'POST'): Record<string, string> {
    const ofBrowser =
      this.place === 'inline'
        ? { origin: shop, 'sec-fetch-site': 'cross-site' }
        : { ...(method === 'POST' && { origin: bff }), 'sec-fetch-site': 'same-origin' };
    const ofSession =
      this.place === 'hosted'
        ? { 'x-hecto-onboarding': '1', ...(this.#cookie !== undefined && { cookie: this.#cookie }) }
        : { ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }) };
    return {
      accept: '*/*',
      ...ofBrowser,
      ...ofSession,
      ...(method === 'POST' && { 'content-type': 'application/json' }),
    };
  }

  /** @throws OlderProblem where the BFF answers with one. */
  async call(method: 'GET' | 'POST', path: string, body?: Json): Promise<Json> {
    const response = await fetch(`${this.system.url()}/widget-api/v1${path}`, {
      method,
      headers: this.headers(method),
      body: body ? JSON.stringify(body) : null,
      redirect: 'error',
    });
    const [cookie] = (response.headers.get('set-cookie') ?? '').split(';');
    if (cookie && this.place === 'hosted') this.#cookie = cookie;
    const answer = (await response.json()) as Json;
    if (!response.ok) throw new OlderProblem(response.status, answer['code']);
    return answer;
  }

  async exchange(clientToken: string): Promise<OlderState> {
    const transport = this.place === 'hosted' ? 'cookie' : 'bearer';
    this.#token = undefined;
    const { sessionToken, state } = await this.call('POST', '/sessions', { clientToken, transport });
    this.#token = sessionToken as string | undefined;
    return (this.state = state as OlderState);
  }

  async look(): Promise<OlderState> {
    return (this.state = (await this.call('GET', '/session'))['state'] as OlderState);
  }

  /** The long poll, as long as the widget's. */
  async nextState(): Promise<OlderState> {
    const path = `/session?since=${this.state.version}&wait=25`;
    return (this.state = (await this.call('GET', path))['state'] as OlderState);
  }

  /** A command of the customer's; the answer is the whole state, refused or not. */
  async does(path: string, body: Json = {}): Promise<OlderState> {
    return (this.state = (await this.call('POST', `/session/${path}`, body))['state'] as OlderState);
  }

  async documents(): Promise<Json[]> {
    return (await this.call('GET', '/session/terms'))['documents'] as Json[];
  }

  async banks(): Promise<Json[]> {
    return (await this.call('GET', '/session/banks'))['banks'] as Json[];
  }

  async agree(): Promise<OlderState> {
    const items = (await this.documents()).map(({ documentId, version, sha256, required }) => ({
      documentId,
      version,
      sha256,
      agreed: required,
      opened: false,
    }));
    return this.does('consents', { items });
  }

  identify(method: 'sms' | 'pass' = 'sms'): Promise<OlderState> {
    return this.does('identity', {
      name: '김민서',
      birth: '920315',
      genderDigit: '2',
      carrier: 'skt',
      phone: this.handset.phone,
      method,
    });
  }

  async enterCode(): Promise<OlderState> {
    return this.does('code', { code: await this.handset.lastCode() });
  }

  chooseAccount(accountNumber = '110432109876', bankCode = '088'): Promise<OlderState> {
    return this.does('account', { bankCode, accountNumber });
  }

  /** Picks up and presses what the screen shows; what comes next is the server's to say. */
  async answersCall(): Promise<void> {
    const { digits } = this.state['ars'] as { digits: string };
    await this.handset.answerCall(digits);
  }

  /** Follows the long poll until the state is as wished; every state on the way is one that the widget can show. */
  async waitsFor(fits: (state: OlderState) => boolean): Promise<OlderState> {
    const deadline = performance.now() + 10_000;
    while (!fits(this.state)) {
      if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(this.state)}`);
      const next = await this.nextState();
      shows(next, next.step);
    }
    return this.state;
  }

  async keypad(purpose: unknown): Promise<OlderKeypad> {
    const pad = await this.call('POST', '/session/keypads', { purpose });
    expect(pad).toMatchObject({ keypadId: text, purpose, publicKey: text, expiresAt: instant });
    const keys = pad['keys'] as string[];
    expect(keys.toSorted().join()).toBe(',,0,1,2,3,4,5,6,7,8,9');
    return pad as OlderKeypad;
  }

  async types(digits: string): Promise<OlderState> {
    return this.does('password', await this.sealed(await this.keypad(this.state['phase']), digits));
  }

  sealed(pad: OlderKeypad, digits: string): Promise<Json> {
    const positions = [...digits].map((digit) => pad.keys.indexOf(digit));
    return sealPresses(this.state.id, pad, positions);
  }

  /** Everything up to a step, by text message. */
  async reaches(step: 'identity' | 'code' | 'account' | 'ars' | 'password'): Promise<this> {
    await this.agree();
    if (step === 'identity') return this;
    await this.identify();
    if (step === 'code') return this;
    await this.enterCode();
    if (step === 'account') return this;
    await this.chooseAccount();
    if (step === 'ars') return this;
    await this.does('ars-calls');
    await this.answersCall();
    await this.waitsFor((state) => state.step === 'password');
    return this;
  }
}

let customers = 0;

/** A customer with a phone of their own, who has the older widget open. `session` is what the merchant asked for. */
export async function opened(
  system: System,
  session: Json = {},
  { place = 'frame', phone: number }: { place?: Place; phone?: string } = {},
): Promise<OlderWidget> {
  customers += 1;
  const customerId = `older-widget-${customers}`;
  const created = await system.merchant('POST', '/v1/onboarding-sessions', {
    customerId,
    origin: shop,
    ...session,
  });
  expect(created).toMatchObject({ status: 201 });
  const handset = new Customer(system, customerId, number ?? `0105556${String(customers).padStart(4, '0')}`);
  const widget = new OlderWidget(system, place, handset);
  await widget.exchange(String(created.body['clientToken']));
  return widget;
}

/** What the merchant's server gives a page that asks for another token of the same session. */
export async function freshToken({ system, state }: OlderWidget): Promise<string> {
  const { body } = await system.merchant('POST', `/v1/onboarding-sessions/${state.id}/client-tokens`, {});
  return String(body['clientToken']);
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Keypad } from '../../../shared/api/widget.ts';
import { sealPresses } from '../../services/testing/seal-presses.ts';
import { System } from '../../services/testing/start-system.ts';

/*
 * R40 A page keeps a widget's script for a while, so yesterday's widget speaks to today's BFF. The bodies it sends and
 * the main fields it reads on the way by text message are frozen here as version 1.0.0 had them. Not frozen: how the
 * password's presses are sealed. Not covered: PASS, resending, cancelling, the hosted page's cookie.
 */
let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

type Json = Record<string, unknown>;
const phone = '01055559001';
let token = '';

async function sends(method: 'GET' | 'POST', path: string, body?: Json): Promise<Json> {
  const response = await fetch(`${system.url()}/widget-api/v1${path}`, {
    method,
    headers: {
      origin: 'http://localhost:4000',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = (await response.json()) as Json;
  expect({ path, status: response.status, answer }).toMatchObject({
    path,
    status: response.status < 300 ? response.status : 200,
  });
  return answer;
}

/** What every state holds, and what the screen of its step reads besides. */
const always = {
  id: expect.any(String) as unknown,
  version: expect.any(Number) as unknown,
  locale: 'ko',
  merchant: { name: expect.any(String) as unknown },
  now: expect.any(String) as unknown,
  sessionEndsAt: expect.any(String) as unknown,
  known: expect.any(Object) as unknown,
};
const text = expect.any(String) as unknown;
const number = expect.any(Number) as unknown;
const reads: Readonly<Record<string, Json>> = {
  terms: {},
  identity: {},
  code: { expiresAt: text, resendAt: text, triesLeft: number, sendsLeft: number },
  account: {},
  ars: { ars: { phase: text }, callsLeft: number, nextCallAt: text },
  password: { phase: text, triesLeft: number },
  done: {
    account: { bankCode: '088', bankName: { ko: text, en: text }, maskedNumber: '****9876' },
    alreadyRegistered: false,
    completedAt: text,
  },
};

function shows({ state }: Json, step: string): Json {
  expect(state).toMatchObject({ step, ...always, ...reads[step] });
  return state as Json;
}

async function messageSays(pattern: RegExp): Promise<string> {
  const messages = await system.control<{ text: string }[]>(`/phones/${phone}/messages`);
  return pattern.exec(messages.at(-1)?.text ?? '')?.[1] ?? '';
}

async function waitsFor(step: string, state: Json): Promise<Json> {
  let current = state;
  for (let polls = 0; current['step'] !== step && polls < 20; polls += 1) {
    const answer = await sends('GET', `/session?since=${String(current['version'])}&wait=2`);
    current = answer['state'] as Json;
  }
  return shows({ state: current }, step);
}

async function types(state: Json, purpose: string, digits: string): Promise<Json> {
  const pad = (await sends('POST', '/session/keypads', { purpose })) as unknown as Keypad;
  expect(pad).toMatchObject({ keypadId: text, purpose, publicKey: text, expiresAt: text });
  expect(pad.keys).toHaveLength(12);
  const positions = [...digits].map((digit) => pad.keys.indexOf(digit));
  const pressed = await sealPresses({ ...pad, sessionId: String(state['id']) }, positions);
  return sends('POST', '/session/password', { keypadId: pad.keypadId, ...pressed });
}

test('R40 the widget of version 1.0.0 takes a customer from the first screen to the last', async () => {
  const { body } = await system.merchant('POST', '/v1/onboarding-sessions', {
    customerId: 'older-widget',
    origin: 'http://localhost:4000',
  });
  const exchanged = await sends('POST', '/sessions', {
    clientToken: body['clientToken'],
    transport: 'bearer',
  });
  token = String(exchanged['sessionToken']);
  shows(exchanged, 'terms');

  const { documents } = await sends('GET', '/session/terms');
  const items = (documents as Json[]).map(({ documentId, version, sha256, required }) => ({
    documentId,
    version,
    sha256,
    agreed: required,
    opened: false,
  }));
  shows(await sends('POST', '/session/consents', { items }), 'identity');

  const identity = {
    name: '김민서',
    birth: '920315',
    genderDigit: '2',
    carrier: 'skt',
    phone,
    method: 'sms',
  };
  shows(await sends('POST', '/session/identity', identity), 'code');
  const wrong = (await messageSays(/\[(\d{6})\]/)) === '000000' ? '111111' : '000000';
  const refused = shows(await sends('POST', '/session/code', { code: wrong }), 'code');
  expect(refused['refusal']).toMatchObject({
    code: 'code-wrong',
    retryable: true,
    text: { ko: text, en: text },
  });
  shows(await sends('POST', '/session/back', { to: 'identity' }), 'identity');
  system.pass(61);
  shows(await sends('POST', '/session/identity', identity), 'code');
  shows(await sends('POST', '/session/code', { code: await messageSays(/\[(\d{6})\]/) }), 'account');

  const { banks } = await sends('GET', '/session/banks');
  expect(banks).toContainEqual(
    expect.objectContaining({ code: '088', name: { ko: '신한은행', en: text }, kind: 'bank', usable: true }),
  );
  const account = { bankCode: '088', accountNumber: '110432109876' };
  shows(await sends('POST', '/session/account', account), 'ars');
  const calling = shows(await sends('POST', '/session/ars-calls', {}), 'ars');
  const ars = calling['ars'] as { digits: string };
  expect(ars).toMatchObject({ phase: 'calling', digits: text, callEndsAt: text });
  const calls = await system.control<{ id: string }[]>(`/phones/${phone}/calls`);
  await system.control(`/calls/${calls.at(-1)!.id}/answer`, { digits: ars.digits });
  system.pass(2);
  const password = await waitsFor('password', calling);

  const repeat = shows(await types(password, 'enter', '482913'), 'password');
  expect(repeat).toMatchObject({ phase: 'repeat' });
  shows(await types(repeat, 'repeat', '482913'), 'done');
});

import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import { parseConfig } from '../../config.ts';
import { System, type Customer } from '../testing/start-system.ts';

/* R22 A Hecto that cannot be reached, in the middle of a journey: nothing is sent, nothing is counted, all goes on after. */

/** A door to Hecto that can be shut: then nobody listens there any more. */
class Door {
  readonly #sockets = new Set<net.Socket>();
  readonly #server: net.Server;
  #last: string | undefined;
  port = 0;
  target = 0;

  constructor() {
    this.#server = net.createServer((socket) => {
      const inside = net.connect(this.target, '127.0.0.1');
      inside.on('data', (chunk: Buffer) => {
        if (this.#last === undefined || !chunk.includes(this.#last)) return;
        this.#last = undefined;
        this.#server.close();
        for (const one of this.#sockets) if (one !== socket && one !== inside) one.destroy();
      });
      for (const [one, other] of [
        [socket, inside],
        [inside, socket],
      ] as const) {
        this.#sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
      }
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.#server.address() as AddressInfo).port;
  }

  /** Shuts by itself when an answer with these words has passed. */
  shutBehind(words: string): void {
    this.#last = words;
  }

  async shut(): Promise<void> {
    await new Promise<void>((resolve) => {
      // Shut already is fine, too.
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
    // Until the BFF has noticed that its kept connections are gone.
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

const door = new Door();
let system: System;
beforeAll(async () => {
  await door.open();
  const { hecto } = parseConfig({
    HECTO_ENV: 'local',
    HECTO_BASE_URL: `http://127.0.0.1:${door.port}`,
    DATABASE_URL: 'postgres://unused',
    DATA_KEYS: `test:${Buffer.alloc(32, 1).toString('base64')}`,
    PIN_PEPPER: 'p'.repeat(64),
  });
  system = await System.start({ hecto });
  door.target = Number(new URL(system.testbed.url).port);
});
afterAll(async () => {
  await system.stop();
  await door.shut();
});

type Case = {
  readonly endpoint: EndpointName;
  readonly step: Parameters<Customer['reaches']>[0];
  readonly act: (customer: Customer) => Promise<unknown>;
  readonly meanwhile: object;
  readonly afterwards: object;
};
const refusal = { code: 'service-unavailable', retryable: true };

const cases: readonly Case[] = [
  {
    endpoint: 'mobileVerificationRequest',
    step: 'identity',
    act: (customer) => customer.identify(),
    meanwhile: { step: 'identity', refusal },
    // At once: no message left, so there is no pause.
    afterwards: { step: 'code', sendsLeft: 4 },
  },
  {
    endpoint: 'mobileVerificationCheck',
    step: 'code',
    act: (customer) => customer.enterCode(),
    meanwhile: { step: 'code', refusal, triesLeft: 5 },
    afterwards: { step: 'account' },
  },
  {
    endpoint: 'arsRequest',
    step: 'ars',
    act: (customer) => customer.requestCall(),
    meanwhile: { step: 'ars', refusal, callsLeft: 3 },
    afterwards: { step: 'ars', ars: { phase: 'calling' }, callsLeft: 2 },
  },
  {
    endpoint: 'paymentPasswordConfirm',
    step: 'password',
    act: (customer) => customer.enterPassword('482913'),
    meanwhile: { step: 'password', refusal, triesLeft: 5 },
    afterwards: { step: 'done' },
  },
];

describe.each(cases)('R22 $endpoint', ({ endpoint, step, act, meanwhile, afterwards }) => {
  test('is not sent, says so, and works as soon as Hecto is back', async () => {
    const customer = await system.customer();
    await system.control('/passwords', { customerId: customer.id, password: '482913' });
    await customer.reaches(step);
    const before = system.calls(endpoint);
    await door.shut();
    try {
      await act(customer);
    } finally {
      await door.open();
    }
    expect(customer.state).toMatchObject(meanwhile);
    expect(system.calls(endpoint)).toBe(before);
    await act(customer);
    expect(customer.state).toMatchObject(afterwards);
    expect(system.calls(endpoint)).toBe(before + 1);
  });
});

test('R22 accountHolderNameInquiry cannot be sent: the account is neither confirmed nor blamed', async () => {
  const customer = await system.customer();
  await customer.reaches('account');
  // The banks are known from before, so that only Hecto's verdict is missing.
  await customer.banks();
  await door.shut();
  try {
    await customer.post('/session/account', { bankCode: '088', accountNumber: '110432109876' });
  } finally {
    await door.open();
  }
  expect(customer.state).toMatchObject({ step: 'account', refusal });
  expect(await customer.chooseAccount()).toMatchObject({ step: 'ars' });
});

test('R12 accountRegistration cannot be sent: nothing is registered, and another call helps', async () => {
  const customer = await system.customer({ flow: 'skip' });
  await customer.reaches('ars');
  await customer.requestCall();
  const before = system.calls('accountRegistration');
  door.shutBehind('"retCd":"00"');
  await customer.answerCall();
  const state = await customer.waits('ars', ({ ars }) => ars.phase === 'ready');
  await door.shut();
  await door.open();
  expect(state).toMatchObject({ refusal });
  expect(system.calls('accountRegistration')).toBe(before);
  expect(system.testbed.state.registrations.of(customer.id)).toEqual([]);

  system.pass(61);
  await customer.requestCall();
  await customer.answerCall();
  await customer.waits('done');
  expect(system.calls('accountRegistration')).toBe(before + 1);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widgetRoutes } from '../../../shared/api/widget.ts';
import { System, type Customer } from '../../services/testing/start-system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

type Place = keyof typeof places;

/** How a customer gets to each place. Each test has customers of its own. */
const places = {
  terms: () => Promise.resolve(),
  identity: (customer: Customer) => customer.reaches('identity'),
  code: (customer: Customer) => customer.reaches('code'),
  pass: (customer: Customer) => customer.reaches('pass'),
  account: (customer: Customer) => customer.reaches('account'),
  ars: (customer: Customer) => customer.reaches('ars'),
  'ars calling': async (customer: Customer) => {
    await customer.reaches('ars');
    await customer.requestCall();
  },
  'ars confirming': async (customer: Customer) => {
    await system.fault('accountRegistration', 'lost-answer');
    await customer.reaches('ars');
    await customer.requestCall();
    await customer.answerCall();
    await customer.waits('ars', ({ ars }) => ars.phase === 'confirming');
  },
  password: (customer: Customer) => customer.reaches('password'),
  'password set': async (customer: Customer) => {
    await customer.reaches('password');
    await customer.enterPassword('111111'); // Hecto has none, and this is too simple for a new one
  },
  'password repeat': async (customer: Customer) => {
    await customer.reaches('password');
    await customer.enterPassword('903817');
  },
  'password locked': async (customer: Customer) => {
    await system.control('/passwords', { customerId: customer.id, password: '903817' });
    await customer.reaches('password');
    for (let wrong = 0; wrong < 5; wrong += 1) await customer.enterPassword('111222');
  },
  done: async (customer: Customer) => {
    await system.control('/passwords', { customerId: customer.id, password: '903817' });
    await customer.reaches('password');
    await customer.enterPassword('903817');
  },
  'code to unlock': async (customer: Customer) => {
    await places['password locked'](customer);
    await customer.does('/session/back', { to: 'identity' });
    system.pass(60);
    await customer.identify();
  },
  failed: async (customer: Customer) => {
    await customer.reaches('password');
    await customer.enterPassword('903817');
    expect(customer.state.step).toBe('failed');
  },
  cancelled: (customer: Customer) => customer.does('/session/cancel'),
  expired: async (customer: Customer) => {
    await customer.reaches('account');
    system.pass(601);
  },
} satisfies Record<string, (customer: Customer) => Promise<unknown>>;

/** Hecto has no password of this customer, and no other may be used: that ends the journey. */
const flowOf = (place: Place) => (place === 'failed' ? { flow: 'hecto' } : {});

const anyPassword = {
  keypadId: 'kp_0000000000000000',
  ephemeralKey: 'A'.repeat(87),
  iv: 'A'.repeat(16),
  sealed: 'A'.repeat(30),
};

const passwords: readonly Place[] = ['password', 'password set', 'password repeat'];

/** Every command with a well-formed body, and where it is legal. */
const commands: Record<
  string,
  { path: string; body: (customer: Customer) => unknown; at: readonly Place[] }
> = {
  agree: {
    path: '/session/consents',
    body: () => ({
      items: [{ documentId: 'x', version: '1', sha256: '0'.repeat(64), agreed: true, opened: false }],
    }),
    at: ['terms'],
  },
  identify: { path: '/session/identity', body: (customer) => customer.identity(), at: ['identity'] },
  'enter-code': { path: '/session/code', body: () => ({ code: '000000' }), at: ['code', 'code to unlock'] },
  resend: { path: '/session/resend', body: () => ({}), at: ['code', 'pass', 'code to unlock'] },
  'check-pass': { path: '/session/pass', body: () => ({}), at: ['pass'] },
  'back to identity': {
    path: '/session/back',
    body: () => ({ to: 'identity' }),
    at: ['code', 'code to unlock', 'pass', 'account', 'ars', 'ars calling', 'password locked'],
  },
  'back to account': { path: '/session/back', body: () => ({ to: 'account' }), at: ['ars', 'ars calling'] },
  'choose-account': {
    path: '/session/account',
    body: () => ({ bankCode: '088', accountNumber: '110432109876' }),
    at: ['account'],
  },
  call: { path: '/session/ars-calls', body: () => ({}), at: ['ars', 'ars calling'] },
  keypad: {
    path: '/session/keypads',
    body: ({ state }) => ({ purpose: state.step === 'password' ? state.phase : 'enter' }),
    at: passwords,
  },
  password: { path: '/session/password', body: () => anyPassword, at: passwords },
  cancel: {
    path: '/session/cancel',
    body: () => ({}),
    at: [
      ...['terms', 'identity', 'code', 'code to unlock', 'pass', 'account'],
      ...['ars', 'ars calling', ...passwords, 'password locked'],
    ] as Place[],
  },
};

test('S42 the table knows every command of the widget API', () => {
  const known = new Set(Object.values(commands).map(({ path }) => path));
  const posted = Object.values(widgetRoutes).filter(
    ([method, path]) => method === 'POST' && path !== '/sessions',
  );
  expect(posted.map(([, path]) => path).sort()).toEqual([...known].sort());
});

describe.each(Object.keys(places) as Place[])('S42 at %s', (place) => {
  test('every command that is not legal here is 409 and changes nothing', async () => {
    const customer = await system.customer(flowOf(place));
    await places[place](customer);
    const before = (await customer.look()).version;
    for (const { path, body } of Object.values(commands).filter(({ at }) => !at.includes(place))) {
      const { status, body: problem } = await customer.post(path, body(customer));
      expect([path, status, problem['code']]).toEqual([path, 409, 'wrong-step']);
    }
    expect((await customer.look()).version).toBe(before);
  });

  test.each(Object.entries(commands).filter(([, { at }]) => at.includes(place)))(
    '%s is legal',
    async (_, command) => {
      const customer = await system.customer(flowOf(place));
      await places[place](customer);
      const { body } = await customer.post(command.path, command.body(customer));
      expect(body['code']).not.toBe('wrong-step');
    },
  );
});

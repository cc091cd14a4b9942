import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { State } from '../../../shared/api/state.ts';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import { expectedOf, faultMatrix, type Group, type Row } from '../testing/fault-matrix.ts';
import { System, type Customer } from '../testing/start-system.ts';

/*
 * R22 The fault matrix for the customer's journey, through the widget's API: verification of the phone (M), holder
 * check (O), approval call (A), registration (G) and payment password (C). What arrived is read from Hecto's log.
 * Each call has a BFF and a Hecto of its own; all of them go on at the same time, with a customer for every cell.
 *
 * A second of Hecto's is 100 ms here: it may take 3.2 s instead of 32.
 */
const second = 100;
const hecto = { connectMs: 3 * second, totalMs: 32 * second };

type Fault = { readonly kind: string; readonly delayMs?: number };
type Cell = Fault & { readonly expected: Row[Group]; readonly row?: Row };
type Seen = {
  /** How often it arrived at Hecto while the fault lasted. */
  readonly arrived: number;
  /** What the customer was shown then. */
  readonly state: State;
  /** And in the end, when they had done what one does: waited, or pressed again. */
  readonly end: State;
};

type Lane = {
  readonly group: Exclude<Group, 'P' | 'W'>;
  readonly endpoint: EndpointName;
  /** How often the fault strikes: a call that is tried twice has to fail twice. */
  readonly times?: number;
  readonly prepare: (customer: Customer) => Promise<unknown>;
  readonly act: (customer: Customer) => Promise<State>;
  readonly finish: (customer: Customer, system: System) => Promise<State>;
  readonly flow?: 'skip';
  /** Where a lost answer leaves the customer. */
  readonly lost: object;
  /** Where a code leaves them that nobody knows, if somewhere else. */
  readonly counted?: object;
  readonly ok: object;
  readonly end: object;
};

const isAt = (step: State['step'], phase?: string) => (state: State) =>
  state.step === step && (phase === undefined || (state.step === 'ars' && state.ars.phase === phase));

/** Looks until it is so; time passes meanwhile. */
async function until(customer: Customer, fits: (state: State) => boolean, pass: () => void): Promise<State> {
  const deadline = performance.now() + 25_000;
  while (!fits(await customer.look())) {
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(customer.state)}`);
    pass();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return customer.state;
}
const wait = () => undefined;

const noAnswer = { refusal: { retryable: true } };
const password = '482913';
const lanes: readonly Lane[] = [
  {
    group: 'M',
    endpoint: 'mobileVerificationRequest',
    prepare: (customer) => customer.reaches('identity'),
    act: (customer) => customer.identify(),
    // Too soon; half a minute later it goes out.
    async finish(customer, system) {
      if (customer.state.step === 'identity') await customer.identify();
      system.pass(31);
      return customer.state.step === 'code' ? customer.state : customer.identify();
    },
    lost: { step: 'identity', ...noAnswer },
    ok: { step: 'code' },
    end: { step: 'code' },
  },
  {
    group: 'M',
    endpoint: 'mobileVerificationCheck',
    prepare: (customer) => customer.reaches('code'),
    act: (customer) => customer.enterCode(),
    finish: async (customer) => (customer.state.step === 'code' ? customer.enterCode() : customer.state),
    // Nothing was said about the number.
    lost: { step: 'code', triesLeft: 5, ...noAnswer },
    counted: { step: 'code', triesLeft: 4, ...noAnswer },
    ok: { step: 'account' },
    end: { step: 'account' },
  },
  {
    group: 'O',
    endpoint: 'accountHolderNameInquiry',
    times: 2,
    prepare: (customer) => customer.reaches('account'),
    act: (customer) => customer.chooseAccount(),
    finish: async (customer) =>
      customer.state.step === 'account' ? customer.chooseAccount() : customer.state,
    lost: { step: 'account', ...noAnswer },
    ok: { step: 'ars' },
    end: { step: 'ars' },
  },
  {
    group: 'A',
    endpoint: 'arsRequest',
    flow: 'skip',
    prepare: (customer) => customer.reaches('ars'),
    act: (customer) => customer.requestCall(),
    async finish(customer, system) {
      if (isAt('ars', 'ready')(customer.state)) await customer.requestCall();
      if (isAt('ars', 'ready')(customer.state)) system.pass(61);
      if (isAt('ars', 'ready')(customer.state)) await customer.requestCall();
      await customer.declineCall();
      return until(customer, isAt('ars', 'ready'), wait);
    },
    lost: { step: 'ars', ars: { phase: 'ready' }, ...noAnswer },
    ok: { step: 'ars', ars: { phase: 'calling' } },
    end: { step: 'ars', refusal: { code: 'call-declined' } },
  },
  {
    group: 'A',
    endpoint: 'arsCheck',
    times: 2,
    flow: 'skip',
    prepare: (customer) => customer.reaches('ars'),
    async act(customer) {
      await customer.requestCall();
      await customer.answerCall();
      return customer.look();
    },
    finish: (customer, system) => until(customer, isAt('done'), () => system.pass(1)),
    // Still calling, or over already: in no case refused.
    lost: {},
    ok: {},
    end: { step: 'done' },
  },
  {
    group: 'G',
    endpoint: 'accountRegistration',
    flow: 'skip',
    prepare: (customer) => customer.reaches('ars'),
    async act(customer) {
      await customer.requestCall();
      await customer.answerCall();
      return until(customer, (state) => isAt('done')(state) || isAt('ars', 'confirming')(state), wait);
    },
    finish: (customer, system) =>
      until(
        customer,
        (state) => isAt('done')(state) || isAt('ars', 'ready')(state),
        () => system.pass(6),
      ),
    lost: { step: 'ars', ars: { phase: 'confirming' } },
    ok: { step: 'done', alreadyRegistered: false },
    // Or not, as Hecto's list says: see below.
    end: {},
  },
  {
    group: 'C',
    endpoint: 'paymentPasswordConfirm',
    prepare: (customer) => customer.reaches('password'),
    act: (customer) => customer.enterPassword(password),
    finish: async (customer) =>
      customer.state.step === 'password' ? customer.enterPassword(password) : customer.state,
    lost: { step: 'password', phase: 'enter', triesLeft: 5, ...noAnswer },
    counted: { step: 'password', phase: 'enter', triesLeft: 4, ...noAnswer },
    ok: { step: 'done' },
    end: { step: 'done' },
  },
];

const cellsOf = ({ group, endpoint }: Lane): Cell[] => [
  ...faultMatrix.flatMap((row) =>
    row.kinds.map((kind): Cell => ({ kind, expected: expectedOf(row, group, endpoint), row })),
  ),
  { kind: 'delay 29 s', delayMs: 29 * second, expected: 'ok' },
  { kind: 'delay 33 s', delayMs: 33 * second, expected: faultMatrix[0]![group] },
  { kind: 'drip', expected: faultMatrix[0]![group] },
];

const seen = new Map<string, Seen>();
const systems = new Map<Lane, System>();
const keyOf = ({ endpoint }: Lane, { kind }: Cell) => `${endpoint}, ${kind}`;

/** One cell after the other: a fault strikes whoever calls next. */
async function play(lane: Lane): Promise<void> {
  const system = await System.start({}, 1, {
    hecto,
    resilience: { breaker: { failureShare: 1, leastCalls: 1e9, windowMs: 1_000, openMs: 1 } },
  });
  systems.set(lane, system);
  const { endpoint, times = 1 } = lane;
  for (const cell of cellsOf(lane)) {
    const customer = await system.customer(lane.flow ? { flow: lane.flow } : {});
    await system.control('/passwords', { customerId: customer.id, password });
    await lane.prepare(customer);
    const before = system.calls(endpoint);
    const kind = cell.kind.replace(/ .*/, '');
    await system.fault(endpoint, kind, { times, ...(cell.delayMs && { delayMs: cell.delayMs }) });
    const state = await lane.act(customer);
    const arrived = () => system.calls(endpoint) - before;
    const arrivedThen = arrived();
    // A call is followed until it is over, whatever goes wrong meanwhile.
    const isFollowed = endpoint === 'arsCheck';
    if (!isFollowed) await system.control('/faults/clear', {});
    const end = await lane.finish(customer, system);
    await system.control('/faults/clear', {});
    seen.set(keyOf(lane, cell), { arrived: isFollowed ? arrived() : arrivedThen, state, end });
  }
}

beforeAll(async () => {
  await Promise.all(lanes.map(play));
}, 400_000);
afterAll(() => Promise.all([...systems.values()].map((system) => system.stop())));

describe.each(lanes)('R22 $group $endpoint', (lane) => {
  test.each(cellsOf(lane).map((cell) => [cell.kind, cell.expected, cell] as const))(
    '%s: %s',
    (_, expected, cell) => {
      const { arrived, state, end } = seen.get(keyOf(lane, cell))!;
      const { ok, lost, counted = lost } = lane;
      expect(state).toMatchObject(expected === 'ok' ? ok : expected === 'counted' ? counted : lost);
      expect(end).toMatchObject(lane.end);
      if (lane.endpoint === 'arsCheck') expect(arrived).toBeGreaterThanOrEqual(expected === 'ok' ? 1 : 3);
      else expect(arrived).toBe(expected === 'retry 1' ? 2 : 1);
    },
  );
});

test('R22 O accountHolderNameInquiry, ST75 then success: locked until the next day in Korea', async () => {
  const { endpoint } = lanes.find(({ group }) => group === 'O')!;
  const system = await System.start();
  try {
    const customer = await system.customer();
    await customer.reaches('account');
    await system.fault(endpoint, 'refuse:ST75');
    const locked = {
      step: 'account',
      refusal: { code: 'account-checks-exhausted', retryable: false, opensAt: '2026-11-23T15:00:00.000Z' },
    };
    expect(await customer.chooseAccount()).toMatchObject(locked);
    expect(await customer.chooseAccount('110432101234')).toMatchObject(locked);
    expect(system.calls(endpoint)).toBe(1);

    system.pass(15 * 3_600);
    const next = await system.customer({ id: customer.id, phone: customer.phone });
    await next.reaches('account');
    expect(await next.chooseAccount()).toMatchObject({ step: 'ars' });
    expect(system.calls(endpoint)).toBe(2);
  } finally {
    await system.stop();
  }
});

describe('R12 after the registration', () => {
  const lane = lanes.find(({ group }) => group === 'G')!;
  const all = cellsOf(lane);

  test('the customer has the account, or may call again: as Hecto says, and nobody was registered twice', () => {
    const { testbed } = systems.get(lane)!;
    const requests = testbed.requests.of('accountRegistration');
    expect(requests).toHaveLength(all.length);
    const ends = all.map((cell) => seen.get(keyOf(lane, cell))!.end);
    for (const [index, { fields }] of requests.entries()) {
      const live = testbed.state.registrations.of(fields['mchtCustId'] ?? '').length;
      expect(ends[index]).toMatchObject(
        live === 1
          ? { step: 'done' }
          : { step: 'ars', ars: { phase: 'ready' }, refusal: { code: 'registration-not-made' } },
      );
      expect(live).toBeLessThanOrEqual(1);
    }
  });
});

test("H6 somebody else's answer is told to a person", () => {
  for (const lane of lanes) {
    const told = cellsOf(lane).filter(({ row, expected }) => row?.alert && expected !== 'ok').length;
    const alerts = systems.get(lane)!.log.filter((line) => line.includes('echo-mismatch'));
    expect(alerts.length, lane.endpoint).toBeGreaterThanOrEqual(told);
  }
});

test('R22 a redirect is followed nowhere', () => {
  for (const { testbed } of systems.values()) expect(testbed.requests.of('redirect-target')).toEqual([]);
});

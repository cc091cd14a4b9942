import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import { bankCode, MoneyPlayer, type Asking } from '../testing/money-player.ts';
import type { Mishap, Step } from '../testing/money-story.ts';
import { MoneyWorld } from '../testing/money-world.ts';
import { verdictOf } from './money-calls.ts';

/* What is told late: by a Hecto whose clock is ours, in minutes that pass at once. */

/** Real milliseconds for Hecto's answer, instead of 32 s. */
const hectoGets = 400;
let world: MoneyWorld;
let player: MoneyPlayer;
beforeAll(async () => {
  world = await MoneyWorld.open(hectoGets);
});
afterAll(() => world.close());

const begins = async (at: string) => {
  await world.begin(new Date(at));
  player = new MoneyPlayer(world);
};
beforeEach(() => begins('2026-11-23T12:00:00+09:00'));

const pay = { do: 'pay', customer: 0, amount: 30_000 } as const;
const nothing: Mishap = { what: 'nothing' };
const lost = (works: boolean): Mishap => ({ what: 'fault', kind: 'lost-answer', works, delayMs: 0 });

/** Has it happen, and answers the request that made it. */
async function happens(step: object, mishap: Mishap = nothing): Promise<Asking> {
  await player.play({ startsAt: world.now(), steps: [{ ...step, mishap, twin: false } as Step] });
  return player.asked.at(-1)!;
}
const stateOf = async (asking: Asking) => (await player.intentOf(asking))?.state;
const order = ({ orderNumber }: Asking) => world.testbed.state.ledger.withNumber(orderNumber)[0];
/** What Hecto answered to the inquiries about an order, in turn. */
const answers = (asking: Asking, endpoint: EndpointName = 'transactionResult') =>
  world.testbed.requests.of(endpoint, asking.orderNumber).map(({ outcome }) => outcome);
const arrivals = ({ endpoint, orderNumber }: Asking) => world.arrivals(endpoint, orderNumber);
async function eventsOf(asking: Asking) {
  const { id } = (await player.intentOf(asking))!;
  return (await world.events([id])).get(id) ?? [];
}

describe('a payment', () => {
  test('R07 whose answer takes too long is not known, is asked about after 35 s, and then made', async () => {
    const asking = await happens(pay, {
      what: 'fault',
      kind: 'delay',
      works: true,
      delayMs: hectoGets + 150,
    });
    expect(asking.told).toMatchObject([{ intent: { state: 'unknown' } }]);
    await world.pass(34);
    expect(answers(asking)).toEqual([]);
    await world.pass(3);
    expect(answers(asking)).toEqual(['0000']);
    expect(await stateOf(asking)).toBe('succeeded');
    expect(order(asking)).toMatchObject({ moves: 1 });
    expect(arrivals(asking)).toBe(1);
  });

  test.each([
    ['R08 that succeeds', undefined, 'succeeded', 1],
    ['R09 that fails', 'ST60', 'failed', 0],
  ])('%s late, after five inquiries in vain, does so once', async (_, outcome, end, moves) => {
    const asking = await happens(pay, {
      what: 'processing',
      seconds: 140,
      answer: 'lost',
      ...(outcome !== undefined && { outcome }),
    });
    await world.pass(139);
    expect(answers(asking)).toEqual(['ST38', 'ST38', 'ST38', 'ST38', 'ST38']);
    expect(await stateOf(asking)).toBe('unknown');
    expect(await eventsOf(asking)).toEqual([]);
    await world.pass(600);
    expect(answers(asking)).toEqual([...Array<string>(5).fill('ST38'), outcome ?? '0000']);
    expect(await stateOf(asking)).toBe(end);
    expect(await eventsOf(asking)).toEqual([`payment.${end}`]);
    expect(order(asking)?.moves).toBe(moves);
    expect(arrivals(asking)).toBe(1);
  });

  test('R10 that Hecto does not know yet is not given up while it may be on its way', async () => {
    // Three answers without it, all within a minute; then it arrives.
    const asking = await happens(pay, { what: 'fault', kind: 'late-work', delayMs: 700 });
    for (let looks = 0; looks < 6; looks += 1) await world.pass(9);
    expect(answers(asking)).toEqual(['ST06', 'ST06', 'ST06']);
    expect(await stateOf(asking)).toBe('unknown');
    await world.calm();
    await world.pass(60);
    expect(answers(asking).at(-1)).toBe('0000');
    expect(await stateOf(asking)).toBe('succeeded');
    expect(order(asking)).toMatchObject({ moves: 1 });
  });

  test('R10 that Hecto does not know after a minute and three answers was never made', async () => {
    const asking = await happens(pay, lost(false));
    await world.pass(200);
    expect(answers(asking)).toEqual(['ST06', 'ST06', 'ST06', 'ST06']);
    expect(await player.intentOf(asking)).toMatchObject({
      state: 'failed',
      refusal: { code: 'transaction-not-found' },
    });
    expect(order(asking)).toBeUndefined();
  });

  test('ST06 once before the truth is no proof', async () => {
    const asking = await happens(pay, lost(true));
    const { orderNumber } = asking;
    const fault = { endpoint: 'transactionResult', orderNumber, delayMs: 0 } as const;
    world.testbed.faults.plan({ ...fault, kind: 'refuse:ST06', works: false, times: 2 });
    await world.pass(120);
    expect(answers(asking)).toEqual(['ST06', 'ST06', '0000']);
    expect(await stateOf(asking)).toBe('succeeded');
  });

  test('R29 begun at 23:49 is asked about next day under its own date', async () => {
    await begins('2026-11-23T23:49:00+09:00');
    const asking = await happens(pay, { what: 'fault', kind: 'reset-mid-body', works: true, delayMs: 0 });
    world.unplugged = true; // not a word from Hecto until after midnight
    await world.pass(15 * 60, 0);
    world.unplugged = false;
    await world.pass(60 * 60, 1e3);
    const [inquiry] = world.testbed.requests.of('transactionResult', asking.orderNumber);
    expect(inquiry?.fields).toMatchObject({ mchtTrdDt: '20261123', reqDt: '20261124' });
    expect(await stateOf(asking)).toBe('succeeded');
    expect(order(asking)).toMatchObject({ day: '20261123', moves: 1 });
  });

  test('whose bank closes meanwhile is asked about until the bank has opened', async () => {
    const asking = await happens(pay, { what: 'processing', seconds: 100 });
    const from = new Date(world.now().getTime() + 60_000);
    world.testbed.state.maintenance.close(bankCode, from, new Date(from.getTime() + 3_600_000));
    await world.pass(3_600, 1e3);
    expect(answers(asking).slice(0, 2)).toEqual(['ST38', 'ST38']);
    expect(answers(asking).at(-1)).toBe('ST11');
    expect(await stateOf(asking)).toBe('unknown');
    await world.pass(600, 1e3);
    expect(answers(asking).at(-1)).toBe('0000');
    expect(await stateOf(asking)).toBe('succeeded');
    expect(order(asking)).toMatchObject({ moves: 1 });
  });

  test.each([
    ['that is final', { what: 'number-taken', processing: false, lost: false }],
    ['that is still being processed', { what: 'number-taken', processing: true, lost: false }],
    ['and the answer that says so is lost', { what: 'number-taken', processing: false, lost: true }],
  ] as const)('ST50 under a number that somebody else used %s is for a person to see', async (_, mishap) => {
    const asking = await happens(pay, mishap);
    await world.pass(600, 1e3);
    expect(order(asking)).toMatchObject({ customerId: player.stranger, moves: 1 });
    expect(await stateOf(asking)).toBe('needs_review');
    expect(await eventsOf(asking)).toEqual(['payment.needs_review']);
    expect(arrivals(asking)).toBe(1);
  });

  test('ST50 a history that Hecto refuses to show proves nothing: it is asked for again', async () => {
    const fault = { endpoint: 'transactionHistory', works: false, delayMs: 0 } as const;
    world.testbed.faults.plan({ ...fault, kind: 'refuse:ST09', times: 2 });
    world.testbed.faults.plan({ ...fault, kind: 'refuse:ST99', times: 2 });
    const asking = await happens(pay, { what: 'number-taken', processing: false, lost: true });
    await world.pass(41);
    expect(await stateOf(asking)).toBe('unknown');
    await world.pass(600, 1e3);
    expect(answers(asking, 'transactionHistory').at(-1)).toBe('0000');
    expect(await stateOf(asking)).toBe('needs_review');
  });

  test('R11 that cannot be sent arrives at Hecto never, and asks for nothing', async () => {
    world.unplugged = true;
    const asking = await happens(pay);
    world.unplugged = false;
    await world.pass(600);
    expect(await player.intentOf(asking)).toMatchObject({
      state: 'failed',
      refusal: { code: 'service-unavailable' },
    });
    expect([arrivals(asking), answers(asking).length, order(asking)]).toEqual([0, 0, undefined]);
  });
});

describe('a refund', () => {
  test.each([
    ['was made', true, 'succeeded'],
    ['was not made', false, 'failed'],
  ])('R13 whose answer is lost is looked up among refunds: it %s', async (_, works, end) => {
    const payment = await happens(pay);
    const asking = await happens({ do: 'refund', of: 0, share: 'rest' }, lost(works));
    await world.pass(200);
    expect(await stateOf(asking)).toBe(end);
    const inquiries = world.testbed.requests.of('transactionHistory', asking.orderNumber);
    expect(inquiries).not.toHaveLength(0);
    for (const { fields } of inquiries) expect(fields['pktDivCd']).toBe('RT');
    expect(arrivals(asking)).toBe(1);
    expect(world.testbed.state.ledger.leftOf(order(payment)!)).toBe(works ? 0 : 30_000);
    // What was not given back may be asked for again, what was may not.
    const again = await happens({ do: 'refund', of: 0, share: 'rest' });
    expect(again.told).toMatchObject([
      works ? { problem: 'not-refundable' } : { intent: { state: 'succeeded' } },
    ]);
  });

  test('counts as long as it is not known: nobody can refund the same won meanwhile', async () => {
    await happens(pay);
    await happens({ do: 'refund', of: 0, share: 'rest' }, lost(true));
    const second = await happens({ do: 'refund', of: 0, share: 'part' });
    expect(second.told).toEqual([{ problem: 'not-refundable' }]);
  });
});

describe('a registration', () => {
  const register = { do: 'register', customer: 0 } as const;

  test.each([
    ['was made', true, 'succeeded'],
    ['was not made', false, 'failed'],
  ])('R12 whose answer is lost is looked up in the list: it %s', async (_, works, end) => {
    const asking = await happens(register, lost(works));
    await world.pass(200);
    const intent = await player.intentOf(asking);
    const [, own] = world.testbed.state.registrations.of(player.customers[0]!.id);
    expect([intent?.state, intent?.result?.accountKey]).toEqual([end, own?.key]);
    expect(arrivals(asking)).toBe(1);
  });

  const { intent, described } = {
    intent: { endpoint: 'accountRegistration', request: { bankCd: '088', custAcntNo: '110432109876' } },
    described: { bankCd: '088', custAcntNo: '110******876', custAcntKey: 'key' },
  } as const;
  const meaning = { code: 'account-already-registered', terminal: true, retryable: false } as const;
  test.each([
    ['ST08', 'the same account', described, 'succeeded'],
    ['ST43', 'the same account', described, 'succeeded'],
    ['ST08', 'an account at another bank', { ...described, bankCd: '004' }, 'open'],
    ['ST43', 'an account with another number', { ...described, custAcntNo: '333******123' }, 'open'],
    ['ST08', 'an account without a key', { ...described, custAcntKey: undefined }, 'open'],
  ])('R12 %s about %s', (code, _, answer, kind) => {
    const reply = { kind: 'refused', code, status: '0031', meaning, answer } as never;
    expect(verdictOf(intent as never, reply).kind).toBe(kind);
  });
});

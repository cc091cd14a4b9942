import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rejectCodes } from '../../../shared/hecto/codes.ts';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import type { Intent } from '../../store/intents.ts';
import { bankCode, MoneyPlayer, type Asking } from '../testing/money-player.ts';
import type { Step } from '../testing/money-story.ts';
import { MoneyWorld } from '../testing/money-world.ts';

/*
 * What every code means on every call that moves money or binds an account, as the reliability rules put it. Hecto
 * answers with the code, having done the work or not; then time passes. What happened, and how often we called, is
 * read from Hecto's own ledger and log.
 */

/** Nobody can say from the code alone whether it was done: ask, and never send again. */
const openCodes: readonly string[] = [
  ...['VTIM', 'ST36', 'ST04', 'ST05', 'ST07', 'ST10'],
  ...['ST38', 'ST40', 'ST29', 'ST30', 'ST39', 'ST50'],
  ...['ST42', 'ST03', 'ST31', 'ST06'],
  'ZZ99', // as yet unknown
];
/** On a registration these say that the account was there before: whether it is ours, the list tells. */
const thereBefore: readonly string[] = ['ST08', 'ST43'];
/** On a refund this says that the customer has the money already. */
const givenBackBefore = 'ST25';

const codes = [...Object.keys(rejectCodes), 'ZZ99'].filter((code) => /^[A-Z0-9]{4}$/.test(code));
const steps = {
  payment: { do: 'pay', customer: 0, amount: 1_000 },
  recurringPaymentApproval: { do: 'charge', customer: 0, amount: 1_000 },
  paymentCancel: { do: 'refund', of: 0, share: 'part' },
  remittance: { do: 'remit', customer: 0, amount: 1_000 },
  accountRegistration: { do: 'register', customer: 0 },
} as const;
type Call = keyof typeof steps;
const calls = Object.keys(steps) as Call[];
const inquiryOf: Record<Call, EndpointName> = {
  payment: 'transactionResult',
  recurringPaymentApproval: 'transactionResult',
  paymentCancel: 'transactionHistory',
  remittance: 'transactionResult',
  accountRegistration: 'accountList',
};

const isOpen = (call: Call, code: string) =>
  openCodes.includes(code) || (call === 'accountRegistration' && thereBefore.includes(code));

type Cell = { readonly call: Call; readonly code: string; readonly works: boolean };
const cells: readonly Cell[] = calls.flatMap((call) =>
  codes.flatMap((code) => {
    // A Hecto that says no and does it all the same cannot be found out.
    const works = isOpen(call, code) ? [true, false] : [false];
    return works.map((one) => ({ call, code, works: one }));
  }),
);
const nameOf = ({ call, code, works }: Cell) => `${call} ${code} ${works ? 'done' : 'not done'}`;

let world: MoneyWorld;
let player: MoneyPlayer;
const askings = new Map<string, Asking>();
/** As they were before the clock moved, and as they are in the end. */
const atFirst = new Map<string, Intent>();
const atLast = new Map<string, Intent>();

beforeAll(async () => {
  world = await MoneyWorld.open(10_000);
  await world.begin(new Date('2026-11-23T12:00:00+09:00'));
  player = new MoneyPlayer(world);
  for (const { accountNumber } of player.customers) {
    const account = world.testbed.state.accounts.at(bankCode, accountNumber);
    account.opening = account.balance = 1e9;
  }
  const sending = { mishap: { what: 'nothing' }, twin: false } as const;
  const prepared = async (step: Step) => {
    const asking = (await player.prepare(step as Parameters<MoneyPlayer['prepare']>[0]))!;
    player.asked.push(asking);
    return asking;
  };
  // One payment to refund for each refund.
  const refunds = cells.filter(({ call }) => call === 'paymentCancel');
  for (const _ of refunds) await player.send(await prepared({ ...steps.payment, ...sending }), 0);
  for (const [index, cell] of [
    ...refunds,
    ...cells.filter(({ call }) => call !== 'paymentCancel'),
  ].entries()) {
    const asking = await prepared({ ...steps[cell.call], of: index, ...sending } as Step);
    const { call: endpoint, code, works } = cell;
    const { orderNumber } = asking;
    const fault = { endpoint, orderNumber, works, times: 1, delayMs: 0 };
    world.testbed.faults.plan({ ...fault, kind: code === 'ZZ99' ? 'unknown-code' : `refuse:${code}` });
    await player.send(asking, index);
    askings.set(nameOf(cell), asking);
    atFirst.set(nameOf(cell), (await player.intentOf(asking))!);
  }
  // Two minutes, every inquiry in its time; then a day and an hour at once.
  await world.pass(120, 1e6);
  await world.pass(90_000, 0);
  await world.pass(0, 1e6);
  for (const cell of cells) atLast.set(nameOf(cell), (await player.intentOf(askings.get(nameOf(cell))!))!);
}, 240_000);
afterAll(() => world.close());

/** How often Hecto says that the money moved, or the account is bound. */
function done({ call }: Cell, { orderNumber, body }: Asking): number {
  const { ledger, registrations } = world.testbed.state;
  if (call !== 'accountRegistration') return ledger.withNumber(orderNumber)[0]?.moves ?? 0;
  const { accountNumber } = body as { accountNumber: string };
  return registrations.of(player.customers[0]!.id).filter((one) => one.accountNumber === accountNumber)
    .length;
}

function inquiries({ call }: Cell, { orderNumber }: Asking): number {
  const asked = world.testbed.requests.of(inquiryOf[call]);
  return asked.filter(({ fields }) => fields['mchtTrdNo'] === orderNumber).length;
}

describe.each(calls)('R22 %s', (call) => {
  const own = cells.filter((cell) => cell.call === call);
  const isRegistration = call === 'accountRegistration';

  test.each(own.map((cell) => [nameOf(cell), cell] as const))('%s: arrives once', (name, cell) => {
    const asking = askings.get(name)!;
    expect(world.arrivals(call, asking.orderNumber)).toBe(1);
    expect(done(cell, asking)).toBe(cell.works ? 1 : 0);
  });

  const open = own.filter(({ code }) => isOpen(call, code));
  test.each(open.map((cell) => [nameOf(cell), cell] as const))(
    '%s: is not known until it was asked',
    (name, cell) => {
      expect(atFirst.get(name)?.state).toBe('unknown');
      const { state, refusal } = atLast.get(name)!;
      // Under a number that had been used before there is no telling whose remittance it was.
      const untold = call === 'remittance' && cell.code === 'ST50' && cell.works;
      expect(state).toBe(untold ? 'needs_review' : cell.works ? 'succeeded' : 'failed');
      if (state === 'failed') expect(refusal?.code).toBe('transaction-not-found');
      if (!isRegistration) {
        const asked = inquiries(cell, askings.get(name)!);
        expect(asked).toBeGreaterThanOrEqual(cell.works ? 1 : 3);
      }
    },
  );

  const final = own.filter(
    ({ code }) => !isOpen(call, code) && !(call === 'paymentCancel' && code === givenBackBefore),
  );
  test.each(final.map((cell) => [nameOf(cell), cell] as const))(
    '%s: is a refusal, and nobody asks',
    (name, cell) => {
      expect(atFirst.get(name)).toMatchObject({
        state: 'failed',
        refusal: { hecto: { outStatCd: '0031', outRsltCd: cell.code } },
      });
      expect(atLast.get(name)?.state).toBe('failed');
      if (!isRegistration) expect(inquiries(cell, askings.get(name)!)).toBe(0);
    },
  );
});

test(`R22 paymentCancel ${givenBackBefore}: the customer has the money, and nobody asks`, () => {
  const cell = { call: 'paymentCancel', code: givenBackBefore, works: false } as const;
  expect(atFirst.get(nameOf(cell))?.state).toBe('succeeded');
  expect(inquiries(cell, askings.get(nameOf(cell))!)).toBe(0);
});

test('R22 the list is asked about registrations that are open, and about no other', () => {
  const first = world.testbed.requests.of('accountList').length;
  const openOnes = cells.filter(({ call, code }) => call === 'accountRegistration' && isOpen(call, code));
  const leastOnes = openOnes.reduce((sum, { works }) => sum + (works ? 1 : 3), 0);
  expect(first).toBeGreaterThanOrEqual(leastOnes);
  expect(first).toBeLessThanOrEqual(openOnes.length * 6);
});

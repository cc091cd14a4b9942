import fc from 'fast-check';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- for tests only: they need Hecto's side
import { faultKinds, type FaultKind } from '../../../e2e/testbed/faults/kinds.ts';
import type { Checkpoint } from '../../checkpoint.ts';

/* What can happen to a merchant's money, as data: stories that fast-check tells at random and makes shorter. */

/** What befalls the one call that moves money. */
export type Mishap =
  | { readonly what: 'nothing' }
  | {
      readonly what: 'fault';
      readonly kind: FaultKind;
      readonly works?: boolean;
      /** Real time. */
      readonly delayMs: number;
    }
  | {
      readonly what: 'processing';
      readonly seconds: number;
      readonly outcome?: string;
      readonly answer?: string;
    }
  /** Somebody else used the order number before, for another amount. */
  | { readonly what: 'number-taken'; readonly processing: boolean; readonly lost: boolean };

type Place = Parameters<Checkpoint>[0];

type Sending = {
  readonly mishap: Mishap;
  /** Where the process dies that was asked. */
  readonly crash?: Place | undefined;
  /** The same request arrives at the other instance at the same time. */
  readonly twin: boolean;
};

export type Step =
  | ({ readonly do: 'pay'; readonly customer: number; readonly amount: number } & Sending)
  | ({ readonly do: 'charge'; readonly customer: number; readonly amount: number } & Sending)
  | ({ readonly do: 'refund'; readonly of: number; readonly share: 'part' | 'rest' | 'too-much' } & Sending)
  | ({ readonly do: 'remit'; readonly customer: number; readonly amount: number } & Sending)
  | ({ readonly do: 'register'; readonly customer: number } & Sending)
  /** An earlier request once more: the same, with another body, or its order number under another key. */
  | { readonly do: 'repeat'; readonly of: number; readonly how: 'same' | 'other-body' | 'other-key' }
  /** The merchant does not want to wait. */
  | { readonly do: 'inquire'; readonly of: number }
  /** Whoever does the next thing of this kind dies there. */
  | { readonly do: 'crash'; readonly at: Place }
  | { readonly do: 'pass'; readonly seconds: number }
  /** None of our instances runs. */
  | { readonly do: 'sleep'; readonly seconds: number }
  /** Hecto does nothing and says nothing useful, until it is fair again. */
  | { readonly do: 'storm'; readonly kind: FaultKind }
  /** About every second inquiry goes wrong. */
  | { readonly do: 'fog'; readonly kind: FaultKind; readonly seed: number }
  /** There is no connection to Hecto, until it is fair again. */
  | { readonly do: 'unplug' }
  | { readonly do: 'fair' }
  | { readonly do: 'bank-closes'; readonly after: number; readonly seconds: number };

export type Story = { readonly startsAt: Date; readonly steps: readonly Step[] };

/*
 * A drip takes a real minute; ten megabytes and fifty thousand levels have tests of their own; 429 and 503 ask for a
 * second of real peace.
 */
const tooSlow = ['drip', 'huge', 'deep-json', 'http-429', 'http-503'];
const broken = faultKinds.filter((kind) => !tooSlow.includes(kind)) as FaultKind[];
/** Codes that leave it open what became of the order: then Hecto may have done anything. */
const openCodes = ['04', '05', '06', '07', '10', '29', '30', '36', '38', '39', '40', '42', '50', '03', '31'];
/** Codes by which Hecto says that it did nothing. A Hecto that lies here cannot be found out by anybody. */
const finalCodes = ['09', '11', '12', '16', '22', '33', '34', '35', '41', '44', '60', '61', '68', '72', '99'];
const refuse = (codes: readonly string[]) =>
  fc.constantFrom(...codes.map((code): FaultKind => `refuse:ST${code}`));

const delayMs = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.constant(8) },
  { weight: 1, arbitrary: fc.constant(250) },
);
const works = fc.constantFrom(true, false);
const faults = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom(...broken), works, delayMs }) },
  { weight: 3, arbitrary: fc.record({ kind: refuse(openCodes), works, delayMs }) },
  { weight: 2, arbitrary: fc.record({ kind: refuse(finalCodes), works: fc.constant(false), delayMs }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant<FaultKind>('late-work'), delayMs: fc.nat(30) }) },
);
const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Mishap>({ what: 'nothing' }) },
  { weight: 6, arbitrary: faults.map((fault): Mishap => ({ what: 'fault', ...fault })) },
  {
    weight: 3,
    arbitrary: fc
      .record(
        {
          seconds: fc.constantFrom(0, 1, 40, 70, 300, 5_000),
          outcome: fc.constantFrom('ST12', 'ST16', 'ST33', 'ST60'),
          answer: fc.constantFrom('0000', 'lost', 'ST38', 'ST40', 'ST10'),
        },
        { requiredKeys: ['seconds'] },
      )
      .map((delay): Mishap => ({ what: 'processing', ...delay })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ processing: fc.boolean(), lost: fc.boolean() })
      .map((taken): Mishap => ({ what: 'number-taken', ...taken })),
  },
);

const dyingPlaces: readonly Place[] = [
  'intent.creating',
  'intent.created',
  'intent.submitting',
  'intent.submitted',
  'intent.answered',
  'intent.settling',
  'intent.settled',
];
const sending = {
  mishap,
  crash: fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...dyingPlaces) },
  ),
  twin: fc.nat(7).map((rolled) => rolled === 7),
};
const customer = fc.nat(1);
const amount = fc.constantFrom(1_000, 30_000, 400_000, 700_000);
const of = fc.nat(9);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('pay'), customer, amount, ...sending }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('charge'), customer, amount, ...sending }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('refund'),
      of,
      share: fc.constantFrom('part', 'rest', 'too-much'),
      ...sending,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remit'), customer, amount, ...sending }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('register'), customer, ...sending }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('repeat'),
      of,
      how: fc.constantFrom('same', 'other-body', 'other-key'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('inquire'), of }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('crash'),
      at: fc.constantFrom<Place>('inquiry.claimed', 'inquiry.answered', 'intent.settling', 'inquiry.settled'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pass'),
      seconds: fc.constantFrom(1, 5, 9, 36, 45, 61, 400, 4_000, 90_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('storm'),
      kind: fc.constantFrom<FaultKind>('http-500', 'reset-before-headers', 'html'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('fog'),
      // An inquiry that is refused as an order would be, lies: nobody could tell.
      kind: fc.oneof(fc.constantFrom(...broken), refuse(['09', '10', '11', '38', '42', '99'])),
      seed: fc.nat(1_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('sleep'), seconds: fc.constantFrom(50, 400, 90_000) }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'unplug' }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fair') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('bank-closes'),
      after: fc.constantFrom(0, 20, 50),
      seconds: fc.constantFrom(60, 1_500),
    }),
  },
);

const noon = Date.parse('2026-11-23T12:00:00+09:00');

export const story: fc.Arbitrary<Story> = fc.record({
  // Noon, or shortly before midnight in Korea.
  startsAt: fc.constantFrom(noon, noon + 42_000_000).map((at) => new Date(at)),
  steps: fc.array(step, { minLength: 1, maxLength: 7, size: 'max' }),
});

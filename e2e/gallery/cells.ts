/**
 * The gallery's cells: every state of every screen as data. A step, a phase, an ending or a refusal without a cell
 * does not compile.
 */
import { doneAt } from '../../bff/text/wording.ts';
import type { Ending } from '../../widget/app/screen.ts';
import type { RefusalCode } from '../../shared/api/refusals.ts';
import type { ArsPhase, PasswordPhase, Refusal, StateAt, Step } from '../../shared/api/state.ts';
import { arsCodes, rejectCodes } from '../../shared/hecto/codes.ts';
import { passAppOf } from '../../shared/values/pass-apps.ts';
import type { Behaviour } from './fake-bff.ts';
import { introduce, numberTyped, type Act } from './hands.ts';
import { account, later, now, refused, stateAt } from './states.ts';

/** Where in the gallery a cell is found. */
export type Group = Step | 'shell' | 'ends' | 'refusals';

export type Cell = {
  /** `ars/calling`: what stands in the address. */
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  readonly bff: Behaviour;
  /** What the customer did since the screen appeared. */
  readonly acts: readonly Act[];
};

type Draft = { readonly title: string; readonly bff: Behaviour; readonly acts?: readonly Act[] };
type Drafts<Known extends string = never> = { readonly [K in Known]: Draft } & Readonly<
  Record<string, Draft>
>;

const known = { name: '홍*동', phone: '010-****-5678', carrier: 'lgu-mvno' } as const;
const withAccount = { known: { ...known, account } };

const identity = stateAt({ step: 'identity' });
const prefilled = stateAt({ step: 'identity', prefill: { name: '홍길동', phone: '01012345678' } });
const code = stateAt({
  step: 'code',
  known: { ...known, method: 'sms' },
  expiresAt: later(171),
  resendAt: later(-1),
  triesLeft: 5,
  sendsLeft: 3,
});
const pass = stateAt({
  step: 'pass',
  known: { ...known, method: 'pass' },
  expiresAt: later(290),
  resendAt: later(-1),
  app: passAppOf(known.carrier),
});
const bank = stateAt({ step: 'account', known });
const ars = (phase: ArsPhase, more: Partial<StateAt<'ars'>> = {}) =>
  stateAt({ step: 'ars', ...withAccount, ars: phase, callsLeft: 2, nextCallAt: now, ...more });
const password = (phase: PasswordPhase, triesLeft = 5) =>
  stateAt({ step: 'password', ...withAccount, phase, triesLeft });
const done = (more: Partial<StateAt<'done'>> = {}) =>
  stateAt({
    step: 'done',
    ...withAccount,
    account,
    alreadyRegistered: false,
    completedAt: now,
    completedText: doneAt(now),
    ...more,
  });
const calling = ars({ phase: 'calling', digits: '37', callEndsAt: later(48) });
const ready = ars({ phase: 'ready' });

const asked: Act = (hands) => hands.press(({ identity }) => identity.sms);
const choose: Act = (hands) => hands.press(({ account }) => account.check);

const steps = {
  terms: {
    first: { title: 'Nothing is ticked', bff: { state: stateAt({ step: 'terms' }) } },
    partly: {
      title: 'One of them ticked',
      bff: { state: stateAt({ step: 'terms' }) },
      acts: [(hands) => hands.tick(1)],
    },
    missing: {
      title: 'Required ones missing',
      bff: { state: stateAt({ step: 'terms' }) },
      acts: [(hands) => hands.press(({ terms }) => terms.agree)],
    },
    document: {
      title: 'A document is open',
      bff: { state: stateAt({ step: 'terms' }) },
      acts: [(hands) => hands.pressWhere('.arrow')],
    },
    loading: { title: 'Documents on their way', bff: { state: stateAt({ step: 'terms' }), reads: 'never' } },
    lost: { title: 'Documents did not come', bff: { state: stateAt({ step: 'terms' }), reads: 'lost' } },
    busy: {
      title: 'Consents on their way',
      bff: { state: stateAt({ step: 'terms' }), commands: 'never' },
      acts: [(hands) => hands.tick(0), (hands) => hands.press(({ terms }) => terms.agree)],
    },
  },
  identity: {
    name: { title: 'The name', bff: { state: identity } },
    prefilled: { title: 'The name, known to the merchant', bff: { state: prefilled } },
    'name-wrong': {
      title: 'A name that cannot be',
      bff: { state: identity },
      acts: [(hands) => introduce(hands, 'name', '!?')],
    },
    birth: {
      title: 'The birth date',
      bff: { state: identity },
      acts: [(hands) => introduce(hands, 'birth')],
    },
    'birth-wrong': {
      title: 'A birth date that cannot be',
      bff: { state: identity },
      acts: [
        (hands) => introduce(hands, 'birth'),
        (hands) => hands.type(({ identity }) => identity.birth, '991399'),
        (hands) => hands.type(({ identity }) => identity.gender, '1'),
      ],
    },
    carriers: {
      title: 'The carriers',
      bff: { state: identity },
      acts: [(hands) => introduce(hands, 'carrier')],
    },
    'carriers-again': {
      title: 'The carriers, one of them chosen before',
      bff: { state: identity },
      acts: [(hands) => introduce(hands, 'phone'), (hands) => hands.pressWhere('#carrier')],
    },
    'carriers-help': {
      title: 'What a budget carrier is',
      bff: { state: identity },
      acts: [(hands) => introduce(hands, 'carrier'), (hands) => hands.pressWhere('summary')],
    },
    phone: {
      title: 'The phone number',
      bff: { state: identity },
      acts: [(hands) => introduce(hands, 'phone')],
    },
    'phone-wrong': {
      title: 'A phone number that cannot be',
      bff: { state: identity },
      acts: [(hands) => introduce(hands, 'phone', '0201234')],
    },
    method: {
      title: 'Text message or PASS',
      bff: { state: identity },
      acts: [(hands) => introduce(hands, 'method')],
    },
    busy: {
      title: 'Asking for the text message',
      bff: { state: identity, commands: 'never' },
      acts: [(hands) => introduce(hands, 'method'), asked],
    },
  },
  code: {
    first: { title: 'Waiting for the code', bff: { state: { ...code, resendAt: later(30) } } },
    typing: {
      title: 'Three digits typed',
      bff: { state: code },
      acts: [(hands) => hands.type(({ code }) => code.label, '123')],
    },
    busy: {
      title: 'Code on its way',
      bff: { state: code, commands: 'never' },
      acts: [(hands) => hands.type(({ code }) => code.label, '123456')],
    },
    resent: {
      title: 'Sent once more',
      bff: { state: code, answer: { ...code, version: 2, expiresAt: later(180), resendAt: later(30) } },
      acts: [(hands) => hands.press(({ code }) => code.resend)],
    },
    expired: { title: 'Time is over', bff: { state: { ...code, expiresAt: now } } },
    last: { title: 'No more messages today', bff: { state: { ...code, sendsLeft: 0 } } },
  },
  pass: {
    first: { title: 'Waiting for PASS', bff: { state: { ...pass, resendAt: later(30) } } },
    again: { title: 'Can be sent again', bff: { state: pass } },
    busy: {
      title: 'Checking',
      bff: { state: pass, commands: 'never' },
      acts: [(hands) => hands.press(({ pass }) => pass.check)],
    },
  },
  account: {
    banks: { title: 'The banks, two of them closed', bff: { state: bank } },
    securities: {
      title: 'Securities firms',
      bff: { state: bank },
      acts: [(hands) => hands.press(({ account }) => account.kinds.securities)],
    },
    search: {
      title: 'Searching',
      bff: { state: bank },
      acts: [(hands) => hands.type(({ account }) => account.search, '신한')],
    },
    none: {
      title: 'Nothing found',
      bff: { state: bank },
      acts: [(hands) => hands.type(({ account }) => account.search, 'xyz')],
    },
    maintenance: {
      title: 'A bank under maintenance was pressed',
      bff: { state: bank },
      acts: [(hands) => hands.pressWhere('.closed')],
    },
    unusable: {
      title: 'A bank that takes nothing was pressed',
      bff: { state: bank },
      acts: [(hands) => hands.pressWhere('.closed', 1)],
    },
    loading: { title: 'Banks on their way', bff: { state: bank, reads: 'never' } },
    lost: { title: 'Banks did not come', bff: { state: bank, reads: 'lost' } },
    number: { title: 'The number', bff: { state: bank }, acts: [(hands) => numberTyped(hands, '')] },
    'number-wrong': {
      title: 'A number that cannot be',
      bff: { state: bank },
      acts: [(hands) => numberTyped(hands, '123'), choose],
    },
    busy: {
      title: 'Checking the account',
      bff: { state: bank, commands: 'never' },
      acts: [numberTyped, choose],
    },
  },
  ars: {
    ready: { title: 'Is this your account?', bff: { state: ready } },
    soon: {
      title: 'The next call in a moment',
      bff: { state: ars({ phase: 'ready' }, { nextCallAt: later(25) }) },
    },
    exhausted: { title: 'No calls left', bff: { state: ars({ phase: 'ready' }, { callsLeft: 0 }) } },
    busy: {
      title: 'Asking for the call',
      bff: { state: ready, commands: 'never' },
      acts: [(hands) => hands.press(({ ars }) => ars.call)],
    },
    calling: { title: 'The call', bff: { state: calling } },
    'calling-six': {
      title: 'The call, six digits',
      bff: { state: ars({ phase: 'calling', digits: '370195', callEndsAt: later(48) }) },
    },
    help: {
      title: 'The call does not come',
      bff: { state: calling },
      acts: [(hands) => hands.press(({ ars }) => ars.notComing)],
    },
    'help-last': {
      title: 'The call does not come, and was the last',
      bff: { state: { ...calling, callsLeft: 0 } },
      acts: [(hands) => hands.press(({ ars }) => ars.notComing)],
    },
    registering: { title: 'Registering', bff: { state: ars({ phase: 'registering' }) } },
    confirming: { title: 'Asking for the result', bff: { state: ars({ phase: 'confirming' }) } },
  } satisfies Drafts<ArsPhase['phase']>,
  password: {
    enter: { title: 'The password', bff: { state: password('enter') } },
    typing: {
      title: 'Three digits pressed',
      bff: { state: password('enter') },
      acts: [(hands) => hands.pressKeys('370')],
    },
    busy: {
      title: 'Password on its way',
      bff: { state: password('enter'), commands: 'never' },
      acts: [(hands) => hands.pressKeys('370195')],
    },
    forgotten: {
      title: 'The password, which can be replaced',
      bff: { state: { ...password('enter'), replaceable: true } },
    },
    set: { title: 'A new password', bff: { state: password('set') } },
    repeat: { title: 'Once more', bff: { state: password('repeat') } },
    locked: { title: 'Locked, after a reload', bff: { state: password('enter', 0) } },
    loading: { title: 'Keypad on its way', bff: { state: password('enter'), reads: 'never' } },
    lost: { title: 'Keypad did not come', bff: { state: password('enter'), reads: 'lost' } },
  } satisfies Drafts<PasswordPhase>,
  done: {
    first: { title: 'Registered', bff: { state: done() } },
    already: { title: 'Registered before', bff: { state: done({ alreadyRegistered: true }) } },
    back: { title: 'With a way back', bff: { state: done({ returnUrl: 'https://shop.example/' }) } },
  },
  failed: {
    'after-account': {
      title: 'Failed, but the account is registered',
      bff: { state: stateAt({ step: 'failed', known: { account }, ...refused('password-not-set') }) },
    },
    back: {
      title: 'Failed, with a way back',
      bff: { state: stateAt({ step: 'failed', returnUrl: 'https://shop.example/' }) },
    },
  },
  cancelled: {
    'after-account': {
      title: 'Left before the password',
      bff: { state: stateAt({ step: 'cancelled', known: { account } }) },
    },
  },
  expired: {
    'after-account': {
      title: 'Too late for the password',
      bff: { state: stateAt({ step: 'expired', known: { account } }) },
    },
  },
} satisfies { readonly [S in Step]: Drafts };

/** The ends, of the journey and of this window. */
const ends: Drafts<Ending> = {
  failed: { title: 'Failed', bff: { state: stateAt({ step: 'failed' }) } },
  cancelled: { title: 'Cancelled', bff: { state: stateAt({ step: 'cancelled' }) } },
  expired: { title: 'Expired', bff: { state: stateAt({ step: 'expired' }) } },
  'taken-over': {
    title: 'Goes on in another window',
    bff: { state: code, later: 'session-taken-over' },
    acts: [(hands) => hands.comeBack()],
  },
  'not-authorized': { title: 'The token was used before', bff: { start: 'client-token-invalid' } },
  unavailable: { title: 'The BFF cannot be reached', bff: { start: 'lost' } },
};

/** What the shell adds to any screen. */
const shell: Drafts = {
  starting: { title: 'Starting', bff: { start: 'never' } },
  leaving: {
    title: 'Really leave?',
    bff: { state: calling },
    acts: [(hands) => hands.press(({ shell }) => shell.close)],
  },
  offline: { title: 'Offline', bff: { state: code }, acts: [(hands) => hands.goOffline()] },
  'ends-soon': { title: 'A minute before time is up', bff: { state: { ...bank, sessionEndsAt: later(50) } } },
  'not-sent': {
    title: 'A request was lost',
    bff: { state: ready, commands: 'lost' },
    acts: [(hands) => hands.press(({ ars }) => ars.call)],
  },
};

type Place = 'identity' | 'code' | 'pass' | 'bank' | 'account' | 'ars' | 'password' | 'failed';

/**
 * Where the customer reads a refusal. Those of payments have their place where a registration that Hecto refuses leads
 * to; what is not known yet stands where the BFF says so instead of a guess.
 */
const refusedAt: { readonly [C in RefusalCode]: Place } = {
  'account-not-confirmed': 'account',
  'account-already-registered': 'account',
  'account-not-usable': 'account',
  'account-restricted': 'account',
  'account-not-accepted': 'account',
  'account-holder-mismatch-birth': 'account',
  'account-cancelled': 'account',
  'account-already-cancelled': 'account',
  'account-link-ended': 'account',
  'account-link-not-valid': 'account',
  'account-checks-exhausted': 'account',
  'holder-check-failed': 'account',
  'bank-maintenance': 'bank',
  'bank-not-supported': 'bank',
  'service-maintenance': 'account',
  'service-paused': 'identity',
  'service-busy': 'identity',
  'service-unavailable': 'identity',
  'phone-not-verified': 'identity',
  'pass-not-available': 'identity',
  'pass-expired': 'pass',
  'pass-not-finished': 'pass',
  'code-wrong': 'code',
  'code-expired': 'code',
  'code-tries-exhausted': 'identity',
  'code-sends-exhausted': 'identity',
  'too-soon': 'identity',
  'call-wrong-digits': 'ars',
  'call-no-digits': 'ars',
  'call-number-unreachable': 'ars',
  'call-declined': 'ars',
  'call-not-answered': 'ars',
  'call-cancelled': 'ars',
  'call-failed': 'ars',
  'call-check-failed': 'ars',
  'call-not-receivable': 'ars',
  'call-not-placed': 'ars',
  'call-not-finished': 'ars',
  'call-account-differs': 'ars',
  'call-not-requested': 'ars',
  'calls-exhausted': 'ars',
  'password-wrong': 'password',
  'password-locked': 'password',
  'password-too-simple': 'password',
  'password-differs': 'password',
  'password-not-set': 'failed',
  'password-not-saved': 'password',
  'balance-too-low': 'account',
  'limit-per-payment': 'account',
  'limit-per-day': 'account',
  'limit-per-day-amount': 'account',
  'limit-per-month-amount': 'account',
  'limit-per-day-count': 'account',
  'limit-per-month-count': 'account',
  'second-approval-needed': 'account',
  'payment-cancelled': 'account',
  'already-cancelled': 'account',
  'refund-amount': 'account',
  'receipt-already-registered': 'account',
  'receipt-not-registered': 'account',
  'method-not-allowed': 'account',
  'method-barred': 'account',
  'not-possible': 'account',
  'transaction-failed': 'account',
  'transaction-not-found': 'account',
  'registration-not-made': 'ars',
  'no-answer': 'ars',
  'result-pending': 'code',
  'result-unknown': 'failed',
  'request-pending': 'pass',
  'earlier-request-pending': 'code',
  'busy-pending': 'code',
  'duplicate-pending': 'code',
  'double-withdrawal-check': 'account',
  'double-remittance-check': 'account',
  'registration-pending': 'account',
  'refund-pending': 'account',
  'refund-already-pending': 'account',
  'request-not-accepted': 'identity',
};

/** What some refusals tell besides. */
const details: { readonly [C in RefusalCode]?: Partial<Refusal> } = {
  'account-not-confirmed': { triesLeft: 4 },
  'account-checks-exhausted': { opensAt: '2026-11-23T15:00:00.000Z' },
  'bank-maintenance': { opensAt: '2026-11-23T15:30:00.000Z' },
  'code-wrong': { triesLeft: 3 },
  'code-sends-exhausted': { opensAt: '2026-11-23T15:00:00.000Z' },
  'too-soon': { opensAt: later(25) },
  'calls-exhausted': { opensAt: '2026-11-23T15:00:00.000Z' },
  'password-wrong': { triesLeft: 4 },
  'password-locked': { triesLeft: 0 },
};

/** How the customer gets to see a refusal at each place. */
const at: { readonly [P in Place]: (code: RefusalCode) => Omit<Draft, 'title'> } = {
  identity: (code) => ({
    bff: { state: identity, answer: { ...prefilled, version: 2, ...refused(code, details[code]) } },
    acts: [(hands) => introduce(hands, 'method'), asked],
  }),
  code: (why) => ({ bff: { state: { ...code, ...refused(why, details[why]) } } }),
  pass: (why) => ({ bff: { state: { ...pass, ...refused(why, details[why]) } } }),
  bank: (why) => ({ bff: { state: { ...bank, ...refused(why, details[why]) } } }),
  account: (why) => ({
    bff: { state: bank, answer: { ...bank, version: 2, ...refused(why, details[why]) } },
    acts: [numberTyped, choose],
  }),
  ars: (why) => ({
    bff: { state: { ...ready, callsLeft: why === 'calls-exhausted' ? 0 : 2, ...refused(why, details[why]) } },
  }),
  password: (why) => ({
    bff: {
      state: {
        ...password(/simple|differs|saved/.test(why) ? 'set' : 'enter'),
        ...(why === 'password-locked' && { triesLeft: 0 }),
        ...refused(why, details[why]),
      },
    },
  }),
  failed: (why) => ({
    bff: {
      state: stateAt({
        step: 'failed',
        ...(why === 'password-not-set' && { known: { account } }),
        ...refused(why, details[why]),
      }),
    },
  }),
};

/** Hecto's codes that come to the customer in these words. */
export function hectoCodesOf(refusal: RefusalCode): string[] {
  const rejected = Object.entries(rejectCodes).filter(([, meaning]) => meaning.code === refusal);
  const called = Object.entries(arsCodes).filter(
    ([, outcome]) => typeof outcome !== 'string' && outcome.refusal.code === refusal,
  );
  return [...rejected.map(([code]) => code), ...called.map(([code]) => `ARS ${code}`)];
}

const refusals = Object.fromEntries(
  (Object.entries(refusedAt) as [RefusalCode, Place][]).map(([why, place]) => [
    why,
    { title: [why, ...hectoCodesOf(why)].join(' '), ...at[place](why) },
  ]),
);

/** Every cell, in the order of the journey. */
export const cells: readonly Cell[] = Object.entries({ shell, ...steps, ends, refusals } satisfies {
  readonly [G in Group]: Drafts;
}).flatMap(([group, drafts]) =>
  Object.entries<Draft>(drafts).map(([name, { title, bff, acts = [] }]) => ({
    id: `${group}/${name}`,
    group: group as Group,
    title,
    bff,
    acts,
  })),
);

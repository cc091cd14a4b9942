/**
 * The customer's journey as the server keeps it: one union says what is known at each step, one table says
 * every legal move. Everything in here is JSON (it is stored sealed), so moments are ISO strings.
 */
import type { AccountNumber } from '../../../shared/values/account-number.ts';
import type { PersonName } from '../../../shared/values/person-name.ts';
import type { PhoneNumber } from '../../../shared/values/phone-number.ts';
import type {
  Carrier,
  Instant,
  PasswordPhase,
  Refusal,
  Step,
  VerificationMethod,
} from '../../../shared/api/state.ts';
import type { Stage } from '../../store/funnel.ts';

/** One document the customer was shown, and the answer. The full record stands in the consent ledger. */
export type Consent = { readonly documentId: string; readonly version: string; readonly agreed: boolean };

/** What may be shown, masked, for the rest of the journey. */
export type KnownPerson = {
  readonly name: PersonName;
  readonly carrier: Carrier;
  readonly phone: PhoneNumber;
};

/** With the first seven digits of the resident number: kept only until the account is registered (S83). */
export type Person = KnownPerson & { readonly birth: string; readonly genderDigit: string };

/** Messages sent in this session, for the pause between two of them. */
export type Sends = { readonly count: number; readonly resendAt: Instant };

/** One running check of the phone. `tid` and `trdNo` are Hecto's and never leave the server. */
export type Verification = {
  readonly method: VerificationMethod;
  readonly tid: string;
  readonly trdNo: string;
  readonly sentAt: Instant;
  readonly expiresAt: Instant;
  readonly triesLeft: number;
  /** Messages this phone may still get today. */
  readonly sendsLeft: number;
};

/** `bankName` is Hecto's, for a bank that our own table lacks. */
export type Account = {
  readonly bankCode: string;
  readonly bankName?: string;
  readonly accountNumber: AccountNumber;
};

/** Approval calls asked for since the phone was verified. */
export type Calls = { readonly placed: number; readonly nextCallAt: Instant };

export type Call = {
  readonly trdNo: string;
  readonly digits: string;
  readonly placedAt: Instant;
  readonly callEndsAt: Instant;
};

/** One intent to register the account, committed before Hecto hears of it and never sent twice. */
export type Registration = {
  readonly id: string;
  readonly orderNumber: string;
  /** The approval it rests on. */
  readonly approval: string;
  readonly submittedAt: Instant;
};

/** A registered account. The key is for the merchant's server alone. */
export type Registered = {
  readonly accountKey: string;
  readonly bankCode: string;
  readonly bankName?: string;
  readonly maskedNumber: string;
  readonly registeredAt: Instant;
  readonly alreadyRegistered: boolean;
};

export type Ars =
  | { readonly phase: 'ready' }
  | { readonly phase: 'calling'; readonly call: Call }
  | { readonly phase: 'registering'; readonly registration: Registration }
  | {
      readonly phase: 'confirming';
      readonly registration: Registration;
      /** Hecto said that the account is registered already; only its key is missing. */
      readonly alreadyRegistered: boolean;
      readonly inquiries: number;
      /** How often Hecto's list did not have the account. */
      readonly absent: number;
      readonly nextInquiryAt: Instant;
    };

/** Who locked or forgot the password proves the same phone again; the account stays registered. */
export type Unlocking = {
  readonly person: KnownPerson;
  readonly registered: Registered;
  readonly tooClose: readonly string[];
};

/** `chosen` is the Argon2id hash of the new password between typing it and repeating it. */
export type Password =
  | {
      readonly phase: Extract<PasswordPhase, 'enter'>;
      /** Ours to replace: who has forgotten it proves the phone and chooses a new one. */
      readonly replaceable?: true;
    }
  | { readonly phase: Extract<PasswordPhase, 'set'> }
  | { readonly phase: Extract<PasswordPhase, 'repeat'>; readonly chosen: string };

/** Somebody is working on a command of this session: others wait instead of calling Hecto again. */
export type Claim = { readonly key: string; readonly until: Instant };

type Verifying = {
  readonly consents: readonly Consent[];
  readonly person: Person;
  readonly sends: Sends;
  readonly verification: Verification;
  readonly unlocking?: Unlocking;
};

type Ended = {
  readonly endedAt: Instant;
  /** The account was registered before the journey ended early. */
  readonly registered?: Registered;
};

type Proven = { readonly consents: readonly Consent[]; readonly person: Person; readonly calls: Calls };

type At =
  | { readonly step: 'terms' }
  | {
      readonly step: 'identity';
      readonly consents: readonly Consent[];
      readonly sends: Sends;
      /** What the customer typed in this session and may correct. */
      readonly draft?: { readonly name: string; readonly phone: string };
      readonly unlocking?: Unlocking;
    }
  | (Verifying & { readonly step: 'code' })
  | (Verifying & { readonly step: 'pass' })
  | (Proven & { readonly step: 'account' })
  | (Proven & { readonly step: 'ars'; readonly account: Account; readonly ars: Ars })
  | {
      readonly step: 'password';
      readonly consents: readonly Consent[];
      readonly person: KnownPerson;
      readonly registered: Registered;
      readonly password: Password;
      /** Keyed fingerprints of digits that are too close to this person to become the password. */
      readonly tooClose: readonly string[];
      readonly triesLeft: number;
      readonly locked?: true;
    }
  | {
      readonly step: 'done';
      readonly person: KnownPerson;
      readonly registered: Registered;
      readonly completedAt: Instant;
    }
  | (Ended & { readonly step: 'failed' })
  | (Ended & { readonly step: 'cancelled' })
  | (Ended & { readonly step: 'expired' });

export type Journey = At & { readonly refusal?: Refusal; readonly claim?: Claim };
export type JourneyAt<S extends Step> = Extract<Journey, { step: S }>;

export const startOfJourney: Journey = { step: 'terms' };

/** What a customer can ask for. */
export type Command =
  | 'agree'
  | 'identify'
  | 'enter-code'
  | 'check-pass'
  | 'resend'
  | 'back-to-identity'
  | 'back-to-account'
  | 'choose-account'
  | 'call'
  | 'show-keypad'
  | 'enter-password'
  | 'cancel';

/** Every legal move: which steps a command may lead to from where. What is not here is a wrong step. */
export const moves = {
  terms: { agree: ['identity'], cancel: ['cancelled'] },
  identity: { identify: ['identity', 'code', 'pass'], cancel: ['cancelled'] },
  code: {
    'enter-code': ['code', 'account', 'password'],
    resend: ['code', 'identity'],
    'back-to-identity': ['identity'],
    cancel: ['cancelled'],
  },
  pass: {
    'check-pass': ['pass', 'identity', 'account', 'password'],
    resend: ['pass', 'identity'],
    'back-to-identity': ['identity'],
    cancel: ['cancelled'],
  },
  account: { 'choose-account': ['account', 'ars'], 'back-to-identity': ['identity'], cancel: ['cancelled'] },
  ars: {
    call: ['ars'],
    'back-to-identity': ['identity'],
    'back-to-account': ['account'],
    cancel: ['cancelled'],
  },
  password: {
    'show-keypad': ['password'],
    'enter-password': ['password', 'done', 'failed'],
    'back-to-identity': ['identity'],
    cancel: ['cancelled'],
  },
  done: {},
  failed: {},
  cancelled: {},
  expired: {},
} as const satisfies Moves;

type Moves = { readonly [S in Step]: { readonly [C in Command]?: readonly Step[] } };

/** The steps at which a command is possible. */
export type StepOf<C extends Command> = { [S in Step]: C extends keyof (typeof moves)[S] ? S : never }[Step];

/** Where a command may lead from a step; `undefined` where it is not possible at all. */
export const ways = (step: Step, command: Command): readonly Step[] | undefined =>
  (moves as Moves)[step][command];

/** The account that was registered in this session, however the session went on. */
export const registeredIn = (journey: Journey): Registered | undefined =>
  'registered' in journey
    ? journey.registered
    : 'unlocking' in journey
      ? journey.unlocking.registered
      : undefined;

/** How far the journey has come. One that ended early tells only of a registered account: what it reached stands with it. */
export function stageOf(journey: Journey): Stage {
  if (journey.step === 'done') return 'completed';
  if (registeredIn(journey)) return 'registered';
  switch (journey.step) {
    case 'identity':
    case 'code':
    case 'pass':
      return 'agreed';
    case 'account':
      return 'phoneProven';
    case 'ars':
      return isRegistering(journey) ? 'callApproved' : 'accountChosen';
    default:
      return 'started';
  }
}

/** Steps at which nothing more can happen. */
export const isOver = (journey: Journey): boolean => Object.keys(moves[journey.step]).length === 0;

/** A registration is on its way: whatever the customer wants, its outcome comes first. */
export const isRegistering = (journey: Journey): boolean =>
  journey.step === 'ars' && (journey.ars.phase === 'registering' || journey.ars.phase === 'confirming');

/** Whether a proof of the phone leads to a new password. Of Hecto's passwords nobody but Hecto can make a new one. */
export const isReplaceable = ({ password }: JourneyAt<'password'>): boolean =>
  password.phase === 'enter' && password.replaceable === true;

/** Whether the command is possible now. The table rules; the conditions below only narrow it. */
export function isLegal(journey: Journey, command: Command): boolean {
  if (ways(journey.step, command) === undefined || isRegistering(journey)) return false;
  if (journey.step === 'password') {
    // Back to the phone goes who has locked the password, whom nothing else helps, or has forgotten one of ours.
    if (command === 'back-to-identity') return journey.locked === true || isReplaceable(journey);
    if (command === 'show-keypad' || command === 'enter-password') return journey.locked !== true;
  }
  return true;
}

/** How often a call is looked at. */
export const callCheckMs = 1_500;
/** Hecto answers within 32 s. A registration that is older lost its answer, or its process. */
export const registrationMs = 35_000;

const after = (moment: Instant, ms: number) => new Date(Date.parse(moment) + ms);

/** The moment the worker has to look at a session again; `null` when it waits for the customer. */
export function dueAt(journey: Journey): Date | null {
  if (journey.step !== 'ars') return null;
  switch (journey.ars.phase) {
    case 'ready':
      return null;
    case 'calling':
      return after(journey.ars.call.placedAt, callCheckMs);
    case 'registering':
      return after(journey.ars.registration.submittedAt, registrationMs);
    case 'confirming':
      return new Date(journey.ars.nextInquiryAt);
  }
}

/** The journey without the last refusal and without a claim: what the next move starts from. */
export function fresh<J extends Journey>(journey: J): J {
  const copy: J & { refusal?: Refusal; claim?: Claim } = { ...journey };
  delete copy.refusal;
  delete copy.claim;
  return copy;
}

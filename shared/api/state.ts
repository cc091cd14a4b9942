/**
 * The public state of one onboarding, as the BFF tells it to the widget: everything a screen needs and
 * nothing that must not leave. The server owns the journey; the widget only draws it.
 */
import type { RefusalCode } from './refusals.ts';

export type Locale = 'ko' | 'en';
export type Carrier = 'skt' | 'kt' | 'lgu' | 'skt-mvno' | 'kt-mvno' | 'lgu-mvno';
export type VerificationMethod = 'sms' | 'pass';

/** A moment as ISO 8601 in UTC, always of the server's clock: see `State.now`. */
export type Instant = string;

/** Why the last attempt did not work, in our words. Never Hecto's code or message. */
export type Refusal = {
  readonly code: RefusalCode;
  /** Whether the customer may try the same step again in this session. */
  readonly retryable: boolean;
  /** Tries that are left, where tries are counted. */
  readonly triesLeft?: number;
  /** When it is worth trying again: end of a bank's maintenance, of a cooldown, of a lock. */
  readonly opensAt?: Instant;
};

/** What the server found out, the server words, in every language: an older script then says the right thing, too. */
export type Words = Readonly<Record<Locale, string>>;

/** With the words for the customer: what happened, and in `message` also when to try again and how often. */
export type ShownRefusal = Refusal & { readonly text: Words; readonly message: Words };

export type AccountSummary = {
  readonly bankCode: string;
  readonly bankName: { readonly ko: string; readonly en: string };
  /** Last four digits visible, e.g. `****1234`. */
  readonly maskedNumber: string;
};

/** The app in which a customer verifies: what opens it, and where Android's and Apple's phones get it. */
export type PassApp = { readonly url: string; readonly storeUrl: string; readonly appStoreUrl: string };

/** What the customer gave earlier, masked, so that screens can show it and never ask for it again. */
export type Known = {
  /** `홍*동` */
  readonly name?: string;
  /** `010-****-5678` */
  readonly phone?: string;
  readonly carrier?: Carrier;
  readonly method?: VerificationMethod;
  readonly account?: AccountSummary;
};

/** How the phone call stands. */
export type ArsPhase =
  /** No call is on its way: the customer asks for one. */
  | { readonly phase: 'ready' }
  /** We are calling, or the customer is on the phone. The number stays on screen. */
  | { readonly phase: 'calling'; readonly digits: string; readonly callEndsAt: Instant }
  /** The call is approved; the account is being registered. */
  | { readonly phase: 'registering' }
  /** The registration's answer was lost; we are asking. Never shown as a failure. */
  | { readonly phase: 'confirming' };

export type PasswordPhase =
  /** Enter the password that exists. */
  | 'enter'
  /** Choose a new one. */
  | 'set'
  /** Type the new one again. */
  | 'repeat';

export type StepView =
  | { readonly step: 'terms' }
  | {
      readonly step: 'identity';
      /** What the merchant knew already, for the fields. */
      readonly prefill?: { readonly name?: string; readonly phone?: string };
    }
  | {
      readonly step: 'code';
      readonly expiresAt: Instant;
      readonly resendAt: Instant;
      readonly triesLeft: number;
      readonly sendsLeft: number;
    }
  | { readonly step: 'pass'; readonly expiresAt: Instant; readonly resendAt: Instant; readonly app: PassApp }
  | { readonly step: 'account' }
  | { readonly step: 'ars'; readonly ars: ArsPhase; readonly callsLeft: number; readonly nextCallAt: Instant }
  | {
      readonly step: 'password';
      readonly phase: PasswordPhase;
      readonly triesLeft: number;
      /** Who has forgotten the password may go `back` to `identity`, prove the phone and choose a new one. */
      readonly replaceable?: boolean;
    }
  | {
      readonly step: 'done';
      readonly account: AccountSummary;
      /** The account had been registered before; nothing was registered twice. */
      readonly alreadyRegistered: boolean;
      readonly completedAt: Instant;
      /** The same in words, in Korean time. */
      readonly completedText: Words;
    }
  | { readonly step: 'failed' }
  | { readonly step: 'cancelled' }
  | { readonly step: 'expired' };

export type Step = StepView['step'];

export type State = {
  readonly id: string;
  /** Grows with every change; `?since=` of the long poll. */
  readonly version: number;
  readonly locale: Locale;
  readonly merchant: { readonly name: string };
  /** The server's clock when it answered: count down from here, not from the device's clock. */
  readonly now: Instant;
  /** When the session ends if nothing happens. Steps have ends of their own: `expiresAt`. */
  readonly sessionEndsAt: Instant;
  readonly known: Known;
  readonly refusal?: ShownRefusal;
  /** Where the customer can go after the end (redirects and WebViews). */
  readonly returnUrl?: string;
  /** The origin of the merchant's pages: the only one that may hear how the onboarding goes. */
  readonly origin?: string;
} & StepView;

export type StateAt<S extends Step> = Extract<State, { step: S }>;

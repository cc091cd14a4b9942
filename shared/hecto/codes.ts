/**
 * What Hecto's codes mean, in our words: its reject codes (v3.5, table 1), the results of approval calls, and
 * the few endpoints on which a code means something else. Success is never decided here: `outStatCd` does that.
 */
import type { RefusalCode } from '../api/refusals.ts';
import { endpointOf, type EndpointName } from './endpoints.ts';

/** The values of `outStatCd`. The last two occur in arsCheck only. */
export const status = { accepted: '0021', refused: '0031', inProgress: '0000', noSuchCall: '0092' } as const;

export type Meaning = {
  readonly code: RefusalCode;
  /** The answer is final: there is nothing left to ask Hecto about it. */
  readonly terminal: boolean;
  /** The customer may do the same step again in this session. Never where the outcome is open. */
  readonly retryable: boolean;
};

const again = (code: RefusalCode): Meaning => ({ code, terminal: true, retryable: true });
const final = (code: RefusalCode): Meaning => ({ code, terminal: true, retryable: false });
const open = (code: RefusalCode): Meaning => ({ code, terminal: false, retryable: false });

/** What a code means unless its endpoint says otherwise. Codes that are not printed are unknown. */
export const rejectCodes: Readonly<Record<string, Meaning>> = {
  // ST01, 02, 21 and 24 look alike to the customer: nobody can search for accounts and their holders (S71).
  ST01: again('account-not-confirmed'),
  ST02: again('account-not-confirmed'),
  ST21: again('account-not-confirmed'),
  ST24: again('account-not-confirmed'),
  ST08: final('account-already-registered'),
  ST43: final('account-already-registered'),
  ST15: final('account-cancelled'),
  ST16: final('account-restricted'),
  ST17: again('account-holder-mismatch-birth'),
  ST18: final('account-not-usable'),
  ST20: again('account-not-usable'),
  ST23: final('account-not-usable'),
  '1001': final('account-not-usable'),
  // A frozen or reported account gets a neutral text: no tipping off.
  ST22: final('account-not-accepted'),
  ST35: final('account-not-accepted'),
  ST53: final('account-already-cancelled'),
  SE04: final('account-link-ended'),
  SE05: final('account-link-not-valid'),
  ST32: again('holder-check-failed'),
  ST75: final('account-checks-exhausted'),
  ST76: final('account-checks-exhausted'),
  ST44: final('bank-not-supported'),

  ST11: again('bank-maintenance'),
  ST99: again('service-maintenance'),
  ST68: final('service-paused'),
  ST41: again('service-busy'),

  ST86: again('phone-not-verified'),
  ST87: again('pass-not-available'),
  SE01: again('code-expired'),
  SE02: again('code-wrong'),
  SE03: final('code-tries-exhausted'),

  ST13: again('call-not-finished'),
  ST14: again('call-account-differs'),
  ST27: again('call-check-failed'),
  ST28: again('call-not-receivable'),

  ST66: again('password-not-saved'),
  ST67: again('password-wrong'),

  ST12: again('balance-too-low'),
  ST33: again('limit-per-payment'),
  ST61: again('limit-per-payment'),
  ST34: final('limit-per-day'),
  ST62: final('limit-per-day-amount'),
  ST63: final('limit-per-month-amount'),
  ST64: final('limit-per-day-count'),
  ST65: final('limit-per-month-count'),
  ST72: again('second-approval-needed'),
  ST37: again('payment-cancelled'),
  ST25: final('already-cancelled'),
  ST26: again('refund-amount'),
  ST51: final('receipt-already-registered'),
  ST52: again('receipt-not-registered'),
  ST69: final('method-not-allowed'),
  ST70: final('method-barred'),
  ST19: final('not-possible'),
  ST60: again('transaction-failed'),

  ST04: open('result-pending'),
  ST05: open('result-pending'),
  ST07: open('result-pending'),
  ST36: open('result-pending'),
  VTIM: open('result-pending'),
  ST10: open('result-unknown'),
  ST06: open('transaction-not-found'),
  ST38: open('request-pending'),
  ST40: open('earlier-request-pending'),
  ST42: open('busy-pending'),
  ST50: open('duplicate-pending'),
  ST29: open('registration-pending'),
  ST30: open('refund-pending'),
  ST39: open('refund-already-pending'),
  // Money may have moved twice.
  ST03: open('double-withdrawal-check'),
  ST31: open('double-remittance-check'),

  ST09: final('request-not-accepted'),
};

const unknown = open('result-unknown');
const unavailable = again('service-unavailable');

/** On a call that changes nothing these leave nothing open: the customer may simply do it again. */
const nothingChanged: Readonly<Record<string, Meaning>> = {
  ST04: unavailable,
  ST05: unavailable,
  ST07: unavailable,
  ST10: unavailable,
  ST36: unavailable,
  VTIM: unavailable,
  ST42: again('service-busy'),
};

/** These speak about another call, whose outcome stays open until they are certain. */
const asksAboutAnother: readonly EndpointName[] = ['transactionResult', 'transactionHistory', 'arsCheck'];

const overrides: { readonly [N in EndpointName]?: Readonly<Record<string, Meaning>> } = {
  paymentPasswordConfirm: { ST01: final('password-not-set') },
  // PASS: the customer has not approved yet.
  mobileVerificationCheck: { ST38: again('pass-not-finished') },
};

/**
 * What a refusal (`outRsltCd` of an answer that is not 0021) means on an endpoint. A code we do not know is
 * neither failure nor success where something was to happen, and "try again" where nothing was (H14).
 */
export function refusalOf(endpoint: EndpointName, code: string): Meaning {
  const mayHaveHappened = endpointOf(endpoint).effect === 'once' || asksAboutAnother.includes(endpoint);
  return (
    lookUp(overrides[endpoint], code) ??
    (mayHaveHappened ? undefined : lookUp(nothingChanged, code)) ??
    lookUp(rejectCodes, code) ??
    (mayHaveHappened ? unknown : unavailable)
  );
}

/** These speak of Hecto or the bank as a whole, never about what the customer gave or did. */
const aboutTheService: readonly RefusalCode[] = [
  'service-maintenance',
  'service-paused',
  'service-busy',
  'bank-maintenance',
];
export const isAboutTheService = ({ code }: Meaning): boolean => aboutTheService.includes(code);

const lookUp = (table: Readonly<Record<string, Meaning>> | undefined, code: string) =>
  table && Object.hasOwn(table, code) ? table[code] : undefined;

export type ArsOutcome = 'pending' | 'approved' | { readonly refusal: Meaning };

/** `retCd` of arsCheck. Strings of two or three digits: "00" is approved, "000" is still ringing (H10). */
export const arsCodes: Readonly<Record<string, ArsOutcome>> = {
  '00': 'approved',
  '000': 'pending',
  // Start values of Hecto's own record, not results.
  '100': 'pending',
  '999': 'pending',
  '04': { refusal: again('call-wrong-digits') },
  '08': { refusal: again('call-no-digits') },
  '10': { refusal: again('call-number-unreachable') },
  '11': { refusal: again('call-declined') },
  '12': { refusal: again('call-not-answered') },
  '20': { refusal: again('call-cancelled') },
  '99': { refusal: again('call-failed') },
  '700': { refusal: again('call-not-requested') },
  '800': { refusal: again('call-not-placed') },
  '005': { refusal: final('request-not-accepted') },
  '007': { refusal: final('request-not-accepted') },
};

/**
 * How an approval call stands, from arsCheck's `retCd` and, where at hand, its `outStatCd` and `outRsltCd`.
 * Approved needs the first two to agree. What leaves the call open, and a code we do not know, is pending: the
 * caller's own time limit ends the wait, never a guess.
 */
export function arsOutcome(
  retCd: string | undefined,
  outStatCd: string = status.accepted,
  outRsltCd?: string,
): ArsOutcome {
  if (outStatCd === status.noSuchCall) return { refusal: again('call-not-requested') };
  if (outStatCd === status.inProgress) return 'pending';
  const known = retCd !== undefined && Object.hasOwn(arsCodes, retCd) ? arsCodes[retCd] : undefined;
  if (outStatCd === status.accepted) return known ?? 'pending';
  if (outStatCd !== status.refused) return 'pending';
  if (known !== undefined && known !== 'approved') return known;
  const meaning = outRsltCd === undefined ? undefined : refusalOf('arsCheck', outRsltCd);
  const open = meaning && (!meaning.terminal || isAboutTheService(meaning));
  return open ? 'pending' : { refusal: again('call-failed') };
}

import { banks } from '../../../shared/hecto/banks.ts';
import { maskAccountNumber } from '../../../shared/values/account-number.ts';
import { maskPersonName } from '../../../shared/values/person-name.ts';
import { passAppOf } from '../../../shared/values/pass-apps.ts';
import { maskPhoneNumber } from '../../../shared/values/phone-number.ts';
import type {
  AccountSummary,
  ArsPhase,
  Known,
  Refusal,
  ShownRefusal,
  State,
  StepView,
} from '../../../shared/api/state.ts';
import type { Config } from '../../config.ts';
import type { Session } from '../../store/store.ts';
import { refusalTexts } from '../../text/refusal-texts.ts';
import { doneAt, refusalMessage } from '../../text/wording.ts';
import {
  isOver,
  isRegistering,
  isReplaceable,
  type Ars,
  type Journey,
  type JourneyAt,
  type KnownPerson,
  type Registered,
} from './journey.ts';
import { callsPerPhoneCheck } from './limits.ts';

type Settings = Pick<Config, 'merchantName' | 'sessionIdleMs'>;

/** When the session ends if nothing happens: idle or altogether, whichever is first. */
export const endOf = (session: Session, settings: Pick<Config, 'sessionIdleMs'>): Date =>
  new Date(Math.min(session.expiresAt.getTime(), session.lastSeenAt.getTime() + settings.sessionIdleMs));

/** Whether time ran out for the customer. What is finished or being registered does not expire. */
export const hasExpired = (session: Session, settings: Pick<Config, 'sessionIdleMs'>, now: Date): boolean =>
  !isOver(session.journey) && !isRegistering(session.journey) && now >= endOf(session, settings);

/**
 * What the browser may know, field by field (S93): no account key, no transaction number, nothing of Hecto's.
 * A field that is not written here cannot get out.
 */
export function publicState(session: Session, settings: Settings, now: Date): State {
  const { journey } = session;
  const expired = hasExpired(session, settings, now);
  return {
    id: session.id,
    version: session.version,
    locale: session.locale,
    merchant: { name: settings.merchantName },
    now: now.toISOString(),
    sessionEndsAt: endOf(session, settings).toISOString(),
    known: knownAt(journey),
    ...(journey.refusal && !expired ? { refusal: worded(journey.refusal, now) } : {}),
    ...(session.returnUrl === undefined ? {} : { returnUrl: session.returnUrl }),
    ...(session.origin === undefined ? {} : { origin: session.origin }),
    ...(expired ? { step: 'expired' } : viewOf(session)),
  };
}

const worded = (refusal: Refusal, now: Date): ShownRefusal => ({
  ...refusal,
  text: refusalTexts[refusal.code],
  message: refusalMessage(refusal, now),
});

function viewOf({ journey, prefill }: Session): StepView {
  switch (journey.step) {
    case 'identity': {
      const fields = journey.draft ?? prefill;
      return { step: 'identity', ...(fields ? { prefill: prefillOf(fields) } : {}) };
    }
    case 'code': {
      const { expiresAt, triesLeft, sendsLeft } = journey.verification;
      return { step: 'code', expiresAt, resendAt: journey.sends.resendAt, triesLeft, sendsLeft };
    }
    case 'pass':
      return {
        step: 'pass',
        expiresAt: journey.verification.expiresAt,
        resendAt: journey.sends.resendAt,
        app: passAppOf(journey.person.carrier),
      };
    case 'ars': {
      const { placed, nextCallAt } = journey.calls;
      return {
        step: 'ars',
        ars: phaseOf(journey.ars),
        callsLeft: Math.max(0, callsPerPhoneCheck - placed),
        nextCallAt,
      };
    }
    case 'password':
      return {
        step: 'password',
        phase: journey.password.phase,
        triesLeft: journey.triesLeft,
        ...(isReplaceable(journey) && { replaceable: true }),
      };
    case 'done':
      return {
        step: 'done',
        account: summaryOf(journey.registered),
        alreadyRegistered: journey.registered.alreadyRegistered,
        completedAt: journey.completedAt,
        completedText: doneAt(journey.completedAt),
      };
    default:
      return { step: journey.step };
  }
}

function prefillOf(fields: { readonly name?: string | undefined; readonly phone?: string | undefined }) {
  return {
    ...(fields.name === undefined ? {} : { name: fields.name }),
    ...(fields.phone === undefined ? {} : { phone: fields.phone }),
  };
}

function phaseOf(ars: Ars): ArsPhase {
  return ars.phase === 'calling'
    ? { phase: 'calling', digits: ars.call.digits, callEndsAt: ars.call.callEndsAt }
    : { phase: ars.phase };
}

function knownAt(journey: Journey): Known {
  switch (journey.step) {
    case 'terms':
      return {};
    case 'identity':
      return journey.unlocking
        ? { ...maskedPerson(journey.unlocking.person), ...accountOf(journey.unlocking) }
        : {};
    case 'code':
    case 'pass':
      return {
        ...maskedPerson(journey.person),
        method: journey.verification.method,
        ...(journey.unlocking ? accountOf(journey.unlocking) : {}),
      };
    case 'account':
      return maskedPerson(journey.person);
    case 'ars':
      return { ...maskedPerson(journey.person), account: chosenAccount(journey) };
    case 'password':
    case 'done':
      return { ...maskedPerson(journey.person), ...accountOf(journey) };
    default:
      return journey.registered ? accountOf({ registered: journey.registered }) : {};
  }
}

const maskedPerson = ({ name, phone, carrier }: KnownPerson): Known => ({
  name: maskPersonName(name),
  phone: maskPhoneNumber(phone),
  carrier,
});

const accountOf = ({ registered }: { registered: ShownAccount }): Known => ({
  account: summaryOf(registered),
});

const chosenAccount = ({ account }: JourneyAt<'ars'>): AccountSummary =>
  summaryOf({ ...account, maskedNumber: maskAccountNumber(account.accountNumber) });

type ShownAccount = Pick<Registered, 'bankCode' | 'bankName' | 'maskedNumber'>;

/** An account as it may be shown: bank and last four digits. */
export function summaryOf({ bankCode, bankName = bankCode, maskedNumber }: ShownAccount): AccountSummary {
  const { ko, en } = banks.find(({ code }) => code === bankCode) ?? { ko: bankName, en: bankName };
  return { bankCode, bankName: { ko, en }, maskedNumber };
}

import type { Identity } from '../../../shared/api/widget.ts';
import { parseBirth } from '../../../shared/values/birth.ts';
import { parsePersonName } from '../../../shared/values/person-name.ts';
import { parsePhoneNumber } from '../../../shared/values/phone-number.ts';
import { Problem } from '../../http/problem.ts';
import type { Session } from '../../store/store.ts';
import { again } from '../ask-hecto.ts';
import type { Caller, JourneyDeps } from './journey-deps.ts';
import type { Journey, JourneyAt, Person, Unlocking } from './journey.ts';
import type { TakeTurn } from './take-turn.ts';
import type { createVerifyPhone, Started } from './verify-phone.ts';

type Deps = Pick<JourneyDeps, 'clock'> & {
  readonly takeTurn: TakeTurn;
  readonly verifyPhone: ReturnType<typeof createVerifyPhone>;
};

/** The customer says who they are, and a message goes to their phone. */
export function createStartPhoneVerification({ clock, takeTurn, verifyPhone }: Deps) {
  return function startPhoneVerification(
    session: Session,
    input: Identity,
    caller: Caller,
  ): Promise<Session> {
    const person = parsePerson(input, clock());
    return takeTurn(session, 'identify', [person, input.method], async ({ journey }) => {
      const draft = { name: person.name, phone: person.phone };
      if (journey.unlocking && !isSame(journey.unlocking, person)) {
        return { ...journey, draft, refusal: again('phone-not-verified') };
      }
      const started = await verifyPhone(session, person, input.method, journey.sends, caller);
      if (!started.started) return { ...journey, draft, sends: started.sends, refusal: started.refusal };
      const { consents, unlocking } = journey;
      return verifying({ consents, ...(unlocking ? { unlocking } : {}), person }, started);
    });
  };
}

/** Sends another message. It supersedes the earlier one, whose number no longer counts (S60). */
export function createResend({ takeTurn, verifyPhone }: Omit<Deps, 'clock'>) {
  return (session: Session, caller: Caller): Promise<Session> =>
    takeTurn(session, 'resend', {}, async ({ journey }) => {
      const { method } = journey.verification;
      const started = await verifyPhone(session, journey.person, method, journey.sends, caller);
      if (started.started) return verifying(journey, started);
      const refused = { sends: started.sends, refusal: started.refusal };
      return started.refusal.code === 'pass-not-available' || started.refusal.code === 'phone-not-verified'
        ? { ...backToIdentity(journey), ...refused }
        : { ...journey, ...refused };
    });
}

/** The identity step again, with what was typed before. */
export function backToIdentity(journey: JourneyAt<'code' | 'pass'>): JourneyAt<'identity'> {
  const { consents, sends, unlocking, person } = journey;
  const draft = { name: person.name, phone: person.phone };
  return { step: 'identity', consents, sends, draft, ...(unlocking ? { unlocking } : {}) };
}

type Before = Pick<JourneyAt<'code' | 'pass'>, 'consents' | 'person' | 'unlocking'>;

function verifying(before: Before, { sends, verification }: Extract<Started, { started: true }>): Journey {
  const { consents, person, unlocking } = before;
  const step = verification.method === 'sms' ? 'code' : 'pass';
  return { step, consents, person, sends, verification, ...(unlocking ? { unlocking } : {}) };
}

/** A locked password opens for the very person who registered the account, on the same phone. */
const isSame = ({ person: known }: Unlocking, { name, phone }: Person) =>
  known.name === name && known.phone === phone;

function parsePerson(input: Identity, now: Date): Person {
  const name = parsePersonName(input.name);
  const birth = parseBirth(input.birth, input.genderDigit, now);
  const phone = parsePhoneNumber(input.phone);
  const errors = [
    ...(name ? [] : [{ field: 'name', message: "1 to 60 bytes without : & ? ' < >" }]),
    ...(birth
      ? []
      : [{ field: 'birth', message: 'a real date as yyMMdd, fitting the gender digit, not in the future' }]),
    ...(phone ? [] : [{ field: 'phone', message: 'a Korean mobile number' }]),
  ];
  if (!name || !birth || !phone) throw new Problem('invalid-request', { errors });
  return { name, birth: birth.birth, genderDigit: birth.genderDigit, carrier: input.carrier, phone };
}

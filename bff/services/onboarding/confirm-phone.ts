import type { Session } from '../../store/store.ts';
import { again, askHecto, final, isVerdict, refusalFrom } from '../ask-hecto.ts';
import { custIp, type Caller, type JourneyDeps } from './journey-deps.ts';
import type { Journey, JourneyAt, Verification } from './journey.ts';
import { limit, triesPerPassword } from './limits.ts';
import { isOurs } from './payment-password.ts';
import { backToIdentity } from './start-phone-verification.ts';
import type { TakeTurn } from './take-turn.ts';

type Deps = JourneyDeps & { readonly takeTurn: TakeTurn };

/**
 * The customer types the texted number. Each try counts before Hecto hears of it, five per message (S60); a
 * try without a verdict is given back, fifteen asks in all are not.
 */
export function createCheckCode({ store, hecto, clock, takeTurn }: Deps) {
  return (session: Session, code: string, caller: Caller): Promise<Session> =>
    takeTurn(session, 'enter-code', code, async ({ journey }) => {
      const { verification } = journey;
      const refused = (refusal: Journey['refusal'], triesLeft = verification.triesLeft): Journey => ({
        ...journey,
        verification: { ...verification, triesLeft },
        ...(refusal ? { refusal } : {}),
      });
      const now = clock();
      if (now >= new Date(verification.expiresAt))
        return { ...journey, verification: closed(verification), refusal: again('code-expired') };

      const exhausted = () => refused(final('code-tries-exhausted', { triesLeft: 0 }), 0);
      const key = triesKey(session, verification);
      const tries = limit('code-tries', key, now);
      const taken = await store.attempts.take([tries, limit('code-asks', key, now)], now);
      if (!taken.allowed) return exhausted();

      const { tid, trdNo } = verification;
      const reply = await askHecto(hecto, 'mobileVerificationCheck', {
        authNo: code,
        tid,
        trdNo,
        ...custIp(caller),
      });
      if (reply.kind === 'accepted') return phoneProven(store, session, journey);
      // Lost, under maintenance and the like: nothing was said about the number.
      if (!isVerdict(reply)) {
        await store.attempts.giveBack(tries);
        return refused(refusalFrom(reply));
      }
      const refusal = refusalFrom(reply);
      switch (refusal.code) {
        case 'code-expired':
          return refused(refusal, taken.left);
        // The second speaks of the whole verification; at this point only the number can be wrong.
        case 'code-wrong':
        case 'phone-not-verified':
          return taken.left > 0
            ? refused(again('code-wrong', { triesLeft: taken.left }), taken.left)
            : exhausted();
        case 'code-tries-exhausted':
          return exhausted();
        default:
          return taken.left > 0 ? refused(refusal, taken.left) : exhausted();
      }
    });
}

/** The customer says that they approved in the PASS app. */
export function createCheckPass({ store, hecto, clock, takeTurn }: Deps) {
  return (session: Session, caller: Caller): Promise<Session> =>
    takeTurn(session, 'check-pass', {}, async ({ journey }): Promise<Journey> => {
      const { verification } = journey;
      const now = clock();
      if (now >= new Date(verification.expiresAt))
        return { ...journey, verification: closed(verification), refusal: again('pass-expired') };
      const taken = await store.attempts.take(
        limit('pass-checks', triesKey(session, verification), now),
        now,
      );
      if (!taken.allowed) return { ...journey, refusal: final('code-tries-exhausted') };

      const { tid, trdNo } = verification;
      const reply = await askHecto(hecto, 'mobileVerificationCheck', { tid, trdNo, ...custIp(caller) });
      if (reply.kind === 'accepted') return phoneProven(store, session, journey);
      const refusal = refusalFrom(reply);
      // Declined in the app, or not a PASS user: this request is over.
      return refusal.code === 'phone-not-verified' || refusal.code === 'pass-not-available'
        ? { ...backToIdentity(journey), refusal }
        : { ...journey, refusal };
    });
}

/** What was seen to have expired stays so, even when the clock is set back afterwards (R27). */
const closed = (verification: Verification): Verification => ({
  ...verification,
  expiresAt: new Date(0).toISOString(),
});

const triesKey = ({ id }: Session, { tid }: Verification) => `${id}|${tid}`;

/**
 * The phone is the customer's: on to the account. A proof of the phone is also what ends the lock of the payment
 * password (S66); who comes from there and has a password of ours then chooses a new one.
 */
async function phoneProven(
  store: JourneyDeps['store'],
  session: Session,
  { consents, person, unlocking }: JourneyAt<'code' | 'pass'>,
): Promise<Journey> {
  await store.attempts.reset('password-tries', session.customerId);
  if (!unlocking) {
    return { step: 'account', consents, person, calls: { placed: 0, nextCallAt: new Date(0).toISOString() } };
  }
  const phase = (await isOurs(store, session)) ? 'set' : 'enter';
  return { step: 'password', consents, ...unlocking, password: { phase }, triesLeft: triesPerPassword };
}

import { randomBytes } from 'node:crypto';
import type { Refusal } from '../../../shared/api/state.ts';
import type { Password as PasswordInput } from '../../../shared/api/widget.ts';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import { Problem } from '../../http/problem.ts';
import type { Session } from '../../store/store.ts';
import { again, askHecto, final, isVerdict, refusalFrom } from '../ask-hecto.ts';
import { custIp, type Caller, type JourneyDeps } from './journey-deps.ts';
import type { Journey, JourneyAt } from './journey.ts';
import { openPresses } from './keypad.ts';
import { limit } from './limits.ts';
import { fingerprint, isTooSimple } from './password-policy.ts';
import { hashPassword, isPassword } from './payment-password.ts';
import type { TakeTurn } from './take-turn.ts';

type At = JourneyAt<'password'>;

/** The digits as ASCII codes; `undefined` when what came was not six digits of the pad. */
type Digits = Buffer | undefined;

/**
 * The customer typed a payment password: the one that exists, a new one, or the new one again. The digits live in
 * one buffer that is zeroed at the end; whatever does not open counts like a wrong password (S69).
 */
export function createEnterPassword(deps: JourneyDeps & { readonly takeTurn: TakeTurn }) {
  const { config, store, hecto, clock, log, takeTurn } = deps;
  const pepper = config.pinPepper;

  return (session: Session, { keypadId, ...pressed }: PasswordInput, caller: Caller): Promise<Session> =>
    takeTurn(session, 'enter-password', keypadId, async ({ journey }) => {
      const pad = await store.keypads.consume(keypadId, session.id, clock());
      if (!pad || pad.purpose !== journey.password.phase) throw new Problem('keypad-invalid');
      const digits = openPresses(pad, pressed);
      try {
        switch (journey.password.phase) {
          case 'enter':
            return await enter(session, journey, digits, caller);
          case 'set':
            return await choose(journey, digits);
          case 'repeat':
            return await repeat(session, journey, journey.password.chosen, digits);
        }
      } finally {
        digits?.fill(0);
      }
    });

  /** Against ours where there is one, else against Hecto's. A try counts before anybody compares (S61, S66). */
  async function enter(session: Session, journey: At, digits: Digits, caller: Caller): Promise<Journey> {
    const { customerId, flow } = session;
    const now = clock();
    const tries = limit('password-tries', customerId, now);
    const taken = await store.attempts.take([tries, limit('password-asks', customerId, now)], now);
    if (!taken.allowed) return locked(session, journey);
    if (!digits) return wrong(session, journey, taken.left);

    const kept = flow.paymentPassword === 'hecto' ? undefined : await store.pins.read(customerId);
    if (kept !== undefined) {
      const right = await isPassword(pepper, kept, digits);
      return right ? entered(session, journey) : wrong(session, journey, taken.left);
    }
    const reply = await askHecto(hecto, 'paymentPasswordConfirm', {
      mchtTrdNo: newOrderNumber('PWD', now, randomBytes),
      mchtCustId: customerId,
      pmtPwd: digits.toString('latin1'),
      ...custIp(caller),
    });
    if (reply.kind === 'accepted') return entered(session, journey);
    const refusal = refusalFrom(reply);
    const missing = refusal.code === 'password-not-set';
    if (isVerdict(reply) && !missing) return wrong(session, journey, taken.left, refusal);

    // No verdict on the password: lost, under maintenance, or there is none to compare with.
    await store.attempts.giveBack(tries);
    if (!missing) return { ...journey, refusal };
    if (flow.paymentPassword === 'auto') return choose(journey, digits);
    const { registered } = journey;
    return { step: 'failed', endedAt: now.toISOString(), registered, refusal };
  }

  /** A new password: kept as a hash until it was typed a second time. */
  async function choose(journey: At, digits: Digits): Promise<Journey> {
    const refused = !digits || isTooSimple(digits) || journey.tooClose.includes(fingerprint(pepper, digits));
    if (refused) return { ...journey, password: { phase: 'set' }, refusal: again('password-too-simple') };
    return { ...journey, password: { phase: 'repeat', chosen: await hashPassword(pepper, digits) } };
  }

  async function repeat(session: Session, journey: At, chosen: string, digits: Digits): Promise<Journey> {
    if (!digits || !(await isPassword(pepper, chosen, digits))) {
      return { ...journey, password: { phase: 'set' }, refusal: again('password-differs') };
    }
    await store.pins.save(session.customerId, chosen, clock());
    return entered(session, journey);
  }

  async function entered({ customerId }: Session, { person, registered }: At): Promise<Journey> {
    await store.attempts.reset('password-tries', customerId);
    return { step: 'done', person, registered, completedAt: clock().toISOString() };
  }

  function wrong(
    session: Session,
    journey: At,
    triesLeft: number,
    refusal: Refusal = again('password-wrong'),
  ): Journey {
    if (triesLeft === 0) return locked(session, journey);
    return { ...journey, triesLeft, refusal: { ...refusal, triesLeft } };
  }

  /** Until the phone is proven again, in this session or in any other. */
  function locked({ id }: Session, journey: At): Journey {
    log.event('security', { what: 'password-locked', sessionId: id });
    return { ...journey, triesLeft: 0, locked: true, refusal: final('password-locked', { triesLeft: 0 }) };
  }
}

import { randomBytes, randomInt } from 'node:crypto';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import type { Session } from '../../store/store.ts';
import { again, askHecto, final, refusalFrom } from '../ask-hecto.ts';
import { custIp, type Caller, type JourneyDeps } from './journey-deps.ts';
import type { Calls, Journey } from './journey.ts';
import { callsPerPhoneCheck, limit } from './limits.ts';
import type { TakeTurn } from './take-turn.ts';

/** After this the call counts as missed, whatever Hecto still says (R30). */
export const callMs = 180_000;
const pauseMs = 60_000;

/**
 * Has Hecto call the phone that was verified in this session, about the account that was checked in it, with a
 * number of ours to key in. A new call supersedes the one before, whose approval no longer counts (R31).
 */
export function createRequestCall({
  config,
  store,
  hecto,
  clock,
  log,
  takeTurn,
}: JourneyDeps & { readonly takeTurn: TakeTurn }) {
  return (session: Session, caller: Caller): Promise<Session> =>
    takeTurn(session, 'call', {}, async ({ journey }): Promise<Journey> => {
      const { person, account, calls } = journey;
      const now = clock();
      if (calls.placed >= callsPerPhoneCheck) return { ...journey, refusal: final('calls-exhausted') };
      if (now < new Date(calls.nextCallAt)) {
        return { ...journey, refusal: again('too-soon', { opensAt: calls.nextCallAt }) };
      }
      const perPhone = limit('calls-per-phone', person.phone, now);
      const taken = await store.attempts.take(perPhone, now);
      if (!taken.allowed) {
        log.event('security', { what: 'limit-reached', sessionId: session.id });
        return { ...journey, refusal: final('calls-exhausted', { opensAt: taken.opensAt.toISOString() }) };
      }

      const digits = drawCallDigits(config.arsDigits, person);
      const reply = await askHecto(hecto, 'arsRequest', {
        mchtTrdNo: newOrderNumber('ARS', now, randomBytes),
        mchtCustId: session.customerId,
        bankCd: account.bankCode,
        custAcntNo: account.accountNumber,
        mchtCustNm: person.name,
        authNo: digits,
        cphoneNo: person.phone,
        ...custIp(caller),
      });
      if (reply.kind === 'not-sent' || (reply.kind === 'refused' && reply.meaning.terminal)) {
        await store.attempts.giveBack(perPhone);
        return { ...journey, refusal: refusalFrom(reply) };
      }
      const placedAt = clock();
      const counted: Calls = { placed: calls.placed + 1, nextCallAt: later(placedAt, pauseMs) };
      const trdNo = reply.kind === 'accepted' ? reply.answer.trdNo : undefined;
      // The phone may be ringing, but without the call's number nobody can ask how it went.
      if (!trdNo) return { ...journey, calls: counted, ars: { phase: 'ready' }, refusal: again('no-answer') };
      const call = { trdNo, digits, placedAt: placedAt.toISOString(), callEndsAt: later(placedAt, callMs) };
      return { ...journey, calls: counted, ars: { phase: 'calling', call } };
    });
}

const later = (moment: Date, ms: number) => new Date(moment.getTime() + ms).toISOString();

/** The number to key in: unguessable, no repeated digit, no part of birth date or phone number (S65, H11). */
export function drawCallDigits(length: number, { birth, phone }: { birth: string; phone: string }): string {
  for (;;) {
    const digits = String(randomInt(10 ** length)).padStart(length, '0');
    const repeats = new Set(digits).size === 1;
    if (!repeats && !birth.includes(digits) && !phone.includes(digits)) return digits;
  }
}

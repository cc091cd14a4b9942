import { arsOutcome } from '../../../shared/hecto/codes.ts';
import type { Session } from '../../store/store.ts';
import { again, askHecto } from '../ask-hecto.ts';
import type { JourneyDeps } from './journey-deps.ts';
import { fresh, type Ars, type Journey, type JourneyAt } from './journey.ts';

type Calling = JourneyAt<'ars'> & { readonly ars: Extract<Ars, { phase: 'calling' }> };
type Followed =
  | { readonly outcome: 'pending' }
  /** With the number on which the registration rests. */
  | { readonly outcome: 'approved'; readonly approval: string }
  | { readonly outcome: 'refused'; readonly journey: Journey };

/** Asks how the approval call stands. What Hecto does not say clearly is pending, until our own time is up (R30). */
export function createFollowCall({ hecto, clock }: Pick<JourneyDeps, 'hecto' | 'clock'>) {
  return async function followCall({ customerId }: Session, journey: Calling): Promise<Followed> {
    const { trdNo, callEndsAt } = journey.ars.call;
    const refused = (refusal: NonNullable<Journey['refusal']>): Followed => ({
      outcome: 'refused',
      journey: { ...fresh<JourneyAt<'ars'>>(journey), ars: { phase: 'ready' }, refusal },
    });
    // `trdNo` ties the inquiry to its call. An order number would have to be a new one each time.
    const reply = await askHecto(hecto, 'arsCheck', { mchtCustId: customerId, trdNo });
    const late = clock() >= new Date(callEndsAt);
    if (reply.kind === 'accepted' || reply.kind === 'refused') {
      const { retCd } = reply.answer;
      const outcome =
        reply.kind === 'accepted' ? arsOutcome(retCd) : arsOutcome(retCd, reply.status, reply.code);
      if (outcome === 'approved') return { outcome: 'approved', approval: reply.answer.trdNo ?? trdNo };
      if (outcome !== 'pending') return refused(again(outcome.refusal.code));
    }
    return late ? refused(again('call-not-finished')) : { outcome: 'pending' };
  };
}

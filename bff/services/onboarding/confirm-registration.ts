import type { AnswerOf } from '../../../shared/hecto/endpoints.ts';
import { aboutIntent } from '../../log/current-work.ts';
import type { Session } from '../../store/store.ts';
import { again, askHecto, final } from '../ask-hecto.ts';
import { absentEnough, givenUpMs, graceMs, pauseAfter } from '../inquiry-schedule.ts';
import type { CompleteRegistration } from './complete-registration.ts';
import type { JourneyDeps } from './journey-deps.ts';
import { fresh, type Ars, type Journey, type JourneyAt } from './journey.ts';
import { isSameAccount, mayBeSameAccount, type Described } from './same-account.ts';

type Confirming = JourneyAt<'ars'> & { readonly ars: Extract<Ars, { phase: 'confirming' }> };
type Deps = Pick<JourneyDeps, 'store' | 'hecto' | 'clock'> & {
  readonly completeRegistration: CompleteRegistration;
};

/** How Hecto refuses to list when there is nothing: no such customer, no such transaction. */
const nothingThere: readonly string[] = ['ST01', 'ST06'];

/**
 * Asks Hecto's list of accounts what became of a registration whose answer was lost. Found: registered. Absent
 * three times and late enough: it never happened, and only a new call may start a new one. After a day without
 * either the session ends, but the registration stays unknown.
 */
export function createConfirmRegistration({ store, hecto, clock, completeRegistration }: Deps) {
  return async function confirmRegistration(session: Session, journey: Confirming): Promise<Journey> {
    const { account, ars } = journey;
    const { registration } = ars;
    const reply = await aboutIntent(registration.id, () =>
      askHecto(hecto, 'accountList', { mchtCustId: session.customerId, bankCd: account.bankCode }),
    );
    const now = clock();
    const live = reply.kind === 'accepted' ? liveRecords(reply.answer) : [];
    const found = live
      .filter((record) => isSameAccount(account, describedBy(record)))
      // Two accounts can look alike behind their stars; ours is the latest.
      .sort((a, b) => (b.recordTrdDt ?? '').localeCompare(a.recordTrdDt ?? ''))
      .find((record) => record.recordCustAcntKey);
    if (found?.recordCustAcntKey) {
      return completeRegistration(
        session,
        journey,
        registration,
        found.recordCustAcntKey,
        ars.alreadyRegistered,
      );
    }
    const listed =
      reply.kind === 'accepted' || (reply.kind === 'refused' && nothingThere.includes(reply.code));
    // A record that may be ours and cannot be told apart proves neither.
    const missing = listed && !live.some((record) => mayBeSameAccount(account, describedBy(record)));
    const absent = ars.absent + (missing ? 1 : 0);
    const waited = now.getTime() - Date.parse(registration.submittedAt);
    if (absent >= absentEnough && waited >= graceMs) return neverHappened(journey);
    if (waited >= givenUpMs) return neverTold(journey);
    const nextInquiryAt = new Date(now.getTime() + pauseAfter(ars.inquiries)).toISOString();
    return {
      ...fresh<JourneyAt<'ars'>>(journey),
      ars: { ...ars, inquiries: ars.inquiries + 1, absent, nextInquiryAt },
    };
  };

  async function neverTold({ ars: { registration } }: Confirming): Promise<Journey> {
    const now = clock();
    await store.registrations.finish(registration.id, { state: 'unknown' }, now);
    return { step: 'failed', endedAt: now.toISOString(), refusal: final('result-unknown') };
  }

  async function neverHappened(journey: Confirming): Promise<Journey> {
    const { registration, alreadyRegistered } = journey.ars;
    await store.registrations.finish(registration.id, { state: 'failed' }, clock());
    if (!alreadyRegistered) {
      return {
        ...fresh<JourneyAt<'ars'>>(journey),
        ars: { phase: 'ready' },
        refusal: again('registration-not-made'),
      };
    }
    const { consents, person, calls } = journey;
    return { step: 'account', consents, person, calls, refusal: again('account-already-registered') };
  }
}

type Listed = AnswerOf<'accountList'>;
type Listing = NonNullable<Listed['acntRecords']>[number];

const liveRecords = ({ acntRecords = [] }: Listed): Listing[] =>
  acntRecords.filter((record) => !record.recordUnregDt);

const describedBy = (record: Listing): Described => ({
  bankCode: record.recordBankCd,
  mask: record.recordCustAcntNoMask,
});

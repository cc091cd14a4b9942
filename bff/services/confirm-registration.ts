import type { Session } from '../store/store.ts';
import { again, askHecto } from './ask-hecto.ts';
import type { CompleteRegistration } from './complete-registration.ts';
import type { JourneyDeps } from './journey-deps.ts';
import { fresh, type Ars, type Journey, type JourneyAt } from './journey.ts';
import { isSameAccount } from './same-account.ts';

type Confirming = JourneyAt<'ars'> & { readonly ars: Extract<Ars, { phase: 'confirming' }> };
type Deps = Pick<JourneyDeps, 'store' | 'hecto' | 'clock'> & {
  readonly completeRegistration: CompleteRegistration;
};

/** Pauses after the first inquiry, then the last one for ever: Hecto may be down for a night. */
const pausesMs = [5, 10, 20, 40, 60, 60, 60, 60, 300].map((seconds) => seconds * 1000);

/** "Not there" proves nothing while the registration may still be on its way. */
const graceMs = 60_000;
const absentEnough = 3;

/**
 * Asks Hecto's list of accounts what became of a registration whose answer was lost. Found: registered. Absent
 * three times and late enough: it never happened, and only a new call may start a new one.
 */
export function createConfirmRegistration({ store, hecto, clock, completeRegistration }: Deps) {
  return async function confirmRegistration(session: Session, journey: Confirming): Promise<Journey> {
    const { account, ars } = journey;
    const { registration } = ars;
    const reply = await askHecto(hecto, 'accountList', {
      mchtCustId: session.customerId,
      bankCd: account.bankCode,
    });
    const now = clock();
    if (reply.kind === 'accepted') {
      const found = (reply.answer.acntRecords ?? [])
        .filter(
          (record) =>
            !record.recordUnregDt &&
            isSameAccount(account, { bankCode: record.recordBankCd, mask: record.recordCustAcntNoMask }),
        )
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
    }
    const absent = ars.absent + (reply.kind === 'accepted' ? 1 : 0);
    const waited = now.getTime() - Date.parse(registration.submittedAt);
    if (absent >= absentEnough && waited >= graceMs) return neverHappened(journey);
    const pause = pausesMs[Math.min(ars.inquiries, pausesMs.length - 1)]!;
    const nextInquiryAt = new Date(now.getTime() + pause).toISOString();
    return {
      ...fresh<JourneyAt<'ars'>>(journey),
      ars: { ...ars, inquiries: ars.inquiries + 1, absent, nextInquiryAt },
    };
  };

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

import { randomBytes } from 'node:crypto';
import type { RefusalCode } from '../../../shared/api/refusals.ts';
import { passBy } from '../../checkpoint.ts';
import { maskAccountNumber } from '../../../shared/values/account-number.ts';
import { maskPhoneNumber } from '../../../shared/values/phone-number.ts';
import { kstStamp } from '../../../shared/values/kst.ts';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import { aboutIntent } from '../../log/current-work.ts';
import type { Session } from '../../store/store.ts';
import { again, askHecto, refusalFrom, type Reply } from '../ask-hecto.ts';
import { isSameAccount } from './same-account.ts';
import type { JourneyDeps } from './journey-deps.ts';
import { dueAt, fresh, registrationMs, type Journey, type JourneyAt, type Registration } from './journey.ts';
import type { CompleteRegistration } from './complete-registration.ts';

type Deps = Pick<JourneyDeps, 'store' | 'hecto' | 'clock' | 'checkpoint'> & {
  readonly completeRegistration: CompleteRegistration;
};
export type RegisterAccount = ReturnType<typeof createRegisterAccount>;

/** After these only a new call helps; after any other final refusal only another account does. */
const redoCall: readonly RefusalCode[] = [
  'call-not-finished',
  'call-account-differs',
  'call-check-failed',
  'call-not-receivable',
];
const registeredBefore: RefusalCode = 'account-already-registered';

/**
 * Registers the account of an approved call, at most once for one intent: the intent is committed, then Hecto
 * hears of it, then nobody sends it again. An answer that got lost is looked up, never repeated (R12).
 */
export function createRegisterAccount({
  store,
  hecto,
  clock,
  checkpoint = passBy,
  completeRegistration,
}: Deps) {
  return async function registerAccount(
    session: Session,
    before: JourneyAt<'ars'>,
    approval: string,
  ): Promise<Session | undefined> {
    const submitted = await commit(session, before, approval);
    if (!submitted) return undefined;
    const { claimed, registration } = submitted;
    const journey: JourneyAt<'ars'> = { ...fresh(before), ars: { phase: 'registering', registration } };
    const reply = await aboutIntent(registration.id, () => send(session, journey, registration));
    checkpoint('registration.answered');
    const next = await judge(session, journey, registration, reply);
    checkpoint('registration.recorded');
    return store.sessions.save(claimed, next, { dueAt: dueAt(next) });
  };

  /**
   * The intent and the session know of the registration before Hecto does. The claim comes first, so that of two
   * instances that saw the approval one goes on.
   */
  async function commit(seen: Session, before: JourneyAt<'ars'>, approval: string) {
    const now = clock();
    const until = new Date(now.getTime() + registrationMs).toISOString();
    const session = await store.sessions.save(seen, { ...before, claim: { key: 'register', until } });
    if (!session) return undefined;
    const { id: sessionId, customerId } = session;
    const intent = await store.registrations.create(
      {
        sessionId,
        customerId,
        orderNumber: newOrderNumber('REG', now, randomBytes),
        sent: kstStamp(now),
        call: callOf(before, approval, now),
      },
      now,
    );
    if (!intent) {
      // An earlier one is not final, and only a new session is free of it.
      const failed: Journey = {
        step: 'failed',
        endedAt: now.toISOString(),
        refusal: again('service-unavailable'),
      };
      await store.sessions.save(session, failed, { dueAt: null });
      return undefined;
    }
    checkpoint('registration.created');
    const { id, orderNumber } = intent;
    const registration = { id, orderNumber, approval, submittedAt: now.toISOString() };
    const registering: Journey = { ...fresh(before), ars: { phase: 'registering', registration } };
    const claimed = await store.sessions.save(session, registering, { dueAt: dueAt(registering) });
    if (claimed && (await store.registrations.submit(id, now))) {
      checkpoint('registration.submitted');
      return { claimed, registration };
    }
    await store.registrations.abandon(id, now);
    return undefined;
  }

  async function send(
    { customerId }: Session,
    { person, account }: JourneyAt<'ars'>,
    { orderNumber, approval }: Registration,
  ): Promise<Reply<'accountRegistration'>> {
    const request = {
      mchtTrdNo: orderNumber,
      trdNo: approval,
      mchtCustId: customerId,
      mchtCustNm: person.name,
      uii: person.birth,
      bankCd: account.bankCode,
      custAcntNo: account.accountNumber,
    };
    const first = await askHecto(hecto, 'accountRegistration', request);
    // Not one byte left, so this is still the first time: once more, with the same order number.
    return first.kind === 'not-sent' ? askHecto(hecto, 'accountRegistration', request) : first;
  }

  async function judge(
    session: Session,
    journey: JourneyAt<'ars'>,
    registration: Registration,
    reply: Reply<'accountRegistration'>,
  ): Promise<Journey> {
    const answer = reply.kind === 'accepted' || reply.kind === 'refused' ? reply.answer : undefined;
    const before = reply.kind === 'refused' && reply.meaning.code === registeredBefore;
    if (reply.kind === 'accepted' || before) {
      // An acceptance answers our own order number; a refusal may speak of whatever was registered before.
      const ours =
        !before || isSameAccount(journey.account, { bankCode: answer?.bankCd, mask: answer?.custAcntNo });
      if (ours && answer?.custAcntKey) {
        return completeRegistration(session, journey, registration, answer.custAcntKey, before);
      }
      // It is registered, only not told well enough: the list knows the key.
      return confirming(journey, registration, before, clock());
    }
    if (reply.kind === 'unknown' || (reply.kind === 'refused' && !reply.meaning.terminal)) {
      await store.registrations.finish(registration.id, { state: 'unknown' }, clock());
      const soonest = new Date(Date.parse(registration.submittedAt) + registrationMs);
      return confirming(journey, registration, false, soonest);
    }
    await store.registrations.finish(registration.id, { state: 'failed' }, clock());
    const refusal = refusalFrom(reply);
    if (reply.kind === 'not-sent' || redoCall.includes(refusal.code)) {
      return { ...journey, ars: { phase: 'ready' }, refusal };
    }
    const { consents, person, calls } = journey;
    return { step: 'account', consents, person, calls, refusal: { ...refusal, retryable: true } };
  }
}

/** What stays on record of the approval, for as long as the ledger is kept. */
const callOf = ({ ars, person, account }: JourneyAt<'ars'>, approval: string, now: Date) =>
  ars.phase === 'calling'
    ? {
        transactionNumber: approval,
        placedAt: ars.call.placedAt,
        approvedAt: now.toISOString(),
        maskedPhone: maskPhoneNumber(person.phone),
        bankCode: account.bankCode,
        maskedNumber: maskAccountNumber(account.accountNumber),
      }
    : undefined;

/** Waiting for Hecto's list of accounts to tell what became of the registration. */
export function confirming(
  journey: JourneyAt<'ars'>,
  registration: Registration,
  alreadyRegistered: boolean,
  firstInquiryAt: Date,
): JourneyAt<'ars'> {
  const nextInquiryAt = firstInquiryAt.toISOString();
  return {
    ...fresh(journey),
    ars: { phase: 'confirming', registration, alreadyRegistered, inquiries: 0, absent: 0, nextInquiryAt },
  };
}

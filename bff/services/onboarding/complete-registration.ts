import { maskAccountNumber } from '../../../shared/values/account-number.ts';
import type { Session } from '../../store/store.ts';
import type { JourneyDeps } from './journey-deps.ts';
import type { Journey, JourneyAt, Password, Registered, Registration } from './journey.ts';
import { limit } from './limits.ts';
import { fingerprintsOf } from './password-policy.ts';
import { isOurs } from './payment-password.ts';

export type CompleteRegistration = ReturnType<typeof createCompleteRegistration>;

/**
 * The account is registered. From here on birth date, gender digit and account number are gone (S83); of them
 * only fingerprints stay, so that the password cannot repeat them.
 */
export function createCompleteRegistration({
  config,
  store,
  clock,
}: Pick<JourneyDeps, 'config' | 'store' | 'clock'>) {
  return async function completeRegistration(
    session: Session,
    { consents, person, account }: JourneyAt<'ars'>,
    registration: Registration,
    accountKey: string,
    alreadyRegistered: boolean,
  ): Promise<Journey> {
    const now = clock();
    const maskedNumber = maskAccountNumber(account.accountNumber);
    const { bankCode, bankName } = account;
    const result = { accountKey, bankCode, maskedNumber };
    await store.registrations.finish(registration.id, { state: 'registered', result }, now);
    const registered: Registered = {
      ...result,
      ...(bankName === undefined ? {} : { bankName }),
      registeredAt: now.toISOString(),
      alreadyRegistered,
    };
    const { name, phone, carrier } = person;
    const known = { name, phone, carrier };
    const password = await firstPhase(session);
    if (!password) return { step: 'done', person: known, registered, completedAt: now.toISOString() };
    return {
      step: 'password',
      consents,
      person: known,
      registered,
      password,
      triesLeft: await store.attempts.left(limit('password-tries', session.customerId, now), now),
      tooClose: fingerprintsOf(config.pinPepper, {
        birth: person.birth,
        phone,
        accountNumber: account.accountNumber,
      }),
    };
  };

  /** Whether the customer enters a password or chooses one; none at all where the merchant skips the step. */
  async function firstPhase(session: Session): Promise<Password | undefined> {
    const { paymentPassword } = session.flow;
    if (paymentPassword === 'skip') return undefined;
    if (await isOurs(store, session)) return { phase: 'enter', replaceable: true };
    // Only trying a password tells whether Hecto has one.
    return { phase: paymentPassword === 'own' ? 'set' : 'enter' };
  }
}

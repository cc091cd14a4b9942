import type { OnboardingSession } from '../../../shared/api/merchant/onboarding-sessions.ts';
import { kstIso } from '../../../shared/values/kst.ts';
import type { Config } from '../../config.ts';
import type { Session } from '../../store/store.ts';
import { registeredIn, type Journey } from './journey.ts';
import { endOf, hasExpired, summaryOf } from './public-state.ts';

/** What the merchant's server may know of a session. Unlike the browser it gets the account's key. */
export function onboardingSessionView(
  session: Session,
  config: Pick<Config, 'sessionIdleMs'>,
  now: Date,
): OnboardingSession {
  const { journey } = session;
  const expired = hasExpired(session, config, now);
  const registered = registeredIn(journey);
  return {
    id: session.id,
    customerId: session.customerId,
    status: expired ? 'expired' : statusOf(journey),
    step: expired ? 'expired' : journey.step,
    locale: session.locale,
    createdAt: kstIso(session.createdAt),
    expiresAt: kstIso(endOf(session, config)),
    ...(journey.step === 'done' && { completedAt: kstIso(new Date(journey.completedAt)) }),
    ...(registered && {
      account: {
        ...summaryOf(registered),
        accountKey: registered.accountKey,
        registeredAt: kstIso(new Date(registered.registeredAt)),
        alreadyRegistered: registered.alreadyRegistered,
      },
    }),
    ...(session.metadata && { metadata: session.metadata }),
  };
}

function statusOf({ step }: Journey): OnboardingSession['status'] {
  switch (step) {
    case 'done':
      return 'completed';
    case 'failed':
    case 'cancelled':
    case 'expired':
      return step;
    default:
      return 'open';
  }
}

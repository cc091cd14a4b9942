import type { OnboardingSession } from '../../shared/api/merchant.ts';
import type { Config } from '../config.ts';
import type { Session } from '../store/store.ts';
import { isOver, type Journey, type Registered } from './journey.ts';
import { endOf, hasExpired, summaryOf } from './public-state.ts';

/** What the merchant's server may know of a session. Unlike the browser it gets the account's key. */
export function onboardingSessionView(
  session: Session,
  config: Pick<Config, 'sessionIdleMs'>,
  now: Date,
): OnboardingSession {
  const { journey } = session;
  const expired = hasExpired(session, config, now);
  const registered = isOver(journey) ? registeredIn(journey) : undefined;
  return {
    id: session.id,
    customerId: session.customerId,
    status: expired ? 'expired' : statusOf(journey),
    step: expired ? 'expired' : journey.step,
    locale: session.locale,
    createdAt: session.createdAt.toISOString(),
    expiresAt: endOf(session, config).toISOString(),
    ...(journey.step === 'done' && { completedAt: journey.completedAt }),
    ...(registered && {
      account: {
        ...summaryOf(registered),
        accountKey: registered.accountKey,
        registeredAt: registered.registeredAt,
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

const registeredIn = (journey: Journey): Registered | undefined =>
  'registered' in journey ? journey.registered : undefined;

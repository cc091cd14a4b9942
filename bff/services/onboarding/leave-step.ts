import type { Back } from '../../../shared/api/widget.ts';
import type { Session } from '../../store/store.ts';
import type { JourneyDeps } from './journey-deps.ts';
import { registeredIn, type Journey, type JourneyAt } from './journey.ts';
import { backToIdentity } from './start-phone-verification.ts';
import type { TakeTurn } from './take-turn.ts';

const noSends = { count: 0, resendAt: new Date(0).toISOString() };

/** To an earlier step, so that a typing mistake is not the end. What was proven there has to be proven anew. */
export function createGoBack({ takeTurn }: { readonly takeTurn: TakeTurn }) {
  return (session: Session, { to }: Back): Promise<Session> =>
    to === 'account'
      ? takeTurn(session, 'back-to-account', {}, ({ journey: { consents, person, calls } }) => ({
          step: 'account',
          consents,
          person,
          calls,
        }))
      : takeTurn(session, 'back-to-identity', {}, ({ journey }) => identityBefore(journey));
}

function identityBefore(journey: JourneyAt<'code' | 'pass' | 'account' | 'ars' | 'password'>): Journey {
  switch (journey.step) {
    case 'code':
    case 'pass':
      return backToIdentity(journey);
    case 'account':
    case 'ars':
      return { step: 'identity', consents: journey.consents, sends: noSends };
    case 'password': {
      const { consents, person, registered, tooClose } = journey;
      return { step: 'identity', consents, sends: noSends, unlocking: { person, registered, tooClose } };
    }
  }
}

/** The customer gives up. An account that is registered by then stays registered. */
export function createGiveUp({ clock, takeTurn }: Pick<JourneyDeps, 'clock'> & { takeTurn: TakeTurn }) {
  return (session: Session): Promise<Session> =>
    takeTurn(session, 'cancel', {}, ({ journey }) => {
      const registered = registeredIn(journey);
      return { step: 'cancelled', endedAt: clock().toISOString(), ...(registered ? { registered } : {}) };
    });
}

import type { Session } from '../../store/store.ts';
import type { JourneyDeps } from './journey-deps.ts';
import { registeredIn, type Journey } from './journey.ts';
import { endOf, hasExpired } from './public-state.ts';

const tickMs = 2_000;
const atOnce = 50;
/** Longer than any command can hold a session (40 s). */
const leaseMs = 60_000;

export type SessionSweeper = { readonly stop: () => Promise<void> };

type Deps = Pick<JourneyDeps, 'config' | 'store' | 'clock' | 'log'>;

/**
 * Ends sessions that ran out though nobody looks at them, so that the merchant hears of it. Any number of
 * instances may run it. Whatever a command or a registration is doing with a session comes first.
 */
export function startSessionSweeper(deps: Deps): SessionSweeper {
  const expireSessions = createExpireSessions(deps);
  let isSweeping = false;
  let sweeping = Promise.resolve();

  const timer = setInterval(() => {
    if (isSweeping) return;
    isSweeping = true;
    sweeping = expireSessions()
      .catch((error: unknown) => deps.log.fault(error))
      .finally(() => {
        isSweeping = false;
      });
  }, tickMs);

  return {
    async stop() {
      clearInterval(timer);
      await sweeping;
    },
  };
}

/** One sweep over one batch. */
export function createExpireSessions({ config, store, clock, log }: Deps) {
  return async function expireSessions(): Promise<void> {
    const { sessionIdleMs } = config;
    for (const session of await store.sessions.claimRunOut(clock(), sessionIdleMs, leaseMs, atOnce)) {
      const { journey } = session;
      // A customer who is about to finish must not be cut off half-way: it is swept again after the lease.
      const isBusy = journey.claim && clock() < new Date(journey.claim.until);
      if (isBusy || !hasExpired(session, config, clock())) continue;
      const saved = await store.sessions.save(session, expiredAt(endOf(session, config), session), {
        dueAt: null,
      });
      if (!saved) continue;
      log.event('journey.moved', { sessionId: session.id, from: journey.step, to: 'expired' });
    }
  };
}

function expiredAt(end: Date, { journey }: Session): Journey {
  const registered = registeredIn(journey);
  return { step: 'expired', endedAt: end.toISOString(), ...(registered && { registered }) };
}

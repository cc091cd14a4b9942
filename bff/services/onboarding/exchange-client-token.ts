import { Problem } from '../../http/problem.ts';
import { isOriginOfSession } from '../../http/widget-origin.ts';
import type { Log } from '../../log/log.ts';
import type { Session } from '../../store/store.ts';
import type { ClientTokenDeps } from './client-tokens.ts';
import { hasExpired } from './public-state.ts';

/**
 * Trades a client token for a session token, once, and only from where the session belongs (S10). Every earlier
 * token of this customer ends (S11, S16). Throws `client-token-invalid`, whatever the reason.
 */
export function createExchangeClientToken({
  config,
  store,
  clock,
  log,
}: ClientTokenDeps & { readonly log: Log }) {
  return async function exchangeClientToken(
    clientToken: string,
    origin: string | undefined,
    requestId: string,
  ): Promise<{ session: Session; sessionToken: string }> {
    const now = clock();
    const refuse = (sessionId?: string): never => {
      log.event('security', { what: 'client-token-refused', requestId, sessionId });
      throw new Problem('client-token-invalid');
    };
    const sessionId = (await store.tokens.sessionOfClientToken(clientToken, now)) ?? refuse();
    const session = (await store.sessions.read(sessionId)) ?? refuse();
    if (!isOriginOfSession(origin, session, config)) refuse(sessionId);
    // Of two windows that come with the same token, one gets the session.
    if (!(await store.tokens.useClientToken(clientToken, now))) refuse(sessionId);

    const sessionToken = await store.tokens.issueSessionToken(sessionId, now);
    log.event('security', { what: 'client-token-exchanged', requestId, sessionId });
    if (hasExpired(session, config, now)) return { session, sessionToken };
    await store.sessions.touch(sessionId, now);
    return { session: { ...session, lastSeenAt: now }, sessionToken };
  };
}

import { randomBytes } from 'node:crypto';
import type { Keypad } from '../../../shared/api/widget.ts';
import { Problem } from '../../http/problem.ts';
import type { Session } from '../../store/store.ts';
import type { JourneyDeps } from './journey-deps.ts';
import { isLegal } from './journey.ts';
import { drawKeyPair, keypadMs, shuffledKeys, type KeypadPurpose } from './keypad.ts';
import { hasExpired } from './public-state.ts';

/** Draws a pad for one showing, bound to the session and to what the password is wanted for (S68). */
export function createShowKeypad({ config, store, clock }: Pick<JourneyDeps, 'config' | 'store' | 'clock'>) {
  return async function showKeypad(session: Session, purpose: KeypadPurpose): Promise<Keypad> {
    const { journey } = session;
    const now = clock();
    const wanted = journey.step === 'password' && journey.password.phase === purpose;
    if (!wanted || !isLegal(journey, 'show-keypad') || hasExpired(session, config, now)) {
      throw new Problem('wrong-step');
    }
    const keypadId = `kp_${randomBytes(18).toString('base64url')}`;
    const keys = shuffledKeys();
    const { privateKey, publicKey } = drawKeyPair();
    const expiresAt = new Date(now.getTime() + keypadMs);
    await store.keypads.put({ keypadId, sessionId: session.id, purpose, keys, privateKey }, expiresAt);
    return { keypadId, purpose, keys, publicKey, expiresAt: expiresAt.toISOString() };
  };
}

import { webcrypto } from 'node:crypto';
import type { Keypad, Password } from '../../../shared/api/widget.ts';

const { subtle } = webcrypto;
const bytes = (text: string) => new TextEncoder().encode(text);
const base64url = (data: ArrayBuffer | Uint8Array) => Buffer.from(data as Uint8Array).toString('base64url');

/** What the widget does in the browser, by WebCrypto as there: an independent second half for tests. */
export async function sealPresses(
  pad: Pick<Keypad, 'keypadId' | 'purpose' | 'publicKey'> & { sessionId: string },
  positions: readonly number[],
): Promise<Omit<Password, 'keypadId'>> {
  const ecdh = { name: 'ECDH', namedCurve: 'P-256' };
  const theirs = await subtle.importKey('raw', Buffer.from(pad.publicKey, 'base64url'), ecdh, false, []);
  const own = await subtle.generateKey(ecdh, false, ['deriveBits']);
  const secret = await subtle.deriveBits({ name: 'ECDH', public: theirs }, own.privateKey, 256);
  const key = await subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: bytes(pad.keypadId), info: bytes('hecto-onboarding keypad v1') },
    await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']),
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  );
  const iv = webcrypto.getRandomValues(new Uint8Array(12));
  const additionalData = bytes(`${pad.sessionId}|${pad.keypadId}|${pad.purpose}`);
  const sealed = await subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    key,
    Uint8Array.from(positions),
  );
  return {
    ephemeralKey: base64url(await subtle.exportKey('raw', own.publicKey)),
    iv: base64url(iv),
    sealed: base64url(sealed),
  };
}

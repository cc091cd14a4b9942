/*
 * How version 1.0.0 seals the pressed places of the keypad: ECDH P-256, HKDF-SHA-256, AES-GCM, bound to session, keypad
 * and purpose. A copy on purpose: the code of today's widget, and what other tests share with it, may change together
 * with the BFF; the script that a page still holds does not. Never mend it.
 */
const bytes = (text: string) => new TextEncoder().encode(text);

const toBase64url = (data: ArrayBuffer | Uint8Array) =>
  btoa(String.fromCharCode(...new Uint8Array(data)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const fromBase64url = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

export type OlderKeypad = { keypadId: string; purpose: string; keys: string[]; publicKey: string };

/** The body of `POST /session/password`. */
export async function sealPresses(
  sessionId: string,
  { keypadId, purpose, publicKey }: OlderKeypad,
  positions: readonly number[],
) {
  const { subtle } = crypto;
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const own = await subtle.generateKey(curve, false, ['deriveBits']);
  const theirs = await subtle.importKey('raw', fromBase64url(publicKey), curve, false, []);
  const secret = await subtle.deriveBits({ name: 'ECDH', public: theirs }, own.privateKey, 256);
  const key = await subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: bytes(keypadId), info: bytes('hecto-onboarding keypad v1') },
    await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']),
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  );
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = bytes(`${sessionId}|${keypadId}|${purpose}`);
  const sealed = await subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    key,
    Uint8Array.from(positions),
  );
  return {
    keypadId,
    ephemeralKey: toBase64url(await subtle.exportKey('raw', own.publicKey)),
    iv: toBase64url(iv),
    sealed: toBase64url(sealed),
  };
}

import type { Keypad, Password } from '../../shared/api/widget.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

const toBase64url = (data: ArrayBuffer | Uint8Array) =>
  btoa(String.fromCharCode(...new Uint8Array(data)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const fromBase64url = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

/**
 * Seals the pressed places of a keypad to the BFF's key: ECDH P-256, HKDF-SHA-256, AES-GCM, bound to session,
 * keypad and purpose as `shared/api/widget.ts` says. The digits themselves are never known here.
 * @throws when the browser has no WebCrypto (a page that is not secure).
 */
export async function sealPositions(
  sessionId: string,
  { keypadId, purpose, publicKey }: Keypad,
  positions: readonly number[],
): Promise<Password> {
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

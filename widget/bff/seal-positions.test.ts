import { expect, test } from 'vitest';
import { sealPositions } from './seal-positions.ts';

const curve = { name: 'ECDH', namedCurve: 'P-256' };
const bytes = (text: string) => new TextEncoder().encode(text);
const decode = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const encode = (data: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(data)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Opens as the BFF does, with the words of `shared/api/widget.ts`. */
async function sealedFor(purpose: 'set' | 'enter') {
  const bff = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
  const publicKey = encode(await crypto.subtle.exportKey('raw', bff.publicKey));
  const keypad = { keypadId: 'kpd_12345678', purpose, publicKey, keys: [], expiresAt: '' };
  const sealed = await sealPositions('obs_1', keypad, [0, 3, 11, 7, 7, 2]);
  const open = async (additional: string) => {
    const theirs = await crypto.subtle.importKey('raw', decode(sealed.ephemeralKey), curve, false, []);
    const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, bff.privateKey, 256);
    const key = await crypto.subtle.deriveKey(
      {
        name: 'HKDF',
        hash: 'SHA-256',
        salt: bytes('kpd_12345678'),
        info: bytes('hecto-onboarding keypad v1'),
      },
      await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']),
      { name: 'AES-GCM', length: 256 },
      false,
      ['decrypt'],
    );
    const iv = decode(sealed.iv);
    const parameters = { name: 'AES-GCM', iv, additionalData: bytes(additional) };
    return [...new Uint8Array(await crypto.subtle.decrypt(parameters, key, decode(sealed.sealed)))];
  };
  return { sealed, open };
}

test('D3 the BFF, and only it, opens the positions', async () => {
  const { sealed, open } = await sealedFor('set');
  expect(await open('obs_1|kpd_12345678|set')).toEqual([0, 3, 11, 7, 7, 2]);
  expect(sealed.iv).toHaveLength(16);
});

test('D3 positions of one session, keypad or purpose do not open as those of another', async () => {
  const { open } = await sealedFor('set');
  await expect(open('obs_2|kpd_12345678|set')).rejects.toThrow();
  await expect(open('obs_1|kpd_12345678|enter')).rejects.toThrow();
});

test('D3 the same positions never look the same twice', async () => {
  const [one, other] = [await sealedFor('enter'), await sealedFor('enter')];
  expect(one.sealed.sealed).not.toBe(other.sealed.sealed);
});

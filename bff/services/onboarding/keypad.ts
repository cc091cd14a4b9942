import { createDecipheriv, createECDH, hkdfSync, randomInt } from 'node:crypto';
import type { Keypad, Password } from '../../../shared/api/widget.ts';

/**
 * The shuffled pad of the payment password: where the digits lie is known to this server and the screen
 * only, and what was pressed travels sealed. The scheme is written down at `password` in shared/api/widget.ts.
 */

const curve = 'prime256v1';
const digitCount = 6;

/** How long one showing lasts (S68). */
export const keypadMs = 120_000;

export type KeypadPurpose = Keypad['purpose'];

/** One pad as the server keeps it, sealed at rest, until it is used once. */
export type DrawnKeypad = {
  readonly keypadId: string;
  readonly sessionId: string;
  readonly purpose: KeypadPurpose;
  readonly keys: readonly string[];
  /** base64url */
  readonly privateKey: string;
};

/** Ten digits and two blanks on twelve places, every arrangement as likely as any other. */
export function shuffledKeys(): string[] {
  const keys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '', ''];
  for (let last = keys.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [keys[last], keys[other]] = [keys[other]!, keys[last]!];
  }
  return keys;
}

/** A key pair for one pad. */
export function drawKeyPair(): { privateKey: string; publicKey: string } {
  const pair = createECDH(curve);
  return { publicKey: pair.generateKeys('base64url'), privateKey: pair.getPrivateKey('base64url') };
}

/**
 * The pressed digits as ASCII codes, for the caller to zero; `undefined` for anything that is not exactly
 * six digits sealed for this pad. One answer for every kind of defect, so that nobody learns which (S69).
 */
export function openPresses(pad: DrawnKeypad, pressed: Omit<Password, 'keypadId'>): Buffer | undefined {
  const positions = open(pad, pressed);
  const digits = Buffer.alloc(digitCount);
  let fits = positions?.length === digitCount;
  for (let index = 0; index < digitCount; index += 1) {
    const key = pad.keys[positions?.[index] ?? -1] ?? '';
    fits = key !== '' && fits;
    digits.write(key || '0', index);
  }
  positions?.fill(0);
  if (fits) return digits;
  digits.fill(0);
  return undefined;
}

function open(pad: DrawnKeypad, pressed: Omit<Password, 'keypadId'>): Buffer | undefined {
  const sealed = Buffer.from(pressed.sealed, 'base64url');
  try {
    const own = createECDH(curve);
    own.setPrivateKey(pad.privateKey, 'base64url');
    const secret = own.computeSecret(Buffer.from(pressed.ephemeralKey, 'base64url'));
    const key = Buffer.from(hkdfSync('sha256', secret, pad.keypadId, 'hecto-onboarding keypad v1', 32));
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(pressed.iv, 'base64url'), {
      authTagLength: 16,
    });
    decipher.setAAD(Buffer.from(`${pad.sessionId}|${pad.keypadId}|${pad.purpose}`));
    decipher.setAuthTag(sealed.subarray(-16));
    const positions = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    secret.fill(0);
    key.fill(0);
    return positions;
  } catch {
    // A point off the curve, a wrong tag, a short text: all the same to the sender.
    return undefined;
  }
}

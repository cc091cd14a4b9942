import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** What Hecto hands to each merchant. */
export type HectoKeys = {
  /** 32 characters, used as 32 bytes. */
  readonly aesKey: string;
  /** Ends the text that `pktHash` covers. */
  readonly hashKey: string;
};

// ECB shows which values are equal and protects none of them against change. Hecto's wire demands it, so it
// stays in this file: nothing that is stored or logged is ever encrypted this way.
const algorithm = 'aes-256-ecb';

/** AES-256-ECB with PKCS#7 padding over the UTF-8 bytes, as base64. */
export function encrypt(plain: string, { aesKey }: HectoKeys): string {
  const cipher = createCipheriv(algorithm, Buffer.from(aesKey, 'utf8'), null);
  return Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

/**
 * The plain value, or nothing when it is not ours to read: no base64, no whole blocks, wrong padding or no
 * UTF-8. The reasons are deliberately not told apart (S88).
 */
export function decrypt(encrypted: string, { aesKey }: HectoKeys): string | undefined {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length === 0 || bytes.length % 16 !== 0 || bytes.toString('base64') !== encrypted)
    return undefined;
  const decipher = createDecipheriv(algorithm, Buffer.from(aesKey, 'utf8'), null);
  try {
    const plain = Buffer.concat([decipher.update(bytes), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
  } catch {
    return undefined;
  }
}

/** `pktHash`: SHA-256 over the plain values and the hash key, lower-case hex. As secret as what it covers (H4). */
export const packetHash = (values: readonly string[], { hashKey }: HectoKeys): string =>
  createHash('sha256')
    .update(values.join('') + hashKey, 'utf8')
    .digest('hex');

/** Throws a RangeError, without the value, for keys that cannot be Hecto's. */
export function assertKeys({ aesKey, hashKey }: HectoKeys): void {
  if (Buffer.byteLength(aesKey, 'utf8') !== 32) throw new RangeError('the AES key must have 32 bytes');
  if (hashKey === '') throw new RangeError('the hash key is empty');
}

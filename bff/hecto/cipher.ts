import { createCipheriv, createDecipheriv, hash, type Cipher, type Decipher } from 'node:crypto';

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

const blockBytes = 16;

/** Takes whole blocks and gives as many. */
type Blocks = (bytes: Buffer) => Buffer;

/**
 * One cipher and one decipher for each pair of keys, never finished: to make one costs more than all it does for a request.
 * That is right for ECB alone, where no block knows of another, and as long as whole blocks alone go in: nothing then stays
 * inside for whoever comes next (docs/decisions/0014-one-cipher-for-all.md).
 */
const ciphers = new WeakMap<HectoKeys, { readonly seal: Blocks; readonly open: Blocks }>();

function cipherOf(keys: HectoKeys): { readonly seal: Blocks; readonly open: Blocks } {
  const known = ciphers.get(keys);
  if (known) return known;
  const key = Buffer.from(keys.aesKey, 'utf8');
  const made = {
    seal: wholeBlocks(createCipheriv(algorithm, key, null)),
    open: wholeBlocks(createDecipheriv(algorithm, key, null)),
  };
  ciphers.set(keys, made);
  return made;
}

function wholeBlocks(cipher: Cipher | Decipher): Blocks {
  cipher.setAutoPadding(false);
  return (bytes) => {
    if (bytes.length % blockBytes !== 0) throw new RangeError('only whole blocks');
    return cipher.update(bytes);
  };
}

/** AES-256-ECB with PKCS#7 padding over the UTF-8 bytes, as base64. */
export function encrypt(plain: string, keys: HectoKeys): string {
  const length = Buffer.byteLength(plain, 'utf8');
  const padding = blockBytes - (length % blockBytes);
  const padded = Buffer.alloc(length + padding, padding);
  padded.write(plain, 'utf8');
  return cipherOf(keys).seal(padded).toString('base64');
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The plain value, or nothing when it is not ours to read: no base64, no whole blocks, wrong padding or no
 * UTF-8. The reasons are deliberately not told apart (S88).
 */
export function decrypt(encrypted: string, keys: HectoKeys): string | undefined {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length === 0 || bytes.length % blockBytes !== 0 || bytes.toString('base64') !== encrypted)
    return undefined;
  const padded = cipherOf(keys).open(bytes);
  const padding = padded.at(-1)!;
  const plain = padded.subarray(0, -padding);
  if (
    padding === 0 ||
    padding > blockBytes ||
    !padded.subarray(plain.length).every((byte) => byte === padding)
  )
    return undefined;
  try {
    return utf8.decode(plain);
  } catch {
    return undefined;
  }
}

/** `pktHash`: SHA-256 over the plain values and the hash key, lower-case hex. As secret as what it covers (H4). */
export const packetHash = (values: readonly string[], { hashKey }: HectoKeys): string =>
  hash('sha256', values.join('') + hashKey, 'hex');

/** Throws a RangeError, without the value, for keys that cannot be Hecto's. */
export function assertKeys({ aesKey, hashKey }: HectoKeys): void {
  if (Buffer.byteLength(aesKey, 'utf8') !== 32) throw new RangeError('the AES key must have 32 bytes');
  if (hashKey === '') throw new RangeError('the hash key is empty');
}

import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** What the vendor hands to each merchant. These two are printed in its documents, for its public testbed. */
export type Keys = { readonly aesKey: string; readonly hashKey: string };
export const testbedKeys: Keys = {
  aesKey: 'SETTLEBANKISGOODSETTLEBANKISGOOD',
  hashKey: 'ST190808090913247723',
};

/** Encrypts one field: AES-256-ECB, PKCS5, base64. */
export function encrypt(plain: string | Buffer, { aesKey }: Keys): string {
  const cipher = createCipheriv('aes-256-ecb', aesKey, null);
  const bytes = typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain;
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64');
}

/** Decrypts one field; `undefined` when it is not base64, not whole blocks, wrongly padded or not UTF-8. */
export function decrypt(sealed: string, { aesKey }: Keys): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  // Node skips what it does not know in base64; the real service does not.
  if (bytes.length === 0 || bytes.toString('base64') !== sealed) return undefined;
  const decipher = createDecipheriv('aes-256-ecb', aesKey, null);
  try {
    const plain = Buffer.concat([decipher.update(bytes), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
  } catch {
    return undefined;
  }
}

/** What `pktHash` must be for these plain values in this order. */
export const hashOf = (values: readonly string[], { hashKey }: Keys): string =>
  createHash('sha256')
    .update(values.join('') + hashKey, 'utf8')
    .digest('hex');

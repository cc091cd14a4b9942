import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { ConfigError } from '../config-error.ts';
import { passBy, type Checkpoint } from '../checkpoint.ts';
import type { DataKey } from '../config.ts';
import type { Database } from './database.ts';

/**
 * Seals personal data at rest (S80-S82). Envelope: one random key seals all rows and a second one makes blind
 * indexes; both lie in the database, wrapped by DATA_KEYS. A new newest key re-wraps them at the next start.
 */
export type Vault = {
  /** AES-256-GCM, bound to its place: moved to another row or column it no longer opens. */
  seal(table: string, column: string, row: string, plain: string): Buffer;
  /** Throws when the ciphertext is damaged or belongs elsewhere. */
  open(table: string, column: string, row: string, sealed: Buffer): string;
  /** A keyed one-way index to look something up without storing it. `parts` keep their borders. */
  index(...parts: string[]): Buffer;
};

const formatVersion = 1;
const nonceLength = 12;
const tagLength = 16;

/** Joined so that `['ab','c']` and `['a','bc']` differ. */
export function withLengths(parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

function encrypt(key: Buffer, keyId: string, place: readonly string[], plain: Buffer): Buffer {
  const id = Buffer.from(keyId, 'latin1');
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(withLengths([...place, keyId]));
  const sealed = [cipher.update(plain), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([Buffer.of(formatVersion, id.length), id, nonce, ...sealed]);
}

function decrypt(
  keyOf: (id: string) => Buffer | undefined,
  place: readonly string[],
  sealed: Buffer,
): Buffer {
  const idEnd = 2 + (sealed[1] ?? 0);
  const keyId = sealed.toString('latin1', 2, idEnd);
  const key = keyOf(keyId);
  if (sealed[0] !== formatVersion || !key || sealed.length < idEnd + nonceLength + tagLength) {
    throw new Error('The sealed value is not readable.');
  }
  const nonce = sealed.subarray(idEnd, idEnd + nonceLength);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAAD(withLengths([...place, keyId]));
  decipher.setAuthTag(sealed.subarray(-tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(idEnd + nonceLength, -tagLength)), decipher.final()]);
}

/** Loads the wrapped keys, makes them in an empty database, and re-wraps those of an older DATA_KEYS entry. */
export async function openVault(
  database: Database,
  dataKeys: readonly DataKey[],
  checkpoint: Checkpoint = passBy,
): Promise<Vault> {
  const newest = dataKeys[0];
  if (!newest) throw new ConfigError('DATA_KEYS', 'must hold at least one key');
  const wrapperOf = (id: string) => dataKeys.find((wrapper) => wrapper.id === id)?.key;

  async function load(purpose: 'seal' | 'index'): Promise<{ id: string; key: Buffer }> {
    const id = `${purpose}-${randomBytes(4).toString('hex')}`;
    const wrap = (keyId: string, key: Buffer) =>
      encrypt(newest!.key, newest!.id, ['vault_keys', 'wrapped', keyId], key);
    // Whoever comes first makes the key; the others read it.
    await database
      .insertInto('vault_keys')
      .values({ id, purpose, wrapped_by: newest!.id, wrapped: wrap(id, randomBytes(32)) })
      .onConflict((conflict) => conflict.column('purpose').doNothing())
      .execute();
    const row = await database
      .selectFrom('vault_keys')
      .selectAll()
      .where('purpose', '=', purpose)
      .executeTakeFirstOrThrow();
    let key: Buffer;
    try {
      key = decrypt(wrapperOf, ['vault_keys', 'wrapped', row.id], row.wrapped);
    } catch {
      throw new ConfigError('DATA_KEYS', 'must hold the key with which this database was written');
    }
    if (row.wrapped_by !== newest!.id) {
      await database
        .updateTable('vault_keys')
        .set({ wrapped_by: newest!.id, wrapped: wrap(row.id, key) })
        .where('id', '=', row.id)
        .where('wrapped_by', '=', row.wrapped_by)
        .execute();
      if (purpose === 'seal') checkpoint('rotation.first-key-wrapped');
    }
    return { id: row.id, key };
  }

  const sealing = await load('seal');
  const indexing = await load('index');
  const sealingKeyOf = (id: string) => (id === sealing.id ? sealing.key : undefined);
  const indexKey = Buffer.from(hkdfSync('sha256', indexing.key, '', 'blind index', 32));

  return {
    seal: (table, column, row, plain) =>
      encrypt(sealing.key, sealing.id, [table, column, row], Buffer.from(plain, 'utf8')),
    open: (table, column, row, sealed) =>
      decrypt(sealingKeyOf, [table, column, row], sealed).toString('utf8'),
    index: (...parts) => createHmac('sha256', indexKey).update(withLengths(parts)).digest(),
  };
}

/** For tokens of 128 random bits and more, which nobody can guess from their hash (S13). */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

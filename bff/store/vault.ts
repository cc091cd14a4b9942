import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import { ConfigError } from '../config-error.ts';
import { passBy, type Checkpoint } from '../checkpoint.ts';
import type { DataKey } from '../config.ts';
import { someRandomBytes } from '../random-bytes.ts';
import type { Database, Tables } from './database.ts';

/**
 * Seals personal data at rest (S80-S82). Envelope: random keys that lie in the database, wrapped by the first of
 * DATA_KEYS. One makes blind indexes and never changes; the newest of the others seals, the older ones still open. Another
 * first of DATA_KEYS re-wraps them all at once, so that it alone opens everything, and brings a new sealing key.
 */
export type Vault = {
  /** AES-256-GCM, bound to its place: moved to another row or column it no longer opens. */
  seal(table: string, column: string, row: string, plain: string): Buffer;
  /** Throws when the ciphertext is damaged or belongs elsewhere. */
  open(table: string, column: string, row: string, sealed: Buffer): string;
  /** A keyed one-way index to look something up without storing it. `parts` keep their borders. */
  index(...parts: string[]): Buffer;
  /** How everything begins that the current key has sealed. */
  currentMark(): Buffer;
  /**
   * Looks for keys that other instances made, and rotates when `dataKeys` begins with a new one. Throws a ConfigError
   * when a key is missing, and then goes on as before.
   */
  refresh(dataKeys?: readonly DataKey[]): Promise<void>;
};

/**
 * A new key seals only when every instance had time to learn of it by `refresh`: a value that somebody cannot open yet
 * would look damaged. Seconds, by the database's clock.
 */
export const settlingSeconds = 60;

const formatVersion = 1;
const nonceLength = 12;
const tagLength = 16;

/** Joined so that `['ab','c']` and `['a','bc']` differ. */
export function withLengths(parts: readonly string[]): Buffer {
  const joined = Buffer.allocUnsafe(
    parts.reduce((sum, part) => sum + 4 + Buffer.byteLength(part, 'utf8'), 0),
  );
  let end = 0;
  for (const part of parts) {
    const length = joined.write(part, end + 4, 'utf8');
    joined.writeUInt32BE(length, end);
    end += 4 + length;
  }
  return joined;
}

/** What stands before the nonce: the version of the format, and which key it was. */
function markOf(keyId: string): Buffer {
  const id = Buffer.from(keyId, 'latin1');
  return Buffer.concat([Buffer.of(formatVersion, id.length), id]);
}

function encrypt({ id, key, mark }: Key, place: readonly string[], plain: string | Buffer): Buffer {
  const nonce = someRandomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(withLengths([...place, id]));
  const sealed = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  return Buffer.concat([mark, nonce, sealed, cipher.final(), cipher.getAuthTag()]);
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
  const plain = decipher.update(sealed.subarray(idEnd + nonceLength, -tagLength));
  decipher.final(); // holds nothing in this mode; throws where the tag does not fit
  return plain;
}

type StoredKey = Selectable<Tables['vault_keys']> & { readonly settled: boolean };
type Key = { readonly id: string; readonly key: Buffer; readonly mark: Buffer };

const keyWith = (id: string, key: Buffer): Key => ({ id, key, mark: markOf(id) });

/** Loads the wrapped keys; makes them in an empty database. */
export async function openVault(
  database: Database,
  dataKeys: readonly DataKey[],
  checkpoint: Checkpoint = passBy,
): Promise<Vault> {
  const keyring = new Map<string, Buffer>();
  let wrappers: readonly DataKey[] = [];
  let sealing!: Key;
  let indexKey!: Buffer;

  async function refresh(replaced?: readonly DataKey[]): Promise<void> {
    const given = replaced ?? wrappers;
    const stored = await storedKeys(database, given, checkpoint);
    // Known ones stay usable, also when somebody else wrapped them meanwhile with a key that we do not have.
    for (const row of stored) if (!keyring.has(row.id)) keyring.set(row.id, unwrap(row, given));
    const byAge = stored.filter(({ purpose }) => purpose !== 'index');
    const { id } = byAge.findLast(({ settled }) => settled) ?? byAge[0]!;
    sealing = keyWith(id, keyring.get(id)!);
    const indexing = stored.find(({ purpose }) => purpose === 'index')!;
    indexKey = Buffer.from(hkdfSync('sha256', keyring.get(indexing.id)!, '', 'blind index', 32));
    // Only then: a look that began with the list before must not bring that back.
    if (replaced) wrappers = replaced;
  }

  await refresh(dataKeys);
  return {
    seal: (table, column, row, plain) => encrypt(sealing, [table, column, row], plain),
    open: (table, column, row, sealed) =>
      decrypt((id) => keyring.get(id), [table, column, row], sealed).toString('utf8'),
    index: (...parts) => createHmac('sha256', indexKey).update(withLengths(parts)).digest(),
    currentMark: () => sealing.mark,
    refresh,
  };
}

/** All keys, the oldest first. What the first of `dataKeys` still lacks is made, and what an older one wraps is re-wrapped. */
async function storedKeys(
  database: Database,
  dataKeys: readonly DataKey[],
  checkpoint: Checkpoint,
): Promise<readonly StoredKey[]> {
  const newest = dataKeys[0];
  if (!newest) throw new ConfigError('DATA_KEYS', 'must hold at least one key');

  async function read(): Promise<StoredKey[]> {
    return database
      .selectFrom('vault_keys')
      .selectAll()
      .select(sql<boolean>`created_at <= now() - make_interval(secs => ${settlingSeconds})`.as('settled'))
      .orderBy('created_at')
      .orderBy('id')
      .execute();
  }

  /** Whoever comes first makes the key; the others read it. */
  async function make(purpose: StoredKey['purpose']): Promise<void> {
    const id = `${purpose === 'index' ? 'index' : 'seal'}-${randomBytes(4).toString('hex')}`;
    const wrapped = wrap(newest!, id, randomBytes(32));
    await database
      .insertInto('vault_keys')
      .values({ id, purpose, wrapped_by: newest!.id, wrapped, made_for: newest!.id })
      .onConflict((conflict) => conflict.column('purpose').doNothing())
      .execute();
  }

  let stored = await read();
  if (stored.length < 2) {
    await make('seal');
    await make('index');
    stored = await read();
  }
  const isMadeFor = ({ purpose, made_for, wrapped_by }: StoredKey) =>
    purpose !== 'index' && (made_for ?? wrapped_by) === newest.id;
  if (!stored.some(isMadeFor)) {
    // Not before everything can be opened: a key that is missing ends the attempt without a trace.
    for (const row of stored) unwrap(row, dataKeys);
    await make(`seal:${newest.id}`);
    stored = await read();
  }
  // An instance whose list is behind leaves the newer one's work alone.
  const isBehind = !isMadeFor(stored.findLast(({ purpose }) => purpose !== 'index')!);
  const foreign = isBehind ? [] : stored.filter(({ wrapped_by }) => wrapped_by !== newest.id);
  for (const row of [...foreign].sort((a) => (a.purpose === 'index' ? 1 : -1))) {
    await database
      .updateTable('vault_keys')
      .set({ wrapped_by: newest.id, wrapped: wrap(newest, row.id, unwrap(row, dataKeys)) })
      .where('id', '=', row.id)
      .where('wrapped_by', '=', row.wrapped_by)
      .execute();
    if (row.purpose !== 'index') checkpoint('rotation.first-key-wrapped');
  }
  return foreign.length === 0 ? stored : read();
}

const wrappedPlace = (keyId: string) => ['vault_keys', 'wrapped', keyId];

const wrap = (wrapper: DataKey, keyId: string, key: Buffer): Buffer =>
  encrypt(keyWith(wrapper.id, wrapper.key), wrappedPlace(keyId), key);

function unwrap({ id, wrapped }: Pick<StoredKey, 'id' | 'wrapped'>, dataKeys: readonly DataKey[]): Buffer {
  try {
    const wrapperOf = (by: string) => dataKeys.find((wrapper) => wrapper.id === by)?.key;
    return decrypt(wrapperOf, wrappedPlace(id), wrapped);
  } catch {
    throw new ConfigError('DATA_KEYS', 'must hold the key with which this database was written');
  }
}

/** A key of DATA_KEYS that this database needs and that was not given as it was: absent, or with other bytes. */
export type LostDataKey = { readonly id: string; readonly isGiven: boolean };

/** Which keys of DATA_KEYS are needed and lost. Reads only; an empty database needs none. */
export async function lostDataKeys(
  database: Database,
  dataKeys: readonly DataKey[],
): Promise<readonly LostDataKey[]> {
  const stored = await database.selectFrom('vault_keys').selectAll().execute();
  const isLost = (row: (typeof stored)[number]) => {
    try {
      unwrap(row, dataKeys);
      return false;
    } catch {
      return true;
    }
  };
  const ids = new Set(stored.filter(isLost).map(({ wrapped_by }) => wrapped_by));
  return [...ids].map((id) => ({ id, isGiven: dataKeys.some((key) => key.id === id) }));
}

/** For tokens of 128 random bits and more, which nobody can guess from their hash (S13). */
export const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer');

import { spawnSync } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from '../../shared/hecto/vectors.json' with { type: 'json' };
import { assertKeys, decrypt, encrypt, packetHash } from './cipher.ts';

const { keys } = golden;
const wellFormed = fc.string({ unit: 'grapheme' });

/** The same cipher put together from single blocks: ECB is CBC that never gets past its first, zero, vector. */
function blockByBlock(plain: string): string {
  const bytes = Buffer.from(plain, 'utf8');
  const padding = 16 - (bytes.length % 16);
  const padded = Buffer.concat([bytes, Buffer.alloc(padding, padding)]);
  const blocks = [];
  for (let start = 0; start < padded.length; start += 16) {
    const cipher = createCipheriv('aes-256-cbc', Buffer.from(keys.aesKey), Buffer.alloc(16)).setAutoPadding(
      false,
    );
    blocks.push(cipher.update(padded.subarray(start, start + 16)));
  }
  return Buffer.concat(blocks).toString('base64');
}

describe('S88 the cipher of the wire', () => {
  test.each(golden.aes)('gives the printed bytes for a $name', ({ plain, plainHex, cipher }) => {
    expect(Buffer.from(plain, 'utf8').toString('hex')).toBe(plainHex);
    expect(encrypt(plain, keys)).toBe(cipher);
    expect(decrypt(cipher, keys)).toBe(plain);
  });

  test('agrees with one written differently, for any text', () => {
    fc.assert(
      fc.property(wellFormed, (plain) => {
        const sealed = encrypt(plain, keys);
        expect(sealed).toBe(blockByBlock(plain));
        expect(decrypt(sealed, keys)).toBe(plain);
      }),
    );
  });

  test('agrees with the openssl command where there is one', () => {
    const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
    for (const { plain, cipher } of golden.aes) {
      const key = Buffer.from(keys.aesKey).toString('hex');
      const args = ['enc', '-aes-256-ecb', '-K', key, '-base64', '-A'];
      const other = hasOpenssl ? spawnSync('openssl', args, { input: plain }).stdout.toString() : cipher;
      expect(encrypt(plain, keys)).toBe(other.trim());
    }
  });

  test('keeps a byte order mark and an empty value as they are', () => {
    for (const plain of ['\ufeff홍길동', '']) expect(decrypt(encrypt(plain, keys), keys)).toBe(plain);
  });
});

test('S88 no call leaves anything behind for the next one, whatever it was given and by which keys', () => {
  const others = { ...keys, aesKey: 'Y'.repeat(32) };
  const junk = [Buffer.alloc(8).toString('base64'), Buffer.alloc(16, 7).toString('base64'), '!', ''];
  const step = fc.record({
    plain: wellFormed,
    with: fc.constantFrom(keys, others),
    junk: fc.constantFrom(...junk),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      for (const { plain, with: one, junk: broken } of steps) {
        decrypt(broken, one);
        const sealed = encrypt(plain, one);
        // A copy of the keys gets a cipher of its own, which nobody has used yet.
        expect(sealed).toBe(encrypt(plain, { ...one }));
        expect(decrypt(sealed, one)).toBe(plain);
        if (plain !== '') expect(decrypt(sealed, one === keys ? others : keys)).not.toBe(plain);
      }
    }),
  );
});

describe('S88 what cannot be decrypted is nothing, without a reason', () => {
  const right = encrypt('홍길동', keys);
  const other = { ...keys, aesKey: 'X'.repeat(32) };
  const whole = (bytes: Buffer) =>
    createCipheriv('aes-256-ecb', Buffer.from(keys.aesKey), null)
      .setAutoPadding(false)
      .update(bytes)
      .toString('base64');
  const raw = (bytes: Buffer) => {
    const cipher = createCipheriv('aes-256-ecb', Buffer.from(keys.aesKey), null);
    return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64');
  };

  test.each([
    ['nothing', ''],
    ['plain text', '홍길동'],
    ['no base64', '!!!!'],
    ['loose base64', right.replace('==', '')],
    ['base64 with a line end', `${right}\n`],
    ['half a block', Buffer.alloc(8).toString('base64')],
    ['a block of junk', Buffer.alloc(16, 7).toString('base64')],
    ['right padding around bytes that are no UTF-8', raw(Buffer.from([0xc8, 0xab, 0xff]))],
    ['zeros for a padding', whole(Buffer.alloc(16))],
    ['more padding than a block', whole(Buffer.alloc(32, 17))],
    ['a padding that contradicts itself', whole(Buffer.from([...Buffer.alloc(13, 65), 9, 3, 3]))],
    ['another key', encrypt('홍길동', other)],
  ])('%s', (_, sealed) => expect(decrypt(sealed, keys)).toBeUndefined());

  test('and any change to the text gives nothing or another value, never an exception', () => {
    fc.assert(
      fc.property(fc.string(), (junk) => {
        const opened = decrypt(junk, keys);
        expect(opened === undefined || typeof opened === 'string').toBe(true);
      }),
    );
  });
});

test('the hash is over the plain values in order, then the key', () => {
  expect(packetHash(['midtest', '20261123'], keys)).toBe(packetHash(['midtest2026', '1123'], keys));
  expect(packetHash(['a', 'b'], keys)).not.toBe(packetHash(['b', 'a'], keys));
  expect(packetHash([], { ...keys, hashKey: 'abc' })).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test('S01 keys of a wrong length are refused without being shown', () => {
  for (const aesKey of ['', 'canary-short', `${keys.aesKey}x`, '가'.repeat(32)]) {
    const attempt = () => assertKeys({ ...keys, aesKey });
    expect(attempt).toThrow(/32 bytes/);
    if (aesKey) expect(attempt).not.toThrow(aesKey);
  }
  expect(() => assertKeys({ ...keys, hashKey: '' })).toThrow('hash key');
});

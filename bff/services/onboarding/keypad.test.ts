import { webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { drawKeyPair, openPresses, shuffledKeys, type DrawnKeypad } from './keypad.ts';
import { sealPresses } from '../testing/seal-presses.ts';

function draw(): { pad: DrawnKeypad; publicKey: string } {
  const { privateKey, publicKey } = drawKeyPair();
  const pad = {
    keypadId: 'kp_0123456789',
    sessionId: 'obs_1',
    purpose: 'enter',
    keys: shuffledKeys(),
    privateKey,
  };
  return { pad: pad as DrawnKeypad, publicKey };
}
const positionsOf = (pad: DrawnKeypad, digits: string) => [...digits].map((digit) => pad.keys.indexOf(digit));

describe('the shuffled keypad', () => {
  test('D3 has ten digits and two blanks on twelve places', () => {
    expect([...shuffledKeys()].sort().join()).toBe(',,0,1,2,3,4,5,6,7,8,9');
  });

  test('D3 puts each key on each place about equally often', () => {
    const rounds = 12_000;
    const seen = Array.from({ length: 12 }, () => 0);
    for (let round = 0; round < rounds; round += 1) seen[shuffledKeys().indexOf('7')]! += 1;
    // Expected 1000 each; five standard deviations are about 150.
    for (const times of seen) expect(Math.abs(times - rounds / 12)).toBeLessThan(160);
  });

  test('S68 opens what a browser sealed for it', async () => {
    const { pad, publicKey } = draw();
    const pressed = await sealPresses({ ...pad, publicKey }, positionsOf(pad, '482913'));
    expect(openPresses(pad, pressed)?.toString()).toBe('482913');
  });

  test.each([
    ['five positions', (p: number[]) => p.slice(1)],
    ['seven positions', (p: number[]) => [...p, 0]],
    ['no positions', () => []],
    ['a place that does not exist', (p: number[]) => [12, ...p.slice(1)]],
    ['a place far outside', (p: number[]) => [255, ...p.slice(1)]],
  ])('S69 refuses %s', async (_, change) => {
    const { pad, publicKey } = draw();
    const pressed = await sealPresses({ ...pad, publicKey }, change(positionsOf(pad, '482913')));
    expect(openPresses(pad, pressed)).toBeUndefined();
  });

  test('S69 refuses a blank key', async () => {
    const { pad, publicKey } = draw();
    const positions = [pad.keys.indexOf(''), ...positionsOf(pad, '82913')];
    expect(openPresses(pad, await sealPresses({ ...pad, publicKey }, positions))).toBeUndefined();
  });

  test('S68 what was sealed for one session, pad or purpose opens for no other', async () => {
    const { pad, publicKey } = draw();
    const pressed = await sealPresses({ ...pad, publicKey }, positionsOf(pad, '482913'));
    expect(openPresses({ ...pad, sessionId: 'obs_2' }, pressed)).toBeUndefined();
    expect(openPresses({ ...pad, keypadId: 'kp_another' }, pressed)).toBeUndefined();
    expect(openPresses({ ...pad, purpose: 'set' }, pressed)).toBeUndefined();
    expect(openPresses({ ...pad, privateKey: drawKeyPair().privateKey }, pressed)).toBeUndefined();
  });

  test('S69 garbage in any field is refused the same way', async () => {
    const { pad, publicKey } = draw();
    const pressed = await sealPresses({ ...pad, publicKey }, positionsOf(pad, '482913'));
    const garbage = Buffer.from(webcrypto.getRandomValues(new Uint8Array(65))).toString('base64url');
    expect(openPresses(pad, { ...pressed, ephemeralKey: garbage })).toBeUndefined();
    expect(openPresses(pad, { ...pressed, iv: 'AAAAAAAAAAAAAAAA' })).toBeUndefined();
    expect(openPresses(pad, { ...pressed, sealed: garbage })).toBeUndefined();
    expect(openPresses(pad, { ...pressed, sealed: 'AAAAAAAAAA' })).toBeUndefined();
  });
});

import { randomBytes } from 'node:crypto';

const pool = 4_096;
let drawn = Buffer.alloc(0);
let used = 0;

/**
 * At most a few dozen random bytes, and never the same ones again. The system is asked for many at once, for one question
 * costs as much as what it is asked for: meant for names and nonces, which lie in memory for a while before they are
 * used. Keys and tokens ask the system themselves.
 */
export function someRandomBytes(count: number): Buffer {
  if (used + count > drawn.length) {
    drawn = randomBytes(pool);
    used = 0;
  }
  return drawn.subarray(used, (used += count));
}

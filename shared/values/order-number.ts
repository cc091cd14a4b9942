import { kstStamp } from './kst.ts';

// Crockford's base 32: no letter that reads like a digit.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A new order number: prefix, Korean time and 80 random bits, ASCII, at most 100 characters for Hecto.
 * `random` gives that many random bytes, e.g. `randomBytes` of node:crypto.
 */
export function newOrderNumber(prefix: string, now: Date, random: (size: number) => Uint8Array): string {
  const { date, time } = kstStamp(now);
  const tail = [...random(16)].map((byte) => alphabet[byte & 31]).join('');
  return `${prefix}${date}${time}${tail}`;
}

/** A day begins in Korea this much earlier than in UTC. */
const untilUtcMs = 9 * 60 * 60 * 1000;

/** The first seven digits of a resident number: all that Hecto needs and all that may be held (S83). */
export type Birth = {
  /** yyMMdd */
  readonly birth: string;
  readonly genderDigit: string;
};

/** Reads a birth date with its gender digit; refuses dates that do not exist or lie ahead of `now` (S41). */
export function parseBirth(birth: string, genderDigit: string, now: Date): Birth | undefined {
  if (!/^\d{6}$/.test(birth) || !/^[1-8]$/.test(genderDigit)) return undefined;
  // 1, 2 and (foreign residents) 5, 6: born in the 1900s. 3, 4 and 7, 8: in the 2000s.
  const century = '1256'.includes(genderDigit) ? '19' : '20';
  const day = birth.replace(/(..)(..)/, `${century}$1-$2-`);
  const date = new Date(day);
  // A day that does not exist is no date at all, or the date of a later day.
  const exists = (date.toJSON() as string | null)?.startsWith(day);
  return exists && date.getTime() - untilUtcMs <= now.getTime() ? { birth, genderDigit } : undefined;
}

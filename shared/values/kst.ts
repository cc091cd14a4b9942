/**
 * Korean time, computed from UTC: the process's own time zone never matters (R26).
 * Korea has been at UTC+9 without daylight saving since 1988.
 */
const offset = 9 * 60 * 60 * 1000;

const dayIn = (iso: string) => iso.slice(0, 10).replaceAll('-', '');
const shifted = (date: Date) => new Date(date.getTime() + offset).toISOString();

/** Date and time as Hecto's fields want them. One instant, so the two can never disagree at midnight. */
export function kstStamp(date: Date): { date: string; time: string } {
  const iso = shifted(date);
  return { date: dayIn(iso), time: iso.slice(11, 19).replaceAll(':', '') };
}

/** The Korean calendar day, yyyyMMdd. */
export const kstDay = (date: Date): string => dayIn(shifted(date));

/**
 * The instant of a Korean day and time, `HHmmss` or `HH:mm`; `24:00` is the end of the day.
 * Throws a RangeError for a day or time that does not exist.
 */
export function instantOfKst(day: string, time: string): Date {
  if (!isRealDay(day)) throw new RangeError('not a day (yyyyMMdd)');
  if (!/^(([01]\d|2[0-3]):?[0-5]\d([0-5]\d)?|24:?00)$/.test(time)) throw new RangeError('not a time of day');
  const digits = time.replace(':', '').padEnd(6, '0');
  const [hours, minutes, seconds] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)].map(Number);
  const midnight = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8)));
  return new Date(midnight + ((hours! * 60 + minutes!) * 60 + seconds!) * 1000 - offset);
}

/** When the Korean day after `date` begins. */
export const nextKstMidnight = (date: Date): Date => instantOfKst(kstDay(date), '24:00');

/** Whether yyyyMMdd names a day that exists. */
export function isRealDay(day: string): boolean {
  if (!/^[1-9]\d{7}$/.test(day)) return false;
  const iso = day.replace(/(..)(..)$/, '-$1-$2');
  // A day that does not exist is no date at all, or the date of a later day.
  return (new Date(iso).toJSON() as string | null)?.startsWith(iso) ?? false;
}

/** `2026-11-23T10:00:00+09:00`: the form in which the merchant API tells moments. Whole seconds. */
export const kstIso = (date: Date): string => `${shifted(date).slice(0, 19)}+09:00`;

/** yyyyMMdd as yyyy-MM-dd. */
export const dashedDay = (day: string): string => day.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

/** yyyy-MM-dd as yyyyMMdd. */
export const plainDay = (day: string): string => day.replaceAll('-', '');

/** A Korean stamp `yyyyMMddHHmmss` as ISO with Korea's offset; undefined for what is none. */
export function kstIsoOfStamp(stamp: string): string | undefined {
  const day = stamp.slice(0, 8);
  if (!/^\d{8}([01]\d|2[0-3])([0-5]\d){2}$/.test(stamp) || !isRealDay(day)) return undefined;
  const time = stamp.slice(8).replace(/^(\d{2})(\d{2})(\d{2})$/, '$1:$2:$3');
  return `${dashedDay(day)}T${time}+09:00`;
}

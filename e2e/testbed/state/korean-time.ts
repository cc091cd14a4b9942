import { kstStamp } from '../../../shared/values/kst.ts';

/** `yyyyMMddHHmmss` in Korea. */
export function stampOf(instant: Date): string {
  const { date, time } = kstStamp(instant);
  return date + time;
}

import type { Instant } from '../../shared/api/state.ts';
import type { Screen } from '../app/screen.ts';
import { fill } from '../text/fill.ts';

type Reader = Pick<Screen, 'state' | 'text' | 'locale' | 'service'>;

export const day = { month: 'short', day: 'numeric' } as const;
export const timeOfDay = { hour: '2-digit', minute: '2-digit' } as const;

/** A moment in Korean time, wherever the customer's device is, and in the customer's language. */
export const koreanTime = (
  instant: Instant | number,
  { locale }: Pick<Reader, 'locale'>,
  shape: Intl.DateTimeFormatOptions,
): string =>
  new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Seoul', hourCycle: 'h23', ...shape }).format(
    new Date(instant),
  );

/** When something opens: the time of day, with the day in front unless it is today in Korea. */
export function openingTime(opensAt: Instant, reader: Pick<Reader, 'locale' | 'service'>): string {
  const isToday = koreanTime(opensAt, reader, day) === koreanTime(reader.service.now(), reader, day);
  return koreanTime(opensAt, reader, { ...(!isToday && day), ...timeOfDay });
}

/** What to tell about the last refusal: what happened, when it is worth trying again, how many tries are left. */
export function refusalText(reader: Reader): string {
  const { refusal } = reader.state;
  if (!refusal) return '';
  const { common } = reader.text;
  const { opensAt, triesLeft } = refusal;
  return [
    refusal.text[reader.locale],
    opensAt && fill(common.opensAt, { time: openingTime(opensAt, reader) }),
    triesLeft && fill(common.triesLeft, { count: triesLeft }),
  ]
    .filter(Boolean)
    .join(' ');
}
